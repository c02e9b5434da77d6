"""/flux/fait-ici/… and /flux/mur…: what gathers somewhere, for feed readers."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.pictures import social_url, with_pictures
from home.xml_text import fit
from label import feed_items, gathering, page_rules
from label.models import Item, LocalProductionPage, Post
from label.post_text import as_html
from label.production_page import address
from webmag.feeds import content, writing
from webmag.feeds.formats import CONTENT_TYPES, FORMATS
from webmag.feeds.writing import Channel
from webmag.models import Article

TITLE_SIGNS = 80


@require_safe
def production(request, slug, form):
    """The newest that was told on a page."""
    page = get_object_or_404(LocalProductionPage.objects.public(), slug=slug)
    channel = Channel(page.title, address(page), page.standfirst)
    return answer(request, page_rules.published_rules_of(page), channel, form)


def answer(request, rules, channel, form):
    """The newest posts, articles and collected publications that meet these rules."""
    feed = FORMATS[form](
        title=fit(f"{channel.title}, {writing.site_title()}"),
        link=settings.SITE_URL + channel.page,
        description=fit(channel.about or channel.title),
        language="fr",
        feed_url=settings.SITE_URL + request.path,
        feed_guid=settings.SITE_URL + request.path.rpartition(".")[0],
        since=writing.LONG_AGO,
    )
    things = newest(rules)
    shown = [thing.photo_id for thing in things if getattr(thing, "photo_id", None)]
    photos = with_pictures(shown, "social")
    with content.loaded([thing for thing in things if isinstance(thing, Article)]):
        for thing in things:
            add(feed, thing, photos)
    return HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPES[form])


def add(feed, thing, photos):
    """Add one of these things, by its kind."""
    if isinstance(thing, Article):
        writing.add(feed, thing)
    elif isinstance(thing, Item):
        feed_items.add(feed, thing, photos.get(thing.photo_id))
    else:
        add_post(feed, thing, photos.get(thing.photo_id))


def newest(rules):
    """The newest of each kind as models, in their order."""
    lines = gathering.rows(gathering.lines, rules, slice(writing.MOST_ENTRIES))
    posts = Post.objects.public().select_related("listing", "membership")
    items = Item.objects.public().select_related("listing")
    found = {
        kind: things.in_bulk([number for kind_of, number, _ in lines if kind_of == kind])
        for kind, things in (
            (page_rules.POST, posts.prefetch_related("tags")),
            (page_rules.ARTICLE, Article.objects.public()),
            (page_rules.ITEM, items.prefetch_related("tags")),
        )
    }
    made = (found[kind].get(number) for kind, number, _ in lines)
    return [thing for thing in made if thing]


def add_post(feed, post, photo):
    """Add one post; its number stays its name."""
    who = post.by
    words = " ".join(post.text.split())
    beginning = words if len(words) <= TITLE_SIGNS else f"{words[:TITLE_SIGNS]}…"
    day = timezone.localdate(post.published_at)
    feed.add_item(
        title=fit(f"{who} : {beginning}" if who else beginning),
        link=settings.SITE_URL + post.get_absolute_url(),
        description=fit(words),
        unique_id=f"tag:{settings.SITE_HOST},{day:%Y-%m-%d}:publication/{post.pk}",
        unique_id_is_permalink=False,
        pubdate=post.published_at,
        updateddate=post.published_at,
        categories=sorted(fit(tag.name) for tag in post.tags.all()),
        names=[fit(who)] if who else [],
        content=fit(as_html(post.text).replace('href="/', f'href="{settings.SITE_URL}/')),
        picture=settings.SITE_URL + social_url(photo) if photo else "",
    )
