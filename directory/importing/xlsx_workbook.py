"""A workbook's sheets, shared texts and date formats."""

from dataclasses import dataclass, field
from datetime import datetime
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from directory.importing.refusal import ImportRefused
from directory.importing.xlsx_package import Part, plain_text, read_whole_part, relations

MAX_STRINGS = 2_000_000
MAX_STYLES = 70_000  # Excel itself stops at 65,490


@dataclass
class Workbook:
    """What is needed to understand the cells of a sheet.

    `sheets` are the visible ones: (title, part). `formats` are number formats by style.
    """

    sheets: list[tuple[str, str]]
    epoch: datetime = WINDOWS_EPOCH
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    dates: set[int] = field(default_factory=set)
    durations: set[int] = field(default_factory=set)


def read_workbook(package: ZipFile) -> Workbook:
    """Read everything but the sheets themselves; raises `ImportRefused` when there is none."""
    main = _find(relations(package, ""), "officeDocument")
    if not main or main not in package.namelist():
        raise ImportRefused("Ce n’est pas un classeur .xlsx : il n’a pas de feuilles.")
    parts = relations(package, main)
    content = read_whole_part(package, main, _Sheets())
    sheets = [
        (title, parts[rel][1])
        for title, rel in content.visible
        if parts.get(rel, ("", ""))[0] == "worksheet" and parts[rel][1] in package.namelist()
    ]
    if not sheets:
        raise ImportRefused("Le classeur n’a aucune feuille visible.")
    workbook = Workbook(sheets, MAC_EPOCH if content.since_1904 else WINDOWS_EPOCH)
    if strings := _find(parts, "sharedStrings"):
        workbook.strings = read_whole_part(package, strings, _Strings()).texts
    if styles := _find(parts, "styles"):
        workbook.formats = read_whole_part(package, styles, _Styles()).formats()
        for style, code in enumerate(workbook.formats):
            if is_date_format(code):
                workbook.dates.add(style)
            if is_timedelta_format(code):
                workbook.durations.add(style)
    return workbook


def _find(parts: dict[str, tuple[str, str]], wanted: str) -> str:
    return next((name for kind, name in parts.values() if kind == wanted), "")


class _Sheets(Part):
    """Titles and relation ids of the visible sheets, and where dates begin."""

    def __init__(self):
        super().__init__()
        self.visible: list[tuple[str, str]] = []
        self.since_1904 = False

    def begin(self, name, attributes):
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.visible.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true", "on")


class TextPart(Part):
    """A part with texts in runs: `<t>` in any depth, phonetic signs (`<rPh>`) left out."""

    def __init__(self):
        super().__init__()
        self.runs: list[str] = []
        self.phonetic = False

    def begin(self, name, attributes):
        if name == "rPh":
            self.phonetic = True
        elif name == "t" and not self.phonetic:
            self.catch()

    def finish(self, name):
        if name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.runs.append(self.caught())

    def take_text(self) -> str:
        """The text of all runs since the last call."""
        text = plain_text("".join(self.runs))
        self.runs.clear()
        return text


class _Strings(TextPart):
    """The texts that cells share."""

    def __init__(self):
        super().__init__()
        self.texts: list[str] = []

    def finish(self, name):
        super().finish(name)
        if name == "si":
            self.texts.append(self.take_text())
            if len(self.texts) > MAX_STRINGS:
                raise ImportRefused(f"Le classeur a plus de {MAX_STRINGS} textes différents.")


class _Styles(Part):
    """The number format of each style."""

    def __init__(self):
        super().__init__()
        self.codes: dict[str, str] = {}
        self.styles: list[str] = []
        self.in_cells = False

    def begin(self, name, attributes):
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            self.styles.append(attributes.get("numFmtId", "0"))
            if len(self.styles) > MAX_STYLES:
                raise ImportRefused(f"Le classeur a plus de {MAX_STYLES} styles.")

    def finish(self, name):
        if name == "cellXfs":
            self.in_cells = False

    def formats(self) -> list[str]:
        """Format codes by style."""
        return [
            self.codes.get(number)
            or BUILTIN_FORMATS.get(int(number) if number.isdecimal() else 0, "General")
            for number in self.styles
        ]
