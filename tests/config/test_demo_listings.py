"""The demo's listings hold together: what look.md asks for, and nothing real in them.

Plain Python over the JSON files, no database: the loader's own test is elsewhere.
Distances and contours are not checked here; the postal codes are, against the table of
communes in `site.json`.
"""

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.text import slugify
from opening_hours import OpeningHours

from config.demo.loading import day
from directory.hours import HoursOverDays
from directory.snapshots import Exceptional

DEMO = Path(__file__).parents[2] / "config" / "demo"
KINDS = {"producteur", "createur", "commerce", "marche", "table", "service", "autre"}
PAYMENTS = {
    "especes",
    "carte",
    "sans-contact",
    "cheque",
    "titre-restaurant",
    "virement",
    "monnaie-locale",
}
FAMILIES = {
    "fermes": 38,
    "createurs": 26,
    "commerces": 14,
    "reparer": 10,
    "marches": 8,
    "tables": 8,
    "fleurs": 6,
    "autres": 10,
}
STATES = {"ouvert", "ferme-temporairement", "ferme-definitivement"}
OUT_OF_DATE_DAYS = 730
FICTION_PHONE = re.compile(r"(06 39 98|01 99 00)( \d\d){2}")
FICTION_HOST = re.compile(r"[a-z0-9.-]+\.example")
DAYS_AHEAD = re.compile(r"\+\d+d")
WEEKDAYS = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
DAYS_AGO = re.compile(r"-\d+d")


def by_file():
    """The listings of each file, by the file's name."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((DEMO / "listings").glob("*.json"))
    }


LISTINGS = [listing for listings in by_file().values() for listing in listings]
SLUGS = {listing["slug"]: listing for listing in LISTINGS}
SITE = json.loads((DEMO / "site.json").read_text(encoding="utf-8"))
PAGES = json.loads((DEMO / "pages.json").read_text(encoding="utf-8"))


def french_slug(text):
    """Django's slug, with the ligature that it would drop."""
    return slugify(text.replace("œ", "oe").replace("Œ", "Oe"))


def days_ago(listing):
    """How many days before loading it was verified; None when never."""
    return int(listing["verified_on"][1:-1]) if listing["verified_on"] else None


