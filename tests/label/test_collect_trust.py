"""Who is published unread, and how far that goes when their feed is no longer what it was."""

import pytest
from django.urls import reverse
from django.utils import timezone

from label.models import Item, Source
from tests.label.hosts import Outside, collect, source, trusted
from tests.label.test_collect_changes import A_LINK, AS_READ, FEED
from tests.label.test_collect_flow import picture
from tests.outside import page, redirect

pytestmark = pytest.mark.django_db
State = Item.State
MOVED = "301 Moved Permanently"
LAST_YEAR = "Fri, 14 Nov 2025 09:30:00 +0100"


@pytest.fixture
def outside(settings, hashtag, tmp_path):
    """The site of somebody who agreed."""
    settings.MEDIA_ROOT = tmp_path
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    server.pages["/four.jpg"] = picture()
    yield server
    server.close()


@pytest.fixture
def elsewhere(settings, outside):
    """Somebody else's."""
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [outside.entry, server.entry]
    yield server
    server.close()


def show(outside, *items, path="/flux", licence=""):
    """A feed of these items, each as `AS_READ` but for this."""
    whole = FEED.partition("<item>")
    texts = []
    for changed in items:
        said = {"origin": outside.url, **AS_READ, "date": LAST_YEAR} | changed
        # A whole address needs no origin before it.
        text = f"<item>{whole[2]}".replace("{origin}{link}", "{link}")
        said["link"] = said["link"] if "://" in said["link"] else outside.url + said["link"]
        outside.pages.setdefault(said["link"].removeprefix(outside.url), page(b"<p>la page"))
        texts.append(text.format(**said).partition("</channel>")[0])
    body = f"{whole[0]}{licence}{''.join(texts)}</channel></rss>"
    outside.pages[path] = page(body.encode(), content_type="application/rss+xml")
    return f"{outside.url}{path}"


def states():
    """The state of each publication, by title."""
    return dict(Item.objects.values_list("title", "state"))


def test_a_feed_that_moves_to_another_site_waits_for_a_volunteer(outside, elsewhere, admin_client):
    one = trusted(show(outside, {}))
    collect()
    there = show(elsewhere, {"title": "Casino", "guid": "c"}, path="/autre")
    outside.pages["/flux"] = redirect(there, MOVED)
    collect()
    one.refresh_from_db()
    assert states() == {"Four ouvert": State.PUBLISHED}
    assert one.state == Source.State.PAUSED and one.url == there
    assert f"un autre site, {elsewhere.entry}" in one.last_error
    health = admin_client.get(reverse("label_admin:sources_health")).content.decode()
    assert "voyez si c’est la même personne" in health
    admin_client.post(reverse("label_admin:source_act", args=[one.pk]), {"act": "reprendre"})
    collect()
    assert states()["Casino"] == State.PUBLISHED


def test_a_feed_that_moves_within_its_site_or_is_read_anyway_is_followed(outside, elsewhere):
    near = trusted(f"{outside.url}/vieux")
    outside.pages["/vieux"] = redirect("/flux", MOVED)
    show(outside, {})
    far = source(f"{outside.url}/loin")
    outside.pages["/loin"] = redirect(
        show(elsewhere, {"title": "Miel", "guid": "m", "link": "/miel"}), MOVED
    )
    collect()
    assert states() == {"Four ouvert": State.PUBLISHED, "Miel": State.WAITING}
    for one in (near, far):
        one.refresh_from_db()
        assert one.state == Source.State.ACTIVE and one.url.endswith("/flux")


def test_what_leads_to_a_site_where_they_never_wrote_is_read_first(outside, elsewhere):
    trusted(show(outside, {}))
    collect()
    away = {"title": "Casino", "guid": "c", "link": f"{elsewhere.url}/jeu"}
    show(outside, {}, away, {"title": "Brioche", "guid": "b", "link": "/brioche"})
    collect()
    assert states() == {
        "Four ouvert": State.PUBLISHED,
        "Casino": State.WAITING,
        "Brioche": State.PUBLISHED,
    }
    # Correcting it does not help.
    show(outside, {}, away | {"text": "Encore #mis78"})
    collect()
    assert states()["Casino"] == State.WAITING
    Item.objects.filter(title="Casino").update(state=State.PUBLISHED)
    show(outside, {}, away, {"title": "Jeu", "guid": "j", "link": f"{elsewhere.url}/autre"})
    collect()
    assert states()["Jeu"] == State.PUBLISHED


def test_where_they_wrote_from_the_first_day_they_are_at_home(outside, elsewhere):
    links = [f"{elsewhere.url}/un", f"{elsewhere.url}/deux"]
    items = [{"title": link[-4:], "guid": link, "link": link} for link in links]
    trusted(show(outside, items[0]))
    collect()
    show(outside, *items)
    collect()
    assert set(states().values()) == {State.PUBLISHED}


def test_a_feed_that_was_taken_over_shows_nothing_by_itself(outside, elsewhere):
    trusted(show(outside, {}))
    collect()
    before = Item.objects.values("title", "html", "url").get()
    spam = {"title": "Casino", "text": A_LINK, "link": f"{elsewhere.url}/jeu"}
    for changed in (spam, spam | {"guid": "autre"}):
        show(outside, changed)
        collect()
        assert list(Item.objects.public().values("title", "html", "url")) == [before]


def test_a_licence_counts_from_the_moment_it_is_said(outside):
    trusted(show(outside, {}))
    collect()
    assert Item.objects.get().licence == ""
    said = "<copyright>https://creativecommons.org/licenses/by-nc/4.0/</copyright>"
    show(outside, {}, licence=said)
    collect()
    item = Item.objects.get()
    assert item.licence == item.photo.licence == "CC-BY-NC-4.0" and not item.changed_at
    show(outside, {})
    collect()
    item = Item.objects.get()
    assert item.licence == item.photo.licence == ""


def test_another_image_behind_another_query_is_not_shown_unread(outside):
    trusted(show(outside, {"image": "/four.jpg?n=1"}))
    collect()
    outside.pages["/four.jpg?n=2"] = picture()
    show(outside, {"image": "/four.jpg?n=2", "text": "Dimanche #mis78"})
    collect()
    item = Item.objects.get()
    assert "Dimanche" in item.html and item.photo_url.endswith("?n=1") and item.photo
    assert outside.asked("/four.jpg") == 1


@pytest.mark.parametrize("make", [source, trusted])
def test_a_site_that_is_rebuilt_doubles_nothing(outside, make):
    make(show(outside, {}, {"title": "Miel", "guid": "m", "link": "/miel"}))
    collect()
    Item.objects.update(state=State.PUBLISHED)
    show(
        outside,
        {"guid": "n1", "link": "/nouveau/pain"},
        {"title": "Miel", "guid": "n2", "link": "/nouveau/miel"},
    )
    outside.pages["/pain"] = outside.pages["/miel"] = page(b"", "404 Not Found")
    for _ in range(2):
        collect()
        Item.objects.update(recheck_at=timezone.now())
    names = Item.objects.public().values_list("canonical_uri", flat=True)
    assert set(names) == {f"{outside.url}/nouveau/{name}" for name in ("pain", "miel")}


def test_the_same_words_of_another_day_are_another_publication(outside):
    source(show(outside, {}))
    collect()
    show(outside, {"guid": "n", "link": "/n", "date": "Fri, 21 Nov 2025 09:30:00 +0100"})
    collect()
    assert Item.objects.count() == 2
