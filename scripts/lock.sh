#!/usr/bin/env bash
# Writes requirements/*.txt anew: installs the direct dependencies of pyproject.toml and requirements/rasa.in into two
# empty environments, at the newest versions that go together, and pins what came. With folders given, freezes those
# environments as they are instead: `lock.sh MAIN_VENV RASA_VENV`.
set -eu
cd "$(dirname "$0")/.."

main_python=$(scripts/find-python.sh main)

direct() { "$main_python" - "$1" <<'EOP'
import sys, tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
groups = {"main": project["build-system"]["requires"] + project["project"]["dependencies"],
          "dev": project["project"]["optional-dependencies"]["dev"]}
print("\n".join(groups[sys.argv[1]]))
EOP
}
mapfile -t main < <(direct main)
mapfile -t dev < <(direct dev)
mapfile -t rasa < <(grep -v '^#' requirements/rasa.in)

if [ $# -eq 2 ]; then
    main_venv=$1 rasa_venv=$2
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    main_venv=$folder/main rasa_venv=$folder/rasa
    "$main_python" -m venv "$main_venv"
    "$(scripts/find-python.sh rasa)" -m venv "$rasa_venv"
    # torch first: the one release of which a CPU build may lie on disk; a range would take the newest, CUDA and all
    "$main_venv/bin/pip" install --quiet "$(printf '%s\n' "${main[@]}" | grep '^torch==')"
    "$main_venv/bin/pip" install --quiet "${main[@]}" "${dev[@]}"
    "$rasa_venv/bin/pip" install --quiet packaging "${rasa[@]}"
fi

header() { printf '# %s\n# Written by make lock; do not edit. Direct dependencies: %s.\n' "$1" "$2"; }
{ header "Everything .venv needs to run." pyproject.toml
  "$main_venv/bin/python" scripts/freeze.py "${main[@]}"; } >requirements/main.new
{ header "What the checks and tests need besides requirements/main.txt." pyproject.toml
  "$main_venv/bin/python" scripts/freeze.py --without requirements/main.new "${dev[@]}"; } >requirements/dev.new
{ header "Everything .venv-rasa needs." requirements/rasa.in
  "$rasa_venv/bin/python" scripts/freeze.py "${rasa[@]}"; } >requirements/rasa.new
for name in main dev rasa; do mv "requirements/$name.new" "requirements/$name.txt"; done
