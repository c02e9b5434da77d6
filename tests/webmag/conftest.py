"""The cast of the magazines: two teams, who know nothing of each other's drafts."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.webmag import factories as magazines
from webmag.models import Role
from webmag.team import rights


@pytest.fixture
def echo(db):
    """« L’Écho des étangs », where Odile edits, and Paul and Ines write."""
    return magazines.magazine("L’Écho des étangs", slug="echo")


@pytest.fixture
def panier(db):
    """« Le Panier », where Lucas writes."""
    return magazines.magazine("Le Panier", slug="panier")


@pytest.fixture
def team(echo, panier):
    """Accounts by name: odile, paul, ines of the Écho; lucas and zoe of the Panier."""
    parts = {
        "odile": (echo, Role.Kind.EDITOR),
        "paul": (echo, Role.Kind.CONTRIBUTOR),
        "ines": (echo, Role.Kind.CONTRIBUTOR),
        "lucas": (panier, Role.Kind.CONTRIBUTOR),
        "zoe": (panier, Role.Kind.EDITOR),
    }
    made = {}
    for name, (magazine, kind) in parts.items():
        made[name] = factories.user(f"{name}@example.org", display_name=name.capitalize())
        rights.appoint(made[name], magazine, kind)
    return SimpleNamespace(**made)


@pytest.fixture
def draft(echo, team):
    """What Paul has begun."""
    return magazines.article(
        "Le canari de Paul", "Un canari chante.", magazine=echo, owner=team.paul, live=False
    )
