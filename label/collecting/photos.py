"""A publication's picture: fetched through the door, written anew, credited to its author.

A page without a picture is a page: whatever goes wrong here is a line in the log. Must not run
within a transaction, because it asks somebody else's server.
"""

from __future__ import annotations

import contextlib
import logging

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from wagtail.models import Collection

from home.fetch import FetchError, fetch
from home.models import Photo
from home.uploads import clean_photo
from label.collecting.entries import Entry, Picture
from label.collecting.words import shortened

NAME = "Publications collectées"
ACCEPT = "image/avif, image/webp, image/jpeg, image/png"
MOST_TRIES = 3
# Smaller ones are buttons and counters, not pictures.
SMALLEST = 64  # pixels, each side

logger = logging.getLogger(__name__)


def take(entry: Entry, alt_fallback: str) -> Photo | None:
    """The first picture of a clean entry that is one, kept with its credit; None for none."""
    for picture in entry.pictures[:MOST_TRIES]:
        try:
            return keep(entry, picture, alt_fallback)
        except (FetchError, ValidationError) as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            logger.info("Image non reprise, %s : %s", picture.url, reason)
        except OSError as error:
            logger.warning("Image non gardée, %s : %s", picture.url, error)
    return None


def keep(entry: Entry, picture: Picture, alt_fallback: str) -> Photo:
    """One picture, asked for and kept; raises `FetchError` or `ValidationError`."""
    found = fetch(picture.url, accept=ACCEPT)
    if found.status != 200:
        raise ValidationError(f"réponse {found.status}")
    if "noindex" in found.headers.get("x-robots-tag", "").lower():
        raise ValidationError("ce site ne veut pas que ses images soient reprises")
    # What a server says of its file counts for nothing: decoding it tells.
    file = clean_photo(ContentFile(found.body))
    file.is_clean_photo = True
    photo = Photo(
        title=shortened(entry.title or alt_fallback or entry.network or "Photo", 255),
        file=file,
        collection=collection(),
        credit=shortened(entry.author or entry.network, 120),
        licence=entry.licence[:40],
        alt_text=shortened(picture.alt or alt_fallback, 250),
    )
    photo._set_image_file_metadata()
    if min(photo.width, photo.height) < SMALLEST:
        raise ValidationError("trop petite pour être une image de la publication")
    photo.save()
    return photo


def collection() -> Collection:
    """Where such photos lie, apart from those that people uploaded; made when it is needed."""
    found = Collection.objects.filter(name=NAME)
    with contextlib.suppress(IntegrityError), transaction.atomic():
        # Of two collectors that begin at once one finds the place in the tree taken.
        return found.first() or Collection.get_first_root_node().add_child(name=NAME)
    return found.get()


def without_collected(photos):
    """Of these photos those that people uploaded: somebody else's is not offered for an article."""
    # By number: what is searched for as well can be filtered by its own fields only.
    theirs = Collection.objects.filter(name=NAME).values_list("pk", flat=True)
    return photos.exclude(collection__in=list(theirs))
