"""A run from line to line, until it is done, stopped, or its time is over.

An article's images come first, one by one and outside of any transaction; then the article, its
line and what we remember of it are one transaction. Killed anywhere, the run goes on behind the
last line that was written.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from pathlib import Path

from django.db import Error, OperationalError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from home.versions import ask_again
from webmag.importing import leases, links, pictures, writing
from webmag.importing.allowed import may_import
from webmag.importing.mapping import mapped
from webmag.importing.originals import ImportRefused, Original
from webmag.importing.staging import stage
from webmag.models import BlogImport, ImportLine

# Of the worker's time at once: mails wait meanwhile.
SECONDS = 10.0
KEPT_DAYS = 60
State, Outcome = BlogImport.State, ImportLine.Outcome
log = logging.getLogger(__name__)


class OutOfTime(Exception):
    """The rest comes in the next round."""


@task(backend="jobs")
def advance(pk):
    """The task behind `soon`: some seconds of a run, and a task for the rest."""
    run = BlogImport.objects.under_way().filter(pk=pk).select_related("owner", "magazine").first()
    if run and not work(run, seconds=SECONDS):
        soon(run)


def soon(run) -> None:
    """Wake the worker up; without one the run waits for its next round."""
    try:
        advance.enqueue(run.pk)
    except Error:
        log.warning("worker not asked to import a blog", exc_info=True)


def go_on_with_what_waits() -> None:
    """Runs that nobody works on, though somebody should: after a restart, or a kill.

    Not those whose turn will come anyway: each task asks for the next one, and with a second one a
    minute the queue would fill with them, and mails would wait behind.
    """
    queued = DBTaskResult.objects.ready().filter(task_path=advance.module_path)
    waiting = {one["args"][0] for one in queued.values_list("args_kwargs", flat=True)}
    for run in BlogImport.objects.under_way().exclude(pk__in=waiting):
        if not leases.is_held(run):
            soon(run)


def forget_old(now) -> None:
    """What was read two months ago and never brought in; files that belong to nobody."""
    old = BlogImport.objects.unfinished() | BlogImport.objects.filter(state=State.FAILED)
    for run in old.filter(created_at__lt=now - timedelta(days=KEPT_DAYS)):
        run.drop_file()
        run.delete()
    storage = BlogImport._meta.get_field("file").storage
    if not storage.exists(""):
        return
    wanted = set(BlogImport.objects.exclude(file="").values_list("file", flat=True))
    for name in storage.listdir("")[1]:
        is_old = storage.get_modified_time(name) < now - timedelta(days=1)
        if name not in wanted and is_old:
            storage.delete(name)


def work(run: BlogImport, seconds: float | None = None, path: Path | None = None, tell=None):
    """Work on a run for so long at most; whether nothing is left to do now.

    `path` is the file to read, where it is not the one that was sent; `tell(line)` gets each line
    that is done.
    """
    if not leases.take(run):
        return True
    ends = None if seconds is None else time.monotonic() + seconds
    try:
        if not may_import(run.owner, run.magazine):
            # Whoever left the team writes nothing there any more.
            BlogImport.objects.filter(pk=run.pk).update(state=State.STOPPED)
            return True
        if run.state == State.READING:
            return read(run, path)
        return carry_out(run, ends, tell or (lambda line: None))
    except OutOfTime:
        return False
    finally:
        leases.give_back(run)


def read(run: BlogImport, path: Path | None = None) -> bool:
    """Read the whole blog into lines; its owner then says whether to go on."""
    sent = Path(run.file.path) if run.file else None
    try:
        stage(run, path or sent, tell=lambda count: leases.renew(run))
    except ImportRefused as refusal:
        run.state, run.error = State.FAILED, str(refusal)[:500]
    except FileNotFoundError:
        run.state, run.error = State.FAILED, "Le fichier envoyé n’est plus là : envoyez-le encore."
    else:
        run.state = State.READY
    BlogImport.objects.filter(pk=run.pk, state=State.READING).update(
        state=run.state, error=run.error
    )
    run.drop_file()
    return True


def carry_out(run: BlogImport, ends: float | None, tell) -> bool:
    """Line after line."""
    while leases.renew(run):
        ask_again()
        line = run.lines.filter(outcome=Outcome.WAITING).order_by("position").first()
        if line is None:
            if links.put_right(run, lambda: go_on(run, ends)):
                finish(run)
            return True
        tell(settle(run, line, ends))
        if ends is not None and time.monotonic() > ends:
            raise OutOfTime
    return True


def go_on(run: BlogImport, ends: float | None) -> bool:
    """Whether there is still something to do here; raises `OutOfTime`."""
    if ends is not None and time.monotonic() > ends:
        raise OutOfTime
    ask_again()
    return leases.renew(run)


def finish(run: BlogImport) -> None:
    """Nothing is left."""
    running = BlogImport.objects.filter(pk=run.pk, state=State.RUNNING)
    running.update(state=State.DONE, finished_at=timezone.now())
    run.state = State.DONE
    run.drop_file()


def settle(run: BlogImport, line: ImportLine, ends: float | None) -> ImportLine:
    """Bring one article here; what nobody foresaw fails this line and no other."""
    try:
        original = Original.from_json(line.original)
        article = mapped(original)
        photos = {}
        if line_has_work(run, line, original):
            photos = come(run, line, article, ends)
        with transaction.atomic():
            outcome, page, missing = writing.write(run, line, original, article, photos)
            line.outcome, line.article, line.missing = outcome, page, missing
            close(line)
    except (OutOfTime, OperationalError):
        raise
    except Exception as error:
        log.exception("line %s of blog import %s failed", line.position, run.pk)
        line.outcome, line.article = Outcome.FAILED, None
        line.notes = [*line.notes, f"erreur inattendue ({type(error).__name__})"]
        close(line)
    return line


def line_has_work(run, line, original) -> bool:
    """Whether its images are wanted at all: nobody is asked for those of an unchanged article."""
    rows = writing.ImportedArticle.objects.filter(
        owner=run.owner_id, magazine=run.magazine_id, key=line.key
    )
    known = rows.select_related("article").first()
    todo = writing.plan(known, writing.digest_of(original, run.with_canonical), run.again)
    return todo in (Outcome.CREATED, Outcome.UPDATED)


def close(line: ImportLine) -> None:
    """Write down what became of it; its original is not needed any more."""
    line.original = None
    line.save(update_fields=["outcome", "article", "missing", "notes", "original"])


def come(run: BlogImport, line: ImportLine, article, ends: float | None) -> dict:
    """The photos of an article by name, fetched where they are not here; raises `OutOfTime`."""
    images = {one.name: one for one in article.images()}
    photos = pictures.known(run, list(images.values()))
    for name, image in images.items():
        if name in photos:
            continue
        if ends is not None and time.monotonic() > ends:
            raise OutOfTime
        if not leases.renew(run):
            raise OutOfTime
        photos[name], reason = pictures.keep(run, image)
        if reason:
            what = "image reprise en plus petit" if photos[name] else "image non reprise"
            line.notes.append(f"{what}, {image.name[:200]} : {reason}")
            ImportLine.objects.filter(pk=line.pk).update(notes=line.notes)
    return photos
