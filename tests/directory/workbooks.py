"""Workbooks for tests: honest ones by openpyxl, odd ones put together part by part."""

from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_xlsx(folder, *rows, name="fiches.xlsx", **sheets):
    """A workbook with these rows; further sheets by their titles."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.active.title = "Fiches"
    for title, more in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in more:
            sheet.append(row)
    workbook.save(folder / name)
    return folder / name


def parts(sheet, strings="", styles="", workbook=""):
    """The parts of the smallest workbook there is, around the XML of its one sheet."""

    def relations(*pairs):
        entries = "".join(
            f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for i, (kind, target) in enumerate(pairs)
        )
        return f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'

    found = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook
        or f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Fiches" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            *([("sharedStrings", "/xl/sharedStrings.xml")] if strings else []),
            *([("styles", "styles.xml")] if styles else []),
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        found["xl/sharedStrings.xml"] = strings
    if styles:
        found["xl/styles.xml"] = styles
    return found


def sheet_xml(*rows, after=""):
    """The XML of a sheet; each row is the XML of its cells, or a list of texts."""
    written = "".join(
        f'<row r="{number}">{row if isinstance(row, str) else texts(row)}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData>{after}</worksheet>'


def texts(row):
    """Cells with these texts."""
    return "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row)


def zipped(folder, found, name="fiches.xlsx"):
    """A zip file of these parts: {name: content}."""
    with ZipFile(folder / name, "w", ZIP_DEFLATED) as archive:
        for part, content in found.items():
            archive.writestr(part, content)
    return folder / name
