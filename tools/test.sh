#!/usr/bin/env bash
# Everything: unit and page tests on SQLite and on a real PostgreSQL, browser tests in a
# real Chromium. What is missing is got, or named; nothing is passed over.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh
tools/environment.sh development

python="$VENV/bin/python"
# Both are found before the long part, so that a missing one is told in seconds.
"$python" tools/postgres.py --find
CHROMIUM="$("$python" tools/chromium.py)"
export CHROMIUM
say "Chromium: $CHROMIUM"
# The tests choose their own databases; a production one is never touched.
unset DATABASE_URL REDIS_URL SITE_URL ALLOWED_HOSTS PROXY_COUNT SECRET_KEY DEBUG || true

# One more than the cores: some tests wait for a server, a child process or a page.
jobs="${JOBS:-$("$python" -c 'import os; print((os.cpu_count() or 1) + 1)')}"
# A file's tests go to one worker, so that what they share is made once, in the order of
# tests/conftest.py; browser tests go singly, but for those of a group (`xdist_group`).
failed=""
picked="$*"
run() {
    local name="$1"
    shift
    say "" "$name"
    # Of the tests that were picked a part may have none (5).
    "$@" || { [ $? -eq 5 ] && [ -n "$picked" ]; } || failed="$failed $name,"
}
run "Unit and page tests on SQLite" "$python" -m pytest -n "$jobs" --dist loadfile --no-loadscope-reorder -m "not browser and not long" "$@"
run "Unit and page tests on PostgreSQL" \
    "$python" tools/postgres.py -- "$python" -m pytest -n "$jobs" --dist loadfile --no-loadscope-reorder -m "database and not once and not browser and not services" "$@"
[ -n "$picked" ] || set -- tests/browser tests/charts # where they all are
run "Browser tests in Chromium" "$python" -m pytest -n "$jobs" --dist loadgroup -m browser "$@"
[ -z "$failed" ] || fail "make test failed:${failed%,}"
