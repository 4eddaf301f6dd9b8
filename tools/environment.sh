#!/usr/bin/env bash
# Makes the virtual environment with the locked requirements; does nothing (20 ms, no network)
# when they are installed. pip installs uv at its locked hash, and uv the rest.
# usage: tools/environment.sh runtime|development
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh

NETWORK="Expected: a network with a Python package index, and every pinned file with its hash."
kind="${1:-runtime}"
case "$kind" in
    runtime) set -- -r requirements.txt ;;
    development) set -- -r requirements.txt -r requirements-dev.txt ;;
    *) fail "tools/environment.sh: found '$kind', expected runtime or development" ;;
esac

if ! { "$VENV/bin/python" -c '' && "$VENV/bin/uv" --version; } >/dev/null 2>&1; then
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
    say "Installing the $kind requirements ..."
    sed -n '/^uv==/,/[^\\]$/p' requirements-dev.txt | "$VENV/bin/python" -m pip install -qq \
        --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r /dev/stdin \
        || fail "uv could not be installed; pip's message is above. $NETWORK"
fi

# The certificates that the machine trusts count, as for pip and git: many offices have one of
# their own between them and the network.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
# Without bytecode every start would read the packages' source where Python may not write it.
"$VENV/bin/uv" pip install --quiet --compile-bytecode --python "$VENV/bin/python" \
    --require-hashes --only-binary :all: "$@" \
    || fail "The locked requirements could not be installed; uv's message is above. $NETWORK
uv does not read pip's settings: name an index of your own in UV_DEFAULT_INDEX."
