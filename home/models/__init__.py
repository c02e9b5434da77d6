"""People, photos, tags, waiting mails, the site's settings and its plain pages."""

from home.models.mails import OutgoingMail
from home.models.pages import HomePage, PlainPage
from home.models.photos import Photo, PhotoRendition
from home.models.settings import SiteSettings
from home.models.tags import Tag
from home.models.users import User
from home.models.versions import ContentVersion
from home.models.words import SearchEntry, SearchWord

__all__ = [
    "ContentVersion",
    "HomePage",
    "OutgoingMail",
    "Photo",
    "PhotoRendition",
    "PlainPage",
    "SearchEntry",
    "SearchWord",
    "SiteSettings",
    "Tag",
    "User",
]
