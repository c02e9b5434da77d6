"""The label in the browser's site: a charter in two versions, members with and without listing."""

from datetime import timedelta

from django.utils import timezone

CODE, REVOKED, ENDED = "D2C5E6H8KV", "D2C5E6H8KW", "D2C5E6H8KX"


def fill():
    """Two charters; a member of the full listing, one without listing, some who are gone."""
    from directory.models import Category, Commune, Listing
    from label.models import Charter, Fact, Membership
    from tests.label import factories

    State = Membership.State
    today = timezone.localdate()
    Charter.objects.create(
        title="La charte",
        promises="Je fais moi-même.",
        text="<p>Comme avant.</p>",
        published_at=timezone.now() - timedelta(days=900),
    )
    factories.charter(
        promises="Je produis ou je fabrique moi-même.\nJe dis d’où vient le reste.",
        text="<h2>Fait par moi</h2><p>Ce que je montre, je l’ai fait.</p><ul><li>Ici.</li></ul>",
    )
    full = Listing.objects.get(slug="fiche-complete")
    long_ago = today - timedelta(days=700)
    factories.member(full, slug="fournil", code=CODE, since=long_ago, story="Du blé.\n\nDu bois.")
    for kind, days, detail in (("marche", 20, "marché du Samedi"), ("visite", 600, "au fournil")):
        Fact.objects.create(listing=full, kind=kind, on=today - timedelta(days=days), detail=detail)
    factories.member(
        slug="reliures",
        holder="Reliures de la Sente",
        trade=Category.objects.get(slug="reparer-lire"),
        commune=Commune.objects.get(pk="78517"),
        story="Je recouds vos livres à la table du salon.",
        phone="06 39 98 51 20",
    )
    for slug in ("fiche-cachee", "fiche-maigre"):
        factories.member(Listing.objects.get(slug=slug), slug=slug)
    factories.member(slug="retiree", code=REVOKED, state=State.REVOKED, until=today)
    factories.member(slug="echue", code=ENDED, state=State.ENDED, until=long_ago)
