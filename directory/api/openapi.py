"""The OpenAPI 3.1 document of the API: what is asked, what is answered, within which limits.

https://spec.openapis.org/oas/v3.1.0; written as data, beside the views that it describes.
"""

from django.conf import settings

from directory.api import parameters as limits
from directory.api.schemas import SCHEMAS
from directory.models import Listing
from home.open_data import FOR_EVERYBODY, WINDOW_SECONDS, Rule
from home.templatetags.frame import site_settings

TYPE = "application/json"
VERSION = "1.0.0"
NO_NUL = r"^[^\u0000]*$"
# What other rooms answer to below /api/: {path: operations}, {name: schema}.
_more_paths, _more_schemas = {}, {}


def describe(paths, schemas):
    """Add to the document what another room answers; rooms call it when they are ready."""
    _more_paths.update(paths)
    _more_schemas.update(schemas)


def document():
    """The document, with the site's own name, address, licence and contact."""
    site = site_settings()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.site_name} : les données ouvertes",
            "version": VERSION,
            "description": (
                "Les fiches publiques de l’annuaire, les articles parus et les publications venues "
                "d’ailleurs, en lecture seule, sans clé ni cookie, depuis n’importe quel site "
                "(CORS). Un paramètre inconnu ou vide est ignoré, une valeur impossible répond "
                "400 en la nommant. Les données de l’annuaire sont sous licence "
                f"{site.data_licence} ; les sources de chaque fiche sont dites avec elle."
            ),
            "license": {"name": site.data_licence, "identifier": site.data_licence},
            **({"contact": {"email": site.contact_email}} if site.contact_email else {}),
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {
            "/api/v1/listings": {"get": listings()},
            "/api/v1/listings/{slug}": {"get": listing()},
            **_more_paths,
            "/api/v1/openapi.json": {"get": description()},
        },
        "components": {"schemas": SCHEMAS | _more_schemas, "headers": HEADERS},
    }


HEADERS = {
    "ETag": {
        "description": "À renvoyer dans If-None-Match : 304 tant que rien n’a changé.",
        "schema": {"type": "string"},
    },
    "CacheControl": {
        "description": f"« {FOR_EVERYBODY} », ou privé quand la question dit où l’on est.",
        "schema": {"type": "string"},
    },
    "AnyOrigin": {"schema": {"const": "*"}},
    "RetryAfter": {
        "description": "Secondes à attendre.",
        "schema": {"type": "integer", "minimum": 1, "maximum": WINDOW_SECONDS + 1},
    },
}


