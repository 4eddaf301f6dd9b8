#!/usr/bin/env bash
# Locks requirements.in and, on top of it, requirements-dev.in: for every platform, Python
# 3.11 and newer, wheels only, with hashes, and without the name of any host.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh
tools/environment.sh development

for name in requirements requirements-dev; do
    "$VENV/bin/uv" pip compile --universal --python-version 3.11 --only-binary :all: \
        --generate-hashes --no-header --no-annotate --quiet "$@" \
        "$name.in" -o "$name.txt" >/dev/null
    say "$name.txt: $(grep -c '==' "$name.txt") packages"
done
"$VENV/bin/python" -m tools.check_requirements
