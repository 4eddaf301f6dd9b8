#!/bin/sh
# The database is lost: the other one takes its place, then the lost one follows it.
#
#   deploy/failover.sh            `database` is lost, `replica` takes its place
#   deploy/failover.sh replica    the other way round, after the first
set -eu
cd "$(dirname "$0")/.."
lost="${1:-database}"
case "$lost" in
    database) other=replica ;;
    replica) other=database ;;
    *) printf '%s\n' "$lost: expected database or replica" >&2; exit 2 ;;
esac

# It must not answer any more, or there would be two: stopped, by force after a second.
docker compose stop --timeout 1 "$lost"
docker compose exec --no-TTY "$other" psql --username dashboard --dbname dashboard --quiet --no-align --tuples-only --command "SELECT 'promoted' WHERE pg_promote()"
printf '%s\n' "$other takes saves now. $lost is made to follow it; until that is done, never start it."
docker compose run --rm --no-deps "follow-$lost" follow "$lost" "$other"
docker compose up --detach --no-deps "$lost"
