"""The form an article is written in."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import InlinePanel

from directory.admin.choosers import offered
from directory.admin.communes import CommunesField
from directory.models import Listing
from home.models import Photo

NOT_YOURS = "Cette photo n’est pas à vous : envoyez la vôtre, ou demandez à la rédaction."


class BylineForm(WagtailAdminModelForm):
    """One of an article's signatures: names that readers know, and those of one's own teams."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user:
            authors = self.fields["author"].queryset.known_to(self.for_user)
            self.fields["author"].queryset = authors | authors.model.objects.filter(
                pk=self.instance.author_id
            )


class BylinesPanel(InlinePanel):
    """The signatures, where each form knows who fills it in."""

    def get_form_options(self):
        """As Wagtail says, with our form."""
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": BylineForm,
            "inherit_kwargs": ["for_user"],
        }
        return options


class ArticleForm(WagtailAdminPageForm):
    """Offers what is the magazine's own, and takes from contributors only what is theirs to use."""

    communes = CommunesField(
        label="Communes", required=False, help_text="Celles dont il parle, une par ligne."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "section" in self.fields:
            sections = self.fields["section"].queryset
            magazine = self.parent_page.pk if self.parent_page else None
            self.fields["section"].queryset = sections.filter(magazine=magazine)
        self.used_before = photos_of(self.instance)

    def clean(self):
        """Name photos and listings that were not offered to this person."""
        cleaned = super().clean()
        if self.for_user and not self.is_editor():
            self.check_photos(cleaned)
            self.check_listings()
        return cleaned

    def is_editor(self):
        """Whether they may change anything in this magazine."""
        return "change" in getattr(
            self.parent_page.permissions_for_user(self.for_user), "permissions", {"change"}
        )

    def check_photos(self, cleaned):
        """Photos: one's own, and what co-authors have already put in."""
        main = cleaned.get("main_image")
        used = {main.pk} if main else set()
        used |= photos_in(self.instance, cleaned.get("body"))
        fresh = used - self.used_before
        own = set(
            Photo.objects.filter(pk__in=fresh, uploaded_by_user=self.for_user).values_list(
                "pk", flat=True
            )
        )
        if fresh - own:
            on_top = main and main.pk in fresh - own
            self.add_error("main_image" if on_top else "body", NOT_YOURS)

    def check_listings(self):
        """Listings that are not published stay unknown to those who may not see them."""
        rows = self.formsets.get("about")
        chosen = {
            row.cleaned_data["listing"].pk
            for row in (rows.forms if rows and rows.is_valid() else ())
            if row.cleaned_data.get("listing") and not row.cleaned_data.get("DELETE")
        }
        seen = offered(Listing.objects.filter(pk__in=chosen), self.for_user)
        if chosen - set(seen.values_list("pk", flat=True)):
            raise ValidationError("Une des fiches choisies n’est plus publiée : retirez-la.")


def photos_of(article):
    """The numbers of the photos in an article as it was opened."""
    return photos_in(article, article.body) | ({article.main_image_id} - {None})


def photos_in(article, body):
    """The numbers of the photos in a body, however deep."""
    if not body:
        return set()
    stream = article._meta.get_field("body").stream_block
    return {
        int(object_id) for model, object_id, *_ in stream.extract_references(body) if model is Photo
    }
