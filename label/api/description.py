"""What /api/v1/items asks and answers, in OpenAPI's words (directory/api/openapi.py)."""

from directory.api import openapi
from directory.api import parameters as limits
from directory.api.schemas import ADDRESS, COUNT, MAYBE_TEXT, TEXT, WORDS, closed, described, rows
from webmag.api.description import words

PATH = "/api/v1/items"
WHOLE = {"type": "integer", "minimum": 1}
MAYBE_ADDRESS = {"type": ["string", "null"], "format": "uri"}

SCHEMAS = {
    "Item": closed(
        {
            "id": described("Ne change jamais.", WHOLE),
            "url": described("L’original, là où il a été écrit : c’est lui qu’il faut lier.", TEXT),
            "title": described("Vide quand il n’y en a pas.", TEXT),
            "excerpt": described("Le début du texte.", TEXT),
            "author": described("Comme il signe là-bas.", TEXT),
            "author_url": MAYBE_TEXT,
            "network": TEXT,
            "published_at": {"type": "string", "format": "date-time"},
            "licence": described("Celle que l’auteur a choisie ; nul : tous droits.", MAYBE_TEXT),
            "tags": WORDS,
            "listing": described("Le `slug` de sa fiche ici.", MAYBE_TEXT),
            "image": {
                "oneOf": [
                    closed(
                        {
                            "url": ADDRESS,
                            "width": WHOLE,
                            "height": WHOLE,
                            "alt": TEXT,
                            "credit": TEXT,
                        }
                    ),
                    {"type": "null"},
                ]
            },
            "remove_url": described("Où son auteur la fait retirer.", ADDRESS),
        }
    ),
    "Items": closed(
        {
            "numberMatched": described("Toutes pages comprises.", COUNT),
            "numberReturned": described("Dans cette page.", COUNT),
            "next": described("L’adresse de la page suivante.", MAYBE_ADDRESS),
            "links": rows({"rel": TEXT, "type": TEXT, "href": ADDRESS}),
            "attribution": described("Le nom à citer.", TEXT),
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
        }
    ),
}
OPERATION = {
    "operationId": "items",
    "summary": "Chercher des publications venues d’ailleurs",
    "description": (
        "Ce qui porte nos mots-dièse sur d’autres sites, avec l’accord de qui l’a écrit ou après "
        "lecture : les plus pertinentes d’abord avec `q`, sinon les plus récentes. Le texte entier "
        "est à l’adresse de chacune."
    ),
    "parameters": [
        openapi.parameter(
            "q", "Des mots, accents et fautes de frappe pardonnés.", words(limits.LONGEST_WORDS)
        ),
        openapi.parameter("tag", "Un mot-dièse, avec ou sans #.", words(limits.LONGEST_NAME)),
        openapi.parameter(
            "page",
            "À partir de 1.",
            {"type": "integer", "minimum": 1, "maximum": limits.LAST_PAGE, "default": 1},
        ),
        openapi.parameter(
            "limit",
            "Publications par page.",
            {"type": "integer", "minimum": 1, "maximum": limits.MOST, "default": limits.USUAL},
        ),
    ],
    "responses": {
        "200": openapi.good("Une page de publications.", openapi.referred("Items"), openapi.TYPE),
        "400": openapi.bad("Une valeur impossible, nommée dans `errors`."),
        **openapi.ALWAYS,
    },
}
PATHS = {PATH: {"get": OPERATION}}
