"""Lists cut into pages, with plain links from one to the next."""

from math import ceil

LAST_PAGE = 10_000


class Paging:
    """One page of a list of `total` things, `size` on each; `page` is brought within bounds."""

    def __init__(self, asked, total, size):
        self.total, self.size = total, size
        self.pages = max(1, ceil(total / size))
        self.page = min(max(1, asked), self.pages)

    @property
    def start(self):
        """How many things come before this page."""
        return (self.page - 1) * self.size

    @property
    def slice(self):
        """Which of the things stand on this page."""
        return slice(self.start, self.start + self.size)

    @property
    def numbers(self):
        """The pages to offer."""
        return offered(self.page, self.pages)

    @property
    def before(self):
        """The number of the page before, or 0."""
        return self.page - 1

    @property
    def after(self):
        """The number of the page after, or 0."""
        return self.page + 1 if self.page < self.pages else 0


def offered(page, pages):
    """The first page, the last, those around this one; None where some are left out."""
    shown = {1, pages, *range(page - 1, page + 2)}
    numbers = []
    for number in sorted(shown & set(range(1, pages + 1))):
        if numbers and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


def asked_page(values):
    """The page number in an address; the first for anything that is none."""
    text = values.get("page", "")
    if text.isascii() and text.isdigit() and len(text) < 6:
        return min(max(1, int(text)), LAST_PAGE)
    return 1
