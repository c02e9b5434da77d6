"""What /api/v1/articles asks and answers, in OpenAPI's words (directory/api/openapi.py)."""

from directory.api import openapi
from directory.api import parameters as limits
from directory.api.schemas import (
    ADDRESS,
    IMAGE,
    PAGE,
    SLUG,
    TEXT,
    WHOLE,
    WORDS,
    closed,
    described,
    list_of,
    rows,
)
from webmag.api.parameters import LONGEST_SLUG

PATH = "/api/v1/articles"

SCHEMAS = {
    "Article": closed(
        {
            "id": described("Le magazine et l’article : change si l’un est renommé.", TEXT),
            "slug": SLUG,
            "title": TEXT,
            "url": described("La page, avec le texte entier.", ADDRESS),
            "standfirst": described("Le chapeau.", TEXT),
            "excerpt": described("Le début du texte.", TEXT),
            "published_at": {"type": ["string", "null"], "format": "date-time"},
            "updated_on": described(
                "Le jour où le fond a changé.", {"type": ["string", "null"], "format": "date"}
            ),
            "minutes": described("Durée de lecture.", WHOLE),
            "magazine": closed({"slug": SLUG, "title": TEXT, "url": ADDRESS}),
            "section": described(
                "La rubrique.",
                {"oneOf": [closed({"name": TEXT, "slug": SLUG}), {"type": "null"}]},
            ),
            "authors": described(
                "Les signatures, dans l’ordre ; `part` dit pour quoi, vide : le texte.",
                rows({"slug": SLUG, "name": TEXT, "part": TEXT, "url": ADDRESS}),
            ),
            "communes": rows({"insee": TEXT, "name": TEXT}),
            "tags": WORDS,
            "listings": described("Le `slug` des fiches dont il parle.", WORDS),
            "image": IMAGE,
        }
    ),
    "Articles": closed(PAGE | {"items": list_of("Article")}),
}


SLUG_ASKED = {"type": "string", "maxLength": LONGEST_SLUG, "pattern": f"^{limits.SLUG}$"}
OPERATION = {
    "operationId": "articles",
    "summary": "Chercher des articles",
    "description": (
        "Les articles parus, les plus pertinents d’abord avec `q`, sinon les plus récents. Le "
        "texte entier est sur la page de chacun et dans les flux."
    ),
    "parameters": [
        openapi.WORDS_ASKED,
        openapi.parameter(
            "tag", "Une étiquette, avec ou sans #.", openapi.words(limits.LONGEST_NAME)
        ),
        openapi.parameter(
            "commune",
            "Code INSEE : les articles sur cette commune ; rien si elle n’existe pas.",
            {"type": "string", "pattern": f"^{limits.INSEE}$"},
        ),
        openapi.parameter(
            "magazine", "Le `slug` d’un magazine ; rien s’il n’existe pas.", SLUG_ASKED
        ),
        openapi.parameter("author", "Le `slug` d’un auteur ; rien s’il n’existe pas.", SLUG_ASKED),
        *openapi.paging("Articles"),
    ],
    "responses": {
        "200": openapi.good("Une page d’articles.", openapi.referred("Articles"), openapi.TYPE),
        "400": openapi.bad("Une valeur impossible, nommée dans `errors`."),
        **openapi.ALWAYS,
    },
}
PATHS = {PATH: {"get": OPERATION}}
