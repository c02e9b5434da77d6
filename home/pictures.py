"""The sizes in which photos are shown, declared once and made when a photo is uploaded."""

from dataclasses import dataclass

# Every crop is 4:3 but the social preview; widths count the density of today’s screens in.
SIZES = {
    "card": ["fill-320x240"],
    "large": ["fill-640x480", "fill-1200x900"],
    "social": ["fill-1200x630"],
}
FORMATS = {"card": ["avif", "webp"], "large": ["avif", "webp"], "social": ["jpeg"]}


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


def make_all(photo):
    """Make every size of a photo that is not there yet."""
    return photo.get_renditions(*(spec for size in SIZES for spec in specs(size)))


def picture(photo, size):
    """Return a `Picture` of the photo; renditions already prefetched are not asked for again."""
    made = photo.get_renditions(*specs(size))
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


def social_url(photo):
    """Return the path of the photo's social preview, 1200 × 630 pixels."""
    return next(iter(photo.get_renditions(*specs("social")).values())).url


def _source_set(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
