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
"$VENV/bin/python" tools/prepare.py

say "The dashboard is at http://127.0.0.1:$PORT/   (Ctrl+C stops it)"
# Threads, because browsers open connections ahead of need and a sync worker would wait on them.
exec "$VENV/bin/python" -m gunicorn config.wsgi:application \
    --bind "127.0.0.1:$PORT" --workers "${WORKERS:-2}" --threads "${THREADS:-4}" \
    --no-control-socket --log-level warning
