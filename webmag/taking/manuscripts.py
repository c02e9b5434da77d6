"""One's own articles as Markdown files, with the photos as they were sent.

Drafts too, as they stand now: they are their writer's. Nobody else's.
"""

from itertools import count
from pathlib import PurePosixPath
from typing import IO

from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from home import page_paths
from home.archives import Archive
from webmag.models import Article, Magazine
from webmag.taking import markdown, paper
from webmag.taking.sheets import ManuscriptSheet

# No file may be called so on Windows, whatever its suffix.
RESERVED = {"con", "prn", "aux", "nul", "clock"}
RESERVED |= {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
LONGEST_NAME = 70
README = """# Mes articles

Chaque fichier .md est un de vos articles, tel qu’il était le {day:%d/%m/%Y}, en Markdown : un texte
ordinaire, que tout éditeur ouvre et que la plupart des outils de publication relisent. En tête,
entre deux lignes `---`, ce qu’on sait de lui (titre, date, étiquettes, adresse, signatures).
Les photos sont dans `images/`, avec leurs crédits dans `images/CREDITS.md`.
"""


def write(user) -> IO[bytes]:
    """An open ZIP of an account's articles; the caller closes it."""
    archive = Archive()
    put_all(archive, user)
    return archive.finished()


def articles_of(user):
    """What somebody began or signs, oldest first."""
    return Article.objects.written_by(user).distinct().order_by("pk")


def put_all(archive: Archive, user, folder: str = "") -> None:
    """Put all articles of an account into an archive, one after the other."""
    rows = list(articles_of(user).values_list("pk", "draft_title", "url_path"))
    if not rows:
        return
    names = file_names((pk, title) for pk, title, _ in rows)
    inside = {page_paths.address(path): names[pk] for pk, _, path in rows}
    credits_of = {}
    for pk, name in names.items():
        article = Article.objects.get(pk=pk)
        sheet = ManuscriptSheet(inside)
        archive.put_text(folder + name, manuscript(article, sheet))
        for place, photo in sheet.photos.items():
            archive.put_photo(folder + place, photo)
            credits_of[place] = (photo.credit, photo.licence, photo.default_alt_text)
    archive.put_text(f"{folder}LISEZMOI.md", README.format(day=timezone.localdate()))
    if credits_of:
        archive.put_text(f"{folder}images/CREDITS.md", credit_list(credits_of))


def file_names(rows) -> dict[int, str]:
    """{number: file name} of (number, title): plain signs, each once, none that is reserved."""
    names, taken = {}, {"lisezmoi"}
    for pk, title in rows:
        base = slugify(title)[:LONGEST_NAME].strip("-_") or "article"
        base = f"{base}-article" if base in RESERVED else base
        free = (base if number == 1 else f"{base}-{number}" for number in count(1))
        name = next(one for one in free if one not in taken)
        taken.add(name)
        names[pk] = f"{name}.md"
    return names


def manuscript(article: Article, sheet: ManuscriptSheet) -> str:
    """The newest draft of an article as Markdown with its head."""
    draft = article.get_latest_revision_as_object()
    bylines = list(draft.bylines.all())
    draft.snapshot = {
        "bylines": [
            {"name": one.author.name, "slug": one.author.slug, "part": one.part} for one in bylines
        ]
    }
    [piece] = paper.pieces([draft], sheet)
    parts = [markdown.head(known(article, draft, piece)), markdown.heading(draft.title)]
    if piece.standfirst:
        parts.append(markdown.body(f"<p><b>{escape(piece.standfirst)}</b></p>"))
    if piece.picture:
        parts.append(markdown.body(paper.figure(piece.picture, piece.caption)))
    return "\n".join([*parts, markdown.body(piece.html)])


def known(article, draft, piece):
    """What the head says."""
    above = Magazine.objects.filter(path=article.path[: -article.steplen]).values_list("title")
    moment = article.first_published_at
    values = {
        "title": draft.title,
        "date": moment and timezone.localtime(moment).isoformat(timespec="seconds"),
        "updated": draft.updated_on and draft.updated_on.isoformat(),
        "lang": "fr",
        "authors": piece.authors,
        "tags": sorted({item.tag.name for item in draft.tag_items.all()}),
        "magazine": next((title for (title,) in above), ""),
        "section": draft.section.name if draft.section else "",
        "state": "published" if article.live else "draft",
        "unpublished_changes": article.live and article.has_unpublished_changes,
        "canonical": draft.canonical_url or (piece.url if article.live else ""),
        "rights": "© " + ", ".join(piece.authors) if piece.authors else "",
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def credit_list(photos) -> str:
    """Who took which photo, under which licence, and what it shows."""
    lines = ["# Crédits des photos", ""]
    for place, (credit, licence, words) in sorted(photos.items()):
        said = [words, f"© {credit}" if credit else "", licence]
        told = " · ".join(markdown.inline(one) for one in said if one)
        lines.append(f"- `{PurePosixPath(place).name}` : {told}")
    return "\n".join(lines) + "\n"
