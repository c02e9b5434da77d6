"""Addresses that only a button opens: a visit is told so, by a page and not by an empty screen."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
DOWNLOAD = "/mon-espace/mes-donnees/telecharger/"


def test_a_visit_gets_a_page_that_says_what_to_do(client):
    client.force_login(factories.user())
    answer = client.get(DOWNLOAD)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "revenez à la page d’avant" in answer.content.decode()
    # What the view asked for its answer holds for the page too.
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"


def test_a_button_and_a_machine_are_answered_as_before(client):
    client.force_login(factories.user())
    assert client.post(DOWNLOAD).status_code == 200
    head = client.head(DOWNLOAD)
    assert (head.status_code, head.content) == (405, b"")
