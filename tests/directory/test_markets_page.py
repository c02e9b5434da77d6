"""/marches/: a day and a place, which market is on, and who stands there."""

import re
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.utils import timezone

from directory.models import Listing, MarketStand
from tests import factories
from tests.directory.markets import market, producer

pytestmark = pytest.mark.django_db
SATURDAY, FRIDAY, SUNDAY = "2026-11-28", "2026-11-27", "2026-11-29"
NOON_OF_SUNDAY = datetime(2026, 11, 22, 11, tzinfo=UTC)  # 12 o'clock in Paris


@pytest.fixture(autouse=True)
def clock(categories):
    """It is Sunday 22 November 2026, noon; a test may set another time."""
    now = {"is": NOON_OF_SUNDAY}
    with patch.object(timezone, "now", side_effect=lambda: now["is"]):
        yield now


def page(client, query="", status=200):
    response = client.get(f"/marches/?{query}")
    assert response.status_code == status
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def on_the_list(html):
    """The slugs of the markets that are on, in order."""
    return re.findall(r'data-listing="([^"]+)"', html)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_saturday_shows_its_markets_and_who_sells_what(client):
    grains = market("Marché aux Grains", street="place aux Grains")
    market("Marché du Mercredi", "We 08:00-12:00")
    producer("Chèvrerie du Bois", (grains, ""), products=["crottins", "faisselle"])
    producer("Le Mercredi seulement", (grains, "We 08:00-12:00"))
    html = page(client, f"jour={SATURDAY}")
    assert on_the_list(html) == ["marche-aux-grains"]
    said = words(html)
    assert "Samedi 28 novembre" in said and "1 marché" in said
    assert "8 h – 13 h" in said and "Rambouillet, place aux Grains" in said
    assert "crottins, faisselle" in said
    assert "Le Mercredi seulement" not in said
    assert f'data-lat="{grains.public_lat:.5f}" data-lng="{grains.public_lng:.5f}"' in html


def test_near_markets_come_first_with_their_distance(client):
    market("Marché de Dourdan", "Sa 07:00-13:00", commune="Dourdan")
    market("Marché de Rambouillet")
    far = page(client, f"jour={SATURDAY}&ou=Rambouillet")
    assert on_the_list(far) == ["marche-de-rambouillet", "marche-de-dourdan"]
    assert "0,1" in far and "km" in far and "autour de Rambouillet" in far
    # Without a place the early ones come first.
    assert on_the_list(page(client, f"jour={SATURDAY}"))[0] == "marche-de-dourdan"
    here = page(client, f"jour={SATURDAY}&lat=48.529&lng=2.011")
    assert on_the_list(here)[0] == "marche-de-dourdan"
    assert "lat=48.529&amp;lng=2.011" in here


def test_a_market_called_off_stands_apart_with_its_reason_and_the_day_instead(client):
    closed = (date(2026, 12, 25), date(2026, 12, 25), "", "Noël en famille")
    eve = (date(2026, 12, 24), date(2026, 12, 24), "08:00-13:00", "Veille de Noël")
    market("Marché du Vendredi", "Fr 08:00-13:00", [closed, eve])
    html = page(client, "jour=2026-12-25")
    assert on_the_list(html) == []
    said = words(html)
    assert "Fermé exceptionnellement : Noël en famille" in said
    assert "jeudi 24 décembre , de 8 h à 13 h" in said
    there = words(page(client, "jour=2026-12-24"))
    assert "Horaires exceptionnels : Veille de Noël" in there


def test_a_holiday_of_which_the_hours_say_nothing_is_to_be_checked(client):
    market("Marché silencieux", "Fr 08:00-13:00")
    market("Marché prudent", "Fr 08:00-13:00; PH off")
    html = page(client, "jour=2026-12-25")
    assert on_the_list(html) == ["marche-silencieux"]
    said = words(html)
    assert "Jour férié : Noël" in said
    assert "Jour férié (Noël), à vérifier" in said
    assert "Fermé exceptionnellement : jour férié (Noël)" in said


def test_unknown_hours_stand_apart_and_are_never_called_closed(client):
    unknown = market("Marché mystère", "")
    producer("Ferme sûre", (unknown, "Sa 09:00-12:00"))
    html = page(client, f"jour={SATURDAY}")
    said = words(html)
    assert "Horaires inconnus (1)" in said and "Marché mystère" in said
    assert "Ferme sûre" in said and "9 h – 12 h" in said
    assert "ermé" not in said
    assert on_the_list(html) == []


