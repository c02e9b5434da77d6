"""What a letter tells: what is new, once, to whom it concerns, while it is public."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Listing
from letter import closing, contents, sending
from letter.audiences import SITE, Audience
from letter.closing import NotNowError
from letter.models import Delivery, Follower, Letter, LetterSettings, News
from tests import factories as directory
from tests.label import factories as label
from tests.letter import factories
from tests.webmag import factories as webmag

DAY = timedelta(days=1)
DAILY, WEEKLY = Follower.Rhythm.DAILY, Follower.Rhythm.WEEKLY


def at(monkeypatch, moment):
    """Let it be another moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def noon(days=0):
    """Noon here, some days from now."""
    today = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return today + days * DAY


def titles(audience=SITE, since=0):
    """What a letter of all that was gathered says to an audience."""
    found = contents.sections(audience, since + 1, 10**9)
    return {entry.title for section in found for entry in section.entries}


@pytest.mark.django_db
def test_a_letter_tells_of_articles_addresses_posts_and_what_was_collected():
    webmag.article("Le retour du pain")
    directory.listing("Ferme du Gué")
    label.post("Four ouvert", listing=directory.listing("Poterie"))
    label.item("<p>Chevrettes</p>", title="Elles sont nées")
    closing.prepare()
    assert titles() == {"Le retour du pain", "Ferme du Gué", "Poterie", "Elles sont nées"}


@pytest.mark.django_db
def test_each_audience_reads_what_it_follows(categories):
    echo, panier = webmag.magazine("L’Écho"), webmag.magazine("Le Panier")
    webmag.article("Pain", magazine=echo)
    webmag.article("Cidre", magazine=panier)
    there = directory.listing("À Dourdan", commune="Dourdan")
    directory.listing("À Rambouillet")
    label.post("Four", listing=there)
    webmag.article("Dourdan raconte", magazine=panier, communes=[there.commune])
    closing.prepare()
    assert titles(Audience.of(False, [echo.pk])) == {"Pain"}
    assert titles(Audience.of(False, [], ["91200"])) == {"À Dourdan", "Dourdan raconte"}
    assert titles(Audience.of(False, [echo.pk], ["91200"])) == {
        "Pain",
        "À Dourdan",
        "Dourdan raconte",
    }
    assert titles(Audience.of(False, [], ["78537"])) == titles(Audience()) == set()


@pytest.mark.django_db
def test_nothing_is_told_twice_and_nothing_is_lost(monkeypatch, mailoutbox):
    factories.follower()
    told = []
    for day in range(4):
        at(monkeypatch, noon(day))
        directory.listing(f"Ferme {day}")
        sending.wake_if_due()
        sending.send_due()
        told.append(mailoutbox[-1].body)
    assert len(mailoutbox) == 4
    for day, body in enumerate(told):
        assert [f"Ferme {other}" in body for other in range(4)] == [
            other == day for other in range(4)
        ]


@pytest.mark.django_db
def test_what_a_volunteer_lets_appear_late_is_new_that_day():
    old = timezone.now() - 20 * DAY
    label.item("<p>x</p>", title="Ancienne", published_at=old, seen_at=old, decided_at=None)
    label.item("<p>y</p>", title="Relue", published_at=old, seen_at=old, decided_at=timezone.now())
    closing.prepare()
    assert titles() == {"Relue"}


CANARY = "zorgluplettre"


def hidden_things():
    """One of each kind, public, with a word in it; and how each is taken away."""
    article = webmag.article(f"{CANARY} article")
    listing = directory.listing(f"{CANARY} fiche")
    post = label.post(f"{CANARY} publication")
    item = label.item(f"<p>{CANARY}</p>", title=f"{CANARY} collecte")
    return [
        article.unpublish,
        lambda: Listing.objects.filter(pk=listing.pk).update(live=False),
        lambda: type(post).objects.filter(pk=post.pk).update(state="retiree"),
        lambda: type(item).objects.filter(pk=item.pk).update(state="retiree"),
    ]


