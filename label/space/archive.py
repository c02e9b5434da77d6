"""« Mes données »: everything a person put in, as one ZIP of JSON and images."""

import json
from pathlib import PurePosixPath

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail.rich_text import get_text_for_indexing

from directory.exporting.children import load
from directory.exporting.values import read_values
from directory.models import ListingManager
from home.archives import Archive
from label import sharing
from label.models import Claim, HeldPhoto, Membership, Post
from label.space.access import listings_of
from webmag.reading_time import texts
from webmag.taking import manuscripts

README = """Vos données, telles qu’elles sont sur {site} le {day:%d/%m/%Y}.

compte.json         votre compte
fiches.json         les fiches que vous gérez, avec leurs photos dans photos/
publications.json   vos publications, avec leurs photos dans photos/
partages.json       les liens que vous avez partagés, avec leurs photos
label.json          vos engagements sur la charte, et ce que montre votre page du label
photos.json         les photos choisies et pas encore publiées, dans photos/
demandes.json       vos demandes de gestion
articles.json       les articles que vous avez signés ou commencés, le texte seul
articles/           les mêmes en Markdown, avec leurs images
{more}
Les fichiers .json s’ouvrent avec n’importe quel éditeur de texte.
"""


# What rooms above keep of a person: {file: (what it is, in French, and what makes it)}.
_more = {}


def also(name, about, make):
    """Put another file into everybody's archive: `make(user)` returns what stands in it."""
    _more[name] = (about, make)


def readme(day):
    """The text that goes with it."""
    more = "".join(f"{name:<20}{about}\n" for name, (about, _) in _more.items())
    return README.format(site=settings.SITE_URL, day=day, more=more)


def write(user):
    """Return an open file that holds the ZIP; the caller closes it."""
    photos = {}
    documents = {
        "compte.json": account(user),
        "fiches.json": [listing_row(one, photos) for one in managed(user)],
        "publications.json": [post_row(one, photos) for one in posts(user)],
        "partages.json": [
            item_row(one, photos) for one in sharing.handed_in_by(user).order_by("pk")
        ],
        "label.json": [membership_row(one, photos) for one in members(user)],
        "photos.json": [held_row(one, photos) for one in held(user)],
        "demandes.json": [claim_row(one) for one in Claim.objects.filter(user=user).order_by("pk")],
        "articles.json": [article_row(one) for one in manuscripts.articles_of(user)],
    }
    documents |= {name: make(user) for name, (_, make) in _more.items()}
    author = getattr(user, "author", None)
    if author and author.photo:
        named(author.photo, photos)
    archive = Archive()
    archive.put_text("LISEZMOI.txt", readme(timezone.localdate()))
    for name, document in documents.items():
        archive.put_text(name, as_json(document))
    for name, photo in photos.items():
        archive.put_photo(name, photo)
    manuscripts.put_all(archive, user, "articles/")
    return archive.finished()


def as_json(document):
    """Readable JSON."""
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def named(photo, photos):
    """The photo's name in the archive; it is put in once."""
    if photo is None:
        return ""
    name = f"photos/{photo.pk}{PurePosixPath(photo.file.name).suffix}"
    photos[name] = photo
    return name


def account(user):
    """What the account says."""
    author = getattr(user, "author", None)
    return {
        "email": user.email,
        "nom": user.display_name,
        "inscrit_le": user.date_joined,
        "signature": {"nom": author.name, "en_quelques_mots": author.about} if author else None,
        "gere": [
            {"fiche": row.listing.slug, "role": row.get_role_display(), "depuis": row.since}
            for row in ListingManager.objects.of(user).select_related("listing")
        ],
    }


def managed(user):
    """The listings with all that hangs on them."""
    listings = list(listings_of(user).select_related("category", "commune", "parent"))
    load(listings)
    return listings


def listing_row(listing, photos):
    """A listing as its manager sees it, what is hidden from visitors included."""
    return read_values(listing) | {
        "slug": listing.slug,
        "url": settings.SITE_URL + listing.get_absolute_url(),
        "en_ligne": listing.live,
        "photos": [
            {"fichier": named(row.photo, photos), "montre": row.photo.alt_text}
            for row in listing.photos.all()
        ],
    }


def posts(user):
    """What they wrote."""
    mine = Post.objects.filter(author=user).select_related("listing", "photo")
    return mine.prefetch_related("tags").order_by("created_at", "pk")


def item_row(item, photos):
    """One link that was handed in."""
    return {
        "adresse": item.url,
        "titre": item.title,
        "texte": item.html,
        "mots_diese": sorted(item.tags.names()),
        "partagee_le": item.seen_at,
        "etat": item.get_state_display(),
        "photo": named(item.photo, photos),
    }


def post_row(post, photos):
    """A post."""
    return {
        "texte": post.text,
        "mots_diese": sorted(tag.name for tag in post.tags.all()),
        "fiche": post.listing.slug if post.listing else "",
        "etat": post.get_state_display(),
        "ecrite_le": post.created_at,
        "parue_le": post.published_at,
        "photo": named(post.photo, photos),
    }


def members(user):
    """Their memberships."""
    mine = Membership.objects.filter(user=user).prefetch_related("stands__market")
    return mine.select_related("charter", "listing", "photo", "trade", "commune").order_by("pk")


def membership_row(membership, photos):
    """A membership; the team's notes on it are the team's."""
    return {
        "nom": membership.holder,
        "fiche": membership.listing.slug if membership.listing else "",
        "metier": membership.trade.name if membership.trade else "",
        "commune": membership.commune.name if membership.commune else "",
        "presentation": membership.story,
        "telephone": membership.phone,
        "email": membership.email,
        "site": membership.website,
        "lieux": [stand_row(stand) for stand in membership.stands.all()],
        "photo": named(membership.photo, photos),
        "charte": {"version": membership.charter.number, "texte": membership.charter.text},
        "signee_le": membership.signed_at,
        "membre_depuis": membership.since,
        "jusqu_au": membership.until,
        "etat": membership.get_state_display(),
        "code_du_badge": membership.code,
    }


def stand_row(stand):
    """Where a member without listing can be met."""
    return {
        "ou": stand.market.name if stand.market else stand.place,
        "quand": stand.hours,
        "precision": stand.note,
    }


def held(user):
    """Photos that wait for a form of theirs to be sent."""
    return HeldPhoto.objects.filter(user=user).select_related("photo").order_by("pk")


def held_row(one, photos):
    """A photo that is on no page yet."""
    return {
        "fichier": named(one.photo, photos),
        "montre": one.photo.alt_text,
        "choisie_le": one.held_at,
    }


def claim_row(claim):
    """A claim as its author wrote it."""
    return {
        "numero": claim.number,
        "fiche": claim.listing_name,
        "nom": claim.name,
        "telephone": claim.phone,
        "message": claim.message,
        "etat": claim.get_state_display(),
        "commencee_le": claim.begun_at,
    }


def article_row(article):
    """An article as text."""
    return {
        "titre": article.title,
        "chapeau": article.standfirst,
        "texte": get_text_for_indexing("\n\n".join(texts(article.body))),
        "en_ligne": article.live,
        "paru_le": article.first_published_at,
        "adresse": article.full_url if article.live else "",
    }
