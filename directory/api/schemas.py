"""The JSON Schemas of the API's answers."""

from directory.models import Listing

TEXT = {"type": "string"}
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
COUNT = {"type": "integer", "minimum": 0}
MAYBE_TEXT = {"type": ["string", "null"]}
WORDS = {"type": "array", "items": TEXT}
ADDRESS = {"type": "string", "format": "uri"}
MAYBE_ADDRESS = {"type": ["string", "null"], "format": "uri"}
WHOLE = {"type": "integer", "minimum": 1}


def described(text, schema):
    """A schema with its sentence."""
    return schema | {"description": text}


def closed(properties, optional=()):
    """An object with these properties and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def rows(properties):
    """A list of such objects."""
    return {"type": "array", "items": closed(properties)}


# What every page of answers says; directory/api/answers.py makes it.
PAGE = {
    "numberMatched": described("Toutes pages comprises.", COUNT),
    "numberReturned": described("Dans cette page.", COUNT),
    "next": described("L’adresse de la page suivante.", MAYBE_ADDRESS),
    "links": rows({"rel": TEXT, "type": TEXT, "href": ADDRESS}),
    "attribution": described("Le nom à citer.", TEXT),
}
IMAGE = {
    "oneOf": [
        closed({"url": ADDRESS, "width": WHOLE, "height": WHOLE, "alt": TEXT, "credit": TEXT}),
        {"type": "null"},
    ]
}


def list_of(name):
    """A list of what the schema of this name describes."""
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


POINT = {
    "type": "object",
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "type": "array",
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
            "minItems": 2,
            "maxItems": 2,
        },
    },
    "required": ["type", "coordinates"],
}
PROPERTIES = {
    "slug": SLUG,
    "name": TEXT,
    "kind": {"enum": Listing.Kind.values},
    "category": described("Le métier principal.", MAYBE_TEXT),
    "category_name": MAYBE_TEXT,
    "more_categories": WORDS,
    "commune": MAYBE_TEXT,
    "insee": MAYBE_TEXT,
    "postal_code": TEXT,
    "street": described("Vide quand l’adresse n’est pas publique.", TEXT),
    "approximate": described("Le point est celui de la commune.", {"type": "boolean"}),
    "label": described("Porte le label.", {"type": "boolean"}),
    "summary": TEXT,
    "products": WORDS,
    "tags": WORDS,
    "phone": TEXT,
    "website": TEXT,
    "visits": {"enum": Listing.Visits.values},
    "hours": described("Syntaxe opening_hours d’OpenStreetMap ; vide : inconnus.", TEXT),
    "hours_note": TEXT,
    "exceptions": described(
        "Jours où d’autres horaires valent ; horaires vides : fermé.",
        rows({"start": TEXT, "end": TEXT, "hours": TEXT, "note": TEXT}),
    ),
    "trading_state": {"enum": Listing.Trading.values},
    "verified_on": {"type": ["string", "null"], "format": "date"},
    "updated_at": {"type": "string", "format": "date-time"},
    "sources": described(
        "D’où viennent les données, et sous quelle licence.",
        rows({"source": TEXT, "licence": described("Identifiant SPDX.", TEXT)}),
    ),
    "url": described("La page de la fiche.", ADDRESS),
}
SOMETIMES = {
    "open": described("Avec `open_at` : l’état à ce moment.", {"const": "open"}),
    "distance_m": described("Avec `near` : à vol d’oiseau, en mètres.", COUNT),
}
DETAILS = {
    "description": TEXT,
    "season_note": TEXT,
    "trading_note": TEXT,
    "itinerant": {"type": "boolean"},
    "payment": WORDS,
    "parent": described("Le `slug` de la maison mère.", MAYBE_TEXT),
    "links": rows({"label": TEXT, "url": TEXT}),
    "stands": described(
        "Où la trouver.",
        rows({"place": TEXT, "slug": TEXT, "commune": TEXT, "hours": TEXT, "note": TEXT}),
    ),
    "serves": described("Communes où elle livre ou passe.", WORDS),
}


def feature(properties, more=None):
    """A GeoJSON feature."""
    return closed(
        {
            "type": {"const": "Feature"},
            "id": SLUG,
            "geometry": described(
                "Le point public ; nul sans point.", {"oneOf": [POINT, {"type": "null"}]}
            ),
            "properties": properties,
            **(more or {}),
        }
    )


SCHEMAS = {
    "Listing": feature(closed(PROPERTIES | SOMETIMES, SOMETIMES)),
    "WholeListing": feature(
        closed(PROPERTIES | DETAILS), {"licence": described("De l’annuaire (SPDX).", TEXT)}
    ),
    "Listings": closed(
        {
            "type": {"const": "FeatureCollection"},
            **PAGE,
            "numberUnknown": described(
                "Avec `open_at` : celles aux horaires inconnus, qui ne sont pas ici.", COUNT
            ),
            "licence": described("Des données de l’annuaire (SPDX).", TEXT),
            "features": list_of("Listing"),
        },
        optional=["numberUnknown"],
    ),
    "Problem": {
        "type": "object",
        "description": "Une erreur (RFC 9457).",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "errors": rows({"parameter": TEXT, "detail": TEXT}),
        },
        "required": ["type", "title", "status", "detail"],
    },
}
