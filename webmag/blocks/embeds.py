"""A video of another site, which nobody's browser asks before a click."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.oembed.things import thing_at
from webmag import players
from webmag.blocks.photos import whole_picture
from webmag.blocks.shelf import PhotoChooser


class EmbedBlock(blocks.StructBlock):
    """A video by its address; a photo of ours stands for it until it is played.

    The address of a page of our own is shown as what it is, without a frame.
    """

    url = blocks.URLBlock(
        label="adresse de la vidéo",
        max_length=500,
        help_text="Celle de la page où on la regarde. Une page de ce site convient aussi : une "
        "fiche, un article, un membre.",
    )
    title = blocks.CharBlock(label="titre", max_length=150)
    photo = PhotoChooser(
        label="image d’attente",
        required=False,
        help_text="Une photo du site, montrée jusqu’à la lecture.",
    )
    caption = blocks.CharBlock(label="légende", required=False, max_length=300)

    def clean(self, value):
        """Take only addresses of videos that the site may show."""
        cleaned = super().clean(value)
        if not players.player_of(cleaned["url"]) and not our_own(cleaned["url"]):
            names = ", ".join(players.known_names())
            message = f"Donnez l’adresse d’une vidéo, sur l’un de ces sites : {names}."
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return cleaned

    def get_context(self, value, parent_context=None):
        """Add the player, or only a link where the site may not show it any more."""
        context = super().get_context(value, parent_context)
        found = players.player_of(value["url"])
        own = None if found else our_own(value["url"])
        link = found.page if found else players.safe_link(value["url"])
        if own:
            link = settings.SITE_URL + own.page
        picture = whole_picture(value["photo"]) or (own and next(iter(own.pictures), None))
        return context | {"player": found, "own": own, "link": link, "picture": picture}

    class Meta:
        icon = "media"
        label = "Vidéo"
        description = "Une vidéo d’un autre site, qui ne charge rien avant qu’on la lance."
        template = "blocks/embed.html"
        preview_value = {
            "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "title": "Odile façonne ses pains",
            "photo": None,
            "caption": "Trois minutes au fournil",
        }


def our_own(url):
    """The `Thing` of ours at an address, None for an address elsewhere or what nobody may see."""
    try:
        return thing_at(url or "")
    except Http404:
        return None
