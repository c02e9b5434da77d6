"""Running the import on small files, as an operator would."""

from io import StringIO
from pathlib import Path
from zipfile import ZipFile

from django.core.management import call_command

DATA = Path(__file__).parent / "data"


class Run:
    """What a command said: `summary` is its last line as numbers, `code` its exit code."""

    def __init__(self, out, err, code):
        self.out, self.err, self.code = out, err, code
        last = out.strip().splitlines()[-1] if out.strip() else ""
        self.summary = {
            key: int(value) for key, value in (pair.split("=") for pair in last.split())
        }


def run_import(path, source="mairie", licence="LO", **options):
    """Import a file; raises `CommandError` when it is refused."""
    out, err = StringIO(), StringIO()
    code = 0
    said = {"source": source, "licence": licence}
    options |= {name: value for name, value in said.items() if value is not None}
    try:
        call_command(
            "import_listings",
            str(path),
            stdout=out,
            stderr=err,
            no_color=True,
            **options,
        )
    except SystemExit as stop:
        code = stop.code
    return Run(out.getvalue(), err.getvalue(), code)


def write_csv(folder, *rows, name="fiches.csv", encoding="utf-8"):
    """A CSV file of these lines."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding=encoding, newline="")
    return path


def export_text(format, folder, **options):
    """The text of an export, whatever it is wrapped in."""
    path = folder / f"export.{format}"
    call_command("export_listings", format=format, out=path, stdout=StringIO(), **options)
    if format != "xlsx":
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as package:
        return "".join(package.read(name).decode() for name in package.namelist())


def export(format="csv", **options):
    """The bytes of an export."""
    out = StringIO()
    call_command("export_listings", format=format, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()
