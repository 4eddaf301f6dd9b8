#!/bin/sh
# What a container does: keys (once), prepare (before every start), serve, healthy, or a command.
#
# KEYS_DIR holds two files that `keys` makes when they are missing, so that there is no default
# password anywhere: the database's password and Django's secret key.
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
        [ -r "$keys_dir/database_password" ] || fail "DATABASE_URL: not set, and $keys_dir/database_password: not found. Expected one of them."
        DATABASE_URL="postgres://dashboard:$(cat "$keys_dir/database_password")@${DATABASE_HOST:-database}:5432/dashboard"
        export DATABASE_URL
    fi
}

case "${1:-serve}" in
    keys)
        umask 027
        for name in database_password secret_key; do
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
        read_keys
        # Before gunicorn: a worker that is started anew later must not need Redis.
        python manage.py check --tag starting
        # Sync workers: the proxy in front keeps slow readers away and holds the connections.
        exec gunicorn config.wsgi:application \
            --bind "${BIND:-0.0.0.0:8000}" --workers "${WORKERS:-3}" --worker-class sync \
            --timeout 30 --graceful-timeout 20 --max-requests 5000 --max-requests-jitter 500 \
            --worker-tmp-dir "${WORKER_TMP_DIR:-/dev/shm}" --no-control-socket --log-level info
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
