"""A member, a local-production page and the wall as other sites show them (home/oembed)."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from home.oembed.things import Thing
from home.pictures import picture, with_pictures
from home.templatetags.frame import site_settings
from label import embedding, faces, member_page, production_page, wall
from label.models import LocalProductionPage
from label.views.members import shown_member


def member(_query, slug):
    """The member of today at this slug, or merged into who is; raises `Http404`."""
    found = shown_member(slug)
    face = faces.by_number([found.pk]).get(found.pk) if found else None
    if not face:
        raise Http404
    page = found.get_absolute_url()
    large = [asdict(one) for one in member_page.shown_pictures(found)[:1]]
    return Thing(
        title=face.name,
        page=page,
        frame=reverse("embedded_member", args=[found.slug]),
        kind=" · ".join(filter(None, [site_settings().label_name, face.trade, face.commune])),
        line=face.line,
        pictures=(*large, *([asdict(face.picture)] if face.picture else ())),
        author=(face.name, page),
        sign=face.sign,
    )


def production(_query, slug):
    """The public local-production page at this slug; raises `Http404`."""
    found = LocalProductionPage.objects.public().filter(slug=slug).first()
    if not found:
        raise Http404
    cover = with_pictures([found.cover_id], "large", "card").get(found.cover_id)
    return Thing(
        title=found.title,
        page=production_page.address(found),
        frame=reverse("embedded_production", args=[found.slug]),
        kind="Fait ici",
        line=found.standfirst,
        pictures=tuple(asdict(picture(cover, size)) for size in ("large", "card") if cover),
    )


def the_wall(query):
    """The wall, of one hashtag where the address says one; raises `Http404` for what is none."""
    tag, valid = wall.asked_tag(query)
    if not valid:
        raise Http404
    asked = f"?{urlencode({'etiquette': tag})}" if tag else ""
    title = embedding.title(embedding.WALL)
    return Thing(
        title=f"{title} : #{tag}" if tag else title,
        page=reverse("wall:wall") + asked,
        frame=reverse("embed:mur") + asked,
        tall=True,
    )
