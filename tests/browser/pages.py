"""One page of each kind, by name: what every check of access and quiet goes through."""

LISTING = "/annuaire/fiche/fiche-complete/"

PAGES = {
    "home": "/",
    "search": "/annuaire/?q=fromage&ou=Rambouillet&rayon=50",
    "search, all": "/annuaire/",
    "search, empty": "/annuaire/?q=zzyzxqv",
    "search, widened": "/annuaire/?q=fromage&ou=Houdan&rayon=2",
    "search, unknown place": "/annuaire/?ou=Zzyzxqvland",
    "search, suggestions": "/annuaire/?ou=Saint-Arn",
    "search, open and a category": "/annuaire/?ou=Dourdan&categorie=fromager-fermier&ouvert=1",
    "search, impossible": "/annuaire/?rayon=NaN",
    "listing, full": LISTING,
    "listing, sparse": "/annuaire/fiche/fiche-maigre/",
    "listing, hidden": "/annuaire/fiche/fiche-cachee/",
    "listing, closed": "/annuaire/fiche/fiche-fermee/",
    "listing, paused": "/annuaire/fiche/fiche-suspendue/",
    "listing, market": "/annuaire/fiche/marche-du-samedi/",
    "commune": "/annuaire/commune/rambouillet/",
    "commune, second page": "/annuaire/commune/houdan/?page=2",
    "commune and category": "/annuaire/commune/rambouillet/fromager-fermier/",
    "category": "/annuaire/categorie/fromage-lait-oeufs/",
    "communes": "/annuaire/commune/",
    "request": f"{LISTING}corriger/",
    "request to manage": f"{LISTING}gerer/",
    "thanks": f"{LISTING}merci/",
    "plain page": "/comment-ca-marche/",
    "404": "/nulle-part/",
    "410": "/annuaire/fiche/fiche-retiree/",
}
