"""What the label adds to /recherche/: members without a listing, and posts."""

from label import faces, indexing, post_cards
from label.models import Post
from webmag.searching import Kind, also


def members(found):
    """Members without a listing who answer, the best first."""
    answering = indexing.alone().search(found)
    return answering.order_by(found.rank().desc(), "holder", "pk")


def posts(found):
    """Posts that answer, the best first, then the newest."""
    answering = Post.objects.public().search(found)
    return answering.order_by(found.rank().desc(), "-published_at", "-pk")


def cards(found):
    """The cards of members, in their order."""
    return faces.of(list(found.values_list("pk", flat=True)))


def names(found):
    """Members as suggestions."""
    return [
        {"label": member.holder, "url": member.get_absolute_url()}
        for member in found.only("holder", "slug")
    ]


def offer():
    """Let the site's search find them."""
    also(
        Kind(
            kind=indexing.MEMBER,
            word="membres",
            one="membre du label",
            many="membres du label",
            template="label/_found_members.html",
            public=members,
            shown=cards,
            names=names,
        )
    )
    also(
        Kind(
            kind=indexing.POST,
            word="publications",
            one="publication",
            many="publications",
            template="label/_found_posts.html",
            public=posts,
            shown=post_cards.make,
        )
    )
