"""Published and unpublished pages renew the page cache."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.models import ContentVersion, SiteSettings


def renew(**_kwargs):
    """Whatever visitors see may have changed."""
    ContentVersion.bump()


def connect():
    """Listen to what Wagtail and Django say of pages and settings."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(renew, dispatch_uid="home.renew")
    # A page that becomes private must leave the cache at once.
    for sender in (SiteSettings, Site, PageViewRestriction):
        post_save.connect(renew, sender=sender, dispatch_uid=f"home.renew.{sender.__name__}")
    for sender in (Page, PageViewRestriction):
        post_delete.connect(renew, sender=sender, dispatch_uid=f"home.renew.no_{sender.__name__}")
