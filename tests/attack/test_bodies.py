"""Whatever is sent to an address of the administration by who may send it, no answer is a 5xx."""

import pytest

from tests.attack import newsroom
from tests.attack.test_every_admin_address import asked, client_of, without_traces

pytestmark = pytest.mark.django_db

ODD = "\x00’<script>" + "9" * 30
# Names that the forms below /gestion/ ask for, and some that they do not.
NAMES = (
    *("title", "name", "slug", "listing", "holder", "kind", "on", "detail", "commune", "trade"),
    *("photo", "file", "files[]", "tags", "collection", "text", "story", "state", "reason", "seen"),
    *("action", "act", "reply", "answer", "keep", "drop", "first", "second", "id", "next", "q"),
    *("lat", "lng", "street", "postal_code", "prendre", "evidence", "position", "stands-0-id"),
    *("stands-TOTAL_FORMS", "stands-INITIAL_FORMS", "photos-TOTAL_FORMS", "body-count"),
)
BODIES = {
    "empty": {"data": {}},
    "odd": {"data": dict.fromkeys(NAMES, ODD)},
    "negative": {"data": dict.fromkeys(NAMES, "-1")},
    "twice": {"data": dict.fromkeys(NAMES, ["", "1"])},
    "json": {"data": "[{]", "content_type": "application/json"},
    "broken parts": {"data": "--x\r\n", "content_type": "multipart/form-data; boundary=x"},
}
# As scripts of the administration send it.
SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def site(categories, db):
    """The newsroom, and the numbers of what is in it."""
    things = newsroom.cast()
    return things, newsroom.numbers(things)


@pytest.mark.parametrize("name", ["odile", "moderator"])
def test_no_body_of_a_form_breaks_an_address(site, name):
    things, numbers = site
    client = client_of(things, name)
    failed = []

    def is_taken(address, what):
        answer, _written = without_traces(lambda: client.post(address, **BODIES[what], **SCRIPT))
        failed.extend([f"{what}: {address}"] if answer.status_code >= 500 else [])
        # Wagtail refuses by sending to its first page.
        sent_away = answer.status_code == 302 and answer["Location"] == "/gestion/"
        return answer.status_code not in (403, 404, 405) and not sent_away

    for _route, found in asked(numbers):
        for address in found:
            # Where nothing may be sent, one body says so.
            if is_taken(address, "empty"):
                for what in BODIES.keys() - {"empty"}:
                    is_taken(address, what)
    assert "\n".join(failed) == ""


@pytest.mark.parametrize("what", BODIES)
def test_windows_to_choose_take_nothing(site, what):
    things, numbers = site
    client = client_of(things, "moderator")
    for kind in ("label/membership", "label/fact", "directory/listing", "home/tag"):
        address = f"/gestion/snippets/choose/{kind}/create/"
        # An odd address to go on to is refused before.
        assert client.post(address, **BODIES[what]).status_code in (400, 405)
