"""Looking for a word on a website: in its head, or in a file of its own; by the fetch door."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from home import fetch
from label.claiming.contacts import host_of
from label.claiming.errors import ClaimError

META = "verification-fiche"
FILE = "/.well-known/verification-fiche.txt"
LARGEST_PAGE = 2 * 1024 * 1024
# So much of a page is read: a head that is longer does not reach us.
HEAD = 64 * 1024
LARGEST_FILE = 4 * 1024
# A person waits for the answer.
SECONDS = 8.0
NOT_THERE = (
    "Nous n’avons pas trouvé le code sur ce site. Vérifiez qu’il y est et que la page est "
    "publiée, puis réessayez."
)


class HeadReader(HTMLParser):
    """Gathers `<meta name="verification-fiche">` of a page's head, and of nothing below it.

    What visitors write on a page stands in its body: it does not count, nor what only looks like
    markup inside a title, a script or a comment.
    """

    INERT = frozenset({"title", "script", "style", "noscript", "template"})

    def __init__(self):
        super().__init__()
        self.found = []
        self.inside = None
        self.is_over = False

    def handle_starttag(self, tag, attrs):
        """Note what counts; the body ends it all."""
        if self.is_over or self.inside:
            return
        if tag in self.INERT:
            self.inside = tag
        elif tag == "meta":
            said = dict(attrs)
            if (said.get("name") or "").lower() == META:
                self.found.append((said.get("content") or "").strip())
        elif tag not in {"html", "head", "link", "base"}:
            self.is_over = True

    def handle_startendtag(self, tag, attrs):
        """`<meta … />` and `<title/>` are starts and no ends: HTML does not know the stroke."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        """Words outside of a title are the body's, whatever tags stand around them."""
        if data.strip(" \t\r\n\f\ufeff") and not self.inside:
            self.is_over = True

    def handle_endtag(self, tag):
        """Out of what is inert; behind the head nothing counts."""
        if self.inside:
            if tag == self.inside:
                self.inside = None
        elif tag == "head":
            self.is_over = True


def find(token, site, is_own=None):
    """Raises `ClaimError` unless the website says this word itself, not some other it leads to.

    `is_own`, where given, tells whether the file's content is the one signed for this claim.
    """
    parts = urlsplit(site)
    file = f"{parts.scheme}://{parts.netloc}{FILE}"

    def word_or_signed(token, body):
        return in_file(token, body) or bool(is_own and is_own(body))

    trouble = ""
    for address, largest, says in (
        (site, LARGEST_PAGE, in_head),
        (file, LARGEST_FILE, word_or_signed),
    ):
        try:
            answer = fetch.fetch(address, largest=largest, seconds=SECONDS)
        except fetch.FetchError as error:
            trouble = trouble or str(error)
            continue
        if answer.status == 200 and is_same(answer.url, site) and says(token, answer.body):
            return
    raise ClaimError(f"{trouble} {NOT_THERE}".strip())


def is_same(address, site):
    """Whether an answer came from the site itself: its host, and its port or the usual one."""
    ports = (None, urlsplit(site).port)
    return host_of(address) == host_of(site) != "" and urlsplit(address).port in ports


def in_head(token, body):
    """Whether the page's head says the word."""
    reader = HeadReader()
    reader.feed(body[:HEAD].decode("utf-8", "replace"))
    return token in reader.found


def in_file(token, body):
    """Whether the file says the word and nothing else."""
    return body.decode("utf-8", "replace").strip("\ufeff \r\n\t") == token
