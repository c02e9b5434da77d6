"""Workbooks made to hurt: each ends in a sentence, soon, in little memory, nothing written."""

import time
import tracemalloc
import zlib
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing import ImportRefused
from directory.importing.run import open_rows
from directory.models import Listing
from tests.directory.importing import run_import
from tests.directory.workbooks import MAIN, parts, sheet_xml, texts, write_xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"
HEAD = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{texts(["nom", "cp"])}</row>'
TAIL = "</sheetData></worksheet>"
MIB = 1024 * 1024


def bomb(folder, unpacked, said):
    """A sheet of so many bytes of zeros, of which the directory says another size."""
    block, packer = bytes(16 * MIB), zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    times = unpacked // len(block)
    path = zipped(folder, {k: v for k, v in parts("").items() if k != SHEET})
    with ZipFile(path, "a", ZIP_STORED) as archive:
        entry = ZipInfo(SHEET)
        archive.writestr(entry, packed * times + packer.flush())
        entry.compress_type, entry.file_size, entry.CRC = zlib.DEFLATED, said, 0
    assert path.stat().st_size < 2 * MIB
    return path


def cases(folder):
    """(what it is, the file, a word of the refusal)."""
    small = parts(sheet_xml(["nom", "cp"], ["A", "78120"]))
    entity = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    outside = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    laughs = sheet_xml(["nom", "cp"], ["A", "&#38;"]).replace("&#38;", "&j;")
    yield "honest bomb", bomb(folder, 1024 * MIB, 1024 * MIB), "Décompressé"
    yield "lying bomb", bomb(folder, 512 * MIB, 5_000), "illisible"
    sheets = {
        "entities": (f"{entity}]>{laughs}", "illisible"),
        "external entity": (outside + laughs.replace("&j;", "&a;"), "illisible"),
        "no xml": ("bonjour", "illisible"),
        "cut": (HEAD, "illisible"),
        "nothing": (sheet_xml(), "vide"),
        "header only": (HEAD + TAIL, "aucune ligne"),
        "deep": (HEAD + "<a>" * 5_000, "profonds"),
        "endless text": (f"{HEAD}<row><c t='str'><v>{'x' * 3 * MIB}", "démesuré"),
        "endless attribute": (f"{HEAD}<row><c t='{'x' * 3 * MIB}'/>", "démesuré"),
        "endless name": (f"{HEAD}<{'x' * 3 * MIB}/>", "démesuré"),
        "long cell": (sheet_xml(["nom", "cp"], ["x" * 20_001, ""]), "ligne 2, colonne « nom »"),
        "wide": (sheet_xml(["nom", "cp"], '<c r="XFD2"><v>1</v></c>'), "16384 colonnes"),
        "wide header": (sheet_xml(["nom"] * 301, ["x"]), "301 colonnes"),
        "too many rows": (HEAD + "<row/>" * 20_001 + TAIL, "20000 lignes"),
    }
    for what, (sheet, reason) in sheets.items():
        yield what, zipped(folder, parts(sheet)), reason
    yield "strings", zipped(folder, parts(HEAD, f"<sst>{'<si/>' * 20_001}</sst>")), "textes"
    xfs = f"<styleSheet><cellXfs>{'<xf/>' * 70_001}</cellXfs></styleSheet>"
    yield "styles", zipped(folder, parts(HEAD, styles=xfs)), "styles"
    yield "parts", zipped(folder, small | {f"p{i}": "" for i in range(5_001)}), "pièces"
    empty = folder / "vide.xlsx"
    with ZipFile(empty, "w"):
        pass
    yield "empty zip", empty, "archive zip"
    yield "zip of zip", zipped(folder, {"a.xlsx": empty.read_bytes()}), "archive zip"
    yield "ods", zipped(folder, {"mimetype": "application/vnd.oasis"}), "LibreOffice"
    yield "xlsb", zipped(folder, small | {"xl/workbook.bin": ""}), "binaire"
    yield "docx", zipped(folder, {"word/document.xml": ""}), "Word"
    no_sheets = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    yield "no sheet", zipped(folder, parts("", workbook=no_sheets)), "aucune feuille visible"
    away = small | {"_rels/.rels": small["_rels/.rels"].replace("xl/", "../../etc/")}
    yield "path outside", zipped(folder, away), "pas de feuilles"
    locked = zipped(folder, small).read_bytes()
    at = locked.index(b"PK\x01\x02")
    path = folder / "verrou.xlsx"
    path.write_bytes(locked[: at + 8] + b"\x01" + locked[at + 9 :])
    yield "password", path, "mot de passe"
    path.write_bytes(locked[:-200])
    yield "truncated", path, "tronqué"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    yield "old xls", path, "ancien classeur Excel"


