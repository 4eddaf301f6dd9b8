#!/bin/sh
# Makes nginx's configuration from nginx.conf and the environment, and starts nginx.
#
#   proxy.sh                 starts
#   proxy.sh only web-b:8000 sends requests there alone, without losing one (for an upgrade)
#   proxy.sh all             sends them to all of WEB_SERVERS again; also reads certificates anew
#
# WEB_SERVERS      where gunicorn listens, e.g. "web-a:8000 web-b:8000"
# SITE_URL         the public address; with a certificate, plain http is sent there
# TLS_CERTIFICATE, TLS_KEY   files; where both are there, the site is served over TLS
# PAGES_A_SECOND   of one address, not kept (20); ANYTHING_A_SECOND, kept or not (300)
# AT_ONCE          requests that one server is given at a time (24)
# ANSWER_SECONDS   that gunicorn may take for readers (10)
# RESOLVER         asked for the servers' names again and again (nginx 1.27.3 and newer)
# BALANCERS        networks of proxies in front, whose X-Forwarded-For is believed
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
folder="${PROXY_FOLDER:-/tmp}"
made="$folder/made"
servers="${WEB_SERVERS:-web-a:8000 web-b:8000}"
site="${SITE_URL:-http://localhost:8000}"
certificate="${TLS_CERTIFICATE:-/run/tls/fullchain.pem}"
key="${TLS_KEY:-/run/tls/privkey.pem}"
address="${LISTEN_ADDRESS:-}"
[ -z "$address" ] || address="$address:"
plain="$address${HTTP_PORT:-8000}"
secure="$address${HTTPS_PORT:-8443}"

# Of the servers that are asked: each takes so many requests at a time, the rest are told to wait.
upstream() {
    printf 'upstream web {\n    zone web 64k;\n'
    [ -z "${RESOLVER:-}" ] || printf '    resolver %s valid=5s;\n' "$RESOLVER"
    for server in $1; do
        printf '    server %s max_conns=%s max_fails=3 fail_timeout=5s%s;\n' "$server" "${AT_ONCE:-24}" "${RESOLVER:+ resolve}"
    done
    printf '}\n'
}

make() {
    mkdir -p "$made"
    hsts=""
    case "$site" in https://*) hsts="max-age=31536000; includeSubDomains" ;; esac
    for file in nginx.conf own.conf headers.conf; do
        sed -e "s|@folder@|$folder|g" -e "s|@here@/pages|$here/pages|g" -e "s|@here@|$made|g" \
            -e "s|@static@|${STATIC_FOLDER:-/srv/static}|g" -e "s|@acme@|${ACME_FOLDER:-/srv/acme}|g" -e "s|@mime@|${MIME_TYPES:-/etc/nginx/mime.types}|" \
            -e "s|@errors@|${ERROR_LOG:-/dev/stderr}|" -e "s|@log@|${ACCESS_LOG:-/dev/stdout}|" \
            -e "s|@answer@|${ANSWER_SECONDS:-10}|" -e "s|@pages_rate@|${PAGES_A_SECOND:-20}|" -e "s|@anything@|${ANYTHING_A_SECOND:-300}|" -e "s|@hsts@|$hsts|" -e "s|@metrics_listen@|$address${METRICS_PORT:-8082}|" -e "s|@health_port@|${HEALTH_PORT:-8081}|" \
            "$here/$file" >"$made/$file"
    done
    {
        upstream "$1"
        printf 'geo $realip_remote_addr $is_balancer {\n    default 0;\n'
        for network in ${BALANCERS:-}; do printf '    %s 1;\n' "$network"; done
        printf '}\nmap $is_balancer:$http_x_forwarded_proto $seen_scheme {\n    default $scheme;\n    1:https https;\n}\n'
        printf 'map $status $retry_after {\n    default "";\n    429 5;\n    503 5;\n}\n'
        printf 'map $status $allowed {\n    default "";\n    405 "GET, HEAD, OPTIONS, POST";\n}\n'
        for network in ${BALANCERS:-}; do printf 'set_real_ip_from %s;\n' "$network"; done
        printf 'real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n'
    } >"$made/http.conf.new"
    number=0
    host="${site#*://}"
    for server in $servers; do
        number=$((number + 1))
        printf 'location = /metrics/%s {\n    proxy_pass http://%s/metrics;\n    proxy_set_header Host %s;\n    proxy_set_header X-Forwarded-For 127.0.0.1;\n}\n' \
            "$number" "$server" "${host%%/*}"
    done >"$made/metrics.conf"
    if [ -r "$certificate" ] && [ -r "$key" ]; then
        printf 'listen %s ssl http2;\nssl_certificate %s;\nssl_certificate_key %s;\n' "$secure" "$certificate" "$key" >"$made/listen.conf"
        # Forward secrecy and authenticated encryption alone, the strongest first.
        printf 'ssl_ciphers ECDHE+AES256+AESGCM:ECDHE+CHACHA20:ECDHE+AES128+AESGCM;\nssl_prefer_server_ciphers on;\n' >>"$made/listen.conf"
        printf 'ssl_protocols TLSv1.2 TLSv1.3;\nssl_session_cache shared:tls:5m;\nssl_session_tickets off;\n' >>"$made/listen.conf"
        {
            printf 'server {\n    listen %s;\n    include %s/own.conf;\n' "$plain" "$made"
            printf '    location /.well-known/acme-challenge/ {\n        root %s;\n    }\n' "${ACME_FOLDER:-/srv/acme}"
            # People are led on; programs are told, so that none goes on asking in the open.
            for place in "/api/" "= /oembed"; do
                printf '    location %s {\n        default_type application/json;\n        return 403 "{\\"errors\\": [{\\"where\\": \\"address\\", \\"found\\": \\"http\\", \\"expected\\": \\"%s\\"}]}";\n    }\n' "$place" "${site%/}"
            done
            for place in "= /api/v1/" "/"; do printf '    location %s {\n        return 308 %s$request_uri;\n    }\n' "$place" "${site%/}"; done
            printf '}\n'
        } >>"$made/http.conf.new"
    else
        printf 'listen %s;\n' "$plain" >"$made/listen.conf"
    fi
    mv "$made/http.conf.new" "$made/http.conf"
}

reload() {
    make "$1"
    nginx -t -q -e "${ERROR_LOG:-/dev/stderr}" -c "$made/nginx.conf"
    kill -HUP "$(cat "$folder/nginx.pid")"
}

case "${1:-start}" in
    start)
        case "$site" in
            https://*) [ -r "$certificate" ] || [ -n "${BALANCERS:-}" ] || printf '%s\n' "proxy: SITE_URL is https and $certificate cannot be read: serving plain http." >&2 ;;
        esac
        make "$servers"
        exec nginx -e "${ERROR_LOG:-/dev/stderr}" -c "$made/nginx.conf" -g "daemon off; ${NGINX_USER:+user $NGINX_USER;}"
        ;;
    only) reload "${2:?the server}" ;;
    all) reload "$servers" ;;
    *) sed -n '2,19s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
