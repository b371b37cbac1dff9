"""All settings, read from the environment; `docs/settings.md` lists the variables.

The defaults are safe ones: without `DEBUG` a missing secret stops the start, cookies are for HTTPS only, and
nothing but this site's own files may load in a page.
"""

import os
import re
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes

import environ
from csp.constants import NONCE, NONE, SELF
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- what kind of run this is ---------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
NEWSROOM_DEMO = env.bool("NEWSROOM_DEMO", False)
VAR = Path(env.str("NEWSROOM_VAR", str(BASE_DIR / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", "only-for-debug-never-in-production" if DEBUG else "")
if not SECRET_KEY and NEWSROOM_DEMO:
    _secret = VAR / "secret_key"
    if not _secret.exists():
        _secret.write_text(get_random_secret_key())
    SECRET_KEY = _secret.read_text()
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing: set it to a long random string in the environment (DEBUG=1 does without one)."
    )
if not DEBUG and len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY is too short: it needs 32 characters or more.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", not (DEBUG or NEWSROOM_DEMO))

# --- the newsroom -----------------------------------------------------------------------------------------------
NEWSROOM_NAME = env.str("NEWSROOM_NAME", "The Meridian Record" if NEWSROOM_DEMO else "Newsroom")
NEWSROOM_STRAPLINE = env.str("NEWSROOM_STRAPLINE", "Who said it, and how we know")
NEWSROOM_URL = env.str("NEWSROOM_URL", "http://127.0.0.1:8000").rstrip("/")
NEWSROOM_FULL_FEEDS = env.bool("NEWSROOM_FULL_FEEDS", False)  # whole stories in feeds, not standfirsts alone
NEWSROOM_FOUR_EYES = env.bool("NEWSROOM_FOUR_EYES", True)  # nobody approves their own work
NEWSROOM_POLICY = env.json("NEWSROOM_POLICY", {})  # rule → B, W, I or -: where this newsroom is stricter or milder
NEWSROOM_SOURCE_KEYS = env.list("NEWSROOM_SOURCE_KEY", default=[])  # 32 bytes in base64 each; the first seals
if not NEWSROOM_SOURCE_KEYS and (DEBUG or NEWSROOM_DEMO):
    _key, _made = VAR / "source_key", VAR / f"source_key.{os.getpid()}"
    if not _key.exists():  # two workers start at once: the first one's key is everybody's
        _made.touch(mode=0o600)
        _made.write_text(b64encode(token_bytes(32)).decode())
        with suppress(FileExistsError):
            _key.hardlink_to(_made)
        _made.unlink()
    NEWSROOM_SOURCE_KEYS = [_key.read_text()]
NEWSROOM_DEMO_LOGINS = (
    [
        {"username": role, "password": f"demo-{role}-pass", "role": role.capitalize()}
        for role in ("writer", "editor", "reviewer", "publisher", "admin")
    ]
    if NEWSROOM_DEMO
    else []
)

# --- the parts --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "articles",  # before the admin, so that its templates win
    "django.contrib.admin.apps.SimpleAdminConfig",  # the desk is loaded with the addresses, not by every command
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
    "taggit",
]
MIDDLEWARE = [
    "articles.edge.EdgeMiddleware",  # before all others: what it has needs none of them
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "articles.watching.WatchingMiddleware",
    "articles.middleware.CompressionMiddleware",
    "articles.middleware.PolicyMiddleware",
    "articles.middleware.UploadMiddleware",
    "articles.middleware.ConditionalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.middleware.ChannelMiddleware",
    "articles.middleware.ReleaseMiddleware",
    "axes.middleware.AxesMiddleware",
    "articles.reading.ReplicaMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
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
                "articles.views.site.newsroom",
            ],
        },
    },
]
FORM_RENDERER = "articles.forms.rendering.Renderer"

# --- where things are kept --------------------------------------------------------------------------------------
DATABASE_POOL = env.int("DATABASE_POOL", 8)  # connections of each process at most; 0: each thread keeps one of its own
DATABASE_STATEMENT_TIMEOUT = env.int("DATABASE_STATEMENT_TIMEOUT", 30)  # seconds; 0: no end, as for commands
REPLICA_LAG_SECONDS = env.int("REPLICA_LAG_SECONDS", 5)  # a replica further behind is left out


