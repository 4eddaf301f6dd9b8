#!/bin/sh
# Gives the database's administrator the password that stands in the volume `keys`; for when that
# volume was lost and made anew. Run inside the container, where no password is asked for.
set -eu
psql --quiet --username dashboard --dbname postgres --set ON_ERROR_STOP=1 \
    --set password="$(cat "${KEYS_DIR:-/run/keys}/database_password")" <<'SQL'
ALTER ROLE dashboard PASSWORD :'password';
SQL
printf '%s\n' "The administrator's password is that of the keys."
