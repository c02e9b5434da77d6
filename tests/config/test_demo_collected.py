"""The demo's publications from elsewhere: invented, in every state, on hosts that do not exist."""

import re

import pytest

from config.demo import collecting
from config.demo.loading import listing_rows, read
from label.models import Item, Source

ROWS, SOURCES = read("collected.json"), read("sources.json")
LISTINGS = {row["slug"] for row in listing_rows()}


def test_nobody_is_real_and_nobody_shouts():
    text = str(ROWS) + str(SOURCES)
    hosts = re.findall(r"https?://([^/'\"\\]+)", text)
    assert hosts and all(host.endswith(".example") for host in hosts)
    assert "!" not in text


def test_all_that_is_named_is_there():
    names = {row["name"] for row in SOURCES}
    assert {row["source"] for row in ROWS} == names
    assert {row["listing"] for row in [*ROWS, *SOURCES]} <= LISTINGS | {""}


@pytest.mark.django_db
def test_every_state_is_loaded_and_nobody_is_asked(client):
    assert collecting.load_collected({}) == len(ROWS)
    assert set(Item.objects.values_list("state", flat=True)) == set(Item.State)
    # Two new ones, one that changed, one that its author took away.
    assert Item.objects.waiting().count() == 4
    assert not Source.objects.working().exists()
    page = client.get("/mur/").content.decode()
    assert "Les chevrettes sont nées" in page and "Gagnez un téléphone" not in page
