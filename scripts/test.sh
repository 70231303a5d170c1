#!/usr/bin/env bash
# Runs the checks: `test.sh all`, or `test.sh fast` for those that need neither model nor Rasa nor browser. Goes on after
# a failure, so that one run shows everything, and closes with what was run, what failed and how long each step took.
set -u
cd "$(dirname "$0")/.."
export POLICYDESK_MODELS=${POLICYDESK_MODELS:-$PWD/var/models} RASA_TELEMETRY_ENABLED=false
# The dialogue tests train on names of their own; kept, so that only a change trains again.
export POLICYDESK_BOT_TEST_HOME=${POLICYDESK_BOT_TEST_HOME:-$PWD/var/bot-test}
# What a developer has set for a server of their own must not reach the tests.
for name in DATABASE_URL $(compgen -e POLICYDESK_); do
    case $name in POLICYDESK_MODELS | POLICYDESK_BOT_TEST_HOME | POLICYDESK_SHARED) ;; *) unset "$name" ;; esac
done
python=.venv/bin/python
failed=0
summary=()

step() {
    local name=$1 started=$SECONDS verdict=passed
    shift
    printf '\n== %s\n' "$name"
    "$@" || { verdict=FAILED; failed=1; }
    summary+=("$(printf '%-8s %4d s  %s' "$verdict" $((SECONDS - started)) "$name")")
}

pytest_here() { "$python" -m pytest -q --ignore=tests/bot "$@"; }

step "ruff check" "$python" -m ruff check .
step "ruff format" "$python" -m ruff format --check --quiet .
step "mypy --strict" "$python" -m mypy

if [ "${1:-all}" = fast ]; then
    step "fast tests" pytest_here -n 2 --dist loadfile -m "not model and not rasa and not browser and not e2e and not slow"
else
    scripts/browser.sh
    step "build models" "$python" -m api.serve.prepare
    # Three, since tests of the WeChat bridge and of refreshes wait for a part of their time.
    step "tests and browser" pytest_here -n 3 --dist loadfile -m "not e2e"
    step "dialogue tests and rasa data validate" .venv-rasa/bin/python -m pytest -q -c tests/bot/pytest.ini tests/bot
    step "three processes" pytest_here -m e2e
fi

printf '\n== summary\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
