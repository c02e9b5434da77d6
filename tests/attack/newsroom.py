"""Two magazines with a secret in each thing of theirs, and who may know it.

`cast()` makes the people: each by name, with the account of a role. Every secret is one word that
no French text holds; `SECRETS` says whose eyes it is for, whoever is not named is not meant.
"""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Comment, Site, UploadedFile

from directory.models import ListingRequest, Tombstone
from directory.moderation.volunteers import NAME as VOLUNTEERS
from home.models import Tag
from label.models import Claim, Fact, Item, Membership, Moment, Post, Source
from tests import factories as directory
from tests.label import factories as label
from tests.webmag import factories as webmag
from webmag.models import Application, EditorsReview, Role
from webmag.team import rights

ECHO_EDITOR, ECHO_WRITER = {"odile"}, {"odile", "paul"}
PANIER_EDITOR, PANIER_WRITER = {"zoe"}, {"zoe", "lucas"}
MODERATORS = {"moderator"}
# Everybody but « admin », who may see everything and shows that what is asked for is there.
PEOPLE = ("visitor", "account", "producer", "ines", "paul", "odile", "lucas", "zoe", "moderator")


def words(prefix, editors, writers):
    """The secrets of one magazine: {word: who may read it}."""
    of_writers = ("titre", "texte", "chapeau", "legende", "image", "alt", "credit", "note", "fil")
    of_writers += ("motif", "rature", "fichier")
    of_editors = ("envie", "voeu", "boite", "refus", "numero", "photo")
    return {
        **{f"zorg{prefix}{what}": writers for what in of_writers},
        **{f"zorg{prefix}{what}": editors for what in of_editors},
        # Volunteers tend the words that listings and articles have in common.
        f"zorg{prefix}sujet": writers | MODERATORS,
    }


SECRETS = {
    **words("echo", ECHO_EDITOR, ECHO_WRITER),
    **words("panier", PANIER_EDITOR, PANIER_WRITER),
    "zorgfiche": MODERATORS,
    "zorgetal": MODERATORS,
    "zorgetiquette": MODERATORS,
    "zorgdemande": MODERATORS,
    "zorgcourriel": MODERATORS,
    "zorgreponse": MODERATORS,
    "zorgtombe": MODERATORS,
    "zorgcharte": MODERATORS,
    "zorgmembre": MODERATORS,
    "zorgraison": MODERATORS,
    "zorggestion": MODERATORS,
    "zorgpublication": MODERATORS,
    "zorgsource": MODERATORS,
    "zorgcollecte": MODERATORS,
    "zorgmoment": MODERATORS,
    # Who asks to write shows their address to that magazine's editors, and to them only.
    "zorgcompte": {"account", "odile"},
    "zorgdenis": {"producer", "zoe"},
    # What somebody brings along from elsewhere is nobody else's, not even their editor's.
    "zorgreprise": {"paul"},
    "zorgplume": set(),
}


def cast():
    """Everybody, both magazines with their secrets, and the directory's."""
    echo = webmag.magazine("L’Écho", slug="echo", sections=["portraits"])
    panier = webmag.magazine("Le Panier", slug="panier", sections=["portraits"])
    people = {
        "visitor": None,
        "account": directory.user("zorgcompte@example.org", display_name="Compte"),
        "producer": directory.user("zorgdenis@example.org", display_name="Denis"),
        "moderator": directory.user("moderation@example.org", display_name="Modération"),
        "admin": directory.user("admin@example.org", is_superuser=True, is_staff=True),
    }
    for name, magazine, kind in (
        ("odile", echo, Role.Kind.EDITOR),
        ("paul", echo, Role.Kind.CONTRIBUTOR),
        ("ines", echo, Role.Kind.CONTRIBUTOR),
        ("zoe", panier, Role.Kind.EDITOR),
        ("lucas", panier, Role.Kind.CONTRIBUTOR),
    ):
        people[name] = directory.user(f"{name}@example.org", display_name=name.capitalize())
        rights.appoint(people[name], magazine, kind)
    people["moderator"].groups.add(Group.objects.get(name=VOLUNTEERS))
    webmag.author("Zorgplume")
    things = {
        **of_magazine(echo, "echo", people["paul"], people["odile"], people["account"]),
        **of_directory(),
        **of_label(),
        "people": people,
        "blog_import": webmag.blog_import("zorgreprise", people["paul"], echo),
        "echo": echo,
        "panier": panier,
    }
    of_magazine(panier, "panier", people["lucas"], people["zoe"], people["producer"])
    return SimpleNamespace(**things)


