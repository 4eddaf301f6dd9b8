#!/bin/sh
# Starts pgbouncer before whichever of two databases takes saves, and follows it to the other.
#
# DATABASE_HOST, DATABASE_PORT   both, with commas between, as the web has them
# POOL_ADDRESS, POOL_PORT        where it listens (*, 5432)
set -eu
umask 077
here="$(cd "$(dirname "$0")" && pwd)"
folder="${POOL_FOLDER:-/tmp}"
PGPASSWORD="$(cat "${KEYS_DIR:-/run/keys}/web_password")"
export PGPASSWORD

# Host and port of the one that takes saves, as the client library finds it; nothing where none does.
primary() {
    printf '%s\n' '\echo :HOST :PORT' | timeout 5 psql --quiet --no-psqlrc --no-password --dbname \
        "host=${DATABASE_HOST:-database,replica} port=${DATABASE_PORT:-5432} user=web dbname=dashboard connect_timeout=2 target_session_attrs=primary" 2>/dev/null || true
}

make() {
    sed -e "s|@host@|${1% *}|" -e "s|@port@|${1#* }|" -e "s|@address@|${POOL_ADDRESS:-*}|" \
        -e "s|@listen@|${POOL_PORT:-5432}|" -e "s|@folder@|$folder|" "$here/pgbouncer.ini" >"$folder/pgbouncer.ini.new"
    mv "$folder/pgbouncer.ini.new" "$folder/pgbouncer.ini"
}

printf '"web" "%s"\n' "$PGPASSWORD" >"$folder/pool-users"
until now="$(primary)" && [ -n "$now" ]; do sleep 1; done
make "$now"
pgbouncer --quiet "$folder/pgbouncer.ini" &
server=$!
trap 'kill "$server"; wait "$server"; exit 0' TERM INT
while kill -0 "$server" 2>/dev/null; do
    sleep 1 &
    wait $!
    found="$(primary)"
    if [ -n "$found" ] && [ "$found" != "$now" ]; then
        now="$found"
        make "$now"
        kill -HUP "$server"
        printf '%s\n' "pool: $now takes saves"
    fi
done
exit 1
