"""Which column of a file is which of our fields."""

import json
import tomllib
from pathlib import Path

from directory.exporting.columns import COLUMNS
from directory.importing.keys import fold
from directory.importing.refusal import ImportRefused

# Our field: the folded names under which it is found, the most telling first.
NAMES = {
    "id": "id, @id, identifiant, recordid, record id, osm id, siret, uid, ref, reference",
    "name": "nom, name, nom du commerce, enseigne, nom du producteur, nom commercial, nom de l "
    "exploitation, nom de l etablissement, raison sociale, denomination, libelle, titre, "
    "etablissement, producteur, title",
    "kind": "genre, kind",
    "category": "type de commerce, categorie, category, categories, type, type d activite, "
    "activite, metier, secteur, rubrique, filiere",
    "products": "produits, products, produits proposes, ce qu on y trouve, produce",
    "tags": "tags, etiquettes, mots cles, keywords",
    "summary": "resume, summary, accroche, en une ligne",
    "description": "description, precisions, presentation, commentaire, commentaires, details, "
    "note, observations",
    "house_number": "addr housenumber, numero, housenumber, numero de voie",
    "street": "adresse, rue, street, address, adresse 1, addr street, voie, numero et rue, "
    "adresse postale, addr full",
    "postal_code": "code postal, cp, postal code, codepostal, zip, postcode, addr postcode, "
    "code postal 1",
    "commune": "ville, commune, city, addr city, localite, town, nom commune, nom de la commune",
    "insee": "insee, code insee, code commune, code insee commune, ref insee",
    "point": "geo point 2d, geo point, point, coordonnees, coordinates, geolocalisation, gps, "
    "latlng, lat lng, coordonnees gps, xy",
    "lat": "lat, latitude, y, coord y",
    "lng": "lng, lon, long, longitude, x, coord x",
    "geometry": "geometry, geo shape, geom, wkt, geometrie",
    "phone": "telephone, phone, tel, contact phone, numero de telephone, telephone 1, portable, "
    "mobile, contact mobile",
    "email": "courriel, email, e mail, mail, contact email, adresse mail, adresse e mail",
    "website": "site internet, website, url, site, site web, contact website, web, lien, "
    "siteweb, page web",
    "hours": "horaires, opening hours, heures d ouverture, horaires d ouverture, ouverture",
    "season_note": "saison, season",
    "payment": "paiement, payment, moyens de paiement",
}
OSM_KEYS = ("shop", "craft", "amenity", "landuse", "tourism", "produce")
BY_NAME = {
    word.strip(): (field, rank)
    for field, words in NAMES.items()
    for rank, word in enumerate(words.split(","))
}
OURS = {*NAMES, *COLUMNS} - {"sources", "photos", "former_slugs", "slug"}


def knows(column: str) -> bool:
    """Whether a column of this name is understood."""
    return fold(column) in BY_NAME or column in OSM_KEYS or column in COLUMNS


def match_columns(header: list[str]) -> dict[str, str]:
    """Return {our field: their column} from the names alone; the most telling name wins."""
    found: dict[str, tuple[int, str]] = {}
    for column in header:
        if column in OSM_KEYS:
            found[f"osm:{column}"] = (0, column)
        field, rank = BY_NAME.get(fold(column), ("", 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, column)
    return {field: column for field, (_, column) in found.items()}


def read_mapping(path: Path, header: list[str]) -> dict[str, str]:
    """Read {our field: their column} from a small JSON or TOML file.

    Raises `ImportRefused` for a file that cannot be read, a field that we do not have or a
    column that the header lacks.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        mapping = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise ImportRefused(f"Fichier de colonnes illisible : {error}.") from error
    if not isinstance(mapping, dict) or not all(isinstance(v, str) for v in mapping.values()):
        raise ImportRefused(
            "Fichier de colonnes : il faut des paires « notre champ » : « colonne »."
        )
    if unknown := sorted(set(mapping) - OURS):
        raise ImportRefused(
            f"Fichier de colonnes : champs inconnus {', '.join(unknown)}. "
            f"Champs possibles : {', '.join(sorted(OURS))}."
        )
    if absent := sorted(set(mapping.values()) - set(header)):
        raise ImportRefused(f"Fichier de colonnes : absentes du fichier : {', '.join(absent)}.")
    return mapping
