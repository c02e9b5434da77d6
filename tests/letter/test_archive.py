"""/lettre/archives/: what everybody may read of the letters that went."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import ContentVersion
from letter import closing, sending
from letter.models import Letter, News
from tests import factories as directory
from tests.letter import factories
from tests.webmag import factories as webmag

pytestmark = pytest.mark.django_db


def test_a_letter_that_went_is_public_and_carries_nobody_s_links(client):
    factories.follower("marie@boites.lan")
    webmag.article("Le retour du pain")
    letter = factories.letter()
    Letter.objects.update(words="Bonjour à tous")
    page = client.get(letter.get_absolute_url())
    text = page.content.decode()
    assert "Le retour du pain" in text and "Bonjour à tous" in text
    assert "/lettre/arreter/" not in text and "/lettre/choix/" not in text
    assert "marie" not in text and not page.cookies
    assert "s-maxage" in page["Cache-Control"]
    assert letter.get_absolute_url() in client.get("/lettre/archives/").content.decode()
    assert letter.get_absolute_url() in client.get("/lettre/").content.decode()


def test_what_is_removed_later_vanishes_there_too(client):
    listing = directory.listing("zorgluppartie")
    directory.listing("Ferme du Gué")
    letter = factories.letter()
    sending.send_due()
    for address in (letter.get_absolute_url(), "/flux/lettre.rss", "/flux/lettre.atom"):
        assert "zorgluppartie" in client.get(address).content.decode(), address
    listing.unpublish()
    for address in (letter.get_absolute_url(), "/flux/lettre.rss", "/flux/lettre.atom"):
        text = client.get(address).content.decode()
        assert "zorgluppartie" not in text and "Ferme du Gué" in text, address
    letter.news.all().delete()
    ContentVersion.bump()
    assert client.get(letter.get_absolute_url()).status_code == 404


def test_what_was_left_out_is_not_shown(client):
    gone, kept = directory.listing("zorgluplaissee"), directory.listing("Gardée")
    closing.prepare()
    News.objects.filter(number=gone.pk).update(is_left_out=True)
    text = client.get(closing.close().get_absolute_url()).content.decode()
    assert kept.name in text and gone.name not in text


def test_a_letter_that_has_not_gone_is_nobody_s(client):
    directory.listing()
    closing.prepare()
    today = timezone.localdate()
    assert client.get(f"/lettre/{today:%Y-%m-%d}/").status_code == 404
    assert "Aucune lettre" in client.get("/lettre/archives/").content.decode()
    assert "<sitemap><loc>" in client.get("/sitemap.xml").content.decode()
    assert "lettres" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("day", ["hier", "2026-13-01", "20260503", "2026-W18-1", "0", "%00"])
def test_what_is_no_day_is_not_there(client, day):
    assert client.get(f"/lettre/{day}/").status_code == 404


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "9" * 40, "١"])
def test_what_is_no_page_is_not_there(client, page):
    assert client.get("/lettre/archives/", {"page": page}).status_code == 404


def test_the_sitemap_and_many_letters(client):
    for day in range(35):
        letter = Letter.objects.create(
            is_coming=None,
            day=timezone.localdate() - timedelta(days=day),
            closed_at=timezone.now(),
            state=Letter.State.SENT,
        )
        News.objects.create(letter=letter, kind=News.Kind.LISTING, number=directory.listing().pk)
    assert client.get("/sitemap-lettres-1.xml").content.decode().count("<loc>") == 36
    first = client.get("/lettre/archives/").content.decode()
    assert "Plus anciennes" in first and first.count('href="/lettre/20') == 30
    assert client.get("/lettre/archives/?page=2").content.decode().count('href="/lettre/20') == 5
