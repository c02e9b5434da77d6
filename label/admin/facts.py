"""« Faits vérifiés »: what was checked of a listing, and on which day."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView

from directory.admin.keepers import KeptViewSet
from directory.moderation import own_case
from label.models import Fact

OWN = "Cette fiche ou cette adhésion est la vôtre : quelqu’un d’autre dit ce qui a été vérifié."


def standing(user, listing, membership):
    """As `own_case.standing`, for what is said of a listing or of a member without one."""
    people = [membership.user_id] if membership else []
    listing = listing or (membership and membership.listing)
    return own_case.standing(user, listing=listing, people=people)


class FactForm(WagtailAdminModelForm):
    """What was checked, by somebody else than whom it speaks for."""

    alone = ""

    def clean(self):
        """Neither what it spoke of before nor what it speaks of now may be one's own."""
        said = super().clean()
        known = (self.instance.listing, self.instance.membership) if self.instance.pk else ()
        for about in {known, (said.get("listing"), said.get("membership"))} - {()}:
            refused, alone = standing(self.for_user, *about)
            if refused:
                raise ValidationError(OWN)
            self.alone = self.alone or alone
        return said

    def save(self, commit=True):
        """With a line in the history where nobody else could have said it."""
        fact = super().save(commit)
        if commit and self.alone:
            log(instance=fact, action="wagtail.edit", user=self.for_user, data={"note": self.alone})
        return fact


def refuse_own(request, facts):
    """Before something is taken away: not what speaks of one's own listing."""
    for fact in facts:
        if isinstance(fact, Fact) and standing(request.user, fact.listing, fact.membership)[0]:
            messages.error(request, OWN)
            return redirect(Fact.snippet_viewset.get_url_name("list"))
    return None


class FactCreateView(CreateView):
    """Noted by whoever is logged in, today unless said otherwise."""

    def get_initial(self):
        """Today."""
        return super().get_initial() | {"on": timezone.localdate()}

    def save_instance(self):
        """With who checked it."""
        self.form.instance.by = self.request.user
        return super().save_instance()


class FactViewSet(KeptViewSet):
    """Dated facts; a wrong one is put right or taken away."""

    model = Fact
    icon = "check"
    menu_label = "Faits vérifiés"
    menu_name = "faits"
    base_url_path = "label/faits"
    add_view_class = FactCreateView
    list_filter = ["kind"]
    search_fields = ["listing__name", "membership__holder", "detail"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["-on", "-pk"]
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("about", label="De qui"),
        Column("by", label="Par"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("listing"),
            FieldPanel("membership"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("on")]),
            FieldPanel("detail"),
        ],
        base_form_class=FactForm,
    )

    def get_queryset(self, request):
        """The rows with what the columns show, in one query."""
        return Fact.objects.select_related("listing", "membership", "by")
