"""The sizes in which photos are shown, declared once and made when a photo is uploaded."""

from dataclasses import asdict, dataclass
from functools import cache

from wagtail.images.models import Filter

from home.models import Photo, PhotoRendition

# Every crop is 4:3 but the social preview, and within a text photos are whole; widths count the
# density of today’s screens in.
SIZES = {
    "card": ["fill-320x240"],
    "large": ["fill-640x480", "fill-1200x900"],
    "whole": ["max-640x800", "max-1280x1600"],
    "social": ["fill-1200x630"],
    # E-books and paper: what a reader of 300 dots an inch shows, JPEG as every one of them can.
    "paper": ["max-1080x1440|bgcolor-fff|jpegquality-78"],
}
FORMATS = {
    "card": ["avif", "webp"],
    "large": ["avif", "webp"],
    "whole": ["avif", "webp"],
    "social": ["jpeg"],
    "paper": ["jpeg"],
}


@dataclass(frozen=True)
class Picture:
    """What a `<picture>` needs: source sets by format, a fallback, and the words."""

    avif: str
    webp: str
    src: str
    width: int
    height: int
    alt: str
    credit: str


def specs(size):
    """Return the filter specs of a size, such as `fill-160x120|format-webp`."""
    return [f"{crop}|format-{kind}" for kind in FORMATS[size] for crop in SIZES[size]]


@cache
def filters(size):
    """The same as Wagtail wants them: to read a spec anew takes longer than to find its file."""
    return [Filter(spec=spec) for spec in specs(size)]


def make_all(photo):
    """Make every size of a photo that is not there yet."""
    return photo.get_renditions(*(one for size in SIZES for one in filters(size)))


def picture(photo, size):
    """Return a `Picture` of the photo; renditions already prefetched are not asked for again."""
    made = photo.get_renditions(*filters(size))
    by_format = {
        kind: [made[f"{crop}|format-{kind}"] for crop in SIZES[size]] for kind in FORMATS[size]
    }
    fallback = by_format[FORMATS[size][-1]][0]
    return Picture(
        avif=_source_set(by_format.get("avif", ())),
        webp=_source_set(by_format.get("webp", ())),
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=photo.default_alt_text,
        credit=photo.credit,
    )


def to_keep(photo):
    """The sizes of a photo that lists show, ready for JSON; {} for none."""
    return {size: asdict(picture(photo, size)) for size in ("card", "large")} if photo else {}


def with_pictures(pks, *sizes):
    """Return {pk: photo} with the renditions of these sizes, in one query where all are made."""
    pks = set(pks)
    if not pks:
        return {}
    wanted = [spec for size in sizes for spec in specs(size)]
    renditions = PhotoRendition.objects.filter(image__in=pks, filter_spec__in=wanted)
    photos = {}
    for rendition in renditions.select_related("image"):
        photo = photos.setdefault(rendition.image_id, rendition.image)
        photo.prefetched_renditions = [*getattr(photo, "prefetched_renditions", ()), rendition]
    unseen = pks - photos.keys()
    return photos | (Photo.objects.in_bulk(unseen) if unseen else {})


def social_url(photo):
    """Return the path of the photo's social preview, 1200 × 630 pixels."""
    return next(iter(photo.get_renditions(*filters("social")).values())).url


def on_paper(photo):
    """Return the photo's rendition for e-books and paper, a JPEG of at most 1080 × 1440 pixels."""
    return next(iter(photo.get_renditions(*filters("paper")).values()))


def _source_set(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
