"""The project's settings: the only place that reads the environment.

Every variable is described in docs/operations.md. A bad value stops the start and
names the variable, what was found and what was expected.
"""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from config import environment
from config.client_address import is_address

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

TESTING = "pytest" in sys.modules
DEBUG = environment.flag("DEBUG", default=False)
SITE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
IS_SECURE = SITE_URL.startswith("https://")
if DEBUG and IS_SECURE:
    raise ImproperlyConfigured("DEBUG: found 1, expected 0 for a site that others can reach")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"SITE_URL: found {SITE_URL!r}, expected http://… or https://…")


def _secret_key() -> str:
    """SECRET_KEY, or for an embedded start a random one kept in var/ for this machine only."""
    given = environment.text("SECRET_KEY")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured(
                f"SECRET_KEY: found {len(given)} characters, expected at least 50"
            )
        return given
    if IS_SECURE:
        raise ImproperlyConfigured("SECRET_KEY: not set, expected at least 50 random characters")
    return environment.made_once(VAR_DIR / "secret_key", secrets.token_urlsafe(64))


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_SECURE else []

INSTALLED_APPS = [
    "config",
    "inspections",
    "dashboard",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
    "ninja",
]

MIDDLEWARE = [
    "config.request_log.RequestLogMiddleware",
    "dashboard.http.away.AwayMiddleware",
    "dashboard.http.links.LinksMiddleware",
    "dashboard.http.answers.KeptAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dashboard.http.middleware.PublicPagesMiddleware",
    "dashboard.http.middleware.RefuseMiddleware",
    "dashboard.http.forms.FormsMiddleware",
    "dashboard.http.answers.ApiMethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "inspections.people.middleware.SessionsEndMiddleware",
    "inspections.people.middleware.SecondFactorMiddleware",
    "inspections.people.middleware.UnsentMiddleware",
    "inspections.people.middleware.AuditMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "inspections.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboard.state.menu.menu",
                "dashboard.http.away.told",
            ],
        },
    }
]

DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'record.sqlite3'}")
try:
    _database = dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
except ValueError as error:
    raise ImproperlyConfigured(
        "DATABASE_URL: not readable, expected sqlite:///path or postgres://user:password@host/name"
    ) from error
DATABASES = {"default": _database}
REPLICA_URL = environment.text("REPLICA_URL")
READ_ONLY = environment.flag("READ_ONLY", default=False)
SERVING = "SERVING" in os.environ  # told by config/wsgi.py; commands may take longer
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead logging lets pages be read while the record is written; what was acknowledged is
    # on the disk (FULL).
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    _database["OPTIONS"] = {
        "init_command": pragmas + (" PRAGMA query_only=ON;" if READ_ONLY else ""),
        "transaction_mode": "IMMEDIATE",
        "timeout": 3 if SERVING else 20,  # seconds to wait for another who writes
    }
    if _database["NAME"] != ":memory:":
        environment.private_file(Path(_database["NAME"]))
elif _database["ENGINE"] == "django.db.backends.postgresql":
    _database["ENGINE"] = "config.patient"
    bounds = ["default_transaction_read_only=on"] if READ_ONLY else []
    if SERVING:
        bounds += ["statement_timeout=10s", "lock_timeout=3s"]
        bounds += ["idle_in_transaction_session_timeout=60s"]
    _waits = {
        "connect_timeout": 2,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "options": " ".join(f"-c {bound}" for bound in bounds),
    }
    _database["OPTIONS"] = _waits | _database.get("OPTIONS", {})
    if REPLICA_URL:
        _replica = dj_database_url.parse(REPLICA_URL, conn_max_age=60, conn_health_checks=True)
        _replica["OPTIONS"] = _waits | _replica.get("OPTIONS", {})
        DATABASES["replica"] = _replica | {"ENGINE": "config.patient"}
