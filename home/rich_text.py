"""Rich text: what is kept of it when it is saved, and what readers get.

Wagtail's editor only offers a few signs, but whoever is logged in can send its form anything, and
texts come from imports too. So everything passes the same narrow door twice: on the way in and on
the way out (threats.md, stored XSS). Links lead to http, https, mailto, tel or into the site.
"""

import re

import nh3
from django.core.validators import MaxLengthValidator
from django.utils.html import escape
from django.utils.safestring import mark_safe
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import LinkRewriter

FEATURES = ["bold", "italic", "link", "ol", "ul", "h3", "document-link"]
TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h3"}
WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}
# Wagtail's comments in the margin hang on the keys of paragraphs.
KEYED = {tag: {"data-block-key"} for tag in ("p", "li", "h3", "ul", "ol")}
# Where a link to a page led before that page came here from an old blog: its fragment is still
# meant, and as long as the page is not published, readers are led there.
FORMER = "data-former"
KEPT = KEYED | {"a": {"href", "linktype", "id", FORMER}}
SHOWN = {"a": {"href"}}
BLOCK_KEY = re.compile(r"[\w-]{1,40}")
PAGE_NUMBER = re.compile(r"[0-9]{1,9}")
# What is left of a link once blanks are gone, as browsers read it: « //host » and « /\host »
# leave the site.
WEB = re.compile(r"https?://[^/\\?#]", re.IGNORECASE)
HREF = re.compile(r"https?://[^/\\?#]|mailto:[^:]+@|tel:[+0-9]|/(?![/\\])|/$", re.IGNORECASE)
BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
# Not text: control characters, and halves of characters, which no database and no page can hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
BETWEEN_TEXTS = "\x1e"
# Signs of a text, its marks included, and how many marks: deeply nested ones take the cleaner long.
LONGEST_SOURCE = 150_000
MOST_MARKS = 5_000
MARK = re.compile(r"<[^<>]*>")
TOO_LONG = "Ce texte est trop long : coupez-le en deux."
# What Wagtail's converter says to something that is not from its editor.
NOT_FROM_EDITOR = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def writable(text):
    """Return a text without what cannot be stored or sent."""
    return UNWRITABLE.sub("", text)


def for_keeping(source):
    """Return rich text as it is stored: the few marks we have, links as Wagtail notes them."""
    return cleaned(source, KEPT, rel=None)


def for_readers(html, rel="noopener"):
    """Return HTML with the same marks and plain links, each with this `rel`.

    For strangers' texts `rel` is « nofollow ugc noopener ».
    """
    return cleaned(html, SHOWN, rel)


def cleaned(html, attributes, rel, keep=None):
    """Return HTML with our marks and these attributes; one with far too many marks keeps none.

    `keep(tag, name, value)` says what stays of an attribute's value, None for nothing.
    """
    html = writable(html)
    if html.count("<") > MOST_MARKS:
        html = escape(MARK.sub(" ", html))
    made = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=WITH_CONTENT,
        attributes=attributes,
        attribute_filter=keep or keep_attribute,
        link_rel=rel,
    )
    # « &#30; » has become the sign itself.
    return writable(made)


def keep_attribute(tag, name, value):
    """Return the value of an attribute that may stay, None for one that may not."""
    if name == "href":
        bare = BLANKS.sub("", value)
        return bare if HREF.match(bare) else None
    if name == FORMER:
        bare = BLANKS.sub("", value)
        return bare if WEB.match(bare) else None
    if name == "rel":
        # Nobody's but ours: it is in no list.
        return value
    if name == "linktype":
        return value if value in ("page", "document") else None
    wanted = PAGE_NUMBER if tag == "a" else BLOCK_KEY
    return value if wanted.fullmatch(value) else None


def page_links(attributes):
    """Opening tags of links to pages, published ones only; one query for all."""
    pages = Page.objects.live().in_bulk({int(one["id"]) for one in attributes if "id" in one})
    return [link_to(pages.get(int(one.get("id", 0))), one.get(FORMER, "")) for one in attributes]


def document_links(attributes):
    """Opening tags of links to files; one query for all."""
    wanted = {int(one["id"]) for one in attributes if "id" in one}
    files = get_document_model().objects.in_bulk(wanted)
    return [link_to(files.get(int(one.get("id", 0)))) for one in attributes]


def link_to(target, former=""):
    """The opening tag of a link to a page or file; without an address for what is gone.

    `former` is the address that it had on an old blog.
    """
    url = target and target.url
    fragment = former.partition("#")[2]
    url = f"{url}#{fragment}" if url and fragment else url or former
    return f'<a href="{escape(url)}">' if url else "<a>"


expand_links = LinkRewriter(bulk_rules={"page": page_links, "document": document_links})


class CleanText(RichText):
    """Rich text that is clean wherever it is shown."""

    html = None

    def __html__(self):
        """What readers get."""
        if self.html is None:
            expand_together([self])
        return self.html


def expand_together(texts):
    """Prepare several texts for readers: their links take one query for each kind of link."""
    if not texts:
        return
    joined = BETWEEN_TEXTS.join(for_keeping(text.source) for text in texts)
    for text, html in zip(texts, expand_links(joined).split(BETWEEN_TEXTS), strict=True):
        text.html = mark_safe(for_readers(html))  # noqa: S308 -- cleaned on this very line


class TextBlock(blocks.RichTextBlock):
    """Wagtail's rich text, clean on the way in and on the way out."""

    def __init__(self, features=FEATURES, validators=(), **kwargs):
        validators = [*validators, MaxLengthValidator(LONGEST_SOURCE, TOO_LONG)]
        super().__init__(features=list(features), validators=validators, **kwargs)

    def to_python(self, value):
        """From what is stored."""
        return CleanText(value if isinstance(value, str) else "")

    def normalize(self, value):
        """From what a program hands over."""
        if isinstance(value, CleanText):
            return value
        return CleanText(str(getattr(value, "source", value) or ""))

    def value_from_form(self, value):
        """From the editor."""
        return CleanText(writable(value or ""))

    def value_from_datadict(self, data, files, prefix):
        """From the form: what the editor did not write is taken as plain text."""
        try:
            return super().value_from_datadict(data, files, prefix)
        except NOT_FROM_EDITOR:
            return CleanText(f"<p>{escape(writable(data.get(prefix, '')))}</p>")

    def get_prep_value(self, value):
        """What is stored, whoever saves."""
        return for_keeping(value.source)

    class Meta:
        icon = "pilcrow"
        label = "Texte"
