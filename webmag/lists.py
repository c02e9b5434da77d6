"""Lists of articles, cut into pages."""

from dataclasses import dataclass

from home.paging import Paging
from webmag import cards

ON_A_PAGE = 12


@dataclass(frozen=True)
class ArticleList:
    """One page of a list: the cards, and where it stands among the other pages."""

    cards: list
    paging: Paging

    @property
    def total(self):
        """How many articles there are on all pages."""
        return self.paging.total


def page_of(articles, page, size=ON_A_PAGE):
    """The articles of one page, in two queries however many there are."""
    paging = Paging(page, articles.order_by().count(), size)
    return ArticleList(cards.make(articles[paging.slice]) if paging.total else [], paging)
