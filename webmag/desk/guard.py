"""Addresses with a number in them: another's draft, photo or file is not found by trying."""

from django.apps import apps
from django.http import Http404
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.models import Photo
from webmag.team import policies

PAGES = {"wagtailadmin_pages", "wagtailadmin_api", "pages"}
PAGE_NAMES = ("wagtailadmin_explore", "wagtailadmin_choose_page")
FILES = {
    "wagtailimages": Photo,
    "wagtailimages_chooser": Photo,
    "wagtaildocs": get_document_model(),
    "wagtaildocs_chooser": get_document_model(),
}
NUMBERS = {
    *("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk", "pk"),
    *("image_id", "document_id", "doc_id"),
}
# Names the page of each kind that was edited last, whoever's it is; the tasks of all magazines.
FOR_ADMINISTRATORS = ("page_types_usage", "task_chooser", "task_chosen")
# The administration's interface lists all photos and files of the site; nothing of ours asks it.
WHOLE_LIBRARY = {"images", "documents"}
API = {"wagtailadmin_api"}
# Longer ones fit into no database column.
LONGEST_NUMBER = 19
BULK = "wagtail_bulk_action"


class DraftsOfOthersMiddleware:
    """Answers 404 in the administration for what is hidden from this person.

    Wagtail's own views ask for the right to edit where they change something; those that only
    show a title, such as the explorer's breadcrumbs or « you may not delete these », ask for less.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Nothing to do before the address is understood."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Look at the numbers in an address of the administration; raises `Http404`."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        # Wagtail asks who is not logged in to do so, and leads back here afterwards.
        if not request.user.is_authenticated or request.user.is_superuser:
            return
        found = request.resolver_match
        spaces, name = set(found.namespaces), found.url_name or ""
        if name.startswith(FOR_ADMINISTRATORS) or spaces >= API and spaces & WHOLE_LIBRARY:
            raise Http404
        model = model_of(name, spaces, kwargs)
        # An address also bears numbers of revisions and of steps: they are no pages.
        named = [*args[:1], *(kwargs[gap] for gap in NUMBERS & set(kwargs))]
        if model and hides(request, model, named):
            raise Http404


def model_of(name, spaces, kwargs):
    """What the numbers of an address are of; None where it is not ours to look after."""
    if name == BULK:
        try:
            return apps.get_model(kwargs["app_label"], kwargs["model_name"])
        except LookupError:
            return None
    if PAGES & spaces or name.startswith(PAGE_NAMES):
        return Page
    # Of several that were ticked Wagtail itself gives back what may be chosen.
    if name == "chosen_multiple":
        return None
    return next((model for space, model in FILES.items() if space in spaces), None)


def hides(request, model, named):
    """Whether something named in the address, or in what was ticked, is hidden from this person."""
    ticked = [*request.GET.getlist("id"), *request.GET.getlist("childOf")]
    digits = [value for value in map(str, (*named, *ticked)) if value.isdecimal()]
    numbers = {int(value) for value in digits if len(value) < LONGEST_NUMBER}
    if "all" in ticked and may_not_take_all(request, model):
        return True
    return policies.any_hidden_from(request.user, model, numbers)


def may_not_take_all(request, model):
    """« Everything in the list » of pages is for who may change all that is in it."""
    if not issubclass(model, Page):
        return False
    parent = request.GET.get("childOf", "")
    page = Page.objects.filter(pk=parent).first() if parent.isdecimal() else None
    return page is None or not page.permissions_for_user(request.user).can_publish_subpage()
