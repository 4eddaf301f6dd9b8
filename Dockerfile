# The image of the dashboard: one for the server and for the steps before it.
FROM python:3.11.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt /app/
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /app/requirements.txt
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY config config
COPY inspections inspections
COPY dashboard dashboard
COPY templates templates
COPY static static
COPY tools tools
COPY deploy deploy
# Compressing static files takes seconds: here once, and never when a container starts.
RUN VAR_DIR=/tmp/build STATIC_ROOT=/app/staticfiles /opt/venv/bin/python tools/static_files.py \
    && rm -rf /tmp/build \
    && /opt/venv/bin/python -m compileall -q /app /opt/venv/lib

FROM python:3.11.13-slim-bookworm
RUN groupadd --gid 10001 dashboard \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent dashboard \
    && install -d -o 10001 -g 10001 -m 0750 /var/lib/dashboard /run/keys \
    && install -d -o 10001 -g 10001 -m 0755 /srv/static \
    && install -d -o 999 -g 10001 -m 2770 /var/backups/dashboard
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/staticfiles \
    VAR_DIR=/var/lib/dashboard
WORKDIR /app
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["deploy/entrypoint.sh"]
CMD ["serve"]
