"""The settings of the site, all from the environment; docs/reglages.md explains each.

Without any variable set, everything runs embedded: SQLite, local files, the console for mail.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from whitenoise.compress import Compressor

from config.kept_secret import kept_secret
from config.photo_storage import photo_storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# What must be kept lives in one folder: database, media, secret key, backups.
SITE_DATA = Path(env.str("SITE_DATA", default="") or BASE_DIR / "var").resolve()
SITE_DATA.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(SITE_DATA / "secret-key")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=True)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"
ON_LOOPBACK = SITE_HOST in {"127.0.0.1", "localhost", "::1"}
# One password for all demo logins, for trials; only where nobody else can reach the site.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="") if ON_LOOPBACK else ""
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, "127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "home.apps.HomeConfig",
    "directory.apps.DirectoryConfig",
    "config.apps.ConfigConfig",
    "js_lib_leaflet",
    "wagtailgeowidget",
    "taggit",
    "modelcluster",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "home.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    # After Wagtail's administration, some of whose notices it replaces.
    "webmag.apps.WebmagConfig",
    "label.apps.LabelConfig",
    "letter.apps.LetterConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # For its templates: forms are drawn with ours and, where we have none, with these.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # These four see every answer: pages, 304s, errors, static files.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.open_data.OpenDataMiddleware",
    "home.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "home.accounts.middleware.AccountsMiddleware",
    "webmag.desk.guard.DraftsOfOthersMiddleware",
    "home.handmade_forms.HandmadeFormsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.only_buttons.OnlyButtonsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "home.context_processors.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "home.templatetags.addresses",
                "home.templatetags.french",
            ],
        },
    }
]


# --- Data -----------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{SITE_DATA / 'db.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue for half a minute instead of failing, and readers never wait for them;
    # FULL keeps an acknowledged write through a power cut.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-16000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Pages: near at hand, and thrown away by a new content version (home/page_cache.py).
    "default": environ.Env.cache_url_config(env.str("CACHE_URL", default="") or "locmemcache://"),
    # Counters (rate limits, lockouts): all processes must see the same ones.
    "counters": {
        "BACKEND": "home.counters.DatabaseCounters",
        "LOCATION": "counters",
        # This cache renews an entry's life when it counts: longer than any window we count in.
        "TIMEOUT": 24 * 3600,
        # Beyond this, counters are dropped: enough that a flood of addresses frees nobody.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
# Renditions come with what they belong to, in one query: nothing to keep elsewhere.
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
if env.str("CACHE_URL", default=""):
    CACHES["counters"] = CACHES["default"] | {"KEY_PREFIX": "counters"}
else:
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 2000}

TASKS = {
    # Wagtail's own small tasks run at once, so that search works without a worker …
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # … ours wait in the database for `db_worker --backend jobs`.
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# --- People ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "home.User"
# One door for everybody (home/accounts/); docs/decisions/0021 says why each line is so.
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "home.lockout.LockoutBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "home.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 7
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# A code is eight digits, for a quarter of an hour, three tries; the login may take twice as long.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
# Passwords are counted by home/lockout.py; this `login_failed` is for codes of the second factor.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/900s/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,3/m/key",
}
ACCOUNT_FORMS = {
    "login": "home.accounts.forms.LoginForm",
    "signup": "home.accounts.forms.SignupForm",
    "confirm_login_code": "home.accounts.forms.ConfirmLoginCodeForm",
    "add_email": "home.accounts.forms.AddEmailForm",
    "change_password": "home.accounts.forms.ChangePasswordForm",
    "set_password": "home.accounts.forms.SetPasswordForm",
    "reset_password": "home.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "home.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "home.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "home.accounts.adapter.SecondFactorAdapter"
# Nobody is let in without a confirmed address; this is about a second one that is still to come.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "home.accounts.forms.AuthenticateForm",
    "reauthenticate": "home.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "home.accounts.forms.ActivateTOTPForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# Two weeks from the last day it was used (home/accounts/middleware.py).
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# The proxy in front that may name the visitor's address in X-Forwarded-For; empty: nobody.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "fr"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("fr", "Français")]

# --- Files ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = SITE_DATA / "media"
STORAGES = {
    "default": photo_storage(env.str("S3_URL", default="")),
    "staticfiles": {"BACKEND": "home.storage.HashedStaticFiles"},
}
# Source maps stay as they are: only a debugger opens them, and they take longest to compress.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A long article in its form: each block, photo of a gallery and cell of a table is several fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Wagtail --------------------------------------------------------------------------------

# The name that visitors read is a setting of the site itself (home.SiteSettings).
WAGTAIL_SITE_NAME = "Fait ici"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAILIMAGES_IMAGE_MODEL = "home.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.photo_form.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp"}
WAGTAILIMAGES_WEBP_QUALITY = 80
WAGTAILIMAGES_AVIF_QUALITY = 60
# Always through the site, from a bucket too: as attachments, and only who may.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "ics", "odt", "ods", "pdf", "xlsx"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": True}
}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Players are made from their address alone (webmag/players.py): Wagtail asks no provider.
WAGTAILEMBEDS_FINDERS = []
# Address and password are changed under /compte/, where an address is confirmed first.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_WORKFLOW_ENABLED = True
# Addresses are read aloud and printed: « au-marche », never « au-marché ».
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# Whose public holidays opening hours follow, and what addresses in JSON-LD name (ISO 3166-1).
COUNTRY = env.str("COUNTRY", default="FR").strip().upper()

# --- The map and addresses --------------------------------------------------------------------

TILE_URL = env.str(
    "TILE_URL",
    default=(
        "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile&STYLE=normal"
        "&TILEMATRIXSET=PM_0_19&FORMAT=image/png&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"
        "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    ),
)
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", default="© IGN, Plan IGN")
TILE_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(TILE_URL)) if "//" in TILE_URL else ""
GEOCODER_URL = env.str("GEOCODER_URL", default="data.geopf.fr/geocodage")
GEO_WIDGET_LEAFLET_TILE_LAYER = TILE_URL
GEO_WIDGET_LEAFLET_TILE_LAYER_OPTIONS = {
    "attribution": TILE_ATTRIBUTION,
    "referrerPolicy": "strict-origin-when-cross-origin",
}
# Without a territory: the middle of France.
GEO_WIDGET_DEFAULT_LOCATION = {"lat": 46.6, "lng": 2.4}
GEO_WIDGET_EMPTY_LOCATION = True
GEO_WIDGET_ZOOM = 12

# --- What browsers may do ---------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", *filter(None, [TILE_ORIGIN.replace("{s}", "*")])],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
# Hosts of players that an article's page may frame, once a reader asks (webmag/players.py).
EMBED_HOSTS = env.list(
    "EMBED_HOSTS",
    default=[
        "www.youtube-nocookie.com",
        "player.vimeo.com",
        "geo.dailymotion.com",
        "framatube.org",
        "tube.numerique.gouv.fr",
    ],
)
# Wagtail's administration brings inline scripts and styles of its own.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", *filter(None, [TILE_ORIGIN.replace("{s}", "*")])],
    "frame-src": ["'self'"],
}

# --- The outside ------------------------------------------------------------------------------

# What home/fetch may reach on this very machine, as host:port: for trials, never in production.
ALLOW_PRIVATE_FETCH = env.list("ALLOW_PRIVATE_FETCH", default=[]) if DEBUG else []

# --- Mail and logs ----------------------------------------------------------------------------

vars().update(environ.Env.email_url_config(env.str("EMAIL_URL", default="") or "consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"noreply@{SITE_HOST}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Seconds: a mail server that says nothing holds nobody up.
EMAIL_TIMEOUT = 30
# The letter (docs/lettre.md): how fast it goes, and where what cannot be delivered comes back.
LETTER_PER_MINUTE = env.int("LETTER_PER_MINUTE", default=100)
LETTER_RETURN_ADDRESS = env.str("LETTER_RETURN_ADDRESS", default="")
LETTER_BOUNCE_BOX = env.str("LETTER_BOUNCE_BOX", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        # 501 is what oEmbed answers to a format that it does not have: a stranger's mistake.
        "failures": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 500) != 501,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["failures"]},
        # Says of each task of Wagtail that it runs and that it ran.
        "django_tasks": {"level": "WARNING"},
        # Says of each table of a font what it does with it.
        "fontTools": {"level": "WARNING"},
    },
}
