"""What of an article can be found, and how much it counts."""

from django.db import transaction

from home import search
from webmag.models import Article
from webmag.reading_time import texts

KIND = "article"
CHUNK = 100
# What hangs on an article, for its snapshot and its words, in a fixed number of queries.
HANGING = (
    "main_image__renditions",
    "bylines__author__photo__renditions",
    "tag_items__tag",
    "communes",
    "listings",
)


def loaded(pks):
    """These articles with all that hangs on them, as a list."""
    articles = Article.objects.filter(pk__in=pks).select_related("section", "main_image")
    return list(articles.prefetch_related(*HANGING).order_by("pk"))


def index_articles(articles):
    """Put those of these articles that are public into the index, and take the others out.

    `articles` are as published, with what hangs on them.
    """
    pks = [article.pk for article in articles]
    public = set(Article.objects.public().filter(pk__in=pks).values_list("pk", flat=True))
    search.remove(KIND, set(pks) - public)
    search.index(KIND, [entry(article) for article in articles if article.pk in public])


def rebuild(done=lambda count: None):
    """Index all articles again; calls `done` with the number so far.

    Returns how many entries of articles that are gone or hidden were dropped.
    """
    pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        with transaction.atomic():
            index_articles(loaded(pks[start : start + CHUNK]))
        done(min(start + CHUNK, len(pks)))
    return search.remove_all_but(KIND, Article.objects.public().values("pk"))


def entry(article):
    """The words of one article: title and standfirst count most, then all that it tells."""
    tags = [item.tag for item in article.tag_items.all()]
    return search.Entry(
        object_id=article.pk,
        title=[article.title, article.standfirst],
        body=[
            *(text for tag in tags for text in (tag.name, tag.synonyms)),
            *(byline.author.name for byline in article.bylines.all()),
            *(commune.name for commune in article.communes.all()),
            article.section.name if article.section else "",
            article.main_caption,
            *texts(article.body),
        ],
    )
