#!/bin/sh
# Puts the code in this folder into service without a failed request: backs up, migrates, then renews one
# web server after the other, each only while nothing is sent to it. Stops at the first fault, with
# the former server still answering. Migrations must let the former code go on (see operations.md).
set -eu
cd "$(dirname "$0")/.."

docker compose build
docker compose exec --no-TTY backup /etc/postgresql/backup.sh now
docker compose run --rm --no-deps prepare
for pair in "web-a web-b:8000" "web-b web-a:8000"; do
    web="${pair% *}" other="${pair#* }"
    docker compose exec --no-TTY proxy /etc/dashboard/proxy.sh only "$other"
    docker compose exec --no-TTY "$web" deploy/entrypoint.sh drained
    docker compose stop "$web"
    docker compose up --detach --no-deps --wait "$web"
done
docker compose exec --no-TTY proxy /etc/dashboard/proxy.sh all
docker compose up --detach --no-deps worker backup
