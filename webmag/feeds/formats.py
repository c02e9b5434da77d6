"""The two formats, as Django writes them, with the full text of each entry."""

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

MEDIA = "http://search.yahoo.com/mrss/"


class FullRss(Rss201rev2Feed):
    """RSS 2.0 with `content:encoded` and `media:content`."""

    def rss_attributes(self):
        """Name the two vocabularies that are not RSS's own."""
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:media": MEDIA,
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        """Add the names, the text and the picture."""
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])
        add_picture(handler, item)


class FullAtom(Atom1Feed):
    """Atom with `content`, one `author` for each name, and `media:content`."""

    def root_attributes(self):
        """Name the vocabulary that is not Atom's own, and the language."""
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def add_item_elements(self, handler, item):
        """Add the names, the text and the picture."""
        super().add_item_elements(handler, item)
        for name in item["names"] or [self.feed["title"]]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})
        add_picture(handler, item)

    def latest_post_date(self):
        """When the newest entry changed; for a feed without entries a day that stays."""
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=self.feed["since"])


def add_picture(handler, item):
    """A picture of the entry."""
    if item["picture"]:
        attributes = {"url": item["picture"], "medium": "image", "type": "image/jpeg"}
        handler.addQuickElement("media:content", "", attributes)


FORMATS = {"rss": FullRss, "atom": FullAtom}
CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
