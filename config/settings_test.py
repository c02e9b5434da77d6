"""The settings under test: fast passwords, mail kept in memory, a data folder of its own."""

import os
import tempfile

os.environ.setdefault("SITE_DATA", tempfile.mkdtemp(prefix="site-data-"))

from config.settings import *  # noqa: E402, F403 -- the point of this file
from config.settings import DATABASES, SITE_DATA, STORAGES, env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "counters", "renditions")
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": SITE_DATA / "test.sqlite3"}
    # A list nobody ordered comes in another order than on PostgreSQL: whoever relies on it, fails.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"
else:
    # Another run on the same server may go on beside this one, and somebody may be connected to
    # template1, which would then refuse to be copied; nobody can be connected to template0.
    DATABASES["default"]["TEST"] = {
        "NAME": f"test_site_{os.getppid()}",
        "TEMPLATE": "template0",
    }
# Nothing listens there: a test that forgets its local geocoder fails at once, without network.
GEOCODER_URL = "http://127.0.0.1:9"
ALLOWED_HOSTS = ["*"]
ALLOW_PRIVATE_FETCH = env.list("ALLOW_PRIVATE_FETCH", default=[])
