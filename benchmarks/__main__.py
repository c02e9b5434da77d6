"""bin/bench: options, a process for each engine, a table, a file of figures."""

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg2
from django.conf import settings
from psycopg2 import sql

from benchmarks import machine, table

ENGINES = ("sqlite", "postgresql")
ROW_NAMES = (
    *("tile", "clusters", "weight", "nearest", "api", "search", "listing", "home", "markets"),
    *("article", "import", "images", "collect"),
)
SIZES = (1000, 10_000, 100_000)
DOC = Path(__file__).parent.parent / "docs" / "performance.md"
START, END = "<!-- mesures : écrit par bin/bench --docs -->", "<!-- fin des mesures -->"
BROKEN, MISSED = 1, 2


def main() -> int:
    """Measure what is asked for; the exit code says whether it worked, or with --strict whether
    every goal is met."""
    chosen = options().parse_args()
    started = time.monotonic()
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    report = {"made": made, "quick": chosen.quick}
    report |= {
        "machine": machine.facts(),
        "engines": {},
        "seeding": [],
        "rows": [],
        "skipped": [],
        "broken": False,
    }
    for engine in chosen.engines:
        measure(engine, chosen, report)
    report["seconds"] = round(time.monotonic() - started)
    show(report)
    if chosen.json:
        chosen.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if chosen.docs:
        write_docs(report)
    if report["broken"]:
        return BROKEN
    missed = [goal for row in report["rows"] for goal in row["goals"] if not goal["met"]]
    return MISSED if chosen.strict and missed else 0


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="Mesure le site à côté de ses planchers : des fiches inventées, dans une base "
        "provisoire, jamais les vôtres. Tout prend une dizaine de minutes.",
    )
    add = parser.add_argument
    add("--sizes", type=numbers, default=list(SIZES), help="nombres de fiches : 1000,10000")
    add("--engines", type=among(ENGINES), default=list(ENGINES), help="sqlite,postgresql")
    add("--rows", type=among(ROW_NAMES), default=list(ROW_NAMES), help=",".join(ROW_NAMES))
    add("--quick", action="store_true", help="deux fois chaque chose : pour voir que cela marche")
    add("--json", type=Path, metavar="FICHIER", help="écrire aussi les chiffres en JSON")
    add("--docs", action="store_true", help="mettre la table dans docs/performance.md")
    add("--strict", action="store_true", help=f"code {MISSED} si un objectif est manqué")
    return parser


def numbers(text: str) -> list[int]:
    """« 1000,10000 » as sizes; the smallest one first."""
    found = sorted({int(part) for part in text.split(",")})
    if found[0] < 1:
        raise argparse.ArgumentTypeError("il faut au moins une fiche")
    return found


def among(names: tuple):
    """A reader of a list of some of these names."""

    def read(text: str) -> list[str]:
        asked = text.split(",")
        if unknown := set(asked) - set(names):
            raise argparse.ArgumentTypeError(f"inconnu : {', '.join(sorted(unknown))}")
        return [name for name in names if name in asked]

    return read


def measure(engine: str, chosen: argparse.Namespace, report: dict) -> None:
    """Run one engine in a process of its own, and add what it found to the report."""
    try:
        with database(engine) as url:
            found = run(engine, url, chosen)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        report["skipped"].append(f"{engine} : {reason} (TEST_POSTGRES_URL)")
        return
    except subprocess.CalledProcessError:
        report["skipped"].append(f"{engine} : la mesure a échoué, la raison est au-dessus")
        report["broken"] = True
        return
    for line in found:
        if "version" in line:
            report["engines"][engine] = line["version"]
        elif "seeding" in line:
            report["seeding"].append(line)
        else:
            report["rows"].append(line)


@contextmanager
def database(engine: str):
    """The address of an empty database; gone afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{settings.SITE_DATA / 'bench.sqlite3'}"
        return
    url = os.environ["TEST_POSTGRES_URL"]
    name = f"bench_{os.getpid()}"
    connection = psycopg2.connect(url, connect_timeout=3)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{url.rpartition('/')[0]}/{name}"
    finally:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.close()


def run(engine: str, url: str, chosen: argparse.Namespace) -> list[dict]:
    """What `benchmarks.engine` finds; raises when it fails."""
    out = settings.SITE_DATA / f"{engine}.jsonl"
    command = [sys.executable, "-m", "benchmarks.engine", "--engine", engine, "--out", str(out)]
    command += ["--sizes", json.dumps(chosen.sizes), "--rows", json.dumps(chosen.rows)]
    command += ["--quick"] if chosen.quick else []
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)  # noqa: S603 -- our own
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def show(report: dict) -> None:
    """The table, engine by engine."""
    print(f"\n{describe(report)}")
    for engine, version in report["engines"].items():
        rows = [row for row in report["rows"] if row["engine"] == engine]
        print(f"\n{version}\n{table.as_text(rows)}")
    for line in report["skipped"]:
        print(f"\nsauté : {line}")
    if report["quick"]:
        print("\nEssai rapide : ces durées ne prouvent rien.")


def describe(report: dict) -> str:
    """When and where it was measured, in one line."""
    facts = report["machine"]
    day = datetime.fromisoformat(report["made"]).strftime("%d/%m/%Y")
    return (
        f"{day}, {facts['cores']} cœurs ({facts['processor']}), {facts['memory_gb']} Go, "
        f"charge {facts['load'][0]:g}, Python {facts['python']}, Django {facts['django']}, "
        f"Wagtail {facts['wagtail']} ; {report['seconds']} s"
    )


def write_docs(report: dict) -> None:
    """Put the tables between the two marks of the guide."""
    text = DOC.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    parts = [START, describe(report)]
    for engine, version in report["engines"].items():
        rows = [row for row in report["rows"] if row["engine"] == engine]
        parts += [f"### {version}", table.as_markdown(rows)]
    parts += [f"Sauté : {line}" for line in report["skipped"]]
    DOC.write_text(before + "\n\n".join([*parts, END]) + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
