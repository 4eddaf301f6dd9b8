# Sourced by the other scripts: finds Python 3.11 or newer, and the virtual environment.
# Written for bash 3.2, as macOS has it.

VENV="${VENV:-.venv}"
# What Python has compiled is kept: a run starts it a hundred times.
unset PYTHONDONTWRITEBYTECODE || true

say() { printf '%s\n' "$*"; }
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# A candidate counts only when it runs: version managers leave names that start nothing.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

require_python() {
    find_python || fail "Python: found none of 3.11 or newer, expected python3.11 or newer on the PATH.
  Debian 12 or newer:  apt-get install python3 python3-venv
  macOS:               install it from python.org or with Homebrew: brew install python@3.12
  or name one:         PYTHON=/path/to/python3.11 make $1"
}

# The virtual environment's Python when it works, else the machine's.
any_python() {
    if "$VENV/bin/python" -c '' >/dev/null 2>&1; then
        printf '%s\n' "$VENV/bin/python"
    else
        require_python "${1:-start}"
    fi
}

is_root_on_debian() {
    [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1
}

# The list of packages is fetched only when installing without it does not work.
debian_install() {
    say "Installing Debian's $* ..."
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >/dev/null 2>&1 && return 0
    DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >/dev/null
}
