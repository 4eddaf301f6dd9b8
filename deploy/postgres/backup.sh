#!/bin/sh
# Backups of PostgreSQL.
#
#   backup.sh run     what the service does: every change as it is made (WAL), each night a base
#                     backup and a dump, each week a tried restore; old ones go
#   backup.sh now     a base backup and a dump at once
#   backup.sh try     restores the newest dump into a database of its own and forgets it
#
# BACKUP_DIR holds current/base and current/wal (together: any moment since the oldest base
# backup) and dumps/. BACKUP_HOUR is in the container's time, which is UTC.
set -eu
umask 027
export PGOPTIONS="-c client_min_messages=warning"
folder="${BACKUP_DIR:-/var/backups/dashboard}"
hour="${BACKUP_HOUR:-2}"
days="${BACKUP_DAYS:-14}"
PGUSER="${PGUSER:-dashboard}"
PGPASSWORD="${PGPASSWORD:-$(cat "${KEYS_DIR:-/run/keys}/database_password")}"
export PGUSER PGPASSWORD

say() {
    printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"
}

# The server keeps every change from now on until it was received.
slot() {
    psql --quiet --dbname postgres --no-password --command "SELECT pg_create_physical_replication_slot('backup', true)
        WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'backup')" >/dev/null
}

now() {
    # Before the backup, so that what is received later joins on to it without a gap.
    slot
    mkdir -p "$folder/current/base" "$folder/current/wal" "$folder/dumps"
    part="$folder/current/base/part"
    rm -rf "$part"
    pg_basebackup --pgdata "$part" --format tar --gzip --wal-method stream --checkpoint fast --no-password
    sync "$part"/* "$part"
    # Named after its end: it can be brought to any moment after that.
    mv "$part" "$folder/current/base/$(date -u +%Y-%m-%dT%H%M%SZ)"
    dump="$folder/dumps/$(date -u +%Y-%m-%dT%H%M%SZ).dump"
    pg_dump --format custom --file "$dump.part" --no-password dashboard
    pg_restore --list "$dump.part" >/dev/null
    sync "$dump.part"
    mv "$dump.part" "$dump"
    say "Backed up: $dump and $folder/current/base"
}

prune() {
    find "$folder/dumps" "$folder/current/base" -mindepth 1 -maxdepth 1 -mtime "+$days" | sort | while read -r old; do
        # The newest of each kind stays, however old it is.
        [ "$old" = "$(find "$(dirname "$old")" -mindepth 1 -maxdepth 1 | sort | tail -n 1)" ] || rm -rf "$old"
    done
    oldest="$(find "$folder/current/base" -name base.tar.gz | sort | head -n 1)"
    [ -n "$oldest" ] || return 0
    first="$(tar -xzOf "$oldest" backup_label | sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p')"
    pg_archivecleanup "$folder/current/wal" "$first"
}

try() {
    newest="$(find "$folder/dumps" -name '*.dump' | sort | tail -n 1)"
    [ -n "$newest" ] || { say "Nothing to try: no dump in $folder/dumps."; return 1; }
    psql --quiet --dbname postgres --command "DROP DATABASE IF EXISTS restore_test" --command "CREATE DATABASE restore_test TEMPLATE template0"
    pg_restore --dbname restore_test --single-transaction --exit-on-error --no-owner --no-privileges "$newest"
    found="$(psql --quiet --no-align --tuples-only --dbname restore_test --command "SELECT count(*) FROM inspections_inspection")"
    psql --quiet --dbname postgres --command "DROP DATABASE restore_test"
    touch "$folder/restore-tested"
    say "Restored $newest elsewhere: $found inspections."
}

receive() {
    while :; do
        slot && pg_receivewal --directory "$folder/current/wal" --slot backup --synchronous --no-loop --no-password || true
        sleep 5
    done
}

is_older() { # than so many minutes, or not there
    [ -z "$(find "$1" -maxdepth 0 -mmin "-$2" 2>/dev/null)" ]
}

is_due() {
    [ -n "$(find "$folder/current/base" -name base.tar.gz)" ] || return 0
    [ "$(date +%H)" -ge "$hour" ] && [ -z "$(find "$folder/current/base" -maxdepth 1 -name "$(date -u +%Y-%m-%d)T*")" ]
}

run() {
    mkdir -p "$folder/current/base" "$folder/current/wal" "$folder/dumps"
    receive &
    trap 'trap - TERM; kill 0' TERM INT
    while :; do
        if is_due; then "$0" now && prune || say "The backup FAILED; tried again in a minute."; fi
        if is_older "$folder/restore-tested" 10080; then "$0" try || say "The tried restore FAILED."; fi
        sleep 60 &
        wait $!
    done
}

case "${1:-}" in
    run | now | try) "$1" ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
