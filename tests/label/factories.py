"""Small makers of charters, members and posts for tests."""

from itertools import count

from django.utils import timezone

from home.models import HomePage
from label.models import (
    Charter,
    Item,
    LocalProductionIndex,
    LocalProductionPage,
    Membership,
    Post,
)

numbers = count(1)


def charter(**fields):
    """A published version of the charter."""
    fields.setdefault("title", "La charte")
    fields.setdefault("text", "<p>Fait ici, par nous.</p>")
    fields.setdefault("published_at", timezone.now())
    return Charter.objects.create(**fields)


def member(listing=None, **fields):
    """An accepted member, with a listing or without."""
    number = next(numbers)
    fields.setdefault("holder", listing.name if listing else f"Atelier no {number}")
    fields.setdefault("slug", f"membre-{number}")
    fields.setdefault("state", Membership.State.ACTIVE)
    fields.setdefault("since", timezone.localdate())
    fields.setdefault("charter", Charter.objects.current() or charter())
    return Membership.objects.create(listing=listing, **fields)


def post(text="Four ouvert samedi #mis78", *tags, **fields):
    """A published post with these tags."""
    fields.setdefault("state", Post.State.PUBLISHED)
    fields.setdefault("published_at", timezone.now())
    made = Post.objects.create(text=text, **fields)
    made.tags.add(*tags)
    return made


def made_here():
    """The page above all local-production pages; one for the site."""
    found = LocalProductionIndex.objects.first()
    home = HomePage.objects.get()
    return found or home.add_child(instance=LocalProductionIndex(title="Fait ici"))


def production(title="Poterie d’ici", live=True, **rules):
    """A local-production page with these rules: tags, categories, communes, since, until."""
    many = {name: rules.pop(name, ()) for name in ("tags", "categories", "communes")}
    page = LocalProductionPage(title=title, live=live, **rules)
    page.tags.add(*many["tags"])
    page.categories = many["categories"]
    page.communes = many["communes"]
    made_here().add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return LocalProductionPage.objects.get(pk=page.pk)


def item(html="<p>Four ouvert samedi</p>", *tags, **fields):
    """A published collected publication with these tags."""
    number = next(numbers)
    fields.setdefault("url", f"https://reseau.example/@zelie/{number}")
    fields.setdefault("canonical_uri", fields["url"])
    fields.setdefault("state", Item.State.PUBLISHED)
    fields.setdefault("network", "Mastodon")
    fields.setdefault("author", "Zélie")
    fields.setdefault("author_url", "https://reseau.example/@zelie")
    made = Item.objects.create(html=html, digest=str(number), **fields)
    made.tags.add(*tags)
    return made
