"""An article as Markdown: CommonMark, with the tables of GFM, and a head that YAML reads.

The words are those of the paper (webmag/taking/paper.py); markdownify puts the signs around them.
"""

import json
import re

from markdownify import ATX, BACKSLASH, MarkdownConverter

from webmag.feeds.content import fit

# Not in YAML as they are, or the end of a line there (https://yaml.org/spec/1.2.2/#51-character-set).
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
MANY_LINES = re.compile(r"\n{3,}")


# As Markdown is mostly written.
STYLE = {"heading_style": ATX, "bullets": "-", "newline_style": BACKSLASH}
# What means something wherever it stands, and what does at the beginning of a line only.
SIGNS = re.compile(r"([\\`*_\[\]<&|~])")
BEGINNING = re.compile(r"^(\s*)([#>+=-])", re.MULTILINE)
# At the end of a heading these would be its frame.
TRAILING = re.compile(r"#(?=#*\s*$)")
NUMBERED = re.compile(r"^(\s*[0-9]{1,9})([.)])", re.MULTILINE)


class Writer(MarkdownConverter):
    """What CommonMark has no word for is a paragraph, or text in italics."""

    def escape(self, text, parent_tags):
        """Text in which nothing means anything: the library's own leaves HTML and lists alone."""
        plain = TRAILING.sub(r"\\#", SIGNS.sub(r"\\\1", text or ""))
        return NUMBERED.sub(r"\1\\\2", BEGINNING.sub(r"\1\\\2", plain))

    def convert_figcaption(self, el, text, parent_tags):
        """A legend stands below its photo."""
        return f"\n\n{text.strip()}\n\n"

    def convert_img(self, el, text, parent_tags):
        """Also within a heading or a cell, where the library keeps the words alone."""
        return f"![{inline(el.get('alt') or '')}]({el.get('src', '')})"


def body(html: str) -> str:
    """XHTML of a piece as Markdown."""
    made = Writer(**STYLE).convert(html)
    return MANY_LINES.sub("\n\n", made).strip() + "\n"


def head(values: dict) -> str:
    """Front matter: a line for each value, in JSON, which is YAML too."""
    lines = [f"{name}: {one_line(value)}" for name, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n"


def one_line(value) -> str:
    """A value as JSON; signs that YAML cannot hold are blanks."""
    return fit(NOT_IN_YAML.sub(" ", json.dumps(value, ensure_ascii=False)))


def heading(title: str) -> str:
    """The title as a heading of the first level."""
    return f"# {inline(title)}\n"


def inline(text: str) -> str:
    """Plain text on one line, in which nothing means anything to Markdown."""
    return Writer(**STYLE).escape(" ".join(fit(text).split()), set())