def test_who_is_away_is_not_said_to_be_there(client):
    grains = market("Marché aux Grains")
    rest = (date(2026, 11, 24), date(2026, 11, 30), "", "Semaine de repos")
    producer("Les Jardins", (grains, ""), exceptions=[rest])
    said = words(page(client, f"jour={SATURDAY}"))
    assert "Absent ce jour-là : Les Jardins (Semaine de repos)" in said
    assert "Absent" not in words(page(client, "jour=2026-12-05"))


def test_a_stand_with_hours_of_its_own_says_them(client):
    grains = market("Marché aux Grains")
    producer("Le Tardif", (grains, "Sa 10:00-12:00"), (grains, "Sa 10:00-12:00"))
    html = page(client, f"jour={SATURDAY}")
    assert words(html).count("10 h – 12 h") == 1
    assert html.count('/annuaire/fiche/le-tardif/"') == 1


def test_other_places_of_sale_stand_below_at_their_commune(client):
    factories.commune("Dourdan")
    producer("Maud et la Meule", ("Gare de Dourdan", "Th 17:00-19:00"), products=["pain"])
    producer("Le Fumoir", ("Sous le pont", "Th 18:00-21:00"))
    html = page(client, "jour=2026-11-26&ou=Rambouillet")
    assert on_the_list(html) == []
    said = words(html)
    assert "points de vente" in said and re.search(r"Gare de Dourdan, environ 1\d km", said)
    assert "17 h – 19 h" in said and "pain" in said
    assert "Sous le pont" in said and "Sous le pont, environ" not in said
    assert "Gare de Dourdan" not in page(client, "jour=2026-11-25")


def test_only_what_is_public_and_trades_is_shown(client):
    gone = market("Marché fini", trading_state="ferme-definitivement")
    draft = market("Marché brouillon", live=False)
    paused = market("Marché en pause", trading_state="ferme-temporairement", trading_note="Travaux")
    grains = market("Marché aux Grains")
    producer("Fermée", (grains, ""), trading_state="ferme-definitivement")
    producer("Brouillon", (grains, ""), live=False)
    producer("Passante", (draft, ""), (gone, ""), (paused, ""))
    html = page(client, f"jour={SATURDAY}")
    assert on_the_list(html) == ["marche-aux-grains"]
    said = words(html)
    for hidden in ("Marché fini", "brouillon", "Fermée", "Brouillon", "Passante"):
        assert hidden not in said
    assert "Fermé exceptionnellement : Travaux" in said


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(7, "Commence à 8 h"), (8, "En cours, jusqu’à 13 h"), (13, "Terminé")],
)
def test_today_says_how_far_it_has_come(client, clock, hour, expected):
    market("Marché aux Grains")
    clock["is"] = timezone.make_aware(datetime(2026, 11, 28, hour))  # noqa: DTZ001 -- made aware here
    assert expected in words(page(client, f"jour={SATURDAY}"))


def test_a_night_market_goes_on_after_midnight(client, clock):
    market("Marché de nuit", "Sa 20:00-02:00")
    clock["is"] = timezone.make_aware(datetime(2026, 11, 29, 1))  # noqa: DTZ001 -- made aware here
    assert "En cours, jusqu’à 2 h" in words(page(client))
    clock["is"] = timezone.make_aware(datetime(2026, 11, 29, 2))  # noqa: DTZ001 -- made aware here
    assert on_the_list(page(client, f"jour={SUNDAY}")) == []


def test_without_a_day_it_is_today_and_else_the_next_day_with_a_market(client, clock):
    market("Marché du Dimanche", "Su 08:00-13:00")
    market("Marché du Mercredi", "We 08:00-12:00")
    assert "Dimanche 22 novembre" in words(page(client))
    clock["is"] = NOON_OF_SUNDAY + timedelta(hours=1)
    cache.clear()
    assert "Mercredi 25 novembre" in words(page(client))


def test_a_day_without_market_names_the_next_one(client):
    assert "Aucun marché" in words(page(client, f"jour={FRIDAY}"))
    market("Marché aux Grains")
    said = words(page(client, f"jour={FRIDAY}"))
    assert "Prochain marché : samedi 28 novembre , Rambouillet" in said


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("2026-02-30", "n’existe pas"),
        ("samedi", "n’existe pas"),
        ("0000-00-00", "n’existe pas"),
        ("99999", "n’existe pas"),
        ("2026-11-28T08:00", "n’existe pas"),
        ("%00", "n’existe pas"),
        ("2026-11-20", "est passé"),
        ("1999-01-01", "est passé"),
        ("2028-01-01", "trop loin"),
        ("9999-12-31", "trop loin"),
    ],
)
def test_an_impossible_day_is_named_and_another_one_shown(client, asked, message):
    market("Marché du Dimanche", "Su 08:00-13:00")
    html = page(client, f"jour={asked}", 400)
    assert message in html
    assert on_the_list(html) == ["marche-du-dimanche"]


