"""The site's settings: one file, whose differences come from the environment.

Nothing needs to be set on a fresh machine. With DEBUG=0, SECRET_KEY and ALLOWED_HOSTS do.
"""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from atlas import env, headers, logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# Core

DEBUG = env.flag("DEBUG", default=True)
SECRET_KEY = env.secret("SECRET_KEY", default="for-this-machine-only" if DEBUG else None)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEBUG else None)

# Whether this instance has the editor's desk. Where it has not, nobody can sign in: there is no
# address, no session and no cookie. The tables of accounts remain, since one database may serve
# instances of both kinds.
DESK = env.flag("DESK", default=True)

INSTALLED_APPS = [
    "atlas",
    "relations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "leaflet",
    "simple_history",
]
if DESK:
    INSTALLED_APPS += [
        # Not AdminConfig: its autodiscovery would import leaflet.admin, which needs GDAL.
        "django.contrib.admin.apps.SimpleAdminConfig",
        "django.contrib.sessions",
        "django.contrib.messages",
        "axes",
        "django_otp",
        "django_otp.plugins.otp_totp",
        "django_otp.plugins.otp_static",
        "import_export",
    ]

MIDDLEWARE = [
    # On every answer, those from a cache too: these three must take no longer than some microseconds.
    "atlas.health.answer_probes",
    "atlas.instrumentation.instrument",
    "atlas.headers.set_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before anything can read a cookie.
    "atlas.middleware.forget_visitors",
    "atlas.page_cache.PageCache",
    "django.middleware.locale.LocaleMiddleware",
    "atlas.middleware.only_read_public_pages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if DESK:
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django_otp.middleware.OTPMiddleware",
        "atlas.middleware.guard_the_desk",
        "django.contrib.messages.middleware.MessageMiddleware",
        # Tells the history whose request changes something.
        "simple_history.middleware.HistoryRequestMiddleware",
        "axes.middleware.AxesMiddleware",
    ]

ROOT_URLCONF = "atlas.urls"
WSGI_APPLICATION = "atlas.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "atlas.context_processors.site",
                *(
                    f"django.contrib.{name}.context_processors.{name}"
                    for name in ("auth", "messages")
                    if DESK
                ),
            ],
        },
    },
]

# Database

# A connection for each thread of the web process; 0, and each keeps its own outside a pool.
DATABASE_POOL_SIZE = env.integer(
    "DATABASE_POOL_SIZE", default=env.integer("WEB_THREADS", default=4, minimum=1), minimum=0
)
DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        default=f"sqlite:///{VAR_DIR / 'atlas.sqlite3'}",
        pool_size=DATABASE_POOL_SIZE,
    ),
}

# Copies that follow it, from which public pages are read; see atlas/replicas.py

DATABASE_REPLICAS = env.replicas("DATABASE_REPLICA_URLS", pool_size=DATABASE_POOL_SIZE)
REPLICA_MAX_LAG = env.integer("REPLICA_MAX_LAG", default=10, minimum=1)  # seconds
if DATABASE_REPLICAS:
    DATABASES |= DATABASE_REPLICAS
    DATABASE_ROUTERS = ["atlas.replicas.Router"]
    # Before whatever asks the database anything.
    MIDDLEWARE.insert(
        MIDDLEWARE.index("atlas.page_cache.PageCache"), "atlas.replicas.ReadFromReplicas"
    )

# Sign-in, for the admin alone

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who fails to sign in too often, from one address or for one account, waits. An account that does
# not exist is treated as any other, so that nobody learns which ones do.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
if not DESK:
    AUTHENTICATION_BACKENDS = []
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
AXES_FAILURE_LIMIT = env.integer("LOGIN_ATTEMPTS", default=10, minimum=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.integer("LOGIN_PAUSE", default=15, minimum=1))
AXES_LOCKOUT_PARAMETERS = ["ip_address", "username"]
AXES_CLIENT_IP_CALLABLE = "atlas.login.address_of"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_RESET_ON_SUCCESS = True
# A pause ends when it said that it would, however often someone tries meanwhile.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Failed attempts are kept until the pause is over, and nothing else of who signs in.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# A second factor, a code from an app (TOTP) beside the password: `off`, nobody is asked for one;
# `offered`, who has set it up is; `required`, nobody uses the desk without.
TWO_FACTOR = env.choice("TWO_FACTOR", default="offered", among=("off", "offered", "required"))
OTP_TOTP_ISSUER = "Italy-Japan Twinning Atlas"  # what the app calls the account's place

