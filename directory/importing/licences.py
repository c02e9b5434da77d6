"""Names of licences, as SPDX writes them."""

from directory.importing.refusal import ImportRefused

SPDX = (
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "etalab-2.0",
    "MIT",
    "ODbL-1.0",
    "ODC-By-1.0",
    "PDDL-1.0",
)
ALIASES = {
    "cc-by": "CC-BY-4.0",
    "cc-by-sa": "CC-BY-SA-4.0",
    "cc0": "CC0-1.0",
    "etalab": "etalab-2.0",
    "licence ouverte": "etalab-2.0",
    "lo": "etalab-2.0",
    "lov2": "etalab-2.0",
    "odbl": "ODbL-1.0",
    "pddl": "PDDL-1.0",
}


def licence_id(name: str) -> str:
    """Return the SPDX identifier; raises `ImportRefused` for a licence that we do not know."""
    known = ALIASES | {spdx.casefold(): spdx for spdx in SPDX}
    try:
        return known[name.strip().casefold()]
    except KeyError:
        raise ImportRefused(
            f"Licence inconnue : « {name} ». Connues : ODbL, LO, CC0, CC-BY, {', '.join(SPDX)}."
        ) from None
