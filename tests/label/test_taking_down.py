"""« C’est ma publication, retirez-la »: believed at once, looked at afterwards."""

import pytest
from django.core import signing

from home.public_form import SALT
from label.collecting import refusals
from label.models import Item
from tests.forms import filled
from tests.label.factories import item

pytestmark = pytest.mark.django_db
State = Item.State


def send(client, one, proven=True, **fields):
    """Send the form."""
    purpose = f"collectee:{one.pk}" if proven else ""
    return client.post(f"/mur/{one.pk}/retirer/", filled(purpose, **fields))


def test_it_is_reached_from_each_publication(client):
    one = item()
    assert f'href="/mur/{one.pk}/retirer/"' in client.get("/mur/").content.decode()
    page = client.get(f"/mur/{one.pk}/retirer/").content.decode()
    assert "Four ouvert samedi" in page and 'name="never_again"' in page


def test_it_is_gone_at_once_and_a_volunteer_sees_why(client):
    one = item()
    client.get("/mur/")
    answer = send(client, one, message="Je ne veux pas.")
    assert answer["Location"] == "/mur/retiree/"
    assert client.get("/mur/retiree/").status_code == 200
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.HIDDEN, "Je ne veux pas.")
    assert "Four ouvert" not in client.get("/mur/").content.decode()
    assert list(Item.objects.waiting()) == [one]
    assert client.get(f"/mur/{one.pk}/retirer/").status_code == 404
    assert refusals.is_refused(one.canonical_uri) and not refusals.is_refused(one.author_url)


def test_never_again_is_remembered(client):
    one = item()
    send(client, one, never_again="on")
    assert refusals.is_refused(one.author_url)


def test_a_robot_is_thanked_and_nothing_happens(client):
    one = item()
    assert send(client, one, site_internet_bis="x").status_code == 302
    assert Item.objects.get().is_published


def test_a_form_that_was_not_shown_is_not_taken(client):
    one = item()
    answer = client.post(f"/mur/{one.pk}/retirer/", {"affiche_a": ""})
    assert answer.status_code == 422
    too_fast = {"affiche_a": signing.dumps("shown", salt=SALT)}
    assert client.post(f"/mur/{one.pk}/retirer/", too_fast).status_code == 422
    assert Item.objects.get().is_published


def test_it_works_without_javascript_but_less_often(client):
    made = [item() for _ in range(3)]
    answers = [send(client, one, proven=False).status_code for one in made]
    assert answers == [302, 302, 429]
    assert Item.objects.filter(state=State.PUBLISHED).count() == 1


def test_nobody_empties_the_wall(client):
    made = [item() for _ in range(12)]
    answers = [send(client, one).status_code for one in made]
    assert answers.count(302) == 10 and answers[-1] == 429


@pytest.mark.parametrize("state", [one for one in State if one != State.PUBLISHED])
def test_what_is_not_shown_cannot_be_found_that_way(client, state):
    one = item(state=state)
    assert client.get(f"/mur/{one.pk}/retirer/").status_code == 404
    assert send(client, one).status_code == 404
    assert client.get("/mur/999999/retirer/").status_code == 404