def test_the_edges_of_the_calendar_have_no_further_day(client):
    assert 'rel="prev"' not in page(client, "jour=2026-11-21")
    assert 'rel="next"' not in page(client, "jour=2027-12-27")
    assert page(client, "jour=28/11/2026") == page(client, "jour=28/11/2026")
    assert "Samedi 28 novembre" in page(client, "jour=28/11/2026")


def test_an_unknown_place_is_answered_with_communes_that_may_be_meant(client):
    html = page(client, f"jour={SATURDAY}&ou=Zzyzxq")
    assert "Nous ne trouvons pas « Zzyzxq »" in html
    html = page(client, f"jour={SATURDAY}&ou=Saint-Arn")
    assert "Ou bien :" in html and f"?jour={SATURDAY}&amp;ou=Saint-" in html
    assert "pas comprise" in page(client, "lat=NaN&lng=2", 400)


def test_the_list_is_a_text_to_send(client):
    grains = market("Marché aux Grains\n(le grand)", street="place aux Grains")
    producer("Chèvrerie du Bois", (grains, ""), products=["crottins"])
    response = client.get(f"/marches/texte/?jour={SATURDAY}&ou=Rambouillet")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert lines[0] == "Marchés du samedi 28 novembre autour de Rambouillet"
    assert "• Marché aux Grains (le grand), Rambouillet, place aux Grains : de 8 h à 13 h" in lines
    assert "  – Chèvrerie du Bois : crottins" in lines
    assert lines[-1].endswith(f"/marches/?jour={SATURDAY}&ou=Rambouillet")
    html = page(client, f"jour={SATURDAY}&ou=Rambouillet")
    mail = unquote(re.search(r'href="mailto:\?subject=([^"]+)"', html)[1])
    assert "Chèvrerie du Bois : crottins" in mail
    assert client.get("/marches/texte/?jour=hier").status_code == 400
    assert client.get("/marches/texte/?ou=Zzyzxq").status_code == 400


def test_names_that_are_markup_stay_text(client):
    nasty = '</script><img src=x onerror="alert(1)">'
    grains = market(f"Marché {nasty}", trading_note=nasty, street=nasty)
    producer(f"Ferme {nasty}", (grains, ""), ("Place " + nasty, "Sa 08:00-09:00"), products=[nasty])
    html = page(client, f"jour={SATURDAY}")
    assert "<img" not in html.replace('<img src="/', "")
    assert html.count("</script>") == html.count("<script")


def test_the_home_page_and_the_menu_lead_to_the_markets(client):
    market("Marché aux Grains")
    home = client.get("/").content.decode()
    assert f"/marches/?jour={SATURDAY}" in home
    assert 'href="/marches/"' in home
    assert "/marches/</loc>" in client.get("/sitemap-marches-1.xml").content.decode()


def many(number):
    Listing.objects.all().delete()
    made = [market(f"Marché {n}", f"Sa 0{n % 3 + 6}:00-13:00") for n in range(3)]
    Listing.objects.bulk_create(
        Listing(
            name=f"Marché en nombre {n}",
            slug=f"nombre-{n}",
            kind="marche",
            hours=f"Sa 08:{n % 60:02}-13:00",
            commune=made[0].commune,
            public_lat=48.6 + n / 10_000,
            public_lng=1.8,
        )
        for n in range(number)
    )
    holders = [producer(f"Ferme {n}", (made[n % 3], "")) for n in range(3)]
    MarketStand.objects.bulk_create(
        MarketStand(listing=holders[n % 3], market=market, hours="Sa 08:00-12:00")
        for n, market in enumerate(Listing.objects.filter(name__startswith="Marché en nombre"))
    )


@pytest.mark.parametrize("path", [f"/marches/?jour={SATURDAY}&ou=Rambouillet", "/"])
def test_a_thousand_markets_take_no_more_queries_than_ten(
    client, path, django_assert_max_num_queries
):
    counts = []
    for number in (10, 1000):
        many(number)
        client.get("/annuaire/")
        client.get(path)
        cache.clear()
        with django_assert_max_num_queries(12) as captured:
            html = client.get(path).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert len(on_the_list(html)) <= 43
