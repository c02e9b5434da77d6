"""What is kept of an uploaded photo: its pixels, upright, and nothing else.

Telephones write where and when a photo was taken into it, and its owner's name; a file may carry
a program behind its pixels. Decoding and writing the pixels anew leaves all of that out.
"""

import io
import secrets
import warnings

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# What Pillow may read, how each is written, and under which suffix.
FORMATS = {
    "JPEG": ("jpg", {"quality": 92, "optimize": True}),
    "PNG": ("png", {"optimize": False}),
    "WEBP": ("webp", {"quality": 92, "method": 2}),
    "AVIF": ("avif", {"quality": 80, "speed": 8}),
}
MODES = {"JPEG": {"RGB", "L"}, "PNG": {"RGB", "RGBA", "L", "LA"}}
DEFAULT_MODES = {"RGB", "RGBA"}


def clean_photo(file):
    """Return the photo as a `ContentFile` with a random name, upright, without metadata.

    The suffix follows from what the file is, whatever it was called. Colour profiles stay: they
    say how colours are meant. Raises `ValidationError` for what is no photo, is damaged, or has
    more than WAGTAILIMAGES_MAX_IMAGE_PIXELS pixels.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit is below the one that Pillow warns about.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return rewritten(Image.open(file, formats=list(FORMATS)))
    except ValidationError:
        raise
    except Image.DecompressionBombError:
        raise too_large() from None
    except Exception as error:  # noqa: BLE001 -- decoders raise whatever a broken file makes them
        raise ValidationError("Cette image est abîmée, ou n’en est pas une.") from error


def rewritten(image):
    """Decode an opened image and write it anew; raises what the decoder raises."""
    kind = image.format
    if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise too_large()
    profile = image.info.get("icc_profile")
    image.load()
    upright = in_mode(ImageOps.exif_transpose(image), kind)
    # A new image, so that nothing the file brought is written by one encoder or another.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    suffix, options = FORMATS[kind]
    written = io.BytesIO()
    bare.save(written, kind, **options, **({"icc_profile": profile} if profile else {}))
    return ContentFile(written.getvalue(), name=f"{secrets.token_hex(8)}.{suffix}")


def in_mode(image, kind):
    """Convert palettes, CMYK and deep greys to what every browser shows alike."""
    if image.mode in MODES.get(kind, DEFAULT_MODES):
        return image
    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    return image.convert("RGBA" if transparent and kind != "JPEG" else "RGB")


def too_large():
    """The error for a photo with too many pixels."""
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return ValidationError(f"Cette image est trop grande : {most} millions de pixels au plus.")
