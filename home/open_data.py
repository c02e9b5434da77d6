"""Open data: addresses whose answers are for everybody and for other sites' pages as well.

Read only, without cookie, readable from any page (CORS), limited per address. What is kept of
them and for how long is a `Rule` that the page cache follows (docs/decisions/0012).
"""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.urls import resolve
from django.utils import timezone

from home.limits import client_address

WINDOW_SECONDS = 60
# Beyond so many addresses within a minute the counts start anew: memory stays small.
MOST_ADDRESSES = 50_000
LONGEST_QUERY = 2000
# Browsers ask each time and get a 304; a shared cache that keeps answers does so for a minute.
FOR_EVERYBODY = "public, max-age=0, s-maxage=60, must-revalidate"
FOR_ONE_VISITOR = "private, no-cache"
METHODS = "GET, HEAD, OPTIONS"
READS = ("GET", "HEAD")
TITLES = {
    400: "Demande impossible",
    404: "Introuvable",
    405: "Lecture seule",
    410: "Retirée",
    429: "Trop de demandes",
    501: "Format inconnu",
    503: "Indisponible",
}


@dataclass(frozen=True)
class Rule:
    """How the answers below one address are told apart, kept and limited.

    Parameters other than `parameters` change nothing and are left out of the key; with one of
    `free` an answer has an ETag and is not kept. `most` is what one address may ask in a minute
    of each server process.
    """

    parameters: frozenset = frozenset()
    free: frozenset = frozenset()
    most: int = 600
    seconds: int = 24 * 3600

    def clock(self) -> str:
        """The part of the key that changes with time: the site's day."""
        return _day_at(timezone.now().replace(second=0, microsecond=0))

    def query(self, request) -> str | None:
        """The parameters that matter, in order; None where it is too long to be meant."""
        raw = request.META.get("QUERY_STRING")
        if not raw:
            return ""
        if len(raw) > LONGEST_QUERY:
            return None
        pairs = ((name, values[-1]) for name, values in request.GET.lists())
        return urlencode(sorted(pair for pair in pairs if pair[0] in self.parameters))

    def keeps(self, request) -> bool:
        """Whether the answer may be kept: not where it tells where somebody stood."""
        return not request.META.get("QUERY_STRING") or not (self.free & request.GET.keys())

    def control_of(self, request) -> str:
        """What browsers and shared caches are told."""
        return FOR_EVERYBODY if self.keeps(request) else FOR_ONE_VISITOR


@lru_cache(maxsize=2)
def _day_at(minute: datetime) -> str:
    """The site's day at a minute: worked out once, as every answer asks for it."""
    return timezone.localdate(minute).strftime("d%y%m%d")


_rules: dict[str, Rule] = {}


def publish(prefix: str, rule: Rule) -> None:
    """Say that all below an address is open data; rooms call it when they are ready.

    Of two addresses that fit, the longer one's rule counts.
    """
    _rules[prefix] = rule
    longest_first = sorted(_rules.items(), key=lambda pair: -len(pair[0]))
    _rules.clear()
    _rules.update(longest_first)


def rule_for(path: str) -> Rule | None:
    """The rule that an address falls under; None for pages."""
    return next((rule for prefix, rule in _rules.items() if path.startswith(prefix)), None)


class Counter:
    """How often each address asked within this minute, in this process's memory."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self):
        """Start anew; tests do."""
        self.minute, self.counts = 0, {}

    def seconds_to_wait(self, rule: Rule, address: str) -> int:
        """Count a question; 0 when it may be answered, else the seconds until the next minute.

        It costs a microsecond and writes nothing. With several processes one address may ask
        more than `rule.most`, never less.
        """
        minute, passed = divmod(time.time(), WINDOW_SECONDS)
        key = rule, address
        with self.lock:
            if self.minute != minute or len(self.counts) > MOST_ADDRESSES:
                self.minute, self.counts = minute, {}
            self.counts[key] = count = self.counts.get(key, 0) + 1
        return 0 if count <= rule.most else int(WINDOW_SECONDS - passed) + 1


counter = Counter()


class OpenDataMiddleware:
    """Answers what needs no view: too many questions, other methods, other sites' preflights."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Let reading through; any site's page may read the answer."""
        rule = rule_for(request.path)
        if rule is None:
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Access-Control-Max-Age": "86400"})
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "*"
        elif request.method not in READS:
            response = problem(405, "Ces données se lisent seulement : GET, HEAD ou OPTIONS.")
        elif wait := counter.seconds_to_wait(rule, client_address(request)):
            response = problem(429, f"Trop de questions : réessayez dans {wait} secondes.")
            response["Retry-After"] = str(wait)
        else:
            response = self.get_response(request)
        if request.method not in READS:
            response["Allow"] = METHODS
        response["Access-Control-Allow-Origin"] = "*"
        return response


def answer(request) -> HttpResponse:
    """What the view says, asked without what lies between it and the page cache.

    Sessions, accounts, messages, forms and redirections have no part in what is the same for
    everybody: to be led past them takes more time than many an answer.
    """
    match = request.resolver_match = resolve(request.path_info)
    response = match.func(request, *match.args, **match.kwargs)
    response.headers.setdefault("Content-Length", str(len(response.content)))
    return response


def problem(status: int, detail: str, **more: object) -> HttpResponse:
    """An error as JSON says it (RFC 9457)."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    return HttpResponse(
        orjson.dumps(body | more), status=status, content_type="application/problem+json"
    )
