"""Links from one old article to another lead to the new page, once both are here.

Done when all lines of a run are settled, over everything that this person has brought into this
magazine: the article that a link leads to may have come first, later, or in another run. A link
keeps its old address beside the number of the page (home/rich_text.py); what nobody has brought
stays as it was, and so does every article that somebody has touched.
"""

from __future__ import annotations

import html
import json
import re

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from home.models import Photo
from home.rich_text import FORMER, for_keeping
from webmag.importing.addresses import known_as, web_address
from webmag.importing.images_in import PICTURE
from webmag.importing.pictures import key_of
from webmag.models import Article, BlogImport, ImportedArticle, ImportedImage

LINK = re.compile(r'<a href="(https?://[^"]+)">')
AT_ONCE = 50  # articles whose texts are in memory together
TOLD = "Liens d’un article à l’autre : {} mènent maintenant aux articles d’ici."


def put_right(run: BlogImport, go_on) -> bool:
    """All links of what was brought; False when `go_on()` said to stop, which may raise too.

    Those of this run's own articles are told in its remarks.
    """
    pages = pages_of(run)
    mine = ImportedArticle.objects.filter(owner=run.owner_id, magazine=run.magazine_id)
    waiting = list(mine.as_we_left_them().order_by("pk").values_list("pk", flat=True))
    ours = set(run.lines.exclude(article=None).values_list("article", flat=True))
    count = 0
    for start in range(0, len(waiting), AT_ONCE):
        some = mine.filter(pk__in=waiting[start : start + AT_ONCE])
        rows = some.annotate(raw=Cast("article__body", output_field=TextField()))
        for pk, article, raw in rows.order_by("pk").values_list("pk", "article", "raw"):
            made = raw.count(f"{FORMER}=")
            found = targets(run, pages, json.loads(raw)) if "<a href=" in raw else {}
            if found:
                made += rewrite(run, pk, found)
                if not go_on():
                    return False
            count += made if article in ours else 0
    if count:
        run.remarks = [*run.remarks, TOLD.format(count)]
        run.save(update_fields=["remarks"])
    return True


def pages_of(run: BlogImport) -> dict[str, int]:
    """Which page an old address stands for now.

    Of two, the one in this magazine; one's own address goes before another's second name.
    """
    rows = ImportedArticle.objects.filter(owner=run.owner_id).exclude(article=None)
    here = rows.filter(magazine=run.magazine_id).order_by("pk")
    there = rows.exclude(magazine=run.magazine_id).order_by("pk")
    found: dict[str, int] = {"": 0}
    for some in (here, there):
        for address, page in some.values_list("address", "article"):
            found.setdefault(known_as(address), page)
    for some in (here, there):
        for names, page in some.values_list("also", "article"):
            for name in names:
                found.setdefault(name, page)
    del found[""]
    return found


def targets(run: BlogImport, pages: dict[str, int], blocks: list) -> dict[str, int]:
    """{old address: page} of the links in some texts that lead to what is here."""
    addresses = {
        html.unescape(match[1])
        for block in blocks
        if block["type"] == "text"
        for match in LINK.finditer(block["value"])
    }
    found = {one: pages[name] for one in addresses if (name := known_as(one)) in pages}
    photos = {one for one in addresses - found.keys() if PICTURE.search(one.partition("?")[0])}
    return found | (pages_of_photos(run, photos) if photos else {})


def pages_of_photos(run: BlogImport, addresses: set[str]) -> dict[str, int]:
    """{address of an old image: the page that shows it here}."""
    keys = {key_of(form): one for one in addresses for form in forms(one)}
    rows = ImportedImage.objects.come().filter(
        owner=run.owner_id, magazine=run.magazine_id, key__in=keys
    )
    photos = dict(rows.values_list("key", "photo"))
    kinds = ContentType.objects.get_for_models(Photo, Article)
    shown = ReferenceIndex.objects.filter(
        to_content_type=kinds[Photo],
        to_object_id__in=[str(photo) for photo in photos.values()],
        content_type=kinds[Article],
    ).values_list("to_object_id", "object_id")
    first: dict[int, int] = {}
    for photo, page in sorted((int(photo), int(page)) for photo, page in shown):
        first.setdefault(photo, page)
    return {keys[key]: first[photo] for key, photo in photos.items() if photo in first}


def forms(address: str):
    """An address with either scheme, with « www. » and without."""
    bare = web_address(address).partition("://")[2].removeprefix("www.")
    return (f"{scheme}://{www}{bare}" for scheme in ("http", "https") for www in ("", "www."))


def rewrite(run: BlogImport, pk: int, found: dict[str, int]) -> int:
    """Write the links of one article; how many, none where somebody has it in hand by now."""
    count = 0

    def link(match: re.Match) -> str:
        nonlocal count
        page = found.get(html.unescape(match[1]))
        count += page is not None
        return f'<a linktype="page" id="{page}" {FORMER}="{match[1]}">' if page else match[0]

    with transaction.atomic():
        rows = ImportedArticle.objects.select_for_update(of=["self"]).as_we_left_them()
        known = rows.select_related("article").filter(pk=pk).first()
        if known is None:
            return 0
        page = known.article.get_latest_revision_as_object()
        blocks = list(page.body.raw_data)
        for block in blocks:
            if block["type"] == "text":
                block["value"] = for_keeping(LINK.sub(link, block["value"]))
        page.body = json.dumps(blocks)
        page.save()
        known.revision = page.save_revision(user=run.owner).pk
        known.save(update_fields=["revision"])
    return count
