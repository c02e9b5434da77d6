"""The parts of a listing that its manager changes, each a page of its own."""

from django.db.models import Q
from django.utils import timezone

from directory.fact_fields import as_lines
from directory.models import Listing
from label.space.listing_forms import AboutForm, Closures, HoursForm, Stands


class Part:
    """A form, and rows below it or none; `apply` puts what was typed into a listing in memory."""

    def __init__(self, listing, data=None):
        self.listing = listing
        self.form = self.FORM(data, listing=listing) if self.FORM else None
        self.rows = self.make_rows(data)

    def make_rows(self, data):
        """The rows below the form; None without any."""

    def is_valid(self):
        """Whether everything that was typed can be kept; both are looked at."""
        valid = [one.is_valid() for one in (self.form, self.rows) if one is not None]
        return all(valid)

    def apply(self, listing):
        """Put it into a listing, in memory."""
        if self.form:
            self.form.apply(listing)
        if self.rows is not None:
            self.apply_rows(listing)


class About(Part):
    """« Texte et produits »."""

    TITLE, FORM, WHAT = "Texte, produits, téléphone", AboutForm, "Texte et produits"


class Hours(Part):
    """« Horaires et fermetures »."""

    TITLE, FORM, WHAT = "Horaires et fermetures", HoursForm, "Horaires"
    ROWS_TITLE = "Fermetures et jours exceptionnels"
    ROWS_LEAD = "Congés, jour férié, ouverture en plus : ces jours-là passent avant le reste."

    def make_rows(self, data):
        """The exceptions that are not over."""
        initial = [
            {"start": one.start, "end": one.end, "note": one.note, **told(one.hours)}
            for one in coming(self.listing)
        ]
        return Closures(data, initial=initial, prefix="fermetures")

    def apply_rows(self, listing):
        """Those that are over stay as they are."""
        today = timezone.localdate()
        over = [one for one in listing.exceptions.all() if one.end < today]
        listing.exceptions = copies([*over, *self.rows.made()])


class Markets(Part):
    """« Marchés »."""

    TITLE, FORM, WHAT = "Où me trouver", None, "Marchés"
    ROWS_TITLE = "Marchés et autres lieux"
    ROWS_LEAD = "Où vous êtes, quel jour. Les visiteurs le voient aussi sur la page des marchés."

    def make_rows(self, data):
        """The stands as they are."""
        stands = list(self.listing.stands.all())
        known = Q(pk__in=[stand.market_id for stand in stands])
        markets = Listing.objects.filter(known | Q(live=True, kind=Listing.Kind.MARKET)).exclude(
            pk=self.listing.pk
        )
        initial = [
            {
                "market": stand.market_id,
                "place": stand.place,
                "note": stand.note,
                **told(stand.hours),
            }
            for stand in stands
        ]
        return Stands(
            data,
            initial=initial,
            prefix="lieux",
            form_kwargs={"markets": markets.order_by("name", "pk")},
        )

    def apply_rows(self, listing):
        """All of them are new."""
        listing.stands = copies(self.rows.made())


def coming(listing):
    """The exceptions that are not over, soonest first."""
    today = timezone.localdate()
    return sorted(
        (one for one in listing.exceptions.all() if one.end >= today), key=lambda one: one.start
    )


def told(written):
    """Hours in French on one line, and as they are written."""
    return {"hours": as_lines(written).replace("\n", " ; "), "written": written}


def copies(rows):
    """Rows that no listing has yet, in order: a listing and a draft of it get one each."""
    made = []
    for number, row in enumerate(rows):
        fields = [field.name for field in row._meta.fields if field.name not in ("id", "listing")]
        copy = type(row)(**{name: getattr(row, name) for name in fields})
        copy.sort_order = number
        made.append(copy)
    return made


# By their address.
PARTS = {"texte": About, "horaires": Hours, "marches": Markets}
