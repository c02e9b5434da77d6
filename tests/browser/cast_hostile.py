"""A site whose collected publications are all hostile: `python -m tests.browser.cast_hostile`.

Each payload stands in every field of a publication, once as the collector keeps it and once as it
came, since what is in the database is never believed either. Prints the addresses to look at as
JSON, by name.
"""

import itertools
import json
from datetime import timedelta

import django
from django.utils import timezone

TAG, PASSWORD, OWNER = "epreuve", "le four chauffe au bois", "epreuve@example.org"
CALL = "alert(document.domain)"
# What holds the call, and what breaks out of where a text might stand.
RUNS = [
    f"<script>{CALL}</script>",
    f"<script/x>{CALL}//",
    f"<img src=x:y onerror={CALL}>",
    f"<svg/onload={CALL}>",
    f"<svg><script xlink:href='data:,{CALL}'></script></svg>",
    f"<svg><set onbegin={CALL} attributeName=x>",
    f"<math><mi><style><!--</style><img src=x:y onerror={CALL}>--></style>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src=javascript:{CALL}></iframe>",
    f"<object data='data:text/html,<script>{CALL}</script>'></object>",
    f"<details open ontoggle={CALL}>x</details>",
    f"<input autofocus onfocus={CALL}>",
    f"<video src=x:y onerror={CALL}></video>",
    f"<body onpageshow={CALL}>",
    f"<x-y style='animation:x' onanimationstart={CALL}>",
    f"<a href='javascript:{CALL}' autofocus tabindex=0 onfocus={CALL}>x</a>",
    f"<a href='JaVa&#9;Script&colon;{CALL}'>x</a>",
    f"<p popover id=q onbeforetoggle={CALL}>x</p><button popovertarget=q>x</button>",
    f"<template shadowrootmode=open><script>{CALL}</script></template>",
    f"<base href='https://x.example/'><link rel=stylesheet href=//x.example/a.css>{CALL}",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<form action=javascript:{CALL}><button autofocus>x</button></form>",
    f"javascript:{CALL}",
    f"https://x.example/'onmouseover='{CALL}",
]
BREAKS = [
    "{}",
    '">{}',
    "'>{}",
    "</title></style></textarea>{}",
    "</script>{}",
    "-->{}<!--",
    "]]>{}",
    "&lt;{}",
    "\u2028{}\x00",
    "}}}}{{{{{}",
    "`{}`",
]


def payloads():
    """Every call in every way out, a few hundred."""
    return [out.format(run) for run, out in itertools.product(RUNS, BREAKS)]


def fill():
    """Make everything; returns {name: path}."""
    from django.urls import reverse

    from directory.models import ListingManager
    from home.models import SiteSettings, User
    from label.models import Item
    from tests import factories as base
    from tests.label import factories

    SiteSettings.objects.update_or_create(defaults={"hashtags": TAG, "contact_email": "a@b.fr"})
    owner = User.objects.create_superuser(OWNER, PASSWORD, display_name="Épreuve")
    listing = base.listing("Épreuve", slug="epreuve", category="ceramiste")
    ListingManager.objects.create(user=owner, listing=listing)
    member = factories.member(listing, user=owner, slug="epreuve")
    factories.production("Tout", slug="tout", tags=[TAG])
    collect(listing, member)
    keep_as_they_came(listing)
    shown = Item.objects.public().count()
    waiting = Item.objects.waiting().values_list("pk", flat=True)
    changed = Item.objects.filter(changed_at__isnull=False).values_list("pk", flat=True)
    cases = [*waiting[::40], *changed[::60]]
    pages = {f"wall {page}": f"/mur/?page={page}" for page in range(1, shown // 12 + 2)}
    pages |= {f"case {pk}": reverse("label_admin:item", args=[pk]) for pk in cases}
    pages |= {
        "home": "/",
        "embedded": "/embed/mur?nombre=24",
        "embedded, a tag": f"/embed/mur?nombre=24&etiquette={TAG}",
        "made here": "/fait-ici/tout/",
        "made here, more": "/fait-ici/tout/?page=9",
        "hashtag": f"/label/mots/{TAG}/",
        "listing": "/annuaire/fiche/epreuve/",
        "member": "/label/membres/epreuve/",
        "take down": f"/mur/{Item.objects.public().first().pk}/retirer/",
        "space": "/mon-espace/",
        "own publications": "/mon-espace/publications/",
        "queue": "/gestion/annuaire/demandes/?genre=collectee",
        "queue, handled": "/gestion/annuaire/demandes/?etat=traitees",
        "sources": "/gestion/label/sources/",
        "health": "/gestion/label/sources/sante/",
        "search": "/recherche/?q=alert",
    }
    return pages


def collect(listing, member):
    """Let the collector keep them, of a source that is published unread and of one that is not."""
    from label.collecting import storing, wanted
    from label.collecting.entries import Entry, Picture
    from label.models import Source

    now = timezone.now()
    for trusted, host in ((True, "sur.example"), (False, "inconnu.example")):
        source = Source.objects.create(
            kind=Source.Kind.FEED,
            address=f"https://{host}/",
            url=f"https://{host}/flux",
            title=payloads()[0][:200],
            listing=listing if trusted else None,
            membership=member if trusted else None,
            consent=Source.Consent.GIVEN,
            consent_note=payloads()[2][:200],
            trusted=trusted,
            everything=True,
            last_error=payloads()[3],
        )
        entries = [
            Entry(
                guid=f"{number} {payload}",
                url=f"https://{host}/{number}?{payload}",
                canonical=f"https://{host}/{number}",
                html=f"<p>{payload}</p>{payload}",
                title=payload,
                author=payload,
                author_url=f"https://{host}/@{payload}" if number % 2 else payload,
                network=payload,
                published=now - timedelta(minutes=number),
                tags=(TAG, payload),
                pictures=(Picture(f"https://{host}/{payload}", payload),),
                licence=payload,
                original=payload,
            )
            for number, payload in enumerate(payloads())
        ]
        today = wanted.words()
        for start in range(0, len(entries), 50):
            ready = storing.prepare(source, entries[start : start + 50], today)
            storing.store(source, ready, today, now)


def keep_as_they_came(listing):
    """Nothing cleaned: as if the database itself had been written by a stranger."""
    from label.models import Item
    from tests.label import factories

    now = timezone.now()
    for number, payload in enumerate(payloads()):
        text = payload.replace("\x00", "")
        fields = dict.fromkeys(("network", "licence"), text[:40])
        factories.item(
            f"<p>{text}</p>{text}",
            TAG,
            canonical_uri=f"https://brut.example/{number}",
            url=f"javascript:alert({number})//{text}"[:500],
            author=text[:120],
            author_url=text[:500],
            title=text[:300],
            photo_alt=text[:500],
            original=text,
            reason=text,
            listing=listing if number % 3 else None,
            published_at=now - timedelta(hours=1, minutes=number),
            change={"title": text, "html": text, "url": text, "author": text} if number % 2 else {},
            changed_at=now if number % 2 else None,
            state=Item.State.HIDDEN if number % 8 == 2 else Item.State.PUBLISHED,
            taken_down_at=now if number % 8 == 2 else None,
            **fields,
        )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill()))
