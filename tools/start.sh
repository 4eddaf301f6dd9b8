#!/usr/bin/env bash
# Everything from a fresh clone to a served site; quick when nothing changed.
# PORT=8001 serves elsewhere; WORKERS and THREADS size the server.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh

export PORT="${PORT:-8000}"
python="$(any_python start)"
"$python" tools/port.py || exit 1
tools/environment.sh runtime

export SITE_URL="${SITE_URL:-http://127.0.0.1:$PORT}"
exec "$VENV/bin/python" tools/serve.py
