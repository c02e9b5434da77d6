"""What of the label can be found: published posts, and members who have no listing.

Who has one is found by it.
"""

from django.db import transaction

from home import search
from label.models import Membership, Post

POST, MEMBER = "post", "member"
CHUNK = 500


def index_posts(posts):
    """Put those of these posts that are public into the index, and take the others out."""
    for pks in chunks(posts):
        shown = (
            Post.objects.public()
            .filter(pk__in=pks)
            .order_by()
            .select_related("listing__commune", "membership__commune")
            .prefetch_related("tag_items__tag")
        )
        put(POST, pks, [post_entry(post) for post in shown])


def index_members(members):
    """Put those of these members into the index who are shown and have no listing."""
    for pks in chunks(members):
        shown = alone().filter(pk__in=pks).order_by()
        found = shown.select_related("trade__parent", "commune")
        put(MEMBER, pks, [member_entry(member) for member in found])


def alone():
    """Members who have no listing and may be shown."""
    return Membership.objects.public().filter(listing=None)


def chunks(things):
    """The numbers of a QuerySet, some hundred at a time."""
    pks = sorted(things.values_list("pk", flat=True).distinct())
    return [pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)]


@transaction.atomic
def put(kind, pks, entries):
    """Of these things, leave none but these entries in the index."""
    search.remove(kind, {*pks} - {entry.object_id for entry in entries})
    search.index(kind, entries)


def rebuild_posts(done=lambda count: None):
    """Index all posts again; calls `done` with their number, returns how many were dropped."""
    index_posts(Post.objects.all())
    done(Post.objects.count())
    return search.remove_all_but(POST, Post.objects.public().values("pk"))


def rebuild_members(done=lambda count: None):
    """The same for members without a listing."""
    index_members(Membership.objects.all())
    done(alone().count())
    return search.remove_all_but(MEMBER, alone().values("pk"))


def post_entry(post):
    """The words of one post: whose it is counts most, then what it tells."""
    place = post.listing.commune if post.listing else post.membership and post.membership.commune
    tags = [item.tag for item in post.tag_items.all()]
    return search.Entry(
        object_id=post.pk,
        title=[post.by],
        body=[
            post.text,
            *(text for tag in tags for text in (tag.name, tag.synonyms)),
            place.name if place else "",
        ],
    )


def member_entry(member):
    """The words of one member: name and trade count most, then their own words and the commune."""
    return search.Entry(
        object_id=member.pk,
        title=[member.holder, *(member.trade.words if member.trade else ())],
        body=[member.story, member.commune.name if member.commune else ""],
    )
