"""A photo's sizes: made when it is uploaded, so that no visitor waits for them."""

import io
import random
import time
from collections.abc import Iterator

from django.core.files.base import ContentFile
from PIL import Image

from benchmarks.bench import Bench
from benchmarks.row import Goal, Row
from benchmarks.timing import Contender, Timing
from home import pictures
from home.models import Photo

WIDTH, HEIGHT = 4000, 3000
QUICK = 8
CROP = {"fill-320x240": (320, 240), "fill-640x480": (640, 480), "fill-1200x900": (1200, 900)}
CROP |= {"fill-1200x630": (1200, 630)}
# Not cropped: a photo of these proportions keeps them.
CROP |= {"max-640x800": (640, 480), "max-1280x1600": (1280, 960), "max-1080x1440": (1080, 810)}


def renditions(bench: Bench) -> Iterator[Row]:
    """Upload a photo of twelve megapixels; beside it the same sizes by Pillow alone."""
    shrink = QUICK if bench.quick else 1
    size = WIDTH // shrink, HEIGHT // shrink
    file = photo(*size)
    per_format = {}
    ours = Contender(lambda: keep(file, *size, title="Mesure"))
    floor = Contender(lambda: by_pillow(file, per_format))
    turns = [(ours.run(), floor.run()) for _ in range(1 if bench.quick else 3)]
    row = Row("images", "photo de 12 Mpx, toutes ses tailles", floor_is="Pillow seul")
    row.ours, row.floor = (Timing.of(*runs) for runs in zip(*turns, strict=True))
    row.facts |= {name: round(min(found)) for name, found in per_format.items()}
    specs = {spec for size in pictures.SIZES for spec in pictures.specs(size)}
    made = set(Photo.objects.order_by("pk").last().renditions.values_list("filter_spec", flat=True))
    row.facts["sizes"] = len(made)
    yield row.promise(Goal("faites à l’envoi", len(made), specs <= made))


def photo(width: int, height: int) -> bytes:
    """A JPEG with something in every corner: noise, blown up."""
    chance = random.Random(78)  # noqa: S311 -- always the same picture
    noise = Image.frombytes(
        "RGB", (width // 20, height // 20), chance.randbytes(width * height // 400 * 3)
    )
    file = io.BytesIO()
    noise.resize((width, height), Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
    return file.getvalue()


def keep(file: bytes, width: int, height: int, **fields) -> Photo:
    """A saved photo with all its sizes."""
    one = Photo(alt_text="Du bruit, en couleurs", **fields)
    one.file.save("mesure.jpg", ContentFile(file), save=False)
    one.width, one.height = width, height
    one.save()
    return one


def by_pillow(file: bytes, per_format: dict) -> None:
    """Make the same sizes without anything around; notes what each format takes."""
    picture = Image.open(io.BytesIO(file)).convert("RGB")
    for spec in (spec for size in pictures.SIZES for spec in pictures.specs(size)):
        crop, _, kind = spec.partition("|format-")
        small = picture.resize(CROP[crop.partition("|")[0]], Image.Resampling.LANCZOS)
        before = time.perf_counter()
        small.save(io.BytesIO(), kind.upper(), quality=80)
        per_format.setdefault(f"{kind}_ms", []).append((time.perf_counter() - before) * 1000)
