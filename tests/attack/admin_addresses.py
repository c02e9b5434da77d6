"""Every address of the administration, as Django resolves it, with something in each gap.

The gaps are filled with what is the Écho's and not public (newsroom.py), or the directory's: what
most people may not see.
"""

import re

from django.urls import URLResolver, get_resolver

PREFIX = "gestion/"
GAP = re.compile(r"<(?:\w+:)?(\w+)>")
# Addresses that are patterns of their own, or whose gaps mean something else than elsewhere.
WRITTEN = {
    r"gestion/pages/^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$": (
        "gestion/pages/{draft}/revisions/compare/earliest...latest/"
    ),
    "gestion/annuaire/fiches/history/(?P<pk>.+)/revisions/compare/"
    r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
        "gestion/annuaire/fiches/history/{listing}/revisions/compare/earliest...latest/"
    ),
    "gestion/^.*/$": "gestion/rien-du-tout/",
    "gestion/api/main/^pages/<int:pk>/action/<str:action_name>/": (
        "gestion/api/main/pages/{draft}/action/copy/"
    ),
    "gestion/api/main/^pages/find/": "gestion/api/main/pages/find/?id={draft}",
    "gestion/api/main/^images/find/": "gestion/api/main/images/find/?id={photo}",
    "gestion/api/main/^documents/find/": "gestion/api/main/documents/find/?id={document}",
    "gestion/pages/search/": "gestion/pages/search/?q=zorgechotitre",
    "gestion/pages/search/results/": "gestion/pages/search/results/?q=zorgechotitre",
    "gestion/choose-page/search/": "gestion/choose-page/search/?q=zorgechotitre",
    "gestion/choose-page/chosen-multiple/": "gestion/choose-page/chosen-multiple/?id={draft}",
    "gestion/tag-autocomplete/": "gestion/tag-autocomplete/?term=zorg",
    "gestion/tag-autocomplete/<slug:app_name>/<slug:model_name>/": (
        "gestion/tag-autocomplete/home/tag/?term=zorg"
    ),
    "gestion/block-preview/": "gestion/block-preview/?id={block}",
    "gestion/bulk/<str:app_label>/<str:model_name>/<str:action>/": (
        "gestion/bulk/wagtailcore/page/publish/?next=/gestion/&id={draft}"
    ),
    "gestion/settings/<slug:app_name>/<slug:model_name>/": "gestion/settings/home/sitesettings/",
    "gestion/settings/<slug:app_name>/<slug:model_name>/<int:pk>/": (
        "gestion/settings/home/sitesettings/{site}/"
    ),
    "gestion/settings/<slug:app_name>/<slug:model_name>/<int:pk>/preview/": (
        "gestion/settings/home/sitesettings/{site}/preview/"
    ),
    "gestion/workflows/tasks/add/<str:app_label>/<str:model_name>/": (
        "gestion/workflows/tasks/add/webmag/editorsreview/"
    ),
    "gestion/pages/create/<slug:app_label>/<slug:model_name>": (
        "gestion/pages/create/webmag/article"
    ),
}
# Asked beside their first form: another kind of thing behind the same address.
ALSO = {
    "gestion/bulk/<str:app_label>/<str:model_name>/<str:action>/": [
        *(
            f"gestion/bulk/wagtailcore/page/{action}/?next=/gestion/&id={{draft}}&id={{issue}}"
            for action in ("delete", "move", "unpublish")
        ),
        *(
            f"gestion/bulk/home/photo/{action}/?next=/gestion/&id={{photo}}"
            for action in ("delete", "add_tags", "add_to_collection")
        ),
        "gestion/bulk/wagtaildocs/document/delete/?next=/gestion/&id={document}",
        *(
            f"gestion/bulk/directory/listing/{action}/?next=/gestion/&id={{listing}}"
            for action in ("publish", "unpublish", "verify", "category", "delete")
        ),
        "gestion/bulk/home/user/delete/?next=/gestion/&id={user}",
    ],
    "gestion/snippets/choose/directory/listing/": [
        "gestion/snippets/choose/directory/listing/?q=zorgfiche"
    ],
    "gestion/images/": ["gestion/images/?q=zorgechoimage"],
    "gestion/images/chooser/": ["gestion/images/chooser/?q=zorgechoimage"],
    "gestion/documents/": ["gestion/documents/?q=zorgechofichier"],
    "gestion/choose-page/<int:parent_page_id>/": ["gestion/choose-page/{echo}/"],
    "gestion/pages/<int:parent_page_id>/": ["gestion/pages/{echo}/"],
    "gestion/pages/<int:page_id>/edit/": ["gestion/pages/{public}/edit/"],
    "gestion/pages/<int:page_id>/history/": ["gestion/pages/{public}/history/"],
    "gestion/pages/<int:page_id>/view_draft/": ["gestion/pages/{public}/view_draft/"],
}
# What a gap holds, by its name; by the beginning of the address where that says what `pk` is.
GAPS = {
    "page_id": "draft",
    "page_to_move_id": "draft",
    "page_pk": "echo",
    "parent_page_id": "echo",
    "destination_id": "panier",
    "revision_id": "revision",
    "image_id": "photo",
    "document_id": "document",
    "doc_id": "document",
    "uploaded_file_id": "uploaded",
    "collection_id": "collection",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow_state",
    "task_state_id": "task_state",
    "task_id": "task",
    "redirect_id": "redirect",
    "session_id": "session",
    "object_id": "draft",
}
WORDS = {
    "content_type_app_name": "webmag",
    "content_type_model_name": "article",
    "app_label": "wagtailcore",
    "model_name": "page",
    "filter_spec": "width-100",
    "action_name": "approve",
    "form": "csv",
    "uidb64": "x",
    "token": "x",
}
PK = {
    "gestion/api/main/^pages/": "draft",
    "gestion/api/main/^documents/": "document",
    "gestion/api/main/^images/": "photo",
    "gestion/collections/": "collection",
    "gestion/workflows/tasks/": "task",
    "gestion/workflows/": "workflow",
    "gestion/annuaire/fiches/": "listing",
    "gestion/snippets/choose/directory/listing/": "listing",
    "gestion/annuaire/categories/": "category",
    "gestion/snippets/choose/directory/category/": "category",
    "gestion/annuaire/etiquettes/": "tag",
    "gestion/snippets/choose/home/tag/": "tag",
    "gestion/annuaire/retirees/": "tombstone",
    "gestion/snippets/choose/directory/tombstone/": "tombstone",
    "gestion/sites/": "site",
    "gestion/users/": "user",
    "gestion/groups/": "group",
    "gestion/documents/": "document",
    "gestion/images/": "photo",
    "gestion/annuaire/marches/": "market",
    "gestion/magazines/demandes/": "application",
    "gestion/magazines/equipes/": "role",
    "gestion/magazines/reprises/": "blog_import",
    "gestion/annuaire/demandes/": "request",
    "gestion/label/charte/": "charter",
    "gestion/snippets/choose/label/charter/": "charter",
    "gestion/label/membres/": "membership",
    "gestion/label/membre/": "membership",
    "gestion/snippets/choose/label/membership/": "membership",
    "gestion/label/demandes/": "claim",
    "gestion/label/faits/": "fact",
    "gestion/snippets/choose/label/fact/": "fact",
    "gestion/label/publications/": "post",
    "gestion/label/publication/": "post",
    "gestion/snippets/choose/label/post/": "post",
    "gestion/label/collectees/": "item",
    "gestion/label/sources/": "source",
    "gestion/snippets/choose/label/source/": "source",
    "gestion/label/moments/": "moment",
    "gestion/snippets/choose/label/moment/": "moment",
}