if REPLICA_URL and "replica" not in DATABASES:
    raise ImproperlyConfigured("REPLICA_URL: found one, expected none beside SQLite")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "config.leaked.LeakedPasswordValidator"},
    {"NAME": "config.signing_in.RepeatedPasswordValidator"},
    {"NAME": "config.signing_in.WordsOfThisSiteValidator"},
]
LOGIN_REDIRECT_URL = "admin:index"
# Wrong passwords are remembered for a day; config/signing_in.py says how long they lock.
AXES_HANDLER = "config.signing_in.AccountHandler"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 24  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
# By name alone, whatever the address and the browser: rotating either opens nothing. The proxy
# sends plain http to https, and asks for the health of a server without it (W008); whether a host
# name is on the browsers' preload list is for its owner to decide (W021).
SILENCED_SYSTEM_CHECKS = ["axes.W006", "security.W008", "security.W021"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_COOLOFF_MESSAGE = (
    "Too many wrong passwords for this name. Try again in a few minutes: a minute after the sixth, "
    "then twice as long each time, never more than a quarter of an hour."
)
PROXY_COUNT = environment.whole_number("PROXY_COUNT", default=0, least=0, most=5)
AXES_CLIENT_IP_CALLABLE = "config.client_address.client_address"
AXES_ENABLED = not TESTING

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": environment.storage("DOCUMENT_STORAGE"),
    "staticfiles": {
        # The manifest is made by collectstatic; tests serve the files as they are.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are read by a debugger only; compressing them would take longer than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# Nothing inline, nothing from another host. The two hashes are plotly's own style
# attributes on heatmap images (the empty one and "image-rendering: pixelated").
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": [
            "'unsafe-hashes'",
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
            "'sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8='",
        ],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Whose pages may frame a chart of /embed/, as Content-Security-Policy names them.
EMBED_SITES = environment.names("EMBED_SITES", default=["*"])
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # seconds, whatever is done meanwhile
SESSION_IDLE_MINUTES = environment.whole_number(
    "SESSION_IDLE_MINUTES", default=30, least=5, most=480
)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if IS_SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# Every member of staff gives a code besides the password, but for a site on this machine alone.
_host = urlsplit(SITE_URL).hostname or ""
IS_LOCAL = _host in {"127.0.0.1", "localhost", "::1"}
SECOND_FACTOR = environment.flag("SECOND_FACTOR", default=not IS_LOCAL)
if not (SECOND_FACTOR or IS_LOCAL):
    raise ImproperlyConfigured("SECOND_FACTOR: found 0, expected 1 but for a site on 127.0.0.1")
OTP_TOTP_ISSUER = "Children's services inspections"
# Passkeys belong to a host's name: browsers know none for an address of numbers.
PASSKEYS = (IS_SECURE and not is_address(_host)) or _host == "localhost"
OTP_WEBAUTHN_RP_ID, OTP_WEBAUTHN_RP_NAME = _host, OTP_TOTP_ISSUER
OTP_WEBAUTHN_ALLOWED_ORIGINS = [SITE_URL] if PASSKEYS else ["http://localhost"]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_TOTP_THROTTLE_FACTOR = 1
OTP_TOTP_SYNC = False  # a slow typist's device is not taken for one whose clock is late

# Where mail goes out. Without it nothing is mailed, and pages say so.
MAIL_URL = environment.text("MAIL_URL")
MAIL_FROM = environment.text("MAIL_FROM")
AFTER_A_CHANGE = "dashboard.alerts.tasks.tell"  # done by a worker after each change of the record
if MAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    _mail = urlsplit(MAIL_URL)
    if _mail.scheme not in {"smtp", "smtp+starttls", "smtps"} or not _mail.hostname:
        raise ImproperlyConfigured(
            "MAIL_URL: not readable, expected smtp+starttls://user:password@host:587, smtps://… "
            "or smtp://…"
        )
    if "@" not in MAIL_FROM:
        raise ImproperlyConfigured(f"MAIL_FROM: found {MAIL_FROM!r}, expected an address")
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(_mail.username or ""),
        unquote(_mail.password or ""),
    )
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+starttls", _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20  # seconds

REDIS_URL = environment.text("REDIS_URL")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(f"REDIS_URL: found {REDIS_URL!r}, expected redis://host:port/0")

# What takes a second is worked out beside the requests whenever the record changes.
WORK_AHEAD = not TESTING

# What is done beside the requests, by `manage.py db_worker`. A look at Ofsted's site takes an hour,
# so that it has a queue of its own: mail does not wait for it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "long"],
    }
}

# Processor time a minute and process that one reader may ask for; all together three times as much.
DRAWING_SECONDS = environment.whole_number("DRAWING_SECONDS", default=12, least=1, most=3600)
if TESTING:
    DRAWING_SECONDS = 3600

CONTACT_EMAIL = environment.text("CONTACT_EMAIL")

# Where `manage.py collect` looks, and whether it publishes what it has read without any doubt.
COLLECT_SITE = environment.text("COLLECT_SITE", "https://reports.ofsted.gov.uk").rstrip("/")
COLLECT_FILES = environment.text("COLLECT_FILES", "https://files.ofsted.gov.uk").rstrip("/")
COLLECT_PUBLISHES = environment.flag("COLLECT_PUBLISHES", default=False)
for _name, _address in (("COLLECT_SITE", COLLECT_SITE), ("COLLECT_FILES", COLLECT_FILES)):
    if not _address.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"{_name}: found {_address!r}, expected http://… or https://…")

ENTRY_NEEDS_REVIEW = environment.flag("ENTRY_NEEDS_REVIEW", default=False)

# Where backups lie, for `manage.py backup`, `restore` and `doctor`.
BACKUP_DIR = Path(environment.text("BACKUP_DIR", str(VAR_DIR / "backups")))

# Documents that a draft was read from; never served to readers.
MEDIA_ROOT = VAR_DIR / "documents"
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a folder of documents; entry/many.py takes fewer

SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
# For the operator alone: what is logged, and what Prometheus may ask.
METRICS_TOKEN = environment.text("METRICS_TOKEN")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured(
        f"METRICS_TOKEN: found {len(METRICS_TOKEN)} characters, expected at least 20"
    )
SLOW_QUERY_MS = environment.whole_number("SLOW_QUERY_MS", default=500, least=1, most=600_000)
LOG_LEVEL = environment.text("LOG_LEVEL", "WARNING").upper()
LOG_FORMAT = environment.text("LOG_FORMAT", "plain")
if LOG_FORMAT not in {"plain", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT: found {LOG_FORMAT!r}, expected plain or json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "config.request_log.RequestFilter"}},
    "formatters": {
        "plain": {
            "format": "%(asctime)s %(levelname)s %(name)s %(request_identity)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
        "json": {"()": "config.request_log.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request"],
        }
    },
    "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
