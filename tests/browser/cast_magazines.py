"""What the browser's site holds of magazines: two of them, an issue, articles with and without
pictures, one for each reason. Called by `cast.fill`, once there are listings."""

TEXT = (
    "Il est six heures et la cour est encore noire. Odile pousse la porte de la fromagerie, "
    "allume, écoute : les chèvres ont entendu. « Elles savent l’heure mieux que moi », dit-elle. "
    "Sur les claies, deux cents fromages attendent leur jour ; les plus jeunes ont encore la "
    "couleur du lait, les plus vieux celle du calcaire. On les retourne un par un, à la main, "
    "comme on tourne des pages."
)
STANDFIRST = (
    "Deux cents fromages, quarante chèvres, une seule paire de mains : un matin à la chèvrerie, "
    "avant que le marché n’ouvre."
)
FILLERS = 13


def fill(photo):
    """Make everything; `photo` makes one of the demo's drawings by its name."""
    from directory.models import Listing
    from tests import factories as base
    from tests.webmag import factories

    shown = [photo(name) for name in ("fromager", "marche", "boulanger")]
    magazine = factories.magazine(
        "Le Bissac",
        slug="le-bissac",
        sections=["Portraits", "À table"],
        line="Ce que l’on rapporte des fermes, des fournils et des ateliers, chaque semaine.",
        colour="brique",
        about="<p>Une dizaine de bénévoles, un carnet, des bottes. Nous allons voir.</p>",
        cover=shown[1],
    )
    other = factories.magazine("La Pierre Sèche", slug="la-pierre-seche", colour="ciel")
    odile = factories.author(
        "Odile Marchais", about="Elle écrit tôt le matin, et cuisine le reste du temps."
    )
    odile.covers.add(base.commune("Dourdan"))
    paul = factories.author("Paul Rouvre", photo=shown[2])
    magazine.team.create(author=odile, kind="redaction")
    magazine.team.create(author=paul)
    full = factories.article(
        "Un matin à la chèvrerie, avant le marché",
        [
            ("text", f"<p>{TEXT}</p><p>{TEXT}</p>"),
            ("heading", "Retourner, saler, attendre"),
            ("text", f"<p>{TEXT}</p><ul><li>lait cru</li><li>sel gris</li></ul><p>{TEXT}</p>"),
        ],
        magazine=magazine,
        by=[odile, paul],
        slug="un-matin-a-la-chevrerie",
        standfirst=STANDFIRST,
        main_image=shown[0],
        main_caption="Les claies, un mardi de novembre.",
        section=magazine.sections.get(name="Portraits"),
        tags=["fromage", "mis78"],
        communes=[base.commune("Dourdan")],
        listings=list(Listing.objects.filter(slug="fiche-complete")),
    )
    bare = factories.article(
        "Petite brève sans image",
        TEXT,
        magazine=other,
        slug="petite-breve",
        tags=["fromage"],
    )
    fillers = [
        factories.article(
            f"Carnet de saison no {number + 1}",
            TEXT,
            magazine=magazine,
            by=paul,
            standfirst="Ce qui pousse, ce qui mûrit, ce qui se vend cette semaine.",
            main_image=shown[number % 3] if number % 4 else None,
            communes=[base.commune("Dourdan")],
        )
        for number in range(FILLERS)
    ]
    first = {"number": 1, "slug": "numero-1", "cover": shown[2]}
    factories.issue("Le pain", fillers[:2], magazine=magazine, **first)
    factories.issue(
        "Le temps du lait",
        [full, *fillers[2:4]],
        magazine=magazine,
        number=2,
        slug="numero-2",
        cover=shown[0],
        editorial="<p>Ce numéro sent l’étable et le sel. Bonne lecture.</p>",
        signed_by="Odile Marchais",
    )
    return full, bare
