"""What templates of any room show of posts and of what gathers on local-production pages."""

from django import template
from django.urls import reverse
from django.utils.timezone import localdate

from home.prepared import Prepared
from home.versions import remembered, remembered_by
from label import gathering, item_cards, page_rules, post_cards, production_page, structured_data
from label.item_text import absolute, in_words
from label.models import Item, Post
from webmag.templatetags.webmag_tags import is_preview, once, page_asked

register = template.Library()
# What strangers wrote: on one line without marks, and addresses of other sites only.
register.filter("en_mots", in_words)
register.filter("ailleurs", absolute)
OF_LISTING, OF_MEMBER, LATEST = 4, 6, 3
SIGNS_IN_LISTS = 280
TOLD = Post.objects.public().newest_first().values_list(*post_cards.COLUMNS)
TOLD_BY_LISTING = Prepared(lambda listing: TOLD.of_listing(listing)[:OF_LISTING])
TOLD_BY_MEMBER = Prepared(lambda member, listing: TOLD.of_member(member, listing)[:OF_MEMBER])


@register.simple_tag
def post_card(card, level="h3"):
    """One post in a list."""
    return post_cards.markup(card, "post", level)


@register.simple_tag
def own_post(card):
    """One post on the page of whose it is."""
    return post_cards.markup(card, "own_post", "")


@register.inclusion_tag("label/_posts.html")
def posts_of_listing(listing):
    """The newest posts of a listing, for its page."""
    if not listing.pk or not listing.has_posts:
        return {}

    def told():
        return post_cards.bare(TOLD_BY_LISTING.rows(listing.pk))

    return {"posts": remembered_by(listing.pk, "posts of listing", told)}


@register.inclusion_tag("label/_posts.html")
def posts_of_member(member):
    """The newest posts of a member, for their page."""
    if not member.pk:
        return {}

    def told():
        return post_cards.bare(TOLD_BY_MEMBER.rows(member.pk, member.listing_id))

    return {"posts": remembered_by((member.pk, member.listing_id), "posts of member", told)}


@register.inclusion_tag("label/_items.html")
def items_of_listing(listing):
    """The newest publications elsewhere of a listing, for its page."""
    if not listing.pk or not listing.has_posts:
        return {}
    feed = reverse("wall_feed_producer", args=[listing.slug, "rss"])

    def told():
        return _items(Item.objects.public().of_listing(listing), OF_LISTING)

    return remembered_by((listing.pk, localdate()), "items of listing", told) | {"feed": feed}


@register.inclusion_tag("label/_items.html")
def items_of_member(member):
    """The newest publications elsewhere of a member, for their page."""
    if not member.pk:
        return {}

    def told():
        return _items(Item.objects.public().of_member(member), OF_MEMBER)

    key = member.pk, member.listing_id, localdate()
    return {**remembered_by(key, "items of member", told)}


def _items(items, most):
    return {"items": item_cards.make(items.newest_first()[:most], SIGNS_IN_LISTS)}


@register.simple_tag
def lately_gathered():
    """The newest posts and articles with the label's hashtag, for `_wall.html`."""

    def newest():
        label = page_rules.hashtag()
        return gathering.newest(page_rules.Rules(tags=(label,)), LATEST) if label else []

    return remembered("lately gathered", newest)


@register.simple_tag(takes_context=True)
def shown_production(context, page):
    """What a local-production page shows; for its page and for the editor's preview."""
    request = context.get("request")
    view = request.GET.get("vue", "") if request else ""
    return once(
        context,
        page,
        lambda: production_page.shown(page, page_asked(context), view, is_preview(context)),
    )


@register.simple_tag
def production_pages():
    """All local-production pages: title, address, standfirst, picture."""
    return remembered("production pages", production_page.every_page)


@register.simple_tag
def production_data(page, seen):
    """A local-production page as JSON-LD."""
    return structured_data.page_json(page, seen)


@register.simple_tag
def productions_data(page, lines):
    """The list of all local-production pages as JSON-LD."""
    return structured_data.index_json(page, lines)
