"""Tags proposed while one types: none that only stand on what somebody may not see."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, JsonResponse
from taggit.models import Tag as FileTag
from taggit.models import TaggedItem

from directory.models import Listing
from home.models import Tag
from webmag.models import Article
from webmag.team.policies import FILE_POLICIES

MOST = 10


def autocomplete(request, app_name=None, model_name=None):
    """Names that begin as typed, as JSON; in Wagtail's place, which proposes all there are."""
    names = {(None, None): of_files, ("taggit", "tag"): of_files, ("home", "tag"): of_readers}
    if (app_name, model_name) not in names:
        raise Http404
    typed = request.GET.get("term", "").replace("\x00", "")
    if not typed:
        return JsonResponse([], safe=False)
    found = names[app_name, model_name](request.user).filter(name__istartswith=typed)
    found = found.order_by("name").values_list("name", flat=True).distinct()
    return JsonResponse(list(found[:MOST]), safe=False)


def of_readers(user):
    """The tags that visitors find, and one's own; all for who tends them."""
    if user.has_perm("home.change_tag"):
        return Tag.objects.all()
    listings = Listing.objects.public().values("pk")
    articles = Q(content_object__in=Article.objects.public().values("pk"))
    articles |= Q(content_object__in=Article.objects.written_by(user).values("pk"))
    items = Article.tag_items.rel.related_model.objects.filter(articles)
    return Tag.objects.filter(
        Q(listing_tags__content_object__in=listings)
        | Q(listing_products__content_object__in=listings)
        | Q(pk__in=items.values("tag"))
    )


def of_files(user):
    """The words by which photos and files are put in order: those of what one may choose."""
    seen = Q()
    for model, policy in FILE_POLICIES.items():
        kind = ContentType.objects.get_for_model(model)
        mine = policy.instances_user_has_any_permission_for(user, ("choose", "change"))
        seen |= Q(content_type=kind, object_id__in=mine.values("pk"))
    return FileTag.objects.filter(pk__in=TaggedItem.objects.filter(seen).values("tag"))
