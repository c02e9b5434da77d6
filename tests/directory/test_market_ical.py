"""Calendars to follow: exact days, stable identities, right clocks, whatever people typed."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from directory import hours
from directory.markets.calendar import Entry, as_ical, lines_only, one_paragraph, window
from directory.markets.clocks import time_zone
from directory.models import FormerSlug, Listing, Tombstone
from directory.snapshots import Exceptional
from tests import factories
from tests.directory.markets import market, producer, with_exceptions

SUNDAY = datetime(2026, 11, 22, 11, tzinfo=UTC)
SPAN = window(date(2026, 11, 22))


@pytest.fixture
def clock(categories):
    """It is Sunday 22 November 2026, noon; a test may set another time."""
    now = {"is": SUNDAY}
    with patch.object(timezone, "now", side_effect=lambda: now["is"]):
        yield now


def events(client, path):
    """The events behind an address, by date."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return sorted(calendar.walk("VEVENT"), key=lambda event: event.DTSTART)


def on(found, day):
    """The events of one date."""
    return [event for event in found if event.DTSTART.date() == date.fromisoformat(day)]


@pytest.mark.django_db
def test_a_market_is_followed_day_by_day(client, clock):
    grains = market("Marché aux Grains", street="place aux Grains", postal_code="78120")
    producer("Chèvrerie du Bois", (grains, "Sa[1] 08:00-13:00"), products=["crottins"])
    found = events(client, "/marches/marche-aux-grains.ics")
    first = on(found, "2026-12-05")[0]
    assert first["SUMMARY"] == "Marché aux Grains"
    assert first["LOCATION"] == "place aux Grains, 78120 Rambouillet"
    assert first["STATUS"] == "CONFIRMED" and first["TRANSP"] == "TRANSPARENT"
    assert first["UID"] == "marche-aux-grains-20261205-1@127.0.0.1"
    assert "Chèvrerie du Bois : crottins" in first["DESCRIPTION"]
    assert first["GEO"].to_ical() == f"{grains.public_lat:.6g};{grains.public_lng:.6g}"
    assert first.DTSTART.isoformat() == "2026-12-05T08:00:00+01:00"
    assert "Chèvrerie" not in on(found, "2026-11-28")[0]["DESCRIPTION"]
    days = {event.DTSTART.date() for event in found}
    assert {day.weekday() for day in days} == {5} and len(days) == 28


@pytest.mark.django_db
def test_days_called_off_stay_in_the_calendar_and_say_so(client, clock):
    closed = (date(2026, 11, 28), date(2026, 11, 28), "", "Foire")
    shorter = (date(2026, 12, 5), date(2026, 12, 5), "09:00-11:00", "Verglas")
    market("Marché aux Grains", "Sa 08:00-12:00,15:00-18:00; PH off", [closed, shorter])
    found = events(client, "/marches/marche-aux-grains.ics")
    assert [event["STATUS"] for event in on(found, "2026-11-28")] == ["CANCELLED"] * 2
    assert on(found, "2026-11-28")[0]["SUMMARY"] == "Annulé : Marché aux Grains"
    assert "Foire" in on(found, "2026-11-28")[0]["DESCRIPTION"]
    morning, afternoon = on(found, "2026-12-05")
    assert (morning["STATUS"], morning.DTSTART.hour) == ("CONFIRMED", 9)
    assert morning["UID"].endswith("20261205-1@127.0.0.1")
    assert afternoon["STATUS"] == "CANCELLED"
    assert on(found, "2027-05-01")[0]["STATUS"] == "CANCELLED"


@pytest.mark.django_db
def test_a_holiday_that_nobody_spoke_of_is_tentative(client, clock):
    market("Marché du Vendredi", "Fr 08:00-12:00")
    christmas = on(events(client, "/marches/marche-du-vendredi.ics"), "2026-12-25")[0]
    assert christmas["STATUS"] == "TENTATIVE"
    assert christmas["SUMMARY"] == "À vérifier : Marché du Vendredi"
    assert "Jour férié (Noël)" in christmas["DESCRIPTION"]