@pytest.mark.django_db
def test_each_hostile_workbook_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("directory.importing.xlsx_sheet.MAX_SHEET_ROWS", 20_000)
    monkeypatch.setattr("directory.importing.xlsx_workbook.MAX_STRINGS", 20_000)
    for what, path, reason in cases(tmp_path):
        start = time.monotonic()
        with pytest.raises(CommandError, match=reason) as refusal:
            run_import(path)
        assert time.monotonic() - start < 10, what
        assert len(str(refusal.value)) < 400, what
    assert not Listing.objects.exists()


def test_a_bomb_takes_next_to_no_memory(tmp_path):
    for said in (1024 * MIB, 200 * MIB, 5_000):
        path = bomb(tmp_path, 512 * MIB, said)
        tracemalloc.start()
        with pytest.raises(ImportRefused):
            open_rows(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 5 * MIB


@pytest.mark.parametrize("rows", [1_000, 20_000])
def test_a_declared_size_and_empty_rows_cost_nothing(tmp_path, rows):
    sheet = HEAD.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    filled = f'<row r="2">{texts(["A", "78120"])}</row>'
    empty = "".join(f'<row r="{n}"><c r="XFD{n}" s="1"/></row>' for n in range(3, rows))
    path = zipped(tmp_path, parts(sheet + filled + empty + TAIL))
    tracemalloc.start()
    file = open_rows(path)
    assert [row.cells for row in file.read()] == [{"nom": "A", "cp": "78120"}]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * MIB


def test_macros_links_and_pictures_are_not_looked_at(tmp_path):
    found = parts(sheet_xml(["nom", "cp"], ["A", "78120"]))
    extra = {"xl/vbaProject.bin": b"\xff" * 99, "xl/media/a.png": b"PNG", "../../evil": "x"}
    rels = "xl/_rels/workbook.xml.rels"
    link = '<Relationship Id="x" Type="t/externalLink" Target="http://10.0.0.1/"/></Relationships>'
    found[rels] = found[rels].replace("</Relationships>", link)
    path = zipped(tmp_path, found | extra, "macros.xlsm")
    assert open_rows(path).total == 1
    assert [file.name for file in tmp_path.iterdir()] == ["macros.xlsm"]


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """The bytes of a good workbook."""
    folder = tmp_path_factory.mktemp("bon")
    rows = [["nom", "cp"], ["A", 78120], ["B", "78120"], ["C", "=1"]]
    return write_xlsx(folder, *rows).read_bytes()


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_damage_raises_anything_but_a_refusal(honest, tmp_path_factory, data):
    content = bytearray(honest)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.getbasetemp() / "abime.xlsx"
    path.write_bytes(bytes(content))
    try:
        list(open_rows(path).read())
    except ImportRefused as refusal:
        assert str(refusal)


XML = st.lists(
    st.sampled_from(
        ["<row>", "</row>", "<c>", '<c t="s">', '<c r="B2" t="b">', '<c t="d" s="9">', '<c s="-">']
        + ["</c>", "<v>", "</v>", "<is>", "</is>", "<t>", "</t>", "1", "é", "<f>", "</f>", "1e999"]
        + ['<mergeCell ref="A1:A9"/>', '<mergeCell ref="Z"/>', '<row r="-1">', "<rPh>", "</rPh>"]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(inside=XML)
def test_strange_sheets_are_rows_or_refused(tmp_path_factory, inside):
    path = zipped(tmp_path_factory.getbasetemp(), parts(HEAD + inside + TAIL), "bizarre.xlsx")
    try:
        list(open_rows(path).read())
    except ImportRefused as refusal:
        assert str(refusal)
