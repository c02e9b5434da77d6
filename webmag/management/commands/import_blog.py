"""`import_blog`: bring somebody's old blog along, as drafts."""

import hashlib
import logging
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.models import User
from webmag.importing import leases, redirects, staging, working
from webmag.importing.addresses import web_address
from webmag.importing.allowed import may_import
from webmag.importing.documents import Document
from webmag.importing.originals import ImportRefused
from webmag.models import BlogImport, ImportLine, Magazine

Outcome, State = ImportLine.Outcome, BlogImport.State
BLOCK = 1 << 20
OPTIONS = {
    "canonical": "with_canonical",
    "drafts_too": "with_drafts",
    "pages_too": "with_pages",
    "again": "again",
}


class Command(BaseCommand):
    """Reads the options, says what happens and ends with the summary line."""

    help = (
        "Reprend un ancien blog, en brouillons : export WordPress (WXR), Overblog ou Blogger, flux "
        "RSS ou Atom, par fichier ou par adresse. Interrompue, la même commande continue ; "
        "relancée, elle ne double rien et ne touche pas à ce qui a été modifié ici. Code de "
        "sortie : 0 tout est entré, 2 des articles ont échoué, 1 rien n’a été fait."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="FICHIER_OU_ADRESSE")
        parser.add_argument("--magazine", required=True, help="adresse courte du magazine")
        parser.add_argument("--author", required=True, help="e-mail de qui signe les articles")
        parser.add_argument("--dry-run", action="store_true", help="montrer sans rien écrire")
        parser.add_argument(
            "--canonical",
            action="store_true",
            help="garder l’ancienne adresse comme référence pour les moteurs de recherche",
        )
        parser.add_argument("--drafts-too", action="store_true", help="les brouillons aussi")
        parser.add_argument("--pages-too", action="store_true", help="les pages fixes aussi")
        parser.add_argument(
            "--again", action="store_true", help="reprendre aussi ce qui a été supprimé ici"
        )
        parser.add_argument(
            "--redirects",
            type=Path,
            metavar="FICHIER",
            help="y écrire les anciennes et nouvelles adresses (.csv, ou .conf pour nginx)",
        )

    def handle(self, *args, **options):
        # It tells of each page that it was created and changed.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        run, path = self.ordered(options)
        if options["dry_run"]:
            self.show(run, path)
            return
        run = self.unfinished(run) or run
        self.carry_out(run, path)
        if options["redirects"]:
            form = "nginx" if options["redirects"].suffix == ".conf" else "csv"
            options["redirects"].write_text(redirects.written(run, form), encoding="utf-8")
        self.end(run.tally(), *run.images())

    def ordered(self, options):
        """What is asked for, not saved yet, and the file if it is one; raises `CommandError`."""
        magazine = Magazine.objects.filter(slug=options["magazine"]).first()
        if not magazine:
            known = ", ".join(Magazine.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(f"Pas de magazine « {options['magazine']} ». Il y a : {known}.")
        owner = User.objects.filter(email__iexact=options["author"]).first()
        if not owner:
            raise CommandError(f"Pas de compte à l’adresse {options['author']}.")
        if not may_import(owner, magazine):
            raise CommandError(f"{owner.email} n’est pas de l’équipe de « {magazine} ».")
        source = options["source"]
        is_address = source.lower().startswith(("http://", "https://"))
        address = web_address(source) if is_address else ""
        if is_address and not address:
            raise CommandError("Cette adresse n’est pas celle d’une page web.")
        path = None if is_address else Path(source)
        run = BlogImport(
            owner=owner,
            magazine=magazine,
            name=address or path.name[:500],
            address=address,
            fingerprint=fingerprint(address, path),
            **{field: options[name] for name, field in OPTIONS.items()},
        )
        return run, path

    def unfinished(self, run):
        """The same run, where it was interrupted; raises `CommandError` while it is under way."""
        same = BlogImport.objects.unfinished().filter(
            owner=run.owner,
            magazine=run.magazine,
            fingerprint=run.fingerprint,
            **run.options(),
        )
        found = same.first()
        if found and leases.is_held(found):
            raise CommandError("Cette reprise est déjà en cours.")
        return found

    def carry_out(self, run, path):
        """Read, then bring in what was read."""
        if run.pk is None:
            run.save()
        if run.state == State.READING:
            working.work(run, path=path)
        if run.state == State.FAILED:
            error = run.error
            run.delete()
            raise CommandError(error)
        for remark in run.remarks:
            self.warn(remark)
        for line in run.lines.filter(outcome=Outcome.FAILED):
            self.tell(line)
        run.state = State.RUNNING
        run.save(update_fields=["state"])
        self.total = run.lines.count()
        working.work(run, tell=self.tell)
        run.refresh_from_db()
        if run.state != State.DONE:
            raise CommandError("La reprise s’est arrêtée : relancez la même commande.")

    def tell(self, line):
        """Errors and warnings on standard error, with the article; a counter at a terminal."""
        if line.outcome == Outcome.FAILED:
            reason = "; ".join(line.notes)
            self.stderr.write(f"article {line.position + 1}, « {line.title} » : {reason}")
        else:
            for note in line.notes:
                self.warn(f"article {line.position + 1}, « {line.title} » : {note}")
        if self.stderr.isatty():
            self.stderr.write(f"{line.position + 1} / {self.total}", ending="\r")

    total = 0

    def warn(self, text):
        """Something that stops nothing."""
        self.stderr.write(f"attention, {text}")

    def show(self, run, path):
        """What would be done, article by article; nothing is written."""
        document, tally, images = Document(), dict.fromkeys(Outcome.values, 0), 0
        try:
            for number, line in enumerate(staging.lines(run, document, path), start=1):
                outcome = line.plan if line.outcome == Outcome.WAITING else line.outcome
                tally[outcome] += 1
                images += line.images
                self.show_line(number, line)
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not any(tally.values()):
            raise CommandError(staging.NOTHING)
        for remark in staging.remarks_on(document):
            self.warn(remark)
        self.stdout.write(f"{document.kind} : {document.title or document.site}")
        self.end(tally, images, 0)

    def show_line(self, number, line):
        """One article."""
        row = staging.row_of(None, line, number)
        day = f"{row.published:%d/%m/%Y}" if row.published else "sans date "
        images = f", {line.images} image{'s' if line.images > 1 else ''}" if line.images else ""
        self.stdout.write(f"{number}. {day} {line.title} : {row.says()}{images}")
        if line.outcome == Outcome.FAILED:
            self.stderr.write(f"article {number}, « {line.title} » : {'; '.join(line.notes)}")
            return
        for note in line.notes:
            self.stdout.write(f"   - {note}")

    def end(self, tally, images, missing):
        """The summary, and the exit code."""
        counts = {
            "articles": sum(tally.values()) - tally[Outcome.LEFT_OUT],
            "created": tally[Outcome.CREATED],
            "unchanged": tally[Outcome.UNCHANGED],
            "images": images,
            "failed": tally[Outcome.FAILED],
            "updated": tally[Outcome.UPDATED],
            "kept": tally[Outcome.KEPT] + tally[Outcome.REMOVED],
            "left_out": tally[Outcome.LEFT_OUT],
            "missing_images": missing,
        }
        self.stdout.write(" ".join(f"{name}={count}" for name, count in counts.items()))
        if tally[Outcome.FAILED]:
            sys.exit(2)


def fingerprint(address, path):
    """What tells that it is the same file or address again; raises `CommandError`."""
    if address:
        return hashlib.sha256(address.encode()).hexdigest()
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while data := file.read(BLOCK):
                digest.update(data)
    except OSError as error:
        raise CommandError(f"{path} : {error.strerror}.") from error
    return digest.hexdigest()
