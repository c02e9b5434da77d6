"""What residents type, and which listings answer: the same on SQLite and PostgreSQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Listing
from directory.search.indexing import KIND
from home.search import find
from tests import factories

# name, category, products, commune, summary
CORPUS = [
    ("Chèvrerie du Perray", "fromager-fermier", ["chèvre frais"], "Rambouillet", ""),
    ("Crémerie des Halles", "cremerie", [], "Dourdan", "Beurre cru et fromages affinés."),
    ("Laiterie de la Rémarde", "laiterie", ["yaourts"], "Limours", ""),
    ("Les Œufs de Léa", "oeufs", [], "Houdan", "Poules en plein air."),
    ("Ferme du Chêne", "maraicher", ["tomates", "poireaux"], "Limours", ""),
    ("Le Potager d’Élise", "maraicher", ["salades"], "Saint-Arnoult-en-Yvelines", ""),
    ("Verger Saint-Éloi", "arboriculteur", ["pommes"], "Dourdan", "Jus et cidre."),
    ("Boulangerie Morel", "boulangerie", [], "Rambouillet", "Pain au levain."),
    ("Le Fournil des Vaux", "paysan-boulanger", ["farine"], "Limours", ""),
    ("Pâtisserie Vidal", "patisserie", [], "Rambouillet", "Gâteaux sur commande."),
    ("Rucher de l’Yvette", "apiculteur", ["miel de tilleul"], "Limours", ""),
    ("Brasserie de la Forêt", "brasserie", [], "Rambouillet", "Bières à la pression."),
    ("Cave Bertin", "caviste", [], "Houdan", "Vins du Val de Loire."),
    ("Volailles de Houdan", "volailler", [], "Houdan", ""),
    ("Élevage des Bordes", "eleveur", ["colis de bœuf"], "Dourdan", ""),
    ("Boucherie Caron", "boucherie", [], "Dourdan", ""),
    ("Écuries du Parc", "magasin-de-producteurs", [], "Rambouillet", "Promenades à cheval."),
    ("Atelier Terre Rouge", "ceramiste", ["bols"], "Rambouillet", ""),
    ("Bijoux Solène", "bijoutier", [], "Dourdan", ""),
    ("Savonnerie Claire", "savons", [], "Limours", "Au lait de chèvre."),
    ("Cycles Pasquier", "velos", [], "Rambouillet", ""),
    ("Librairie du Donjon", "librairie", [], "Houdan", ""),
    ("Fleurs de Mai", "fleuriste", [], "Dourdan", ""),
    ("Auberge du Donjon", "restaurant", [], "Houdan", "Fromages de la région."),
    ("Marché de Rambouillet", "marche", [], "Rambouillet", ""),
]


@pytest.fixture
def corpus(categories):
    """Twenty-five listings of five communes."""
    for name, category, products, commune, summary in CORPUS:
        factories.listing(
            name,
            category=category,
            products=products,
            commune=commune,
            postal_code=factories.commune(commune).postal_codes,
            summary=summary,
        )


def names(question):
    """The names of what is found, best first."""
    found = find(KIND, question)
    return [one.name for one in Listing.objects.search(found).best_first(found)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # Synonyms of trades bring « chèvre », « fromage » and « fromagerie » to the same door.
        ("chèvre", {"Chèvrerie du Perray", "Savonnerie Claire"}),
        (
            "fromage",
            {
                "Chèvrerie du Perray",
                "Crémerie des Halles",
                "Laiterie de la Rémarde",
                "Auberge du Donjon",
            },
        ),
        ("fromagerie", {"Chèvrerie du Perray", "Crémerie des Halles"}),
        # Accents, ligatures, case, plurals, elisions.
        ("CHEVRE FRAIS", {"Chèvrerie du Perray"}),
        ("oeuf fermier", {"Les Œufs de Léa"}),
        ("vélo", {"Cycles Pasquier"}),
        ("bijou", {"Bijoux Solène"}),
        ("chevaux", {"Écuries du Parc"}),
        ("poireau", {"Ferme du Chêne"}),
        ("le pain d’Élise", set()),
        ("potager d'elise", {"Le Potager d’Élise"}),
        ("st eloi", {"Verger Saint-Éloi"}),
        # All words must be held, wherever they stand.
        ("fromage dourdan", {"Crémerie des Halles"}),
        ("miel 91470", {"Rucher de l’Yvette"}),
        # The beginning of the last word.
        ("boulang", {"Boulangerie Morel", "Le Fournil des Vaux"}),
        ("marché rambouil", {"Marché de Rambouillet"}),
        # Typing errors.
        ("fromgaerie", {"Chèvrerie du Perray", "Crémerie des Halles"}),
        ("boulengerie", {"Boulangerie Morel"}),
        ("maréchage", {"Ferme du Chêne", "Le Potager d’Élise"}),
        ("librérie", {"Librairie du Donjon"}),
        ("restorant", {"Auberge du Donjon"}),
        ("potterie", {"Atelier Terre Rouge"}),
    ],
)
def test_a_question_finds(corpus, question, expected):
    found = find(KIND, question)
    if expected:
        assert not found.partial
        assert set(names(question)) == expected
    else:
        assert found.partial


def test_a_correction_is_told(corpus):
    assert find(KIND, "fromgae Rambouillet").corrected == "fromage Rambouillet"
    assert find(KIND, "l’apiculturr").corrected == "l’apiculture"
    assert find(KIND, "fromage").corrected == ""
    assert find(KIND, "froma").corrected == ""


def test_a_postal_code_is_never_corrected(corpus):
    found = find(KIND, "miel 91471")
    assert found.corrected == ""
    assert found.partial


def test_the_title_counts_more_than_the_text(corpus):
    assert names("chèvre") == ["Chèvrerie du Perray", "Savonnerie Claire"]
    assert names("fromage")[-1] == "Auberge du Donjon"


def test_what_holds_most_of_the_words_stands_in_where_nothing_holds_them_all(corpus):
    found = find(KIND, "miel tilleul Houdan xyzxyz")
    assert found.partial
    assert found.corrected == ""
    assert names("miel tilleul Houdan xyzxyz") == ["Rucher de l’Yvette"]


def test_nothing_is_found_where_no_word_is_known(corpus):
    assert names("xyzxyz qqqqqq") == []
    assert names("!?*") == []
    assert find(KIND, "!?*").asked == "!?*"


def test_nothing_asked_is_no_filter(corpus):
    assert Listing.objects.search("  \x00 ").count() == len(CORPUS)


def test_search_goes_with_other_filters_and_orders(corpus):
    found = find(KIND, "fromage")
    near = Listing.objects.public().search(found).within(48.6444, 1.8308, 40).nearest_first()
    assert near[0].name == "Chèvrerie du Perray"
    assert near.count() == 4
    cremerie = factories.category("cremerie")
    assert Listing.objects.search(found).in_category(cremerie).count() == 1


def test_unpublished_listings_are_never_found(corpus):
    Listing.objects.get(name="Cycles Pasquier").unpublish()
    assert names("vélo") == []


def test_a_draft_is_not_found_before_it_is_published(corpus):
    listing = Listing.objects.get(name="Cycles Pasquier")
    listing.description = "Monocycles de cirque."
    listing.save_revision()
    assert "Cycles Pasquier" not in names("monocycle")

    listing.latest_revision.publish()
    assert names("monocycle") == ["Cycles Pasquier"]


HOSTILE = [
    '"',
    "'",
    '" OR 1=1 --',
    "AND OR NOT NEAR",
    "fromage AND",
    "NEAR(fromage, 2)",
    "title:fromage",
    "from*",
    "* - ^ ( ) : {",
    "\\' & | ! <->",
    "fromage\x00chèvre",
    "🧀🧀🧀",
    "é" * 10_000,
    "fromage " * 2_000,
    " ".join(f"mot{n}" for n in range(2_000)),
    "\u202e\ufeff\ud7ff",
    "ﷺ" * 200,
    "漢字 кириллица עברית",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_are_words_or_nothing(corpus, question):
    found = find(KIND, question)
    assert len(found.asked) <= 1000
    assert len(found.terms) <= 12
    Listing.objects.search(found).best_first(found).count()
    list(Listing.objects.search(found).best_first(found)[:5])


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.characters(exclude_categories=[])) | st.text("\"'*:-^()&|!<>\\ aeor\x00"))
def test_any_question_is_answered(corpus, question):
    found = find(KIND, question)
    list(Listing.objects.search(found).best_first(found)[:5])


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 3, 30])
def test_the_nearest_are_those_of_the_whole_circle(most):
    for number in range(20):
        # Half of them in the town, the others further and further out, some beyond the circle.
        step = 0.002 * number if number < 10 else 0.02 * number
        factories.listing(f"Ferme {number}", lat=48.6444 + step, lng=1.8308 + step / 2)
    everything = Listing.objects.public()
    circle = everything.within(48.6444, 1.8308, 25).nearest_first()
    found = everything.nearest(48.6444, 1.8308, 25, most)
    assert found == list(circle.values_list("pk", flat=True)[:most])
    assert len(found) == min(most, circle.count()) and circle.count() < 20
