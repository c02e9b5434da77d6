"""Asking the site for pages within this process: WSGI itself, without a client around it."""

import io
import itertools
import sys
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import override_settings

# What `startproject` writes: the floor is Django as it comes.
PLAIN_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# Open data answers one address 600 times a minute: here each question comes from another one.
ASKERS = itertools.cycle(f"10.0.{high}.{low}" for high in range(64) for low in range(256))
NOT_OURS = ("home_contentversion", "SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True)
class Answer:
    """What came back: the status, headers in lower case, the bytes as sent."""

    status: int
    headers: dict
    body: bytes


class Visitor:
    """Somebody without a cookie whose browser understands gzip."""

    def __init__(self):
        self.site = WSGIHandler()
        with override_settings(MIDDLEWARE=PLAIN_MIDDLEWARE):
            self.plain = WSGIHandler()

    def get(self, address: str, **headers) -> Answer:
        """Ask the site, through all of its middleware."""
        return ask(self.site, address, headers)

    def constant(self) -> Answer:
        """Ask plain Django for a page that is always the same."""
        return ask(self.plain, "/constante/", {})


def ask(application, address: str, headers: dict) -> Answer:
    """One GET request; `headers` as WSGI names them, such as HTTP_IF_NONE_MATCH."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": next(ASKERS),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **headers,
    }
    started = []
    response = application(environ, lambda status, pairs, *_: started.extend((status, pairs)))
    body = b"".join(response)
    response.close()
    status, pairs = started
    return Answer(int(status[:3]), {name.lower(): value for name, value in pairs}, body)


def forget_pages():
    """Empty the page cache, as after a change: the next visit is the first one."""
    caches["default"].clear()


@contextmanager
def queries():
    """Note each query of the block: a list of (SQL, parameters)."""
    noted = []

    def note(execute, sql, params, many, context):
        noted.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield noted


def queries_of(visitor: Visitor, address: str) -> list:
    """The queries of a first view, the middleware's among them."""
    forget_pages()
    with queries() as noted:
        visitor.get(address)
    return noted


def run_again(noted: list) -> None:
    """Ask the database the same again and fetch all rows; what only frames a request is left."""
    with connection.cursor() as cursor:
        for sql, params in noted:
            if not any(word in sql for word in NOT_OURS):
                cursor.execute(sql, params)
                cursor.fetchall()
