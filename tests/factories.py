"""Small makers of things for tests; each takes the fields that matter to the test."""

from itertools import count

from directory.models import Category, Commune, Listing
from home.models import User

numbers = count(1)

COMMUNES = {
    "Rambouillet": ("78517", "78120", 48.6444, 1.8308, 26933),
    "Dourdan": ("91200", "91410", 48.5289, 2.0108, 10500),
    "Saint-Arnoult-en-Yvelines": ("78537", "78730", 48.5722, 1.9394, 6300),
    "Houdan": ("78310", "78550", 48.7903, 1.6003, 3500),
    "Limours": ("91338", "91470", 48.6447, 2.0772, 6700),
}


def commune(name="Rambouillet"):
    """A commune of the territory; the real one where the table is filled."""
    insee, postal_codes, lat, lng, population = COMMUNES[name]
    found, _ = Commune.objects.get_or_create(
        insee=insee,
        defaults={
            "name": name,
            "slug": name.lower(),
            "postal_codes": postal_codes,
            "department": insee[:2],
            "lat": lat,
            "lng": lng,
            "population": population,
            "folded": name.lower().replace("-", " "),
        },
    )
    return found


def category(slug="cremerie"):
    """A category of the shipped list."""
    return Category.objects.get(slug=slug)


def listing(name=None, **fields):
    """A published listing in the middle of Rambouillet, unless said otherwise."""
    fields.setdefault("commune", commune())
    if isinstance(fields["commune"], str):
        fields["commune"] = commune(fields["commune"])
    if isinstance(fields.get("category"), str):
        fields["category"] = category(fields["category"])
    children = {key: fields.pop(key, ()) for key in ("products", "tags")}
    place = fields["commune"]
    if place and "lat" not in fields:
        fields |= {"lat": place.lat + 0.001, "lng": place.lng + 0.001}
    made = Listing(name=name or f"La Ferme no {next(numbers)}", **fields)
    for key, words in children.items():
        getattr(made, key).add(*words)
    made.save()
    return made


def user(email="odile@example.org", **fields):
    """Somebody with an account and the password « secret »."""
    return User.objects.create_user(email, "secret", **fields)