def routes():
    """Every pattern below /gestion/, as it stands in the resolver, in its order, once."""
    found = dict.fromkeys(walk(get_resolver(), ""))
    return [route for route in found if route.startswith(PREFIX)]


def walk(resolver, before):
    """The patterns of a resolver and of all below it."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, route)
        else:
            yield route


def addresses(route, numbers):
    """The addresses to ask for a pattern; `numbers` are those of the things, by name."""
    asked = [WRITTEN.get(route) or GAP.sub(lambda gap: name_of(route, gap[1]), route)]
    asked += ALSO.get(route, [])
    if route.endswith("/chosen-multiple/") and route not in WRITTEN:
        asked = [f"{asked[0]}?id={{{thing_of(route)}}}"]
    return ["/" + one.replace("^", "").format(**numbers) for one in asked]


def name_of(route, gap):
    """What stands in a gap: a word, or the name of a thing in braces."""
    if gap in WORDS:
        return WORDS[gap]
    if gap == "revision_id" and not route.startswith("gestion/pages/"):
        return "{listing_revision}"
    return "{" + (thing_of(route) if gap == "pk" else GAPS[gap]) + "}"


def thing_of(route):
    """The thing that a number at the end of this address is of."""
    return next(thing for beginning, thing in PK.items() if route.startswith(beginning))
