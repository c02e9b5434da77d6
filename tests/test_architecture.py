"""Python imports go one way: each room may know those below it, never above or beside."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the roof to the floor; rooms on one line do not know each other.
FLOORS = [
    ["config"],
    ["vault"],
    ["letter"],
    ["label"],
    ["webmag"],
    ["shopping", "agenda"],
    ["directory"],
    ["home"],
]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
MODEL_REFERENCE = re.compile(r"([a-z_]+)\.[A-Za-z]\w*")
# What opens connections; mail goes through Django to the operator's own server.
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "geopy.adapters",
    "geopy.geocoders",
    "http.client",
    "httpcore",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc",
}
# The door, the one configured geocoder (docs/decisions/0026), the operator's own mailbox (0043).
MAY_CONNECT = {"home/fetch/", "directory/places/address_base.py", "letter/bounces/box.py"}
# Settings name every app, and the addresses that `reverse` takes are no imports.
LISTS_ALL_APPS = {"config/settings.py", "config/settings_test.py"}


def sources():
    """Every Python file of a room, tests and migrations of others aside."""
    for room in LEVEL:
        yield from sorted((ROOT / room).rglob("*.py"))


def rooms_named_in(tree):
    """Each room that the code names, with its line: imports anywhere, "room.Model", get_model."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node.lineno
        elif isinstance(node, ast.Call):
            yield from rooms_in_call(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = MODEL_REFERENCE.fullmatch(node.value)
            if match:
                yield match[1], node.lineno


def rooms_in_call(call):
    """Rooms in `get_model("room", …)` and `import_module("room…")`."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in {"get_model", "get_app_config", "import_module", "import_string"}:
        for argument in call.args[:1]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value.split(".")[0], call.lineno


def upward(room, text):
    """What in this room's code points to a room above or beside: [(line, room)]."""
    return [
        (line, other)
        for other, line in rooms_named_in(ast.parse(text))
        if other in LEVEL and other != room and LEVEL[other] <= LEVEL[room]
    ]


def test_rooms_know_only_those_below_them():
    wrong = []
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        if name in LISTS_ALL_APPS:
            continue
        found = upward(path.relative_to(ROOT).parts[0], path.read_text(encoding="utf-8"))
        wrong += [f"{name}:{line} names {other}" for line, other in found]
    assert wrong == []


def test_no_room_imports_relatively():
    """A relative import hides its room from the test above, and from readers."""
    wrong = [
        f"{path}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert wrong == []


def network_named_in(tree):
    """Each module of NETWORK that the code imports, anywhere and in any way, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call):
            function = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = [
                argument.value
                for argument in node.args[:1]
                if function in {"import_module", "__import__", "import_string"}
                and isinstance(argument, ast.Constant)
            ]
        else:
            continue
        for name in named:
            parts = str(name).split(".")
            opened = {".".join(parts[:length]) for length in range(1, len(parts) + 1)} & NETWORK
            if opened:
                yield node.lineno, min(opened)


def test_only_the_door_opens_connections():
    """Whatever asks an address goes through `home.fetch`, which asks public addresses only."""
    wrong = []
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(tuple(MAY_CONNECT)):
            found = network_named_in(ast.parse(path.read_text(encoding="utf-8")))
            wrong += [f"{name}:{line} uses {module}" for line, module in found]
    assert wrong == []


@pytest.mark.parametrize("place", sorted(MAY_CONNECT))
def test_who_may_open_connections_is_there_and_does(place):
    paths = [path for path in sources() if path.relative_to(ROOT).as_posix().startswith(place)]
    assert any(list(network_named_in(ast.parse(path.read_text()))) for path in paths)


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "import os, urllib.request as u",
        "from urllib import parse, request",
        "from urllib.request import urlopen",
        "def f():\n    import httpx",
        "from http import client",
        "import http.client",
        "from requests.sessions import Session",
        "from httpcore._sync import http11",
        "importlib.import_module('urllib3.util')",
        "__import__('socket')",
        "from geopy.geocoders import BANFrance",
    ],
)
def test_the_test_sees_every_way_to_the_network(code):
    assert list(network_named_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.parse",
        "from urllib.parse import urlsplit",
        "from http import HTTPStatus",
        "from geopy.exc import GeopyError",
        "from home.fetch import fetch",
        "from directory.views import requests",
    ],
)
def test_the_test_lets_the_rest_be(code):
    assert not list(network_named_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "import directory",
        "from directory.models import Listing",
        "def f():\n    from directory import tree",
        "class A:\n    x = ForeignKey('directory.Listing')",
        "apps.get_model('directory', 'Listing')",
        "apps.get_model('directory.Listing')",
        "import_module('directory.urls')",
    ],
)
def test_the_test_sees_every_way_of_looking_up(code):
    assert upward("home", code)


@pytest.mark.parametrize("code", ["import home", "'home.Photo'", "'directory:listing'", "'a.b.c'"])
def test_the_test_lets_looking_down_be(code):
    assert not upward("directory", code)