def of_magazine(magazine, prefix, writer, editor, reader):
    """What a magazine has that is not public."""

    def word(what):
        return f"zorg{prefix}{what}"

    photo = webmag.photo(
        word("image"),
        alt_text=word("alt"),
        credit=word("credit"),
        uploaded_by_user=writer,
        collection=magazine.photos,
    )
    webmag.photo(word("photo"), uploaded_by_user=editor, collection=magazine.photos)
    document = Document.objects.create(
        title=word("fichier"),
        file=ContentFile(b"%PDF-1.4", name="rien.pdf"),
        collection=magazine.photos,
        uploaded_by_user=writer,
    )
    draft = webmag.article(
        word("titre"),
        [("text", f"<p>{word('texte')}</p>"), ("photo", {"photo": photo.pk, "caption": "x"})],
        magazine=magazine,
        owner=writer,
        live=False,
        slug=f"{prefix}-secret",
        standfirst=word("chapeau"),
        main_image=photo,
        main_caption=word("legende"),
        tags=[word("sujet")],
    )
    Comment.objects.create(
        page=draft, user=editor, text=word("note"), contentpath="title", position=""
    ).replies.create(user=writer, text=word("fil"))
    public = webmag.article(
        f"Paru dans {magazine.title}", "Du fromage.", magazine=magazine, owner=writer
    )
    public.title = public.standfirst = word("rature")
    public.save_revision(user=writer)
    state = draft.get_workflow().start(draft, writer)
    state.current_task_state.reject(user=editor, comment=word("motif"))
    issue = webmag.issue("Numéro", [], magazine=magazine, slug=f"{prefix}-numero")
    issue.unpublish()
    issue.title = word("numero")
    issue.save()
    issue.save_revision()
    waiting = Application.objects.create(
        magazine=magazine, user=reader, name=word("voeu"), message=word("envie")
    )
    Application.objects.create(
        magazine=magazine,
        user=directory.user(f"{word('boite')}@example.org"),
        name=word("voeu"),
        message=word("envie"),
        answer=word("refus"),
        state=Application.State.REFUSED,
    )
    return {
        "photo": photo,
        "document": document,
        "draft": draft,
        "public": public,
        "issue": issue,
        "workflow_state": state,
        "application": waiting,
    }


def of_directory():
    """What only moderators know."""
    market = directory.listing("Marché zorgetal", kind="marche", live=False)
    listing = directory.listing("Ferme zorgfiche", live=False, tags=["zorgetiquette"])
    listing.latest_revision = listing.save_revision()
    request = ListingRequest.objects.create(
        listing=listing,
        listing_name="Ferme zorgfiche",
        kind="corriger",
        message="zorgdemande",
        email="zorgcourriel@example.org",
        answer="zorgreponse",
    )
    uploaded = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get(app_label="home", model="photo"),
        file=ContentFile(b"x", name="x.jpg"),
    )
    return {
        "market": market,
        "listing": listing,
        "request": request,
        "tombstone": Tombstone.objects.create(slug="zorgtombe", reason="partie"),
        "tag": Tag.objects.get(name="zorgetiquette"),
        "uploaded": uploaded,
    }


def of_label():
    """What waits for a moderator in the label, and a charter that nobody signs yet."""
    somebody = directory.user("potiere@example.org")
    charter = label.charter(title="zorgcharte", published_at=None)
    label.charter()
    waiting = label.member(
        holder="Poterie zorgmembre",
        state=Membership.State.WAITING,
        user=somebody,
        reason="zorgraison",
    )
    claim = Claim.objects.create(
        number="G-2026-1",
        user=somebody,
        listing=directory.listing("Poterie"),
        listing_name="Poterie",
        message="zorggestion",
        state=Claim.State.WAITING,
        submitted_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=30),
    )
    return {
        "charter": charter,
        "membership": waiting,
        "claim": claim,
        "fact": Fact.objects.create(listing=claim.listing, kind=Fact.Kind.CALL),
        "post": label.post("zorgpublication", state=Post.State.WAITING, author=somebody),
        "item": label.item("zorgcollecte", state=Item.State.WAITING),
        # Nobody listens at that port: a form that is sent is answered at once.
        "source": Source.objects.create(
            title="zorgsource", address="http://127.0.0.1:9/", url="http://127.0.0.1:9/"
        ),
        "moment": Moment.objects.create(
            tag="zorgmoment", since=timezone.localdate() + timedelta(days=30)
        ),
    }


def numbers(things):
    """What an address takes: the numbers of all these things, by name."""
    echo, draft = things.echo, things.draft
    found = {
        "revision": draft.latest_revision,
        "listing_revision": things.listing.latest_revision,
        "collection": echo.photos,
        "workflow": echo.get_workflow(),
        "task_state": things.workflow_state.task_states.first(),
        "task": EditorsReview.objects.get(groups=echo.editors),
        "redirect": Redirect.objects.create(old_path="/vieux", redirect_link="/"),
        "session": EditingSession.objects.create(
            user=things.people["paul"],
            content_type=ContentType.objects.get_for_model(draft),
            object_id=str(draft.pk),
            last_seen_at=timezone.now(),
        ),
        "category": directory.category(),
        "site": Site.objects.get(),
        "user": things.people["paul"],
        "group": echo.editors,
        "role": Role.objects.get(author__user=things.people["paul"]),
    }
    found |= {name: thing for name, thing in vars(things).items() if hasattr(thing, "pk")}
    block = draft.body.stream_block.child_blocks["photo"].definition_prefix
    return {name: thing.pk for name, thing in found.items()} | {"block": block}


def told_to(name, address, answer):
    """The secrets in an answer, headers and all, that this person is not meant to read."""
    body = b"" if answer.streaming else answer.content
    text = unquote(f"{answer.headers}{body.decode(errors='replace')}").casefold()
    return [
        word
        for word, people in SECRETS.items()
        if name not in people and word in text and word not in address
    ]