def all_strings(value):
    """Every string within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from all_strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from all_strings(part)


def hours_of(listing):
    """Every opening_hours string of a listing that is not empty."""
    parts = [listing, *listing["stands"], *listing["exceptions"]]
    return [part["hours"] for part in parts if part["hours"]]


def count(condition):
    """How many listings meet a condition."""
    return sum(1 for listing in LISTINGS if condition(listing))


def test_there_are_as_many_of_each_family_as_the_demo_promises():
    found = Counter()
    for name, listings in by_file().items():
        found[name.split("-")[0]] += len(listings)
    assert found == FAMILIES


def test_each_commune_has_its_share():
    found = Counter(listing["insee"] for listing in LISTINGS)
    assert found == {row["insee"]: row["listings"] for row in SITE["demo_communes"]}
    assert found["78517"] == 16
    assert found["91200"] == found["78537"] == 10


def test_the_states_that_a_page_must_handle_are_all_there():
    def unknown(listing):
        return (
            listing["visits"] == "public"
            and listing["trading_state"] == "ouvert"
            and not listing["hours"]
            and not listing["itinerant"]
        )

    assert count(unknown) == 15
    assert count(lambda one: one["visits"] == "rendez-vous") == 8
    assert count(lambda one: (days_ago(one) or 0) >= OUT_OF_DATE_DAYS) == 6
    assert count(lambda one: one["season_note"]) == 4
    assert count(lambda one: one["trading_state"] == "ferme-definitivement") == 2
    assert count(lambda one: one["trading_state"] == "ferme-temporairement") == 1
    assert count(lambda one: one["label_member"]) == 30
    assert len({one["parent"] for one in LISTINGS if one["parent"]}) == 2
    assert count(lambda one: one["hide_address"]) >= 4
    assert count(lambda one: one["lat"] is None) >= 3
    assert count(lambda one: one["verified_on"] is None) >= 25


@pytest.mark.parametrize("slug", SLUGS)
def test_a_listing_is_well_formed(slug):
    listing = SLUGS[slug]
    assert listing["kind"] in KINDS
    assert listing["visits"] in {"public", "rendez-vous", "aucune"}
    assert listing["trading_state"] in STATES
    assert bool(listing["trading_note"]) == (listing["trading_state"] != "ouvert")
    assert set(listing["payment"]) <= PAYMENTS
    assert 2 <= len(listing["products"]) <= 8
    assert len(listing["summary"]) <= 160
    assert (listing["lat"] is None) == (listing["lng"] is None)
    assert listing["verified_on"] is None or DAYS_AGO.fullmatch(listing["verified_on"])
    assert bool(listing["verified_on"]) == bool(listing["verified_by"])
    for exception in listing["exceptions"]:
        if exception["start"] in WEEKDAYS:
            assert exception["end"] == exception["start"]
            continue
        assert DAYS_AHEAD.fullmatch(exception["start"])
        assert DAYS_AHEAD.fullmatch(exception["end"])
        assert int(exception["start"][1:-1]) <= int(exception["end"][1:-1])


def test_slugs_are_unique_and_made_from_the_name():
    communes = {row["insee"]: row["name"] for row in SITE["demo_communes"]}
    assert len(SLUGS) == len(LISTINGS)
    for listing in LISTINGS:
        with_commune = f"{listing['name']} {communes[listing['insee']]}"
        allowed = {french_slug(listing["name"]), french_slug(with_commune)}
        assert listing["slug"] in allowed


def test_postal_codes_belong_to_their_commune():
    codes = {row["insee"]: row["postal_code"] for row in SITE["demo_communes"]}
    assert {one["slug"] for one in LISTINGS if one["postal_code"] != codes[one["insee"]]} == set()
    assert set(codes) <= set(SITE["territory_codes"])
    assert {code for one in LISTINGS for code in one["serves"]} <= set(SITE["territory_codes"])


def test_phones_are_from_the_ranges_kept_for_fiction():
    phones = [one["phone"] for one in LISTINGS if one["phone"]] + [SITE["contact_phone"]]
    assert [phone for phone in phones if not FICTION_PHONE.fullmatch(phone)] == []
    assert len(phones) == len(set(phones))


def test_sites_and_mails_lead_nowhere():
    text = "\n".join(all_strings([LISTINGS, SITE, PAGES]))
    hosts = re.findall(r"(?:https?://|[\w.-]@)([\w.-]*\w)", text)
    assert hosts
    assert [host for host in hosts if not FICTION_HOST.fullmatch(host)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_hours_string_parses(slug):
    for hours in hours_of(SLUGS[slug]):
        OpeningHours(hours, country="FR")


def test_a_stand_stands_while_its_market_is_open():
    start = datetime(2027, 1, 4)  # noqa: DTZ001 (opening_hours wants local times)
    for listing in LISTINGS:
        for stand in listing["stands"]:
            assert bool(stand["market"]) != bool(stand["place"])
            if not stand["market"]:
                continue
            market = SLUGS[stand["market"]]
            assert market["kind"] == "marche"
            # Without a country there are no holidays: on those the market decides for its stands.
            market_hours = OpeningHours(market["hours"])
            stays = OpeningHours(stand["hours"], country="FR").intervals(
                start, start + timedelta(days=365)
            )
            opened = [stay for stay in stays if str(stay[2]) == "open"]
            assert opened, listing["slug"]
            for begin, end, *_ in opened[:60]:
                assert market_hours.is_open(begin), (listing["slug"], begin)
                assert market_hours.is_open(end - timedelta(minutes=1)), (listing["slug"], end)


def test_saturday_morning_is_rich():
    saturdays = Counter(
        stand["market"]
        for listing in LISTINGS
        for stand in listing["stands"]
        if stand["market"] and "Sa" in stand["hours"]
    )
    assert len(saturdays) == 5
    assert min(saturdays.values()) >= 6


def test_markets_fill_the_week_and_some_days_are_odd():
    today = date(2026, 11, 23)
    week = [today + timedelta(days=number) for number in range(7)]
    statuses = {}
    for listing in LISTINGS:
        if listing["kind"] == "marche":
            exceptions = [
                Exceptional(day(row["start"], today), day(row["end"], today), row["hours"], "")
                for row in listing["exceptions"]
            ]
            known = HoursOverDays(listing["hours"], exceptions, week[0], week[-1])
            for weekday, date_ in enumerate(week):
                statuses.setdefault(weekday, []).append(known.on(date_).status)
    for weekday in (1, 2, 3, 4, 5, 6):
        assert "held" in statuses[weekday], weekday
    assert "cancelled" in statuses[2]
    assert any("PH" in one["hours"] for one in LISTINGS if one["kind"] == "marche")
    places = [stand["place"] for one in LISTINGS for stand in one["stands"] if stand["place"]]
    assert any("Gazeran" in place for place in places)


def test_an_outlet_belongs_to_a_listing_that_has_no_parent_itself():
    for listing in LISTINGS:
        if listing["parent"]:
            assert SLUGS[listing["parent"]]["parent"] is None


def test_nobody_shouts():
    text = "".join(all_strings([LISTINGS, SITE, PAGES]))
    assert "!" not in text
    assert "'" not in text


def test_plain_pages_use_the_blocks_that_the_loader_knows():
    assert len({page["slug"] for page in PAGES}) == len(PAGES)
    for page in PAGES:
        for block in page["body"]:
            assert block["type"] in {"heading", "paragraph", "list", "quote"}
            assert isinstance(block["value"], list if block["type"] == "list" else str)
