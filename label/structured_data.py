"""Local-production pages in schema.org's words, as JSON-LD (https://schema.org/CollectionPage)."""

from django.conf import settings
from django.urls import reverse

from directory.structured_data import as_script, filled

FIRST = "Fait ici"


def page_json(page, seen):
    """A local-production page: what stands on it, in its order, and the way to it."""
    told = [entry_data(entry) for entry in seen.wall.entries] if seen.wall else []
    found = [*told, *(member_data(member) for member in seen.members)]
    image = seen.social_image
    return graph(page, seen.url, found, image, (page.title, seen.url))


def index_json(page, lines):
    """The list of all local-production pages."""
    url = settings.SITE_URL + reverse("production:index")
    pages = [
        {"@type": "CollectionPage", "name": line.title, "url": settings.SITE_URL + line.url}
        for line in lines
    ]
    return graph(page, url, pages, "")


def graph(page, url, found, image, *here):
    """A page that lists things, and the way to it."""
    data = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.search_description or page.standfirst,
        "inLanguage": "fr",
        "image": image,
        "mainEntity": item_list(found),
    }
    first = (FIRST, settings.SITE_URL + reverse("production:index"))
    way = {"@type": "BreadcrumbList", "itemListElement": numbered([first, *here])}
    return as_script({"@context": "https://schema.org", "@graph": [filled(data), way]})


def item_list(found):
    """Things in their order; None for none."""
    return found and {
        "@type": "ItemList",
        "numberOfItems": len(found),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "item": item}
            for position, item in enumerate(found, 1)
        ],
    }


def numbered(way):
    """(name, address) of each step of a way."""
    return [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(way, 1)
    ]


def entry_data(entry):
    """An article, a post, or what was collected elsewhere."""
    if entry.article:
        card = entry.article
        return filled(
            {
                "@type": "Article",
                "headline": card.title,
                "url": settings.SITE_URL + card.url,
                "datePublished": card.published and card.published.isoformat(),
            }
        )
    return item_data(entry.item) if entry.item else post_data(entry.post)


def item_data(card):
    """What was written elsewhere, by its address there."""
    author = {"@type": "Person", "name": card.author, "url": card.author_url}
    return filled(
        {
            "@type": "SocialMediaPosting",
            "url": card.url,
            "headline": card.title,
            "datePublished": card.published.isoformat(),
            "author": filled(author) if card.author else None,
        }
    )


def post_data(card):
    """A post of somebody here."""
    author = {"@type": "Organization", "name": card.by}
    author |= {"url": settings.SITE_URL + card.by_url} if card.by_url else {}
    return filled(
        {
            "@type": "SocialMediaPosting",
            "url": settings.SITE_URL + card.url,
            "articleBody": card.words,
            "datePublished": card.published and card.published.isoformat(),
            "author": author if card.by else None,
            "image": settings.SITE_URL + card.large.src if card.large else "",
        }
    )


def member_data(member):
    """One by their address, where their own page says what kind of business it is."""
    face = member.maker or member.listing.face
    page = "label:member" if member.maker else "directory:listing"
    url = settings.SITE_URL + reverse(page, args=[face.slug])
    return {"@type": "LocalBusiness", "@id": url, "name": face.name, "url": url}
