"""The page cache: what an anonymous visitor asks for is made once per content version.

The key holds the content version, so that a write anywhere renews every page at once, and a slot
of the clock, because opening hours show on most pages. The ETag follows from the same key: a 304
costs one small query and no page. The host is not part of it: one site, and every absolute link
comes from SITE_URL. docs/decisions/page-cache.md says why this is not Django's middleware.

Open data has rules of its own (home/open_data.py): it is the same for everybody, also for
somebody with a session, and changes with the day only.
"""

import hashlib
import re
import time
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.exception import convert_exception_to_response
from django.db import Error
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from isal import igzip

from home import open_data
from home.versions import ask_again, content_version

# The parameters that pages understand; a request with any other is answered but not kept.
KNOWN_PARAMETERS = frozenset(
    [
        *("q", "ou", "rayon", "categorie", "etiquette", "genre", "label", "ouvert"),
        *("tri", "page", "jour", "vue", "commune", "parmi"),
    ]
)
# These would fill the cache with places where somebody stood.
FREE_PARAMETERS = frozenset(["lat", "lng", "bbox"])
SLOT_SECONDS = 300
LONGEST_QUERY = 2000
LARGEST_BODY = 1_000_000
SMALLEST_TO_COMPRESS = 500
# What is kept is compressed for many; the other for one visitor, who waits meanwhile.
# Level 3 takes a fifth of the time of zlib's 4, and 5 % more bytes.
FOR_MANY, FOR_ONE = 3, 1
COMPRESSED_TYPES = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)|image/svg\+xml")
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
# Browsers ask each time and get a 304; a shared cache that keeps pages does so for a minute.
FOR_EVERYBODY = "no-cache, s-maxage=60"
NOT_KEPT = "no-cache"
PERSONAL = "private, no-store"
ONE_VISITOR = "private, no-cache"


class PageCacheMiddleware:
    """Answers GET and HEAD of anonymous visitors from the cache, compressed once."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.open_data = convert_exception_to_response(open_data.answer)

    def __call__(self, request):
        """Answer from the cache, or by the view and keep it."""
        ask_again()
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        rule = open_data.rule_for(request.path)
        if not rule and (
            settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
        ):
            return self.for_one_person(request)
        # A wrong host name is refused on a hit too.
        request.get_host()
        key = page_key(request, rule)
        if not key:
            return self.not_kept(request, rule)
        etag = f'W/"{key}"'
        control = rule.control_of(request) if rule else FOR_EVERYBODY
        if matches(request, etag):
            return sealed(HttpResponseNotModified(), etag, control)
        kept = caches["default"].get(key)
        if kept:
            return restored(kept, request)
        return self.made(request, rule, key, control)

    def for_one_person(self, request):
        """Never keep what somebody with a session sees, unless the view calls it public."""
        response = self.get_response(request)
        if "public" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = PERSONAL
        return response

    def asked(self, request, rule):
        """What the view answers."""
        return self.open_data(request) if rule else self.get_response(request)

    def not_kept(self, request, rule):
        """An answer of the view, compressed for this visitor only."""
        response = self.asked(request, rule)
        if is_for_everybody(response):
            free = FREE_PARAMETERS & request.GET.keys()
            response["Cache-Control"] = ONE_VISITOR if free else NOT_KEPT
            return compressed(response, request)
        return response

    def made(self, request, rule, key, control):
        """Ask the view, and keep its answer when it is one that anybody would get."""
        response = self.asked(request, rule)
        if not is_for_everybody(response):
            return response
        if response.status_code != 200 or len(response.content) > LARGEST_BODY:
            response["Cache-Control"] = NOT_KEPT
            return compressed(response, request)
        sealed(response, f'W/"{key}"', control)
        # A view may answer HEAD with less than GET.
        if request.method != "GET":
            return response
        if rule and not rule.keeps(request):
            return compressed(response, request)
        kept = packed(response)
        caches["default"].set(key, kept, rule.seconds if rule else SLOT_SECONDS)
        return restored(kept, request)


def page_key(request, rule):
    """Return the cache key of what is asked for; None when the answer is not to be kept."""
    query = rule.query(request) if rule else canonical_query(request)
    if query is None or settings.DEBUG:
        return None
    try:
        version = content_version()
    except Error:
        # /sante/ must be able to say that the database is away.
        return None
    page = hashlib.blake2b(f"{request.path}?{query}".encode(), digest_size=16).hexdigest()
    clock = rule.clock() if rule else f"{int(time.time()) // SLOT_SECONDS:x}"
    return f"{version:x}-{clock}-{page}"


def canonical_query(request):
    """Return the parameters in order, without empty ones; None when some are not to be kept."""
    raw = request.META.get("QUERY_STRING", "")
    if not raw:
        return ""
    if len(raw) > LONGEST_QUERY:
        return None
    pairs = []
    for name, values in request.GET.lists():
        if name not in KNOWN_PARAMETERS or len(values) > 1:
            return None
        if values[0]:
            pairs.append((name, values[0]))
    return urlencode(sorted(pairs))


def is_for_everybody(response):
    """Whether anybody would get this answer: no cookie, no word of the view on caching."""
    return not (
        response.streaming
        or response.cookies
        or response.has_header("Cache-Control")
        or "cookie" in response.get("Vary", "").lower()
    )


def matches(request, etag):
    """Whether the browser already has this very page."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    # A browser's bare "*" means any version of it, which says nothing about a page.
    return bool(header) and etag in parse_etags(header)


def sealed(response, etag, control):
    """Add what lets browsers and shared caches ask again cheaply."""
    response["Cache-Control"] = control
    response["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def packed(response):
    """Return what is kept of a response: (headers, body, whether it is compressed)."""
    small = zipped(response, FOR_MANY)
    headers = [pair for pair in response.items() if pair[0] != "Content-Length"]
    return headers, small or response.content, bool(small)


def restored(kept, request):
    """Make the response again, unpacked for the rare client without gzip."""
    headers, body, is_zipped = kept
    as_it_is = is_zipped and accepts_gzip(request)
    if is_zipped and not as_it_is:
        body = igzip.decompress(body)
    response = HttpResponse(body)
    for name, value in headers:
        response.headers[name] = value
    if as_it_is:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    return response


def compressed(response, request):
    """Compress a response in place where the visitor understands it."""
    patch_vary_headers(response, ["Accept-Encoding"])
    small = zipped(response, FOR_ONE) if accepts_gzip(request) else None
    if small:
        response.content = small
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(small))
    return response


def zipped(response, level):
    """Return the body in gzip, or None where that is not worth it.

    Only for what holds no secret, so that its length tells nothing (BREACH).
    """
    if len(response.content) < SMALLEST_TO_COMPRESS or response.has_header("Content-Encoding"):
        return None
    if not COMPRESSED_TYPES.match(response.get("Content-Type", "")):
        return None
    return igzip.compress(response.content, compresslevel=level, mtime=0)


def accepts_gzip(request):
    """Whether the visitor's browser understands gzip."""
    return ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
