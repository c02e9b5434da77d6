"""Reading a blog into lines: what there is, what will be done with it, what will not come.

Nothing of the site changes; `bin/manage import_blog --dry-run` and the contributor's report are
made of the same `Line`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from webmag.importing import asking, documents, writing
from webmag.importing.addresses import key_of, web_address
from webmag.importing.documents import Document
from webmag.importing.mapping import mapped
from webmag.importing.originals import ImportRefused, Kind, Original, Status
from webmag.models import BlogImport, ImportedArticle, ImportLine

CHUNK = 20
MOST_AUTHORS, AUTHORS_SHOWN = 1_000, 12
Outcome = ImportLine.Outcome
LEFT_OUT = {
    Status.DRAFT: "brouillon de l’ancien blog",
    Status.PRIVATE: "privé ou derrière un mot de passe",
    Status.TRASH: "à la corbeille",
}
CUT = "le fichier s’arrête au milieu de cet article"
NOTHING = "Aucun article là-dedans."


@dataclass
class Line:
    """One article as it will come, or why not."""

    key: str
    original: Original
    title: str
    plan: str
    outcome: str
    notes: list[str]
    images: int


def lines(run: BlogImport, document: Document, path: Path | None = None) -> Iterator[Line]:
    """Read the file (`path`) or the address of a run, article by article; raises `ImportRefused`.

    Fills in what `document` knows of the blog.
    """
    found = documents.originals(path, document) if path else asking.originals(run.address, document)
    seen: set[str] = set()
    for original in found:
        key = key_of(original)
        if key in seen:
            key = key_of(Original(title=f"{key} {original.guid}", html="", guid=original.guid))
        if key in seen:
            continue
        seen.add(key)
        line = line_of(run, key, original)
        if line.outcome == Outcome.WAITING and len(document.authors) < MOST_AUTHORS:
            document.authors[original.author.strip()[:80]] += 1
        yield line


def line_of(run: BlogImport, key: str, original: Original) -> Line:
    """What becomes of one original."""
    article = mapped(original)
    reason = reason_to_leave(run, original)
    notes, plan, outcome = article.notes, "", Outcome.WAITING
    if original.is_cut:
        outcome, notes = Outcome.FAILED, [CUT]
    elif reason:
        outcome, notes = Outcome.LEFT_OUT, [reason]
    elif not article.pieces and not article.lead and not original.title.strip():
        outcome, notes = Outcome.LEFT_OUT, ["article vide"]
    else:
        rows = ImportedArticle.objects.filter(owner=run.owner_id, magazine=run.magazine_id)
        known = rows.filter(key=key).select_related("article").first()
        plan = writing.plan(known, writing.digest_of(original, run.with_canonical), run.again)
        notes = notes + list(remarks(original))
    images = 0 if outcome != Outcome.WAITING else len({one.name for one in article.images()})
    return Line(key, original, article.title, plan, outcome, notes, images)


def reason_to_leave(run: BlogImport, original: Original) -> str:
    """Why an original is not brought along; "" for one that is."""
    if original.status == Status.DRAFT and run.with_drafts:
        reason = ""
    else:
        reason = LEFT_OUT.get(original.status, "")
    if not reason and original.kind == Kind.PAGE and not run.with_pages:
        reason = "page fixe de l’ancien blog"
    return reason


def remarks(original: Original) -> Iterator[str]:
    """What its author should know of it."""
    if not original.published:
        yield "sans date"
    elif original.published > timezone.now():
        yield f"était prévu pour le {original.published:%d/%m/%Y}"


def stage(run: BlogImport, path: Path | None, tell=lambda count: None) -> None:
    """Write the lines of a run down, from the beginning; raises `ImportRefused`.

    Killed in the middle, it begins anew: nothing hangs on lines that are not all there.
    """
    run.lines.all().delete()
    document, count = Document(), 0
    found = lines(run, document, path)
    while part := list(islice(found, CHUNK)):
        with transaction.atomic():
            ImportLine.objects.bulk_create(
                row_of(run, line, count + number) for number, line in enumerate(part)
            )
        count += len(part)
        tell(count)
    if not count:
        raise ImportRefused(NOTHING)
    run.kind, run.title = document.kind[:20], document.title
    run.remarks = list(remarks_on(document))
    run.save(update_fields=["kind", "title", "remarks"])


def remarks_on(document: Document) -> Iterator[str]:
    """What is to be said of the whole."""
    names = [(name, count) for name, count in document.authors.most_common() if name]
    if names:
        shown = ", ".join(f"{name} ({count})" for name, count in names[:AUTHORS_SHOWN])
        yield f"Signés sur l’ancien blog : {shown}. Ici, tout est à votre nom."
    if document.others:
        shown = ", ".join(f"{count} « {sort} »" for sort, count in document.others.most_common(12))
        yield f"Ni articles ni pages, donc pas repris : {shown}."
    if document.is_truncated:
        yield "La fin manque : le fichier est coupé, ou le blog n’a pas donné toutes ses pages."
    if document.is_endless:
        yield f"Il y a plus de {documents.MOST} articles : les suivants ne sont pas lus."


def row_of(run: BlogImport, line: Line, position: int) -> ImportLine:
    """The line as it is kept."""
    waits = line.outcome == Outcome.WAITING
    return ImportLine(
        run=run,
        position=position,
        key=line.key,
        title=line.title,
        address=web_address(line.original.address),
        published=line.original.published,
        original=line.original.as_json() if waits else None,
        plan=line.plan,
        outcome=line.outcome,
        notes=line.notes,
        images=line.images,
    )
