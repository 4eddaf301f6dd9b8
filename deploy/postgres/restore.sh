#!/bin/sh
# Restores PostgreSQL. What was there before is kept, and named at the end.
#
#   restore.sh dump < FILE        makes the database what the dump is; the server runs
#   restore.sh moment TIME        brings the whole server to that moment, from the backups; the
#                                 server is stopped. TIME: '2026-11-29 14:05:00+00', or latest
set -eu
umask 027
export PGOPTIONS="-c client_min_messages=warning"
folder="${BACKUP_DIR:-/var/backups/dashboard}"
stamp="$(date -u +%Y%m%d_%H%M%S)"
export PGUSER="${PGUSER:-dashboard}"

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

server() {
    psql --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --dbname postgres "$@"
}

# Into an empty database, whole or not at all; only then do the two change names.
dump() {
    server --command "DROP DATABASE IF EXISTS restoring" --command "CREATE DATABASE restoring OWNER web TEMPLATE template0 ENCODING 'UTF8'"
    if ! pg_restore --dbname restoring --single-transaction --exit-on-error --no-owner --no-privileges --role web; then
        server --command "DROP DATABASE restoring"
        fail "The dump could not be restored whole. The database is as it was."
    fi
    server --command "REVOKE ALL ON DATABASE restoring FROM PUBLIC"
    if [ "$(server --command "SELECT count(*) FROM pg_database WHERE datname = 'dashboard'")" = 1 ]; then
        server --command "ALTER DATABASE dashboard ALLOW_CONNECTIONS false" \
            --command "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'dashboard'" >/dev/null
        server --command "ALTER DATABASE dashboard RENAME TO before_$stamp" --command "ALTER DATABASE before_$stamp ALLOW_CONNECTIONS true"
        kept=" What was there before: the database before_$stamp."
    fi
    server --command "ALTER DATABASE restoring RENAME TO dashboard"
    printf '%s\n' "Restored.${kept:-}"
}

# The newest base backup that had ended by then, and every change after it up to then.
moment() {
    data="${PGDATA:?}"
    target="${1:?the moment, or latest}"
    if pg_isready --quiet; then fail "The database runs. Stop it first: docker compose stop database"; fi
    if [ "$target" = latest ]; then until=9999; else until="$(date -u -d "$target" +%Y-%m-%dT%H%M%SZ)" || fail "$target: found no time."; fi
    base=""
    for one in "$folder"/current/base/*Z; do
        name="$(basename "$one")"
        if [ -f "$one/base.tar.gz" ] && [ "$(printf '%s\n%s\n' "$name" "$until" | sort | head -n 1)" = "$name" ]; then base="$one"; fi
    done
    [ -n "$base" ] || fail "$folder/current/base: found no backup that had ended by $target. Nothing was changed."

    kept="$folder/before-$stamp"
    mkdir -p "$kept/data" && chmod 700 "$kept/data"
    find "$data" -mindepth 1 -maxdepth 1 -exec mv {} "$kept/data/" \;
    put_back() {
        find "$data" -mindepth 1 -delete
        find "$kept/data" -mindepth 1 -maxdepth 1 -exec mv {} "$data/" \;
        rm -rf "$kept"
        fail "The moment could not be reached. The database is as it was."
    }
    tar -xzf "$base/base.tar.gz" -C "$data" && tar -xzf "$base/pg_wal.tar.gz" -C "$data/pg_wal" || put_back
    chmod 700 "$data"
    sed -i '/^recovery_target\|^restore_command/d' "$data/postgresql.auto.conf"
    # The last file may not be whole yet: it ends where the last change does.
    wal="$folder/current/wal"
    set -- -c "restore_command=cp \"$wal/%f\" \"%p\" || cp \"$wal/%f.partial\" \"%p\"" -c recovery_target_action=promote
    [ "$target" = latest ] || set -- "$@" -c "recovery_target_time=$target"
    touch "$data/recovery.signal"
    sockets="$(mktemp -d)"
    postgres -D "$data" -c listen_addresses= -c "unix_socket_directories=$sockets" -c hot_standby=on "$@" >"$sockets/log" 2>&1 &
    while ! [ "$(PGHOST="$sockets" server --command "SELECT pg_is_in_recovery()" 2>/dev/null)" = f ]; do
        kill -0 $! 2>/dev/null || { tail -n 20 "$sockets/log" >&2; put_back; }
        sleep 0.2
    done
    reached="$(sed -n 's/.*last completed transaction was at log time //p' "$sockets/log" | tail -n 1)"
    kill -INT $! && wait $! || true
    mv "$folder/current" "$kept/backups"
    rm -rf "$sockets"
    printf '%s\n' "Restored to ${reached:-the end of the base backup}. What was there before: $kept"
}

case "${1:-}" in
    dump) dump ;;
    moment) moment "${2:-}" ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
