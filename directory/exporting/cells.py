"""Cells of our own export: their text in CSV, and the guard against formulas."""

import json
import re

# The header of the last column says that the cells carry prefixes.
SPREADSHEET_MARK = "pour tableur"

# What a spreadsheet takes for a formula (OWASP, « CSV injection »), full-width forms included;
# quotes in front are counted, so that taking one off gives exactly what was there.
DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def with_prefix(text: str) -> str:
    """The text as a spreadsheet may safely open it."""
    return f"'{text}" if DANGEROUS.match(text) else text


def without_prefix(text: str) -> str:
    """The text as it was before `with_prefix`."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text


def as_text(value: object) -> str:
    """A value of an export row as the text of a CSV cell."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
