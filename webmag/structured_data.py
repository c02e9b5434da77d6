"""Articles and issues in schema.org's words, as JSON-LD (https://schema.org/Article)."""

from django.conf import settings
from django.urls import reverse

from directory.structured_data import as_script, filled
from home.static_files import static
from home.templatetags.frame import site_settings


def article_json(article, shown, url, places):
    """The JSON-LD of an article's page: the article, and the way to it."""
    return as_script({"@context": "https://schema.org", "@graph": [
        article_data(article, shown, url, places),
        breadcrumbs(shown["magazine"], (article.title, url)),
    ]})  # fmt: skip


def issue_json(issue, shown, url, articles):
    """The JSON-LD of an issue's page: the issue, its articles, and the way to it."""
    data = {
        "@type": "PublicationIssue",
        "@id": url,
        "url": url,
        "name": issue.title,
        "issueNumber": issue.number,
        "datePublished": issue.date and issue.date.isoformat(),
        "image": images(shown),
        "isPartOf": periodical(shown["magazine"]),
        "publisher": publisher(),
        "hasPart": [
            {"@type": "Article", "headline": card.title, "url": settings.SITE_URL + card.url}
            for card in articles
        ],
    }
    graph = [filled(data), breadcrumbs(shown["magazine"], (issue.title, url))]
    return as_script({"@context": "https://schema.org", "@graph": graph})


def article_data(article, shown, url, places):
    """An article; `places` are the cards of the listings that it is about."""
    published, changed = article.first_published_at, article.last_published_at
    modified = article.updated_on or changed
    data = {
        "@type": "Article",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": article.title,
        "description": article.standfirst or shown["excerpt"],
        "inLanguage": "fr",
        "datePublished": published and published.isoformat(),
        "dateModified": modified and modified.isoformat(),
        "author": [
            {
                "@type": "Person",
                "name": byline["name"],
                "url": settings.SITE_URL + reverse("webmag:author", args=[byline["slug"]]),
            }
            for byline in shown["bylines"]
        ],
        "publisher": publisher(),
        "image": images(shown),
        "articleSection": shown["section"]["name"] if shown["section"] else "",
        "keywords": ", ".join(tag["name"] for tag in shown["tags"]),
        "timeRequired": f"PT{article.reading_minutes}M",
        "isPartOf": periodical(shown["magazine"]),
        "about": [*(_listing(card.face) for card in places), *_communes(shown)],
    }
    return filled(data)


def publisher():
    """Who publishes: the site."""
    return {
        "@type": "Organization",
        "name": site_settings().site_name,
        "url": f"{settings.SITE_URL}/",
        "logo": {"@type": "ImageObject", "url": settings.SITE_URL + static("home/icon-512.png")},
    }


def periodical(magazine):
    """The magazine that something appeared in; None for a draft that lies nowhere."""
    return magazine and {
        "@type": "Periodical",
        "name": magazine["title"],
        "url": settings.SITE_URL + reverse("webmag:magazine", args=[magazine["slug"]]),
    }


def images(shown):
    """The addresses of the picture, the one for other sites first."""
    paths = [shown["social"], (shown["large"] or {}).get("src", "")]
    return [settings.SITE_URL + path for path in paths if path]


def breadcrumbs(magazine, here):
    """Home, the magazines, the magazine, `here` as (name, address)."""
    way = [("Magazines", settings.SITE_URL + reverse("webmag:magazines"))]
    if magazine:
        address = reverse("webmag:magazine", args=[magazine["slug"]])
        way.append((magazine["title"], settings.SITE_URL + address))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate([*way, here], 1)
        ],
    }


def _listing(face):
    """A listing by its address, where its own page says what kind of business it is."""
    address = settings.SITE_URL + reverse("directory:listing", args=[face.slug])
    return {"@type": "LocalBusiness", "@id": address, "name": face.name, "url": address}


def _communes(shown):
    return [{"@type": "City", "name": commune["name"]} for commune in shown["communes"]]
