"""The command line: a signed badge, public keys and a list from files; it opens no connection.

`bin/manage check_badge` on the site; `python -m label.statements.terminal` where there is none:
Python 3.11, `cryptography` and this folder are enough. Exit codes: see `EXIT_CODES`.
"""

import argparse
import sys
from datetime import datetime

from label.statements.check import TITLES, Answer, Verdict, check, day, last_day, printable
from label.statements.signed import (
    LARGEST_KEYS,
    LARGEST_LIST,
    LARGEST_STATEMENT,
    Unusable,
    moment,
    read_keys,
    read_revocations,
)

# 2 is what argparse answers to options that do not exist.
EXIT_CODES = {
    Verdict.GENUINE: 0,
    Verdict.UNDECIDED: 1,
    Verdict.ALTERED: 3,
    Verdict.EXPIRED: 4,
    Verdict.REVOKED: 5,
    Verdict.OTHER_SITE: 6,
}


def report(answer: Answer, without_list: bool) -> str:
    """The answer in French; its last line is for machines."""
    lines = [TITLES[answer.verdict], *filter(None, [answer.why])]
    if answer.said:
        said = answer.said
        lines += [
            f"Titulaire : {said['holder']}",
            f"Label : {said['label']}, charte version {said['charter']}",
            f"Page : {said['page']}",
            f"Signé pour : {', '.join(said['sites']) or 'la page du label seulement'}",
            f"Signé le {day(moment(said['issued']))}, vaut jusqu’au {last_day(said)} inclus",
        ]
    if without_list and answer.verdict == Verdict.GENUINE:
        lines.append("Sans liste des révocations : un badge révoqué depuis ne se voit pas.")
    return "\n".join([*map(printable, lines), f"verdict={answer.verdict}"])


def add_arguments(parser):
    """What the command line takes."""
    parser.add_argument("file", metavar="FICHIER", help="le badge signé ; - : l’entrée standard")
    parser.add_argument("--keys", metavar="FICHIER", help="les clés publiques (cles.json)")
    parser.add_argument("--revocations", metavar="FICHIER", help="la liste (revocations.json)")
    parser.add_argument("--site", metavar="ADRESSE", help="où le badge a été trouvé")
    parser.add_argument("--at", default="", metavar="DATE", help="ce jour-là : AAAA-MM-JJ")


def asked_moment(text: str) -> datetime | None:
    """The moment that --at names, noon of a day; None where it names none; raises `Unusable`."""
    if not text:
        return None
    try:
        return moment(f"{text}T12:00:00Z" if len(text) == 10 else text)
    except ValueError:
        raise Unusable("Une date s’écrit AAAA-MM-JJ, ou 2027-05-03T14:00:00+02:00.") from None


def contents(name: str, most: int) -> bytes:
    """What a file says, at most a byte more than `most`; raises `Unusable`."""
    try:
        if name == "-":
            # Without any standard input there is nothing to read.
            return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
        with open(name, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise Unusable(f"{name} : {error.strerror}") from None


def run(options: dict, published=None) -> tuple[str, int]:
    """What to print and the exit code; `published` gives (keys, list) where no file is named."""
    has_list = options["revocations"] is not None
    try:
        if options["site"] == "":
            # What somebody's script meant to fill: without a place more would be genuine.
            raise Unusable("L’adresse donnée à --site est vide.")
        now = asked_moment(options["at"])
        raw = contents(options["file"], LARGEST_STATEMENT)
        if options["keys"] is not None:
            keys, said = contents(options["keys"], LARGEST_KEYS), None
        elif published:
            (keys, said), has_list = published(), True
        else:
            raise Unusable("Donnez les clés publiques du label : --keys cles.json")
        if options["revocations"] is not None:
            said = contents(options["revocations"], LARGEST_LIST)
        known = read_keys(keys)
        revocations = read_revocations(said, known) if said is not None else None
        answer = check(raw, known, revocations, options["site"] or "", now)
    except Unusable as error:
        answer = Answer(Verdict.UNDECIDED, str(error))
    return report(answer, not has_list), EXIT_CODES[answer.verdict]


def writable(text: str, stream) -> str:
    """The text, with « ? » for the signs that this terminal or file cannot hold."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def main(arguments=None) -> int:
    """The command line, on a machine that never had the site."""
    parser = argparse.ArgumentParser(description="Un badge signé est-il authentique ? Hors ligne.")
    add_arguments(parser)
    text, code = run(vars(parser.parse_args(arguments)))
    print(writable(text, sys.stdout))
    return code


if __name__ == "__main__":
    sys.exit(main())