def referred(name, kind="schemas"):
    """A reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def headers(**more):
    """The headers of every answer, and others."""
    return {"Access-Control-Allow-Origin": referred("AnyOrigin", "headers")} | more


def good(text, schema, content_type):
    """An answer of a kind that is kept and asked again for."""
    return {
        "description": text,
        "headers": headers(
            **{
                "ETag": referred("ETag", "headers"),
                "Cache-Control": referred("CacheControl", "headers"),
            }
        ),
        "content": {content_type: {"schema": schema}},
    }


def bad(text, **more):
    """An error (RFC 9457)."""
    return {
        "description": text,
        "headers": headers(**more),
        "content": {"application/problem+json": {"schema": referred("Problem")}},
    }


ALWAYS = {
    "304": {"description": "Rien n’a changé depuis l’ETag donné.", "headers": headers()},
    "405": bad("Seulement GET, HEAD et OPTIONS.", Allow={"schema": {"type": "string"}}),
    "429": bad(
        f"Trop de questions : plus de {Rule().most} en une minute.",
        **{"Retry-After": referred("RetryAfter", "headers")},
    ),
}


def parameter(name, text, schema, **more):
    """An optional parameter of the address."""
    return {"name": name, "in": "query", "description": text, "schema": schema} | more


def words(longest):
    """A text of the address, of so many signs at most."""
    return {"type": "string", "maxLength": longest, "pattern": NO_NUL}


WORDS_ASKED = parameter(
    "q", "Des mots, accents et fautes de frappe pardonnés.", words(limits.LONGEST_WORDS)
)


def paging(what):
    """The page, and how many of these stand on it."""
    last, most = limits.LAST_PAGE, limits.MOST
    return [
        parameter(
            "page",
            "À partir de 1.",
            {"type": "integer", "minimum": 1, "maximum": last, "default": 1},
        ),
        parameter(
            "limit",
            f"{what} par page.",
            {"type": "integer", "minimum": 1, "maximum": most, "default": limits.USUAL},
        ),
    ]


def degrees(*bounds):
    """Numbers separated by commas, each within its bounds both ways."""
    numbers = [{"type": "number", "minimum": -bound, "maximum": bound} for bound in bounds]
    return {
        "schema": {
            "type": "array",
            "prefixItems": numbers,
            "items": False,
            "minItems": len(bounds),
            "maxItems": len(bounds),
        },
        "style": "form",
        "explode": False,
    }


def listings():
    """The search."""
    return {
        "operationId": "listings",
        "summary": "Chercher des fiches",
        "description": (
            "Les fiches publiées et en activité. Avec `near`, les plus proches d’abord ; sinon "
            "avec `q`, les plus pertinentes ; sinon par nom."
        ),
        "parameters": [
            WORDS_ASKED,
            parameter("near", "« latitude,longitude » : autour d’ici.", **degrees(90, 180)),
            parameter(
                "radius_km",
                f"Autour de `near`, à vol d’oiseau ; {limits.DEFAULT_RADIUS_KM} si rien n’est dit, "
                "illimité dans une `bbox`. Sans `near`, sans effet.",
                {
                    "type": "number",
                    "minimum": limits.RADIUS_KM[0],
                    "maximum": limits.RADIUS_KM[1],
                },
            ),
            parameter(
                "bbox",
                "« ouest,sud,est,nord » : le point public est dans ce rectangle. Ouest ≤ est, "
                "sud ≤ nord ; un rectangle ne passe pas l’antiméridien.",
                **degrees(*limits.BOUNDS),
            ),
            parameter(
                "category",
                "Le `slug` d’un métier ou d’une famille de métiers ; rien s’il n’existe pas.",
                {
                    "type": "string",
                    "maxLength": limits.LONGEST_NAME,
                    "pattern": f"^{limits.SLUG}$",
                },
            ),
            parameter(
                "tag",
                "Une étiquette ou un produit, avec ou sans #.",
                words(limits.LONGEST_NAME),
            ),
            parameter(
                "commune",
                "Code INSEE : établi là, ou y livrant, y passant ; rien s’il n’existe pas.",
                {"type": "string", "pattern": f"^{limits.INSEE}$"},
            ),
            parameter("kind", "Le genre.", {"type": "string", "enum": Listing.Kind.values}),
            parameter(
                "label",
                "`1` : seulement les fiches qui portent le label.",
                {"type": "string", "enum": list(limits.YES_OR_NO)},
            ),
            parameter(
                "open_at",
                "Seulement ce que l’on sait ouvert à ce moment (ISO 8601, de 2000 à 2099 ; sans "
                "décalage, l’heure du site). Les fiches aux horaires inconnus sont comptées dans "
                "`numberUnknown`.",
                {"type": "string", "format": "date-time", "pattern": "^20[0-9]{2}-"},
                example="2026-11-22T10:30:00+01:00",
            ),
            *paging("Fiches"),
        ],
        "responses": {
            "200": good("Une page de fiches.", referred("Listings"), "application/geo+json"),
            "400": bad("Une valeur impossible, nommée dans `errors`."),
            **ALWAYS,
        },
    }


def listing():
    """One listing."""
    slug = {"type": "string", "pattern": f"^{limits.SLUG}$", "maxLength": 140}
    return {
        "operationId": "listing",
        "summary": "Une fiche",
        "description": "Aussi celles qui ont fermé définitivement : `trading_state` le dit.",
        "parameters": [{"name": "slug", "in": "path", "required": True, "schema": slug}],
        "responses": {
            "200": good("La fiche.", referred("WholeListing"), "application/geo+json"),
            "301": {
                "description": "La fiche a changé d’adresse.",
                "headers": headers(Location={"schema": {"type": "string"}}),
            },
            "404": bad("Aucune fiche à cette adresse."),
            "410": bad("La fiche a été retirée."),
            **ALWAYS,
        },
    }


def description():
    """This document."""
    return {
        "operationId": "description",
        "summary": "Ce document",
        "responses": {
            "200": good("La description de l’interface.", {"type": "object"}, TYPE),
            **ALWAYS,
        },
    }
