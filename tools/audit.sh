#!/usr/bin/env bash
# Asks the Python Package Index for known weaknesses of what is locked. It needs the network, and
# says so where it cannot ask: a package that was not asked about is a failure, never "none found".
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/python.sh
tools/environment.sh development

status=0
for name in requirements requirements-dev; do
    say "$name.txt"
    "$VENV/bin/uv" tool run --quiet pip-audit==2.10.1 --strict --disable-pip --require-hashes \
        --progress-spinner off --requirement "$name.txt" || status=1
done
[ "$status" = 0 ] || fail "make audit: a weakness is known, or not every package could be asked about (see above)."
say "No weakness is known of any locked package."