@pytest.mark.django_db
def test_what_is_taken_away_vanishes_from_a_letter_that_has_not_gone(mailoutbox, client):
    factories.follower()
    directory.listing("Ferme du Gué")
    hide = hidden_things()
    closing.prepare()
    assert sum(CANARY in title for title in titles()) == 3
    letter = closing.close()
    for take_away in hide:
        take_away()
    sending.send_due()
    assert "Ferme du Gué" in mailoutbox[0].body
    for text in (mailoutbox[0].body, mailoutbox[0].alternatives[0][0], mailoutbox[0].subject):
        assert CANARY not in text
    assert CANARY not in client.get(letter.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_what_is_taken_away_between_two_batches_vanishes_from_the_second(settings, mailoutbox):
    for _ in range(4):
        factories.follower()
    directory.listing("Ferme du Gué")
    gone = directory.listing(f"{CANARY} fiche")
    factories.letter()
    settings.LETTER_PER_MINUTE = 2
    sending.send_due()
    gone.unpublish()
    settings.LETTER_PER_MINUTE = 100
    sending.send_due()
    assert [CANARY in mail.body for mail in mailoutbox] == [True, True, False, False]


@pytest.mark.django_db
def test_an_empty_letter_is_never_sent(mailoutbox):
    factories.follower()
    factories.follower(audience="c91200")
    sending.wake_if_due()
    assert not Letter.objects.exists()
    directory.listing("À Rambouillet")
    factories.letter()
    batch = sending.send_due()
    assert (batch.sent, batch.empty, len(mailoutbox)) == (1, 1, 1)


@pytest.mark.django_db
def test_one_a_day_whatever_is_followed(monkeypatch, mailoutbox):
    factories.follower(audience="site")
    directory.listing("Matin")
    at(monkeypatch, noon())
    factories.letter()
    sending.send_due()
    directory.listing("Soir")
    closing.prepare()
    with pytest.raises(NotNowError):
        closing.close()
    sending.wake_if_due()
    sending.send_due()
    assert len(mailoutbox) == 1
    at(monkeypatch, noon(1))
    sending.wake_if_due()
    sending.send_due()
    assert len(mailoutbox) == 2 and "Soir" in mailoutbox[1].body


@pytest.mark.django_db
def test_a_late_letter_and_the_next_one_become_one(monkeypatch, mailoutbox):
    follower = factories.follower()
    directory.listing("Lundi")
    at(monkeypatch, noon())
    factories.letter()
    at(monkeypatch, noon(1))
    directory.listing("Mardi")
    factories.letter()
    sending.send_due()
    assert len(mailoutbox) == 1
    assert "Lundi" in mailoutbox[0].body and "Mardi" in mailoutbox[0].body
    states = set(follower.deliveries.values_list("state", flat=True))
    assert states == {Delivery.State.OVERTAKEN, Delivery.State.SENT}


@pytest.mark.django_db
def test_the_weekly_letter_gathers_the_week(monkeypatch, mailoutbox):
    friday = noon()
    while timezone.localtime(friday).weekday() != 4:
        friday += DAY
    begun = friday - 4 * DAY
    factories.follower("jour@boites.lan", confirmed_on=(begun - 20 * DAY).date())
    factories.follower(
        "semaine@boites.lan",
        rhythm=WEEKLY,
        confirmed_on=(begun - DAY).date(),
        confirmed_at=begun - DAY,
    )
    # From Monday to the Tuesday of the next week, with nothing new on Friday itself.
    for day in range(9):
        at(monkeypatch, begun + day * DAY)
        if day not in (4, 5):
            Listing.objects.filter(pk=directory.listing(f"Ferme {day}").pk).update(
                first_published_at=begun + day * DAY
            )
        sending.wake_if_due()
        sending.send_due()
    weekly = [mail for mail in mailoutbox if mail.to == ["semaine@boites.lan"]]
    assert len(weekly) == 1
    assert [f"Ferme {day}" in weekly[0].body for day in range(9)] == [True] * 4 + [False] * 5
    daily = [mail for mail in mailoutbox if mail.to == ["jour@boites.lan"]]
    assert len(daily) == 7


@pytest.mark.django_db
def test_who_follows_a_quiet_commune_makes_no_letter_go(monkeypatch, mailoutbox):
    long_ago = timezone.now() - 40 * DAY
    quiet = factories.follower(audience="c91200", rhythm=WEEKLY, confirmed_on=long_ago.date())
    directory.listing("À Rambouillet")
    at(monkeypatch, noon())
    letter = factories.letter()
    assert sending.send_due().empty == 1
    quiet.refresh_from_db()
    assert quiet.told_until == letter.pk
    for day in range(1, 16):
        at(monkeypatch, noon(day))
        sending.wake_if_due()
    assert Letter.objects.count() == 1 and mailoutbox == []


@pytest.mark.django_db
def test_who_comes_later_is_not_told_what_was_before(mailoutbox):
    directory.listing("Avant")
    first = factories.letter()
    factories.follower(told_until=first.pk)
    assert not closing.someone_waits(timezone.localdate() + 9 * DAY, LetterSettings.load())
    sending.send_due()
    assert mailoutbox == []


@pytest.mark.django_db
def test_the_clock_waits_for_the_hour_and_for_who_reads_it_first(monkeypatch):
    directory.listing()
    rules = LetterSettings.load()
    rules.hour = 13
    rules.save()
    at(monkeypatch, noon())
    assert closing.close_if_due() is None
    rules.hour, rules.is_read_first = 7, True
    rules.save()
    assert closing.close_if_due() is None
    rules.is_read_first = False
    rules.save()
    Letter.objects.update(state=Letter.State.HELD)
    assert closing.close_if_due() is None
    Letter.objects.update(state=Letter.State.COMING)
    assert closing.close_if_due() is not None


@pytest.mark.django_db
def test_a_letter_that_is_held_at_the_last_moment_does_not_go(monkeypatch):
    """Somebody presses « Retenir » after the clock has looked and before it closes."""
    directory.listing()
    at(monkeypatch, noon())
    monkeypatch.setattr(closing, "is_due", lambda now: Letter.objects.update(state="retenue"))
    assert closing.close_if_due() is None
    assert closing.coming().state == Letter.State.HELD


@pytest.mark.django_db
def test_two_letters_that_cross_tell_nothing_twice_either(monkeypatch, mailoutbox):
    """The second one was addressed just before the first was handed over."""
    who = factories.follower()
    at(monkeypatch, noon())
    directory.listing("Ferme une")
    factories.letter()
    sending.send_due()
    at(monkeypatch, noon(1))
    directory.listing("Ferme deux")
    second = factories.letter()
    Delivery.objects.filter(letter=second).update(since=0)
    sending.send_due()
    assert "Ferme deux" in mailoutbox[-1].body and "Ferme une" not in mailoutbox[-1].body
    # The other way round: what is left of the first one takes nothing back.
    Delivery.objects.exclude(letter=second).update(state=Delivery.State.WAITING)
    at(monkeypatch, noon(2))
    sending.send_due()
    who.refresh_from_db()
    assert (len(mailoutbox), who.told_until) == (2, second.pk)


@pytest.mark.django_db
def test_what_was_hidden_when_the_letter_went_is_told_when_it_comes_back():
    gone = directory.listing("Partie puis revenue")
    left = directory.listing("Laissée")
    closing.prepare()
    gone.unpublish()
    News.objects.filter(number=left.pk).update(is_left_out=True)
    first = closing.close()
    assert not first.news.filter(number=gone.pk).exists()
    Listing.objects.filter(pk=gone.pk).update(live=True)
    second = closing.prepare()
    assert list(second.news.values_list("number", flat=True)) == [gone.pk]


@given(
    st.booleans(),
    st.lists(st.integers(1, 10**6), max_size=8),
    st.lists(st.from_regex(r"[0-9][0-9AB][0-9]{3}", fullmatch=True), max_size=8),
)
def test_an_audience_is_read_as_it_was_written(site, magazines, communes):
    audience = Audience.of(site, magazines, communes)
    assert Audience.read(audience.key) == audience
    assert Audience.of(site, magazines[::-1], communes[::-1]).key == audience.key


@given(st.text())
def test_any_text_is_some_audience(text):
    assert Audience.read(Audience.read(text).key) == Audience.read(text)
