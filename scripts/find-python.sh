#!/usr/bin/env bash
# Prints the Python for one of the two environments: `find-python.sh main` (3.11 or newer) or `find-python.sh rasa`
# (3.10: Rasa 3.6 runs on nothing newer, and requirements/rasa.txt pins releases that 3.9 is too old for). A candidate
# counts only if it runs and can make a virtual environment with pip: a pyenv shim may exist and fail, and Debian ships
# venv apart from Python.
set -u

case "${1:-}" in
main) chosen_name=POLICYDESK_PYTHON; chosen=${POLICYDESK_PYTHON:-}; minors="11 12 13"; wanted="3.11, 3.12 or 3.13" ;;
rasa) chosen_name=RASA_PYTHON; chosen=${RASA_PYTHON:-}; minors="10"; wanted="3.10, which Rasa 3.6 needs," ;;
*) echo "usage: $0 main|rasa" >&2; exit 2 ;;
esac

works() {
    "$1" -c "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in {(3, int(m)) for m in '$minors'.split()})" \
        >/dev/null 2>&1
}

found() { "$1" -c 'import sys; print(sys.executable)'; exit 0; }

if [ -n "$chosen" ]; then
    works "$chosen" && found "$chosen"
    echo "$chosen_name=$chosen is no working Python $wanted with venv and pip." >&2
    exit 1
fi

for minor in $minors; do
    while IFS= read -r candidate; do
        works "$candidate" && found "$candidate"
    done < <(type -ap "python3.$minor")
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$minor".*/bin/python3."$minor"; do
        works "$candidate" && found "$candidate"
    done
done

if command -v uv >/dev/null; then
    for minor in $minors; do
        candidate=$(uv python find --no-project "3.$minor" 2>/dev/null) && works "$candidate" && found "$candidate"
    done
    minor=${minors%% *}
    uv python install --quiet "3.$minor" >&2 && candidate=$(uv python find --no-project "3.$minor") \
        && works "$candidate" && found "$candidate"
fi

echo "No Python $wanted with venv and pip was found: install one (Debian: python3.${minors%% *}-venv; or pyenv, or uv)," \
    "or name it in $chosen_name." >&2
exit 1
