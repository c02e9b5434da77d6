"""The page tree that every site starts with."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from home.models import HomePage, SiteSettings


@transaction.atomic
def plant(**_kwargs):
    """Make sure that there are settings and a home page, and that the site shows it.

    Runs after each migrate and leaves what is there alone. Wagtail's own migrations bring a
    welcome page, which makes room; a flushed database, as in some tests, gets all of it anew.
    """
    # Wagtail makes the row when it is first read: a visitor would write, and wait for an import.
    SiteSettings.load()
    if HomePage.objects.exists():
        return
    # Its row is made on first use: a visitor's GET should not have to write.
    SiteSettings.load()
    # After a flush the numbers of content types that were in memory no longer hold.
    ContentType.objects.clear_cache()
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.get_first_root_node():
        Collection.add_root(name="Racine")
    root = Page.get_first_root_node() or Page.add_root(title="Racine", slug="root")
    welcome = Site.objects.filter(is_default_site=True).first()
    home = HomePage(title="Accueil", slug="accueil")
    root.add_child(instance=home)
    if welcome:
        old = welcome.root_page
        welcome.root_page = home
        welcome.site_name = settings.WAGTAIL_SITE_NAME
        welcome.save()
        old.delete()
    else:
        Site.objects.create(
            hostname="localhost",
            root_page=home,
            is_default_site=True,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
