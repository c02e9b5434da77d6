"""The images of an old blog: fetched through the door, written anew, credited, each once.

Must not run within a transaction, because it asks somebody else's server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import logging
import warnings
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Pillow
from PIL import IptcImagePlugin
from wagtail.search.index import insert_or_update_object

from home import pictures as sizes
from home.fetch import FetchError, TooLarge, TooSlow, Unreachable, fetch
from home.models import Photo
from home.uploads import clean_photo, too_large
from webmag.importing.addresses import host_of
from webmag.importing.pieces import LONGEST_CREDIT, Image, plain, shortened
from webmag.models import BlogImport, ImportedImage

ACCEPT = "image/avif, image/webp, image/jpeg, image/png, image/gif;q=0.5"
# A host that did not answer so often in a row is not asked again in this run.
MOST_SILENCES = 5
SMALLER = "elle pèse plus de 2 Mo là-bas, une taille plus petite est venue"
SILENT = "ce site ne répond plus : image pas demandée"
GIFS = (b"GIF87a", b"GIF89a")
# EXIF's artist and copyright (https://exiv2.org/tags.html), IPTC's by-line, credit and notice.
EXIF_CREDITS = (315, 33432)
IPTC_CREDITS = ((2, 80), (2, 110), (2, 116))

log = logging.getLogger(__name__)


def key_of(address: str) -> str:
    """What an image is known by."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def known(run: BlogImport, images: list[Image]) -> dict[str, Photo | None]:
    """{name: photo} of those that are here, None of those this run asked for in vain; two queries.

    What is not in it is still to be fetched.
    """
    keys = {key_of(address): image.name for image in images for address in image.addresses}
    rows = of_owner(run).filter(key__in=keys).select_related("photo")
    found: dict[str, Photo | None] = {}
    for row in rows:
        name = keys[row.key]
        if row.photo:
            found[name] = row.photo
        elif row.tried_by_id == run.pk and row.reason:
            found.setdefault(name, None)
    return found


def of_owner(run: BlogImport):
    """What this person has brought into this magazine."""
    return ImportedImage.objects.filter(owner=run.owner_id, magazine=run.magazine_id)


def keep(run: BlogImport, image: Image) -> tuple[Photo | None, str]:
    """Fetch one image and keep it; never raises for an image.

    The photo, or None with the reason; a photo with a reason is smaller than the original.
    """
    reason = heavy = ""
    for address in image.addresses:
        host = host_of(address)
        if run.silent_hosts.get(host, 0) >= MOST_SILENCES:
            reason = reason or SILENT
            continue
        try:
            photo = photo_of(run, image, body_of(address))
        except (FetchError, ValidationError) as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            heavy = SMALLER if isinstance(error, TooLarge) else heavy
            is_silent = isinstance(error, TooSlow | Unreachable)
            count_silence(run, host, is_silent)
        except OSError as error:
            log.warning("image %s not kept: %s", address[:200], error)
            reason = "cette image n’a pas pu être enregistrée"
        else:
            count_silence(run, host, is_silent=False)
            link(run, image, photo)
            return photo, heavy
    of_owner(run).update_or_create(
        owner=run.owner, magazine=run.magazine, key=key_of(image.name),
        defaults={"reason": reason[:300], "tried_by": run},
    )  # fmt: skip
    return None, reason


def count_silence(run: BlogImport, host: str, is_silent: bool) -> None:
    """Note how often a host did not answer, one time after the other."""
    if not is_silent and not run.silent_hosts.get(host):
        return
    run.silent_hosts[host] = run.silent_hosts.get(host, 0) + 1 if is_silent else 0
    BlogImport.objects.filter(pk=run.pk).update(silent_hosts=run.silent_hosts)


def body_of(address: str) -> bytes:
    """The bytes at an address, or in it; raises `FetchError` or `ValidationError`."""
    if address.startswith("data:"):
        try:
            return base64.b64decode(address.partition(",")[2], validate=False)
        except (binascii.Error, ValueError) as error:
            raise ValidationError("Cette image est abîmée, ou n’en est pas une.") from error
    found = fetch(address, accept=ACCEPT)
    if found.status != 200:
        raise ValidationError(f"l’ancien blog répond {found.status}")
    return found.body


def photo_of(run: BlogImport, image: Image, body: bytes) -> Photo:
    """A photo that is not in the database yet; raises `ValidationError`."""
    # What a server says of its file counts for nothing: decoding it tells.
    file = clean_photo(ContentFile(still(body)))
    file.is_clean_photo = True
    words = image.title or image.alt or image.caption or file_name(image.name)
    photo = Photo(
        title=shortened(plain(words), 250) or "Photo",
        file=file,
        collection=run.magazine.photos,
        uploaded_by_user=run.owner,
        credit=shortened(image.credit or credit_in_file(body), LONGEST_CREDIT),
        alt_text=shortened(image.alt, 250),
    )
    photo._set_image_file_metadata()
    return photo


def link(run: BlogImport, image: Image, photo: Photo) -> None:
    """Write the photo and where it is from at once; then the sizes of a text, which take long.

    Killed in between, the photo is there and known, and its sizes are made when they are asked
    for, like those that only lists show.
    """
    rows = [
        ImportedImage(
            owner=run.owner, magazine=run.magazine, key=key_of(address), photo=photo, tried_by=run
        )
        for address in image.addresses
    ]
    with transaction.atomic():
        Photo.objects.bulk_create([photo])
        ImportedImage.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["owner", "magazine", "key"],
            update_fields=["photo", "tried_by"],
        )
    insert_or_update_object(photo)
    photo.get_renditions(*sizes.filters("whole"))


def still(body: bytes) -> bytes:
    """Of a GIF its first view as PNG: photos here do not move; anything else as it is."""
    if not body.startswith(GIFS):
        return body
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            image = Pillow.open(io.BytesIO(body), formats=["GIF"])
            if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise too_large()
            written = io.BytesIO()
            image.convert("RGBA").save(written, "PNG")
    except ValidationError:
        raise
    except Exception as error:  # noqa: BLE001 -- decoders raise whatever a broken file makes them
        raise ValidationError("Cette image est abîmée, ou n’en est pas une.") from error
    return written.getvalue()


def credit_in_file(body: bytes) -> str:
    """Who the file itself says has made it; "" for nobody, or for a file that says it badly."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Pillow.open(io.BytesIO(body), formats=["JPEG", "PNG", "WEBP"])
            exif, iptc = image.getexif(), IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001 -- what a camera or a program wrote there may be anything
        return ""
    said = [*(exif.get(tag) for tag in EXIF_CREDITS), *(iptc.get(tag) for tag in IPTC_CREDITS)]
    return next((words for one in said if (words := plain(text_of(one)))), "")


def text_of(said) -> str:
    """What a camera wrote, which is UTF-8 nearly everywhere; Pillow reads it as Latin-1."""
    if isinstance(said, list):
        said = said[0] if said else ""
    try:
        data = said.encode("latin-1") if isinstance(said, str) else said
        return data.decode("utf-8") if isinstance(data, bytes) else ""
    except UnicodeError:
        return said if isinstance(said, str) else said.decode("cp1252", "replace")


def file_name(address: str) -> str:
    """« la soupe » for …/la-soupe.jpg; "" for an image without a name."""
    stem = PurePosixPath(unquote(urlsplit(address).path)).stem if address[:4] == "http" else ""
    return stem.replace("-", " ").replace("_", " ").strip()[:120]
