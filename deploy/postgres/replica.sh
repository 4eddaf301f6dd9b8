#!/bin/sh
# A second PostgreSQL that has every change before it is acknowledged.
#
#   replica.sh start ARGUMENTS…        the service: copies `database` at its first start, follows it
#   replica.sh follow NAME PRIMARY     makes NAME, which is stopped, follow PRIMARY from now on;
#                                      what it held is kept in the backups
#
# PGDATA is the folder of NAME's data; NAME also is what it calls itself to the primary.
set -eu
umask 077
PGPASSWORD="${PGPASSWORD:-$(cat "${KEYS_DIR:-/run/keys}/database_password")}"
export PGPASSWORD PGUSER=dashboard PGOPTIONS="-c client_min_messages=warning"

copy() {
    name="$1" primary="$2"
    place="host=$primary port=${PRIMARY_PORT:-5432}"
    primary_does() {
        psql --quiet --dbname "$place dbname=dashboard" "$@" >/dev/null
    }
    # Nobody waits for it while it is copied; its own slot, if any, is of a former copy.
    primary_does --command "ALTER SYSTEM RESET synchronous_standby_names" --command "SELECT pg_reload_conf()" \
        --command "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '$name'"
    pg_basebackup --pgdata "$PGDATA" --dbname "$place application_name=$name" --wal-method stream \
        --checkpoint fast --slot "$name" --create-slot --write-recovery-conf --no-password
    chmod 700 "$PGDATA"
    # From now on every save waits until it is on both disks.
    primary_does --command "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ($name)'" --command "SELECT pg_reload_conf()"
}

case "${1:-}" in
    start)
        shift
        [ -s "$PGDATA/PG_VERSION" ] || copy replica "${PRIMARY:-database}"
        exec postgres "$@"
        ;;
    follow)
        if [ -n "$(ls -A "$PGDATA")" ]; then
            kept="${BACKUP_DIR:-/var/backups/dashboard}/before-$(date -u +%Y%m%d_%H%M%S)"
            mkdir -p "$kept/data"
            find "$PGDATA" -mindepth 1 -maxdepth 1 -exec mv {} "$kept/data/" \;
            printf '%s\n' "What $2 held: $kept"
        fi
        copy "$2" "$3"
        ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