@pytest.mark.django_db
def test_clocks_are_right_in_both_nights_of_change(client, clock):
    market("Marché de nuit", "Sa 22:00-02:30")
    market("Marché du Dimanche", "Su 08:00-13:00")
    clock["is"] = datetime(2026, 10, 20, tzinfo=UTC)
    found = events(client, "/marches/autour/agenda.ics")
    night = on(found, "2026-10-24")[0]
    assert night.DTSTART.astimezone(UTC).hour == 20
    assert night.DTEND.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert on(found, "2026-10-25")[0].DTSTART.astimezone(UTC).hour == 7
    assert on(found, "2026-10-18")[0].DTSTART.astimezone(UTC).hour == 6
    clock["is"] = datetime(2026, 3, 20, tzinfo=UTC)
    found = events(client, "/marches/autour/agenda.ics")
    night = on(found, "2026-03-28")[0]
    # Half past two did not exist that night.
    assert night.DTEND.isoformat() == "2026-03-29T03:30:00+02:00"
    assert on(found, "2026-03-29")[0].DTSTART.astimezone(UTC).hour == 6
    text = client.get("/marches/autour/agenda.ics").content.decode()
    assert "DTSTART;TZID=Europe/Paris:20260329T080000" in text
    spring, autumn = "DTSTART:20260329T020000", "DTSTART:20261025T030000"
    for onset, before, after in ((spring, "+0100", "+0200"), (autumn, "+0200", "+0100")):
        observance = next(part for part in text.split("BEGIN:") if onset in part).splitlines()
        assert f"TZOFFSETFROM:{before}" in observance and f"TZOFFSETTO:{after}" in observance


@pytest.mark.django_db
def test_a_producer_is_followed_from_market_to_market(client, clock):
    closed = (date(2026, 11, 28), date(2026, 11, 28), "", "Foire")
    grains = market("Marché aux Grains", exceptions=[closed])
    rest = (date(2026, 12, 3), date(2026, 12, 6), "", "Repos")
    producer(
        "Maud",
        (grains, ""),
        ("Gare de Gazeran", "Th 17:00-19:00"),
        exceptions=[rest],
        products=["pain"],
    )
    found = events(client, "/annuaire/fiche/maud/ou-me-trouver.ics")
    station = on(found, "2026-11-26")[0]
    assert station["SUMMARY"] == "Maud, Gare de Gazeran"
    assert station["LOCATION"] == "Gare de Gazeran" and "GEO" not in station
    assert on(found, "2026-11-28")[0]["STATUS"] == "CANCELLED"
    assert "Foire" in on(found, "2026-11-28")[0]["DESCRIPTION"]
    for day in ("2026-12-03", "2026-12-05"):
        assert on(found, day)[0]["STATUS"] == "CANCELLED"
        assert "Repos" in on(found, day)[0]["DESCRIPTION"]
    there = on(found, "2026-12-12")[0]
    assert there["SUMMARY"] == "Maud, Marché aux Grains" and "pain" in there["DESCRIPTION"]
    assert len({event["UID"] for event in found}) == len(found)


@pytest.mark.django_db
def test_two_lines_about_one_day_are_one_visit(client, clock):
    grains = market("Marché aux Grains")
    producer("Maud", (grains, "Sa 08:00-13:00"), (grains, "Sa,Su 08:00-13:00"))
    found = events(client, "/annuaire/fiche/maud/ou-me-trouver.ics")
    assert len(on(found, "2026-11-28")) == 1
    assert on(found, "2026-11-29") == []


@pytest.mark.django_db
def test_the_markets_around_a_place_are_one_calendar(client, clock):
    market("Marché de Rambouillet")
    market("Marché de Houdan", commune="Houdan")
    names = {event["SUMMARY"] for event in events(client, "/marches/autour/agenda.ics")}
    assert names == {"Marché de Rambouillet", "Marché de Houdan"}
    near = events(client, "/marches/autour/agenda.ics?ou=Rambouillet")
    assert {event["SUMMARY"] for event in near} == {"Marché de Rambouillet"}
    assert client.get("/marches/autour/agenda.ics?ou=Zzyzxq").status_code == 400


@pytest.mark.django_db
def test_the_same_content_has_the_same_bytes_and_a_304(client, clock):
    clock["is"] = SUNDAY - timedelta(days=2)
    grains = market("Marché aux Grains")
    path = "/marches/marche-aux-grains.ics"
    first = client.get(path)
    factories.listing("Une autre fiche")
    clock["is"] = SUNDAY
    second = client.get(path)
    assert first.content == second.content and first["ETag"] == second["ETag"]
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    with_exceptions(grains, [(date(2026, 11, 28), date(2026, 11, 28), "", "Foire")])
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    pages = (first, changed)
    before, after = (Calendar.from_ical(page.content).walk("VEVENT")[2] for page in pages)
    assert before["UID"] == after["UID"] and after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.django_db
def test_a_calendar_is_small_on_the_wire_and_head_works(client, clock):
    market("Marché aux Grains", description="x" * 500)
    path = "/marches/marche-aux-grains.ics"
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert len(zipped.content) < len(client.get(path).content) / 4
    assert "Accept-Encoding" in zipped["Vary"]
    head = client.head(path)
    assert head.status_code == 200 and not head.content
    assert not zipped.cookies and "private" not in zipped["Cache-Control"]
    assert client.post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"trading_state": "ferme-definitivement"}, {"hours": ""}])
