"""What a local-production page shows, worked out before the template."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from home import page_paths
from home.paging import Paging
from home.pictures import Picture, picture, social_url, with_pictures
from home.templatetags.frame import site_settings
from label import gathering, page_rules
from label.models import LocalProductionPage
from webmag.article_page import mail

# `?vue=membres` lists all members, page by page.
MEMBERS = "membres"


@dataclass(frozen=True)
class Shown:
    """One local-production page; of `wall` and `members` the one asked for is paged."""

    url: str
    cover: Picture | None
    social_image: str
    wall: gathering.Wall | None
    members: list
    member_paging: Paging
    only_members: bool
    hashtag: str
    feed: str
    mail: str

    @property
    def is_empty(self):
        """Whether nothing has gathered yet."""
        return not (self.wall and self.wall.paging.total) and not self.member_paging.total


@dataclass(frozen=True)
class Line:
    """One page in the list of all of them."""

    title: str
    url: str
    standfirst: str
    picture: Picture | None


def shown(page, number, view="", is_preview=False):
    """What a page shows: its wall with the first members, or its members alone."""
    rules = page_rules.rules_of(page) if is_preview else page_rules.published_rules_of(page)
    totals = gathering.totals(rules)
    only_members = view == MEMBERS
    wall = None if only_members else gathering.wall(rules, totals.told, number)
    if only_members:
        paging = Paging(number, totals.members, gathering.MEMBERS_ON_A_PAGE)
    else:
        paging = Paging(1, totals.members, gathering.MOST_MEMBERS)
    # On further pages of the wall they would come again and again.
    members = gathering.members(rules, paging) if only_members or number == 1 else []
    cover = with_pictures([page.cover_id], "card", "large", "social") if page.cover_id else {}
    photo = cover.get(page.cover_id)
    url = settings.SITE_URL + address(page)
    return Shown(
        url=url,
        cover=picture(photo, "large") if photo else None,
        social_image=settings.SITE_URL + social_url(photo) if photo else "",
        wall=wall,
        members=members,
        member_paging=paging,
        only_members=only_members,
        hashtag=site_settings().hashtag,
        feed=reverse("production_feed", args=[page.slug, "rss"]) if page.live else "",
        mail=mail(page.title, url),
    )


def address(page):
    """Where a page is found; "/fait-ici/" and its slug for one that lies nowhere yet."""
    if page.url_path:
        return page_paths.address(page.url_path)
    return reverse("production:page", args=[page.slug or "page"])


def every_page():
    """All published pages in the editors' order."""
    pages = LocalProductionPage.objects.public().order_by("path")
    rows = list(pages.values_list("title", "url_path", "standfirst", "cover_id"))
    photos = with_pictures([row[3] for row in rows if row[3]], "card", "large")
    return [
        Line(
            title=title,
            url=page_paths.address(url_path),
            standfirst=standfirst,
            picture=picture(photos[cover], "large") if cover in photos else None,
        )
        for title, url_path, standfirst, cover in rows
    ]
