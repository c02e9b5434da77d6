"""The demo's local-production pages, and what people tell in a few words."""

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html

from config.demo.loading import read
from directory.models import Category, Listing, ListingManager
from home.models import HomePage
from label.models import LocalProductionIndex, LocalProductionPage, Membership, Post

# In the late afternoon, when the stall is folded up.
HOURS_AGO = 3


@transaction.atomic
def load_pages(photos):
    """Make the page of all pages and those below it; returns how many."""
    told = read("made_here.json")
    index = LocalProductionIndex(title=told["title"], standfirst=told["standfirst"])
    HomePage.objects.get().add_child(instance=index)
    for row in told["pages"]:
        page = LocalProductionPage(
            title=row["title"],
            slug=row["slug"],
            standfirst=row["standfirst"],
            search_description=row["standfirst"],
            cover=photos.get(row["cover"]),
            body=json.dumps(list(blocks(row["body"]))),
        )
        page.tags.add(*row.get("tags", ()))
        page.categories = list(Category.objects.filter(slug__in=row["categories"]))
        index.add_child(instance=page)
        page.save_revision().publish()
    return len(told["pages"])


def blocks(body):
    """Paragraphs and quotes as a page's body keeps them."""
    for kind, words in body:
        quoted = {"text": words, "author": ""}
        yield {
            "type": kind,
            "value": quoted if kind == "quote" else format_html("<p>{}</p>", words),
        }


@transaction.atomic
def load_posts(photos):
    """Make the posts, as members who wrote them; returns how many."""
    now = timezone.now()
    rows = read("posts.json")
    for row in rows:
        listing = Listing.objects.filter(slug=row.get("listing")).first()
        whose = {"listing": listing} if listing else {"holder": row.get("member")}
        when = now - timedelta(days=row["days"], hours=HOURS_AGO)
        state = row.get("state", Post.State.PUBLISHED)
        Post.objects.create(
            listing=listing,
            membership=Membership.objects.current().filter(**whose).first(),
            text=row["text"],
            photo=photos.get(row["photo"]),
            state=state,
            created_at=when,
            published_at=when if state == Post.State.PUBLISHED else None,
        )
    return len(rows)


def join(people):
    """Give people of the demo what they wrote and look after; `people` is {e-mail: person}."""
    for row in read("posts.json"):
        person = people.get(row.get("by"))
        listing = Listing.objects.filter(slug=row.get("listing")).first()
        if person and listing:
            ListingManager.objects.get_or_create(user=person, listing=listing)
            listing.posts.filter(text=row["text"]).update(author=person)
