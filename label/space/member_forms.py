"""What a member without listing says on their label page: words, a photo, contacts, places."""

from django import forms
from django.db.models import Q

from directory.fact_fields import PhoneField, WebsiteField
from directory.models import Listing
from home.pictures import to_keep
from label.models import MemberStand
from label.space.listing_forms import Stands
from label.space.parts import told
from label.space.photo_forms import WithPhoto, phone_photo, words

FIELDS = ("story", "phone", "email", "website")


class MemberPageForm(WithPhoto):
    """« Ma page »."""

    story = forms.CharField(
        label="Votre histoire, en quelques mots",
        max_length=4000,
        required=False,
        help_text="Ce que vous faites de vos mains, et comment. Sautez une ligne entre deux idées.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    photo = phone_photo(label="Une photo", help_text="De votre téléphone : 15 Mo au plus.")
    alt = words()
    phone = PhoneField(required=False)
    email = forms.EmailField(
        label="E-mail montré aux visiteurs",
        required=False,
        max_length=254,
        help_text="Vide : aucun n’est montré.",
    )
    website = WebsiteField(required=False)

    def __init__(self, *args, member, **kwargs):
        initial = {name: getattr(member, name) for name in FIELDS}
        super().__init__(*args, title=member.name, current=member.photo, initial=initial, **kwargs)

    def apply(self, member):
        """Set what was typed, in memory."""
        for name in FIELDS:
            setattr(member, name, self.cleaned_data[name])
        member.photo = self.chosen
        # What a page shows of it, also before it is kept.
        member.pictures = to_keep(member.photo)


def stands_form(member, *data):
    """The rows of « Où me trouver »: markets that we know, or other places."""
    stands = list(member.stands.select_related("market"))
    known = Q(pk__in=[stand.market_id for stand in stands])
    markets = Listing.objects.filter(known | Q(live=True, kind=Listing.Kind.MARKET))
    initial = [
        {"market": one.market_id, "place": one.place, "note": one.note, **told(one.hours)}
        for one in stands
    ]
    return Stands(
        *data,
        initial=initial,
        prefix="lieux",
        form_kwargs={"markets": markets.order_by("name", "pk")},
    )


def as_member_stands(rows, member):
    """What was typed, as stands of a member, in order."""
    return [
        MemberStand(
            membership=member,
            market=row.market,
            place=row.place,
            hours=row.hours,
            note=row.note,
            sort_order=number,
        )
        for number, row in enumerate(rows)
    ]
