"""What /api/v1/items asks and answers, in OpenAPI's words (directory/api/openapi.py)."""

from directory.api import openapi
from directory.api import parameters as limits
from directory.api.schemas import (
    ADDRESS,
    IMAGE,
    MAYBE_TEXT,
    PAGE,
    TEXT,
    WHOLE,
    WORDS,
    closed,
    described,
    list_of,
)

PATH = "/api/v1/items"

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
            "image": IMAGE,
            "remove_url": described("Où son auteur la fait retirer.", ADDRESS),
        }
    ),
    "Items": closed(PAGE | {"items": list_of("Item")}),
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
        openapi.WORDS_ASKED,
        openapi.parameter(
            "tag", "Un mot-dièse, avec ou sans #.", openapi.words(limits.LONGEST_NAME)
        ),
        *openapi.paging("Publications"),
    ],
    "responses": {
        "200": openapi.good("Une page de publications.", openapi.referred("Items"), openapi.TYPE),
        "400": openapi.bad("Une valeur impossible, nommée dans `errors`."),
        **openapi.ALWAYS,
    },
}
PATHS = {PATH: {"get": OPERATION}}
