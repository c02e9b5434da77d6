"""What a link to a magazine, an article or an issue looks like where it is shared."""

from django.conf import settings
from django.urls import reverse


def image(shown, magazine, slug=""):
    """The whole address of its photo, else of the card drawn for it; `shown` is its snapshot.

    `magazine` and `slug` are as in its address; "" for a draft that has none yet.
    """
    if shown["social"]:
        return settings.SITE_URL + shown["social"]
    if not magazine:
        return ""
    address = reverse("webmag:magazine_card", args=[magazine])
    if slug:
        address = reverse("webmag:page_card", args=[magazine, slug])
    return settings.SITE_URL + address


def image_of_page(page, shown):
    """The same of an article or issue, by the magazine in its snapshot."""
    above = shown["magazine"]
    return image(shown, above["slug"], page.slug) if above and page.slug else image(shown, "")
