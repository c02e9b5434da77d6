"""Published and unpublished pages renew the page cache."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.models import ContentVersion, SiteSettings


def renew(**_kwargs):
    """Whatever visitors see may have changed."""
    ContentVersion.bump()


def connect():
    """Listen to what Wagtail and Django say of pages and settings."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(renew, dispatch_uid="home.renew")
    for sender in (SiteSettings, Site):
        post_save.connect(renew, sender=sender, dispatch_uid=f"home.renew.{sender.__name__}")
    post_delete.connect(renew, sender=Page, dispatch_uid="home.renew.page_deleted")
