"""The API keeps what its own description promises, whatever it is asked."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from config.wsgi import application
from directory.models import Listing
from home import open_data
from tests import factories
from tests.label import factories as made_by
from tests.webmag import factories as webmag

DESCRIPTION = "/api/v1/openapi.json"
# The client in between does not unpack.
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def api(categories, monkeypatch):
    """The description of a small directory, as a client reads it through the real WSGI door."""
    monkeypatch.setattr(open_data.counter, "seconds_to_wait", lambda rule, address: 0)
    factories.listing(
        "La Ferme du Pré",
        category="fromager-fermier",
        products=["chèvre frais"],
        hours="Mo-Fr 09:00-12:00",
        website="https://ferme.example/",
    )
    factories.listing("Cachée", hide_address=True, hours="24/7")
    factories.listing("Nulle part", commune=None, lat=None, lng=None)
    webmag.article(
        "Un matin à la chèvrerie",
        "Il fait nuit.",
        magazine=webmag.magazine("Le Bissac", slug="bissac", sections=["portraits"]),
        by=webmag.author("Odile"),
        tags=["fromage"],
        communes=[factories.commune()],
        main_image=webmag.photo(),
    )
    webmag.article("Sans rien")
    made_by.item("<p>Four ouvert</p>", "mis78", listing=Listing.objects.first(), licence="CC0-1.0")
    made_by.item("", author="", author_url="", network="")
    # The test's own transaction lives on this connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(DESCRIPTION, application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/listings",
        "/api/v1/listings/{slug}",
        "/api/v1/articles",
        "/api/v1/items",
        DESCRIPTION,
    ],
)
def test_every_answer_is_as_described(api, path, mode):
    operation = api[path]["GET"]

    @settings(
        max_examples=20,
        deadline=None,
        # The same questions each time: a check of everything must not depend on luck.
        derandomize=True,
        suppress_health_check=[*HealthCheck],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case):
        if mode is GenerationMode.POSITIVE:
            put_right_way_round(case)
        # An empty field of a form asks for nothing: the description's words say so.
        assume(not any(value in ("", {}, []) for value in (case.query or {}).values()))
        case.call_and_validate(headers=PLAIN)

    try:
        asked()
    except Unsatisfiable:
        # Nothing can be asked wrongly where there is nothing to ask.
        assert path == DESCRIPTION and mode is GenerationMode.NEGATIVE


def put_right_way_round(case):
    """West before east and south before north: a schema cannot say that of two numbers."""
    box = (case.query or {}).get("bbox")
    if box:
        west, south, east, north = (float(edge) for edge in box.split(","))
        edges = (min(west, east), min(south, north), max(west, east), max(south, north))
        case.query["bbox"] = ",".join(str(edge) for edge in edges)
