#!/usr/bin/env bash
# Makes the virtual environment with the locked requirements; does nothing when the
# locks are those already installed.
# usage: tools/environment.sh runtime|development
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh

kind="${1:-runtime}"
case "$kind" in
    runtime) locks="requirements.txt" ;;
    development) locks="requirements.txt requirements-dev.txt" ;;
    *) fail "tools/environment.sh: found '$kind', expected runtime or development" ;;
esac

stamp="$VENV/installed-$kind"
checksum="$(cat $locks | cksum)"
works() { "$VENV/bin/python" -c '' >/dev/null 2>&1; }
if [ "$(cat "$stamp" 2>/dev/null)" = "$checksum" ] && works; then
    exit 0
fi

if ! { works && "$VENV/bin/python" -m pip --version >/dev/null 2>&1; }; then
    python="$(require_python start)"
    say "Making the virtual environment $VENV with $("$python" --version) ..."
    rm -rf "$VENV"
    if ! "$python" -m venv "$VENV" >/dev/null 2>&1; then
        # Debian ships Python without venv; its package follows the version of python3.
        if is_root_on_debian; then
            debian_install python3-venv || true
        fi
        rm -rf "$VENV"
        "$python" -m venv "$VENV" || fail "$python: cannot make a virtual environment: the module venv or ensurepip is missing.
  Debian:  apt-get install python3-venv
  or name another Python:  PYTHON=/path/to/python3.11 make start"
    fi
fi

say "Installing the $kind requirements (a minute or so, once) ..."
set --
for lock in $locks; do set -- "$@" -r "$lock"; done
"$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes --only-binary :all: "$@" \
    || fail "The locked requirements could not be installed; pip's message is above.
Expected: a network with a Python package index, and every pinned file with its hash."
"$VENV/bin/python" -m pip check --disable-pip-version-check >/dev/null \
    || fail "The installed packages disagree: run $VENV/bin/python -m pip check"
rm -f "$VENV"/installed-*
if [ "$kind" = development ]; then
    # It holds the runtime requirements too.
    cat requirements.txt | cksum >"$VENV/installed-runtime"
fi
printf '%s\n' "$checksum" >"$stamp"
