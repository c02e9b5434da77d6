"""What a member's page shows, worked out before the template."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from directory import listing_page, structured_data
from directory.cards import today_of
from directory.markets.asking import SATURDAY, upcoming
from directory.markets.visits import next_of_stands
from directory.models import Listing
from directory.snapshots import stand_row
from directory.tree import category_tree
from home.pictures import Picture
from home.prepared import Prepared
from label.models import Fact, Membership

# Small questions whose SQL is known take less time than one whose SQL has to be written.
FACTS = Prepared(
    lambda member, listing: Fact.objects.filter(Q(membership=member) | Q(listing=listing))
)
OWN_FACTS = Prepared(lambda member: Fact.objects.filter(membership=member))


@dataclass(frozen=True)
class Contacts:
    """How to reach a member: what their listing says, or what they gave."""

    phone: str
    email: str
    website: str

    @property
    def website_label(self) -> str:
        """The site's name, for a link."""
        return urlsplit(self.website).netloc.removeprefix("www.")


@dataclass(frozen=True)
class MemberPage:
    """One member as their page needs it."""

    trade: object
    family: str
    commune: object
    state: str
    today: str
    contacts: Contacts
    visits: list
    stands: list
    saturday: date | None
    picture: Picture | None
    more_pictures: list
    story: str
    facts: list
    map: str
    address: list
    social_image: str
    json_ld: str


def load(slug) -> Membership | None:
    """The membership at this address, whatever its state, with all that its page asks of it.

    Whoever was merged into another has that one's page.
    """
    signed = Membership.objects.select_related("charter", "listing__commune", "commune")
    found = signed.defer("charter__text").filter(slug=slug).first()
    if found and found.merged_into_id:
        found = signed.defer("charter__text").get(pk=found.merged_into_id)
    return found


def facts_of(membership) -> list[Fact]:
    """What was checked of them."""
    if membership.listing_id:
        return FACTS.models(membership.pk, membership.listing_id)
    return OWN_FACTS.models(membership.pk) if membership.pk else []


def build(membership, now, stands=None) -> MemberPage:
    """Return the `MemberPage` of a member at this moment.

    `stands` are those of a member without listing that nobody has published yet; what is kept
    if not said.
    """
    listing, commune = membership.listing, membership.place
    trade = category_tree().by_pk.get(listing.category_id if listing else membership.trade_id)
    if listing:
        listing.category = trade
    trades = bool(listing) and listing.trading_state == Listing.Trading.OPEN
    state, today = today_of(listing, now) if listing else ("", "")
    if listing:
        visits = listing_page.visits_of(listing, now) if trades else []
        places = listing_page.stands_of(listing) if trades else []
    else:
        kept = membership.stands.select_related("market__commune") if stands is None else stands
        visits = next_of_stands(kept, now)
        places = listing_page.in_french([stand_row(one) for one in kept])
    shown = shown_pictures(membership)
    return MemberPage(
        trade=trade,
        family=trade.sign if trade else "awning",
        commune=commune,
        state=state,
        today=today,
        contacts=contacts_of(membership),
        visits=visits,
        stands=places,
        saturday=saturday_of(visits, timezone.localdate(now)),
        picture=shown[0] if shown else None,
        more_pictures=shown[1:],
        story=membership.story or (listing.description if listing else ""),
        facts=facts_of(membership),
        map=map_of(membership),
        address=address_of(membership),
        social_image=social_image(membership),
        json_ld=structured_data.as_script(member_data(membership, trade, shown)),
    )


def contacts_of(membership) -> Contacts:
    """The listing's contacts, or the member's own."""
    source = membership.listing or membership
    return Contacts(source.phone, source.email, source.website)


def saturday_of(visits, today) -> date | None:
    """The coming Saturday, if they can be met somewhere then."""
    saturday = upcoming(SATURDAY, today)
    held = [visit for visit in visits if visit.day.status != "cancelled"]
    return saturday if any(visit.day.date == saturday for visit in held) else None


def shown_pictures(membership) -> list[Picture]:
    """The member's own photo, then those of the listing."""
    kept = membership.listing.snapshot.get("pictures", ()) if membership.listing else ()
    shown = [Picture(**picture) for picture in kept]
    own = membership.photo_id and membership.pictures.get("large")
    if own:
        shown.insert(0, Picture(**own))
    return shown


def map_of(membership) -> str:
    """The little map: of the listing's public point, or of the commune."""
    if membership.listing:
        return listing_page.map_of(membership.listing)
    place = membership.commune
    return listing_page.drawn(place.lat, place.lng, place.pk, True) if place else ""


def address_of(membership) -> list[str]:
    """The lines that may be shown: a street only where the listing shows it."""
    listing, place = membership.listing, membership.place
    street = listing.public_street if listing else ""
    code = (listing.postal_code if listing else "") or (place.main_postal_code if place else "")
    return [line for line in (street, f"{code} {place or ''}".strip()) if line]


def social_image(membership) -> str:
    """The picture for those who pass the page on: a photo, or a drawn card."""
    kept = membership.listing.snapshot.get("social") if membership.listing else ""
    return settings.SITE_URL + (kept or reverse("label:drawn_card", args=[membership.slug]))


def member_data(membership, trade, shown) -> dict:
    """The member in schema.org's words; the listing's own where there is one."""
    url = settings.SITE_URL + membership.get_absolute_url()
    if membership.listing:
        data = structured_data.listing_data(membership.listing)
    else:
        contacts = contacts_of(membership)
        data = {
            "@context": "https://schema.org",
            "@type": trade.schema_org if trade else "LocalBusiness",
            "name": membership.name,
            "description": membership.story[:300],
            "telephone": contacts.phone,
            "email": contacts.email,
            "sameAs": [contacts.website] if contacts.website else [],
            "image": [settings.SITE_URL + picture.src for picture in shown],
            "address": structured_data.filled(
                {
                    "@type": "PostalAddress",
                    "addressLocality": membership.commune.name if membership.commune else "",
                    "addressCountry": settings.COUNTRY,
                }
            ),
        }
    label = settings.SITE_URL + reverse("label:label")
    return structured_data.filled(
        data | {"url": url, "memberOf": {"@type": "Organization", "@id": label, "url": label}}
    )
