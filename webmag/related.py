"""What to read next: articles on the same things, and those before and after in the magazine.

In SQL of its own: putting these questions together by the ORM takes ten times as long as
answering them; what is shown of them comes along in the same query.
"""

from django.db import connection

from home import page_paths
from home.models import Tag
from webmag import cards, snapshots
from webmag.models import Article, ArticleTag

RELATED = 3
# A listing in common says more than a word, a word more than a place.
LISTING, TAG, COMMUNE = 4, 3, 2

TABLES = {
    "page": "wagtailcore_page",
    "article": Article._meta.db_table,
    "article_tag": ArticleTag._meta.db_table,
    "tag": Tag._meta.db_table,
    "article_listing": Article.listings.through._meta.db_table,
    "article_commune": Article.communes.through._meta.db_table,
}
# `beside` is right below the same magazine; {public} hides what nobody may see.
NEWEST = (
    "SELECT * FROM (SELECT page.id AS id, 0 AS weight "
    "FROM {page} page JOIN {article} ON page_ptr_id = page.id "
    "WHERE {public} AND page.id <> %(pk)s{where} "
    "ORDER BY page.first_published_at DESC, page.id DESC LIMIT {most}) newest"
)
BESIDE = "page.path LIKE %(below)s AND page.depth = %(depth)s"
RANKED = (
    "SELECT 'related' AS part, page.id, ROW_NUMBER() OVER (ORDER BY shared.score DESC, "
    "CASE WHEN {beside} THEN 0 ELSE 1 END, page.first_published_at DESC, page.id DESC) AS place "
    "FROM (SELECT id, SUM(weight) AS score FROM ({pool}) pool GROUP BY id) shared "
    "JOIN {page} page ON page.id = shared.id WHERE {public} AND page.id <> %(pk)s "
    "ORDER BY place LIMIT {most}"
)
NEIGHBOUR = (
    "SELECT '{part}' AS part, page.id, 1 AS place FROM {page} page "
    "JOIN {article} ON page_ptr_id = page.id "
    "WHERE {public} AND {beside} AND (page.first_published_at, page.id) {than} "
    "((SELECT first_published_at FROM {page} WHERE id = %(pk)s), %(pk)s) "
    "ORDER BY page.first_published_at {way}, page.id {way} LIMIT 1"
)


# In the order of `cards.COLUMNS`.
SHOWN = (
    "SELECT around.part, page.id, page.title, page.slug, page.url_path, article.standfirst, "
    "page.first_published_at, page.last_published_at, article.updated_on, "
    "article.reading_minutes, article.snapshot FROM ({around}) around "
    "JOIN {page} page ON page.id = around.id JOIN {article} article ON page_ptr_id = page.id "
    "ORDER BY around.part, around.place"
)


def around(article, shown):
    """Return (what to read next, the article before or None, the one after or None), as cards.

    First what has most in common, then what is of the same magazine, then the newest. `shown`
    is the article's snapshot.
    """
    path = snapshots.parent_path(article)
    values = {
        # A draft that was never saved has no number.
        "pk": article.pk or 0,
        "below": f"{path}%",
        "depth": len(path) // article.steplen + 1,
    }
    public = public_only(values)
    words = TABLES | {"public": public, "beside": BESIDE, "most": RELATED}
    pool = [NEWEST.format(where="", **words), NEWEST.format(where=f" AND {BESIDE}", **words)]
    pool += shared(shown, values)
    parts = [
        RANKED.format(pool=" UNION ALL ".join(pool), **words),
        NEIGHBOUR.format(part="before", than="<", way="DESC", **words),
        NEIGHBOUR.format(part="after", than=">", way="ASC", **words),
    ]
    # Each by itself, as only a whole selection may have an order and a limit.
    each = (f"SELECT * FROM ({part}) p{n}" for n, part in enumerate(parts))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(SHOWN.format(around=" UNION ALL ".join(each), **TABLES), values)
        rows = cursor.fetchall()
    return as_cards(rows)


def as_cards(rows):
    """From rows of (part, what a card shows) to the cards of each part."""
    parts = {"related": [], "before": [], "after": []}
    for (part, *_), card in zip(rows, cards.bare(row[1:] for row in rows), strict=True):
        parts[part].append(card)
    before, after = (next(iter(parts[part]), None) for part in ("before", "after"))
    return parts["related"], before, after


def public_only(values):
    """The condition that keeps hidden pages out; adds what it needs to `values`."""
    conditions = ["page.live"]
    for number, path in enumerate(page_paths.hidden_paths()):
        values[f"hidden{number}"] = f"{path}%"
        conditions.append(f"page.path NOT LIKE %(hidden{number})s")
    return " AND ".join(conditions)


def shared(shown, values):
    """Selections of (article, weight) for each thing in common; adds to `values`."""
    slugs = [tag["slug"] for tag in shown["tags"]]
    codes = [commune["insee"] for commune in shown["communes"]]
    asked = [
        (
            LISTING,
            "SELECT article_id, {weight} FROM {article_listing} WHERE listing_id IN ({marks})",
            shown["listings"],
        ),
        (
            TAG,
            "SELECT content_object_id, {weight} FROM {article_tag} "
            "JOIN {tag} tag ON tag.id = tag_id WHERE tag.slug IN ({marks})",
            slugs,
        ),
        (
            COMMUNE,
            "SELECT article_id, {weight} FROM {article_commune} WHERE commune_id IN ({marks})",
            codes,
        ),
    ]
    found = []
    for weight, select, things in asked:
        names = [f"shared{weight}x{number}" for number in range(len(things))]
        values.update(zip(names, things, strict=True))
        marks = ", ".join(f"%({name})s" for name in names)
        if things:
            found.append(select.format(weight=weight, marks=marks, **TABLES))
    return found
