"""Rules of the house that a machine can check."""

import re
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command, get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [
    "config",
    "letter",
    "label",
    "webmag",
    "directory",
    "home",
    "bin",
    "benchmarks",
    "tests",
    "templates",
]
SOURCES = {".py", ".js", ".css", ".html", ""}
MOST_LINES = 400
SHAPELESS = {"utils.py", "helpers.py", "services.py", "mixins.py", "misc.py", "common.py"}
STREAM_BLOCK = re.compile(r"\b\w*Block\b|block_lookup")
MODEL_SAVE = re.compile(r"\.save\((?!.*update_fields)")


def files():
    """Every file that git knows or would know."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def sources():
    """Source files, data and migrations aside."""
    return [
        path
        for path in files()
        if path.suffix in SOURCES
        and path.relative_to(ROOT).parts[0] in ROOMS
        and not {"migrations", "data", "demo", "drawings"} & set(path.parts)
    ]


def migrations():
    """Our migrations."""
    return [path for path in files() if path.parent.name == "migrations"]


def shown(paths):
    """Paths as a person would write them."""
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_no_source_file_is_longer_than_four_hundred_lines():
    long = [path for path in sources() if path.read_text().count("\n") > MOST_LINES]
    assert shown(long) == []


def test_every_module_is_named_after_what_it_does():
    assert shown(path for path in files() if path.name in SHAPELESS) == []


def test_definitions_of_blocks_stay_out_of_migrations():
    found = [path for path in migrations() if STREAM_BLOCK.search(path.read_text())]
    assert shown(found) == []


def test_data_migrations_save_no_historical_model_whole():
    """`.save()` without `update_fields` would empty a body whose blocks it does not know."""
    found = [path for path in migrations() if MODEL_SAVE.search(path.read_text())]
    assert shown(found) == []


@pytest.mark.django_db
def test_migrations_are_in_step_with_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_command_of_ours_says_what_it_is_for():
    ours = {"config", "letter", "label", "webmag", "directory", "home"}
    silent = [
        name
        for name, app in get_commands().items()
        if app in ours and not load_command_class(app, name).help
    ]
    assert silent == []


def test_no_template_holds_an_inline_script_or_style():
    """They would need a hole in the Content-Security-Policy; JSON-LD is data and needs none."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>|<style|\sstyle=|\son[a-z]+="
    )
    templates = [path for path in sources() if path.suffix == ".html"]
    assert shown(path for path in templates if inline.search(path.read_text())) == []


def test_every_static_file_that_a_template_names_is_there():
    """Tests serve any name; the real site answers 500 where a file is not in its list."""
    named = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
    templates = [path for path in sources() if path.suffix == ".html"]
    names = {name for path in templates for name in named.findall(path.read_text())}
    assert len(names) > 20
    assert sorted(name for name in names if not finders.find(name)) == []
