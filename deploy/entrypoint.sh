#!/bin/sh
# What a container does: keys (once), prepare (before every start), serve, work, healthy, drained, or a
# command.
#
# KEYS_DIR holds the files that `keys` makes when they are missing, so that there is no default
# password anywhere: the passwords of the database's administrator and of the web's own role, and
# Django's secret key.
set -eu
cd "$(dirname "$0")/.."
keys_dir="${KEYS_DIR:-/run/keys}"

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Settings that were not given come from the keys.
read_keys() {
    if [ -z "${SECRET_KEY:-}" ] && [ -r "$keys_dir/secret_key" ]; then
        SECRET_KEY="$(cat "$keys_dir/secret_key")"
        export SECRET_KEY
    fi
    if [ -z "${DATABASE_URL:-}" ]; then
        [ -r "$keys_dir/web_password" ] || fail "DATABASE_URL: not set, and $keys_dir/web_password: not found. Expected one of them."
        # Of several hosts the one that takes saves.
        where="host=${DATABASE_HOST:-database}&port=${DATABASE_PORT:-5432}&target_session_attrs=primary"
        DATABASE_URL="postgres://web:$(cat "$keys_dir/web_password")@/dashboard?$where"
        export DATABASE_URL
    fi
}

case "${1:-serve}" in
    keys)
        umask 027
        for name in database_password web_password secret_key; do
            [ -s "$keys_dir/$name" ] && continue
            python -c 'import secrets; print(secrets.token_urlsafe(64), end="")' >"$keys_dir/$name.new"
            mv "$keys_dir/$name.new" "$keys_dir/$name"
        done
        ;;
    prepare)
        read_keys
        python manage.py migrate --noinput
        python manage.py load_record --if-changed
        # The proxy serves these. Older files stay, for pages that are open in a browser.
        if [ -n "${PUBLISHED_STATIC:-}" ]; then
            cp -R "$STATIC_ROOT"/. "$PUBLISHED_STATIC"/
        fi
        ;;
    serve)
        [ "$(id -u)" != 0 ] || fail "serve: found the user root, expected any other."
        if [ "${READ_REPLICA:-0}" = 1 ]; then
            where="host=${DATABASE_HOST:-database}&port=${DATABASE_PORT:-5432}&target_session_attrs=standby"
            REPLICA_URL="postgres://web:$(cat "$keys_dir/web_password")@/dashboard?$where"
            export REPLICA_URL
        fi
        # Through the pool while it answers, else from the databases themselves. Requests alone: what
        # else runs here may hold a lock from one transaction to the next; and a site kept to reading
        # says so to the database when it connects, which the pool does not pass on.
        if [ -n "${POOL_HOST:-}" ] && [ "${READ_ONLY:-0}" = 0 ]; then
            DATABASE_HOST="$POOL_HOST,${DATABASE_HOST:-database}"
            [ -z "${POOL_PORT:-}" ] || DATABASE_PORT="$POOL_PORT,${DATABASE_PORT:-5432}"
        fi
        read_keys
        # Before gunicorn: a worker that is started anew later must not need Redis.
        python manage.py check --tag starting
        # Where the processes of this server put their counts together.
        PROMETHEUS_MULTIPROC_DIR="$(mktemp -d)"
        export PROMETHEUS_MULTIPROC_DIR
        # Sync workers: the proxy in front keeps slow readers away and holds the connections.
        exec gunicorn config.wsgi:application --config deploy/gunicorn.py \
            --bind "${BIND:-0.0.0.0:8000}" --workers "${WORKERS:-3}" --worker-class sync \
            --limit-request-line 8190 --limit-request-field_size 8190 \
            --timeout 30 --graceful-timeout 20 --max-requests 5000 --max-requests-jitter 500 \
            --worker-tmp-dir "${WORKER_TMP_DIR:-/dev/shm}" --no-control-socket --log-level info
        ;;
    work)
        read_keys
        trap 'trap - TERM; kill 0; wait' TERM INT
        # The two queues, each begun anew where it ends.
        for queue in default long; do
            while :; do
                python manage.py db_worker --queue-name "$queue" || true
                sleep 5
            done &
        done
        # What runs by the clock, of which one is enough: each minute, and once a day at COLLECT_AT.
        while :; do
            python manage.py publish_due || true
            case "$(date -u +%M)" in
                *[05]) [ -z "${MAIL_URL:-}" ] || python manage.py send_alerts || true ;;
            esac
            if [ "$(date -u +%H:%M)" = "${COLLECT_AT:-10:00}" ]; then
                python manage.py collect || true
                python manage.py prune_db_task_results || true
                python manage.py clearsessions || true
            fi
            sleep "$((60 - $(date +%s) % 60))" &
            wait $!
        done
        ;;
    drained)
        # Returns when nothing that was sent here waits for an answer; status 1 after 40 s.
        exec python - <<'WAIT'
import os, pathlib, sys, time

port = int(os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2])
ESTABLISHED = "01"
deadline = time.monotonic() + 40
quiet = 0
while quiet < 5 and time.monotonic() < deadline:
    rows = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    open_ = [row for row in rows if int(row[1][-4:], 16) == port and row[3] == ESTABLISHED]
    quiet = 0 if open_ else quiet + 1
    time.sleep(0.1)
sys.exit(quiet < 5)
WAIT
        ;;
    healthy)
        # Asks with a host that the settings allow.
        exec python - <<'ASK'
import os, urllib.parse, urllib.request

host = urllib.parse.urlsplit(os.environ.get("SITE_URL") or "http://127.0.0.1").netloc
port = os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2]
request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": host})
urllib.request.urlopen(request, timeout=3)
ASK
        ;;
    *)
        read_keys
        exec "$@"
        ;;
esac