def test_without_known_days_a_calendar_is_empty_and_still_one(client, clock, fields):
    market("Marché aux Grains", **fields)
    assert events(client, "/marches/marche-aux-grains.ics") == []


@pytest.mark.django_db
def test_what_moved_or_went_answers_as_its_page_does(client, clock):
    grains = market("Marché aux Grains")
    FormerSlug.objects.create(slug="ancien-marche", listing=grains)
    Tombstone.objects.create(slug="marche-retire")
    moved = client.get("/marches/ancien-marche.ics")
    assert (moved.status_code, moved["Location"]) == (301, "/marches/marche-aux-grains.ics")
    assert client.get("/marches/marche-retire.ics").status_code == 410
    assert client.get("/marches/jamais-vu.ics").status_code == 404
    Listing.objects.update(live=False)
    assert client.get("/marches/marche-aux-grains.ics").status_code == 404
    assert client.get("/annuaire/fiche/marche-aux-grains/ou-me-trouver.ics").status_code == 404
    factories.listing("Ferme")
    assert client.get("/marches/ferme.ics").status_code == 404


@pytest.mark.django_db
def test_a_hidden_address_is_in_no_calendar(client, clock):
    market("Marché caché", street="4 rue du Secret", hide_address=True)
    text = client.get("/marches/marche-cache.ics").content.decode()
    assert "Secret" not in text and "\nGEO" not in text


@pytest.mark.django_db
def test_listings_lead_to_their_calendars_and_next_days(client, clock):
    closed = (date(2026, 11, 28), date(2026, 11, 28), "", "Foire")
    grains = market("Marché aux Grains", exceptions=[closed])
    maud = producer("Maud", (grains, ""), products=["pain de seigle"])
    page = client.get(grains.get_absolute_url()).content.decode()
    assert "webcal://127.0.0.1:8000/marches/marche-aux-grains.ics" in page
    assert "samedi 28 novembre" in page and "<strong>annulé</strong>" in page
    assert "/marches/?jour=2026-12-05" in page and "pain de seigle" in page
    page = client.get(maud.get_absolute_url()).content.decode()
    assert "/annuaire/fiche/maud/ou-me-trouver.ics" in page
    assert "Prochaines fois" in page and "samedi 5 décembre" in page
    assert "agenda" not in client.get(factories.listing("Sans stand").get_absolute_url())


NAUGHTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.sampled_from(
    [
        "BEGIN:VEVENT\r\nSUMMARY:x",
        "a;b,c\\d\\n:e\"f'",
        "é" * 100,
        "\N{FAMILY}" * 60,
        "x\u2028y\u2029z\x00\x1f\x7f\x85",
        " \t leading",
        "\\",
        "=?utf-8?q?x?=",
    ]
)


def entry(summary, location, description):
    day = hours.HoursOverDays("Sa 08:00-13:00", (), date(2026, 11, 28)).on(date(2026, 11, 28))
    return Entry("cle", day, summary, location, description, "https://x.example/", SUNDAY, SUNDAY)


@settings(max_examples=60, deadline=None)
@given(name=NAUGHTY, summary=NAUGHTY, location=NAUGHTY, description=NAUGHTY)
def test_whatever_was_typed_comes_out_as_it_was(name, summary, location, description):
    body = as_ical(name, name, "https://x.example/", [entry(summary, location, description)], SPAN)
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert event["SUMMARY"] == one_paragraph(summary)
    assert event.get("LOCATION", "") == one_paragraph(location)
    assert event["DESCRIPTION"] == lines_only(description)
    assert body.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_a_zone_without_summer_time_has_one_clock():
    text = time_zone("Indian/Reunion", *SPAN).to_ical().decode()
    assert text.count("BEGIN:STANDARD") == 1 and "DAYLIGHT" not in text
    assert "TZOFFSETTO:+0400" in text


def test_an_exception_keeps_the_events_identity():
    day = date(2026, 11, 28)
    uids = []
    for exceptions in ([], [Exceptional(day, day, "09:00-10:00", "")]):
        of_day = hours.HoursOverDays("Sa 08:00-13:00", exceptions, day).on(day)
        one = Entry("cle", of_day, "M", "", "", "https://x.example/", SUNDAY, SUNDAY)
        (event,) = Calendar.from_ical(as_ical("M", "", "u", [one], SPAN)).walk("VEVENT")
        uids.append(event["UID"])
    assert uids[0] == uids[1]
