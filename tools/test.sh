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

jobs="${JOBS:-$("$python" -c 'import os; print(os.cpu_count() or 1)')}"
picked="$*"
failed="$(mktemp)"
beside="$(mktemp)"
run() {
    local name="$1"
    shift
    say "" "$name"
    # Of the tests that were picked a part may have none (5).
    local since="$SECONDS"
    "$@" || { [ $? -eq 5 ] && [ -n "$picked" ]; } || echo "$name" >>"$failed"
    say "$name: $((SECONDS - since)) s, from second $since on"
}
# A file's tests go to one worker, so that what they share is made once, in the order of
# tests/conftest.py; browser tests go singly, but for those of a group (`xdist_group`).
by_file=(--dist loadfile --no-loadscope-reorder)
on_sqlite() {
    # One worker more than processors: those of the first minutes wait for services.
    run "Unit and page tests on SQLite" "$python" -m pytest -n $((jobs + 1)) "${by_file[@]}" -m "not browser and not long" "$@"
}
on_postgresql() {
    run "Unit and page tests on PostgreSQL" "$python" tools/postgres.py -- "$python" -m pytest \
        -n "$jobs" "${by_file[@]}" -m "database and not once and not browser and not services" "$@"
}
in_chromium() {
    run "Browser tests in Chromium" "$python" -m pytest -n "$jobs" --dist loadgroup -m browser "$@"
}
if [ -n "$picked" ]; then
    on_sqlite "$@"
    on_postgresql "$@"
    in_chromium "$@"
else
    # Two lanes at once: while a test of one waits for a server or a page, the other works.
    set -m # the lane is a group of processes, that can be ended as one
    { on_postgresql; in_chromium tests/browser tests/charts; } >"$beside" 2>&1 </dev/null &
    lane=$!
    trap 'kill -- "-$lane" 2>/dev/null || true' EXIT # it has mostly ended: no failure
    on_sqlite
    wait "$lane"
    cat "$beside"
fi
failures="$(paste -sd, "$failed")"
rm -f "$failed" "$beside"
[ -z "$failures" ] || fail "make test failed: $failures"