# Who signed in in the morning does so again the next day, or once the browser was closed.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Where a sign-in leads that was asked for by no page
LOGIN_REDIRECT_URL = "admin:index"

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("it", _("Italian")), ("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "atlas" / "locale"]
TIME_ZONE = "Europe/Rome"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", VAR_DIR / "fonts")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "atlas.finders.BundleFinder",
]
# What most pages need, and what few do.
STATIC_BUNDLES = {
    "css/site.css": [
        f"css/{name}.css"
        for name in (
            "tokens",
            "base",
            "layout",
            "controls",
            "records",
            "anniversaries",
            "map",
            "ties",
            "files",
            "framing",
            "print",
        )
    ],
    "css/more.css": [
        f"css/{name}.css"
        for name in ("positions", "timeline", "report", "matrix", "changes", "data")
    ],
    # Of the small pages that other sites frame.
    "css/embed.css": [f"css/{name}.css" for name in ("tokens", "base", "framed")],
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What is kept of what was made: answers (`atlas.page_cache`), in the memory of the process or in
# Redis, large ones as files; and pictures of links that are shared, about 100 kB each, whose keys
# change with what they show, so that none is ever out of date.

PICTURE_FONTS_DIR = VAR_DIR / "picture-fonts"  # `tools/build_fonts.py` makes them
PAGE_CACHE_DIR = Path(env.text("PAGE_CACHE_DIR", default=str(VAR_DIR / "pages")))
# For so many seconds may a cache between the site and its readers answer without asking.
CDN_SECONDS = env.integer("CDN_SECONDS", default=60, minimum=0)
# Whom to tell at once when the data have changed, and by which token they know us: `atlas.purging`.
PURGE_URLS = env.urls("PURGE_URLS")
PURGE_TOKEN = env.secret("PURGE_TOKEN", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": env.page_cache("REDIS_URL", most=400),
    "pictures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "pictures",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# Security

HTTPS = env.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
MESSAGE_STORAGE = "atlas.messages.DeskStorage"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# What no page of ours needs. (clipboard-write is not among them: addresses can be copied.)
FORBIDDEN_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "sync-xhr",
    "usb",
    "xr-spatial-tracking",
)
# Of every answer whose view says nothing else (`relations.views.opened`): also of static files,
# and where the host or the scheme is refused before Django's own middleware has set any.
SECURITY_HEADERS = {
    "Content-Security-Policy": headers.policy(CONTENT_SECURITY_POLICY),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FORBIDDEN_FEATURES),
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}
# Those of them in which pages differ
HEADERS_OF_A_PAGE = ("Content-Security-Policy", "Cross-Origin-Resource-Policy")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Maps: no tiles, since no request may leave for a third party

LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False, "ATTRIBUTION_PREFIX": ""}

# Open data: where the site is for ever (empty: the host that is asked for), who answers for the data,
# and the folder of the numbered releases

SITE_URL = env.origin("SITE_URL", default="")
PUBLISHER_NAME = env.text("PUBLISHER_NAME", default="Italy–Japan Twinning Atlas")
PUBLISHER_ID = env.text("PUBLISHER_ID", default="italy-japan-twinning-atlas")
RELEASES_DIR = Path(env.text("RELEASES_DIR", default=str(VAR_DIR / "releases")))

# Where corrections can be sent; nothing is shown where it is not set

CONTACT_EMAIL = env.text("CONTACT_EMAIL", default="")

# Logs: plain lines for people or JSON for machines; where JSON is wanted, so is a line for each request

LOG_FORMAT = env.choice("LOG_FORMAT", default="plain", among=logs.FORMATS)
LOG_REQUESTS = env.flag("LOG_REQUESTS", default=LOG_FORMAT == "json")
LOGGING = logs.configuration(LOG_FORMAT)
