"""An issue as one page to print: links become notes, addresses within it lead to its pages."""

from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from django.utils.safestring import mark_safe

from webmag.models import Issue
from webmag.taking.issues import WholeIssue, whole
from webmag.taking.paper import Piece
from webmag.taking.sheets import BookletSheet

ARTICLE = "#article-{}"


@dataclass(frozen=True)
class Printed:
    """An article whose links have numbers; `notes` are their addresses, in order."""

    piece: Piece
    notes: list[str]


@dataclass(frozen=True)
class Booklet:
    """What the page shows."""

    found: WholeIssue
    printed: list[Printed]


def build(issue: Issue) -> Booklet:
    """The booklet of a public issue; raises `Http404` where it has no public article."""
    found, _sheet = whole(issue, BookletSheet, ARTICLE)
    return Booklet(found, [printed(piece) for piece in found.pieces])


def printed(piece: Piece) -> Printed:
    """Number the links that lead out of the booklet, the same address once."""
    soup = BeautifulSoup(piece.html, "html.parser")
    numbers = {}
    for link in soup.find_all("a"):
        address = link["href"]
        leads_out = address.startswith(("http://", "https://"))
        # A listing's street and telephone are printed already.
        if leads_out and not link.find_parent(class_="place"):
            number = numbers.setdefault(address, len(numbers) + 1)
            mark = soup.new_tag("sup", attrs={"class": "mark"})
            mark.string = str(number)
            link.insert_after(mark)
    html = mark_safe(soup.decode(formatter="minimal"))  # noqa: S308 -- clean as the piece was
    return Printed(replace(piece, html=html), list(numbers))
