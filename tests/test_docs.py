"""The documentation names what there is, and what it names is there."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
ROOMS = ("home", "directory", "webmag", "label", "letter", "config")

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
# env.str("X"), env.cache_url(default=…) and the like; the latter take their name unsaid.
READ_FROM_ENVIRONMENT = re.compile(r"\benv(?:\.\w+)?\(\s*[\"']([A-Z][A-Z0-9_]+)[\"']")
UNSAID_NAMES = {"env.cache_url(": "CACHE_URL", "env.email_url(": "EMAIL_URL"}
# In code only: "bin/serve and bin/manage are" names none.
OUR_COMMAND = re.compile(r"(?:^ *|`)bin/manage ([a-z_]+)", re.MULTILINE)


def text_of(page):
    """A page's text."""
    return page.read_text(encoding="utf-8")


def anchors(page):
    """The anchors that a page's headings make, as GitHub and GitLab write them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(FENCE.sub("", text_of(page)))
    }


def our_commands():
    """The names of the management commands of our own rooms."""
    return {
        path.stem
        for room in ROOMS
        for path in (ROOT / room).glob("management/commands/*.py")
        if not path.stem.startswith("_")
    }


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_our_own_files_lead_somewhere(document):
    lost = []
    for target in LINK.findall(FENCE.sub("", text_of(document))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / unquote(path)).resolve() if path else document
        if not file.exists() or (anchor and unquote(anchor) not in anchors(file)):
            lost.append(target)
    assert not lost


def test_every_setting_from_the_environment_is_explained():
    source = text_of(ROOT / "config/settings.py")
    names = set(READ_FROM_ENVIRONMENT.findall(source))
    names |= {name for call, name in UNSAID_NAMES.items() if call in source}
    explained = text_of(ROOT / "docs/reglages.md")
    assert {"SITE_DATA", "SITE_URL", "CACHE_URL", "EMAIL_URL"} <= names
    assert sorted(name for name in names if f"| `{name}` |" not in explained) == []


def test_every_command_of_ours_is_named():
    written = " ".join(text_of(page) for page in PAGES)
    assert sorted(name for name in our_commands() if f"bin/manage {name}" not in written) == []


def test_commands_in_the_docs_exist():
    named = {name for page in PAGES for name in OUR_COMMAND.findall(text_of(page))}
    assert sorted(named - get_commands().keys()) == []


def test_pictures_of_the_docs_are_small():
    big = [path.name for path in ROOT.glob("docs/images/*") if path.stat().st_size > 150_000]
    assert big == []
