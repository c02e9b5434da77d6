"""A letter tells who follows a commune of its market days and of doors that stay shut."""

from datetime import date, timedelta

import pytest

from directory.models import HoursException
from letter import closing, sending, soon
from letter.audiences import SITE, Audience
from letter.models import News
from tests import factories as directory
from tests.letter import factories

pytestmark = pytest.mark.django_db
HERE = Audience.of(False, [], ["78517"])
MONDAY, SATURDAY = date(2027, 5, 10), date(2027, 5, 15)


def market(name="Marché de la place", hours="Sa 08:00-13:00", **fields):
    """A market of Rambouillet."""
    return directory.listing(name, kind="marche", hours=hours, **fields)


def off(listing, start, end=None, note="", hours=""):
    """Other hours on some days; shut unless said otherwise."""
    listing.exceptions = [HoursException(start=start, end=end or start, note=note, hours=hours)]
    listing.save()
    return listing


def told(audience=HERE, today=MONDAY):
    """[(title, about)], with plain spaces."""
    found = soon.sections(audience, today)
    entries = [one for section in found for one in section.entries]
    return [(one.title, one.about.replace("\N{NO-BREAK SPACE}", " ")) for one in entries]


def test_the_markets_of_the_week_are_told_the_next_one_first():
    market()
    market("Marché bio", "We 16:00-19:00; Su 09:00-12:00")
    market("Marché de Dourdan", commune="Dourdan")
    assert told() == [
        (
            "Marché bio",
            "Rambouillet · mercredi 12 mai de 16 h à 19 h et dimanche 16 mai de 9 h à 12 h",
        ),
        ("Marché de la place", "Rambouillet · samedi 15 mai de 8 h à 13 h"),
    ]


def test_a_market_that_is_called_off_and_a_closed_shop_come_first():
    market("Marché bio", "We 16:00-19:00")
    off(market(), SATURDAY, note="fête foraine")
    shop = directory.listing("Épicerie", hours="Mo-Sa 09:00-19:00")
    off(shop, SATURDAY, SATURDAY + timedelta(days=9), "congés")
    assert [title for title, _ in told()] == [
        "Pas de marché : Marché de la place",
        "Fermé : Épicerie",
        "Marché bio",
    ]
    assert told()[0][1] == "Rambouillet · samedi 15 mai : fête foraine"
    assert told()[1][1] == "Rambouillet · du samedi 15 mai au lundi 24 mai : congés"


def test_what_nobody_sees_and_what_is_over_is_not_told():
    market(live=False)
    market(trading_state="ferme-definitivement")
    off(directory.listing("Caché", live=False), SATURDAY)
    off(directory.listing("Depuis avril"), MONDAY - timedelta(days=30), SATURDAY)
    off(directory.listing("En juin"), MONDAY + timedelta(days=7))
    off(directory.listing("Autres heures"), SATURDAY, hours="10:00-12:00")
    assert told() == []


def test_who_follows_the_site_or_a_magazine_is_not_told():
    market()
    assert told(SITE) == told(Audience.of(False, [1])) == []


def test_it_goes_along_with_news_and_makes_no_letter_go(mailoutbox):
    market("Marché bio", "Mo-Su 08:00-13:00", commune="Dourdan")
    market("Marché de la place", "Mo-Su 08:00-13:00")
    factories.follower(audience=HERE.key)
    factories.follower(audience="c91200")
    letter = closing.prepare()
    News.objects.all().delete()
    news = directory.listing("Ferme du Gué")
    News.objects.create(letter=letter, kind=News.Kind.LISTING, number=news.pk)
    closing.close()
    assert sending.send_due().sent == 1
    (mail,) = mailoutbox
    assert mail.subject.endswith(": Ferme du Gué")
    assert mail.body.index("Ferme du Gué") < mail.body.index("DANS LES SEPT JOURS")
    assert "Marché de la place" in mail.body and "Marché bio" not in mail.body
