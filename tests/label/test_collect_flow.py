"""The one flow: a feed and a Mastodon server are followed by command; what becomes of a post."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from home.models import Photo
from label.collecting import refusals
from label.models import Item, Sighting, Source
from tests import factories
from tests.label.collecting import Outside
from tests.outside import page

pytestmark = pytest.mark.django_db
State = Item.State


@pytest.fixture
def outside(settings, hashtag):
    """A host on loopback that may be asked."""
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    yield server
    server.close()


def run(*command, **options):
    """What a command says on standard output."""
    out = StringIO()
    call_command(*command, **options, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def picture():
    """A photo as a server sends it."""
    file = BytesIO()
    Image.new("RGB", (320, 240), "olive").save(file, "JPEG")
    return page(file.getvalue(), content_type="image/jpeg")


def test_what_is_tagged_comes_is_kept_as_it_was_read_and_goes_with_its_origin(
    outside, settings, tmp_path, categories
):
    settings.MEDIA_ROOT = tmp_path
    listing = factories.listing("Le fournil")
    outside.pages["/four.jpg"] = picture()
    image = f'<p>Four ouvert #mis78</p><img src="{outside.url}/four.jpg" alt="Le four">'
    feed = outside.feed("/flux", ("pain", image), ("velo", "Balade"))
    tags = outside.timeline("mis78", outside.toot(1), outside.toot(2, tags=("mis789",)))
    assert run("add_source", feed, listing=listing.slug, trust=True) == str(
        Source.objects.get(url=feed).pk
    )
    assert run("add_source", tags) == str(Source.objects.get(kind=Source.Kind.TIMELINE).pk)
    said = run("collect").splitlines()[-1]
    assert said == "sources=2 created=2 updated=0 unchanged=0 gone=0 failed=0"
    assert run("collect").splitlines()[-1].startswith("sources=2 created=0 updated=0")
    bread, toot = Item.objects.get(title="pain"), Item.objects.get(url=f"{outside.url}/@ana/1")
    assert (bread.state, bread.listing) == (State.PUBLISHED, listing)
    assert (bread.photo.alt_text, bread.photo_due_at) == ("Le four", None)
    assert bread.pictures and toot.state == State.WAITING
    toot.state = State.PUBLISHED
    toot.save()
    outside.timeline("mis78", outside.toot(1, text="<p>Tout autre chose</p>"))
    run("collect")
    toot.refresh_from_db()
    assert "Four ouvert" in toot.html and "Tout autre" in toot.change["html"]
    outside.timeline("mis78")
    outside.feed("/flux")
    for path in ("/@ana/1", "/pain"):
        outside.pages[path] = page(b"", "404 Not Found")
    assert "gone=2" in run("collect")
    assert not Item.objects.public().exists() and not Photo.objects.exists()


def test_an_image_that_does_not_come_is_tried_again_and_holds_no_text_up(outside):
    image = f'<p>Four ouvert #mis78</p><img src="{outside.url}/four.jpg">'
    run("add_source", outside.feed("/flux", ("pain", image)), trust=True)
    run("collect")
    item = Item.objects.public().get()
    assert item.photo is None and item.photo_tries == 1 and item.photo_due_at
    asked = outside.asked("/four.jpg")
    run("collect")
    assert (asked, outside.asked("/four.jpg")) == (1, 1)


def test_an_address_is_followed_once_however_often_it_is_added(outside):
    url = outside.feed("/flux", ("pain", "#mis78"))
    assert run("add_source", url) == run("add_source", url, trust=True)
    source = Source.objects.get()
    assert (source.trusted, source.consent) == (True, Source.Consent.GIVEN)


def test_a_site_that_is_down_may_be_followed_and_nonsense_may_not(outside):
    assert run("add_source", f"{outside.url}/bientot")
    refusals.refuse(f"{outside.url}/non")
    for address in ("pas une adresse", "ftp://x.example/", f"{outside.url}/non"):
        with pytest.raises(CommandError):
            run("add_source", address)
    with pytest.raises(CommandError, match="Aucune fiche"):
        run("add_source", f"{outside.url}/autre", listing="personne")
    assert Source.objects.count() == 1


def test_a_list_goes_out_and_comes_in_as_it_was(outside, tmp_path):
    for number in range(3):
        run("add_source", outside.feed(f"/flux-{number}", title=f"Le n° {number}"))
    path = tmp_path / "sources.opml"
    run("export_sources", out=path)
    before = set(Source.objects.values_list("title", "url"))
    assert run("import_sources", path) == "rows=3 created=0 unchanged=3 failed=0"
    Source.objects.all().delete()
    assert run("import_sources", path) == "rows=3 created=3 unchanged=0 failed=0"
    assert set(Source.objects.values_list("title", "url")) == before
    assert not Source.objects.filter(trusted=True).exists()
    assert not Sighting.objects.exists()
    path.write_text("<html>")
    with pytest.raises(CommandError, match="OPML"):
        run("import_sources", path)
    with pytest.raises(CommandError, match="Impossible de lire"):
        run("import_sources", tmp_path / "rien.opml")
