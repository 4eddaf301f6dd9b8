#!/usr/bin/env bash
# What must hold of the code before any test runs; every check runs, then it fails if one did.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh
tools/environment.sh development || exit 1

bin="$VENV/bin"
export VAR_DIR="$PWD/var/check"
unset DATABASE_URL REDIS_URL SITE_URL ALLOWED_HOSTS PROXY_COUNT SECRET_KEY DEBUG || true
results="$(mktemp -d)"
names=()
# Each in a process of its own; they are told in this order.
check() {
    local number="${#names[@]}"
    names+=("$1")
    shift
    { "$@" >"$results/$number" 2>&1 || touch "$results/$number.failed"; } &
}
# Shell scripts are read by the oldest bash that we promise, or at least by this one.
shell_scripts() {
    local script
    for script in tools/*.sh deploy/*.sh .ci/run; do bash -n "$script" || return 1; done
}
# What Django adds to one model for another is not traced by mypy: what it remembers of the models
# as they were is dropped.
types() {
    local cache
    cache=".mypy_cache/$(cat inspections/models/*.py | cksum | cut -d" " -f1)"
    [ -d "$cache" ] || rm -rf .mypy_cache
    "$bin/mypy" --no-error-summary --cache-dir "$cache"
}
# The shipped record, in the database that the tests copy.
shipped_record() {
    "$bin/python" -c "from tools.server import prepared_database; prepared_database()" &&
        VAR_DIR="$PWD/var/prepared" "$bin/python" manage.py check_record
}

check "lint" "$bin/ruff" check .
check "format" "$bin/ruff" format --check .
check "imports" "$bin/lint-imports"
check "types" types
check "templates" "$bin/djlint" templates --lint --quiet
check "shell" shell_scripts
check "requirements" "$bin/python" -m tools.check_requirements
check "packages" "$bin/uv" pip check --python "$bin/python"
check "tracked files" "$bin/python" -m tools.check_files
check "settings" "$bin/python" manage.py check --fail-level WARNING
check "migrations" "$bin/python" manage.py makemigrations --check --dry-run
check "record" shipped_record
wait
failed=""
for number in "${!names[@]}"; do
    if [ ! -e "$results/$number.failed" ]; then
        say "ok    ${names[$number]}"
    else
        say "FAIL  ${names[$number]}" "$(cat "$results/$number")" ""
        failed="$failed ${names[$number]},"
    fi
done
rm -rf "$results"
[ -z "$failed" ] || fail "make check failed:${failed%,}"
