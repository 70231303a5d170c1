#!/usr/bin/env bash
# Makes the virtual environments: `setup.sh serve` for running, `setup.sh test` with the test tools besides.
# An environment is installed again only when its lock files, or the Python it was made with, changed.
set -u
cd "$(dirname "$0")/.."
want_tests=${1:-serve}

fingerprint() { cat "$@" | sha256sum | cut -c1-64; }

# install FOLDER ROLE NAME LOCK… : NAME tells apart what has been installed into the same folder
install() {
    local folder=$1 role=$2 name=$3 started=$SECONDS python log wanted
    shift 3
    wanted=$(fingerprint "$@" $([ "$role" != main ] || echo pyproject.toml))
    if [ "$(cat "$folder/.installed-$name" 2>/dev/null)" = "$wanted" ] && "$folder/bin/python" -c '' 2>/dev/null; then
        return 0
    fi
    mkdir -p var/logs
    log=var/logs/setup-$(basename "$folder" | tr -d .)-$name.log
    if ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
        python=$(scripts/find-python.sh "$role") || return 1
        echo "$folder: made with $("$python" -V)"
        rm -rf "$folder"
        "$python" -m venv "$folder" >"$log" 2>&1 || { tail -5 "$log" >&2; return 1; }
    fi
    local requirements=() lock
    for lock in "$@"; do requirements+=(-r "$lock"); done
    echo "$folder: installing $(cat "$@" | grep -c ==) packages (log: $log)"
    "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
        "${requirements[@]}" >>"$log" 2>&1 &
    report_until_done $! "$folder" "$log" || { tail -20 "$log" >&2; echo "$folder: the installation failed, see $log" >&2; return 1; }
    if [ "$role" = main ]; then
        "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --no-deps --no-build-isolation \
            --quiet --editable . >>"$log" 2>&1 || { tail -20 "$log" >&2; return 1; }
    fi
    echo "$wanted" >"$folder/.installed-$name"
    echo "$folder: ready after $((SECONDS - started)) s"
}

report_until_done() {
    local pid=$1 folder=$2 log=$3 waited=0
    while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        waited=$((waited + 1))
        [ $((waited % 60)) -eq 0 ] && echo "$folder: still installing after $waited s: $(grep -Eo '^(Collecting|Installing) [^ ]+' "$log" | tail -1)"
    done
    wait "$pid"
}

main_environment() {
    if [ "$want_tests" = test ]; then
        # The test tools come on top, so running needs no installation of its own afterwards.
        install .venv main dev requirements/main.txt requirements/dev.txt \
            && fingerprint requirements/main.txt pyproject.toml >.venv/.installed-main
    else
        install .venv main main requirements/main.txt
    fi
}

main_environment &
main_pid=$!
install .venv-rasa rasa rasa requirements/rasa.txt
rasa_status=$?
wait "$main_pid" && [ "$rasa_status" -eq 0 ]