def _served(config: dict, patience: int) -> dict:
    """A database on a server: pooled connections, no statement without end, `patience` seconds to get a connection."""
    idle = 60 if DATABASE_STATEMENT_TIMEOUT else 0
    times = {"statement_timeout": DATABASE_STATEMENT_TIMEOUT, "idle_in_transaction_session_timeout": idle}
    options = {
        "connect_timeout": patience,
        "options": " ".join(f"-c {name}={seconds * 1000}" for name, seconds in times.items()),
    }
    if DATABASE_POOL:
        # A pool that is left alone tries ever more seldom: nine seconds after an outage of twenty it was still away.
        options["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": patience, "reconnect_timeout": 5}
    config["OPTIONS"] = options | config.get("OPTIONS", {})
    return config | {"CONN_MAX_AGE": 0 if DATABASE_POOL else 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'newsroom.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "newsroom.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
        " PRAGMA cache_size=-500;",  # kB, of each thread; what is not there the system has
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; to open it is to read the whole schema, half of a page's cost
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    DATABASES["default"] = _served(DATABASES["default"], patience=10)
REPLICAS = []
for _number, _url in enumerate(env.list("READ_DATABASE_URL", default=[]), 1):
    REPLICAS.append(f"replica_{_number}")
    DATABASES[REPLICAS[-1]] = _served(env.db_url_config(_url), patience=2) | {"TEST": {"MIRROR": "default"}}
if REPLICAS and DATABASES["default"]["ENGINE"] != DATABASES[REPLICAS[0]]["ENGINE"]:
    raise ImproperlyConfigured("READ_DATABASE_URL needs a PostgreSQL in DATABASE_URL: SQLite has no replicas.")
DATABASE_ROUTERS = ["articles.routing.ReadersRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL := env.str("REDIS_URL", ""):
    CACHES = {"default": {"BACKEND": "articles.shared_cache.SharedCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CACHES["process"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"}

EDGE_MEGABYTES = env.int("NEWSROOM_EDGE_MEGABYTES", 0 if DEBUG else 12)  # of ready pages, in each process; 0: none
EDGE_SHARED = env.bool("NEWSROOM_EDGE_SHARED", False)  # with Redis: pages that one machine made serve all
EDGE_SHARED_SECONDS = env.int("NEWSROOM_SHARED_SECONDS", 0)  # for which caches before the site keep a page until purged
PURGE_URLS = env.list("PURGE_URLS", default=[])
if not all(re.match(r"(varnish|fastly|cloudflare)\+https?://.", url) for url in PURGE_URLS):
    raise ImproperlyConfigured("PURGE_URLS has an entry that is not varnish+, fastly+ or cloudflare+http(s)://…")
EDGE_CACHE_TAGS = any(url.startswith("cloudflare+") for url in PURGE_URLS)  # that files pages by a header of its own
EDGE_LOG = "articles.edge.redis_log.RedisLog" if REDIS_URL else "articles.edge.purges.FileLog"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "newsroom.sheets.StaticFiles"
    },
}
if S3_BUCKET := env.str("S3_BUCKET", ""):  # pictures on S3-compatible storage; keys as the AWS variables name them
    STORAGES["default"] = {
        "BACKEND": "articles.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", None),
            "region_name": env.str("S3_REGION", None),
            "location": env.str("S3_PREFIX", ""),
        },
    }
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else’s page needs our faces
NEWSROOM_UPLOAD_MEGABYTES = env.int("NEWSROOM_UPLOAD_MEGABYTES", 50)  # the largest file that is taken
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- what is done off the request: `manage.py db_worker` does it ----------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if env.bool("NEWSROOM_WORKER", True)
        else "django_tasks.backends.immediate.ImmediateBackend"  # a newsroom without a worker does it in the request
    }
}

NEWSROOM_TASK_MINUTES = env.int("NEWSROOM_TASK_MINUTES", 10)  # a task that waits longer: no worker runs

# --- mail -------------------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://" if DEBUG or NEWSROOM_DEMO else "smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "newsroom@localhost")

# --- language and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb")
TIME_ZONE = env.str("TIME_ZONE", "Europe/London")
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
FORMAT_MODULE_PATH = ["newsroom.formats"]

# --- who comes in -----------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "articles.signing_in.DeskBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False

SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.expired.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]  # who asks these is on our side of the proxy
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.0/8", "::1/128"])
METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=[])
AXES_CLIENT_IP_CALLABLE = "articles.proxies.client_address"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- libraries --------------------------------------------------------------------------------------------------
TAGGIT_CASE_INSENSITIVE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {messages.ERROR: "error"}

# --- logs and counts --------------------------------------------------------------------------------------------
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR / "metrics"))  # read when its library is loaded
Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "articles.links.redaction.PlainFormatter",
            "fmt": "{asctime} {levelname} {name} {message!r}",
            "style": "{",
        },
        "json": {"()": "articles.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env.str("LOG_FORMAT", "plain")}},
    "loggers": {"psycopg.pool": {"level": "ERROR"}},  # a replica that is away is told of by `articles.replicas`, once
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
