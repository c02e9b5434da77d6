"""/flux/lettre: the letters for feed readers, one entry for each."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from home.templatetags.frame import site_settings
from letter import contents
from letter.audiences import SITE
from letter.models import Letter
from webmag.feeds.content import fit
from webmag.feeds.formats import CONTENT_TYPES, FORMATS
from webmag.feeds.writing import LONG_AGO

MOST = 10


@require_safe
def feed(request, form):
    """The newest letters with what they told that is still public."""
    name = site_settings().site_name
    made = FORMATS[form](
        title=fit(f"{name} : la lettre"),
        link=settings.SITE_URL + reverse("letter:archive"),
        description=fit(f"Ce qu’il y a de neuf, par {name}."),
        language="fr",
        feed_url=settings.SITE_URL + request.path,
        feed_guid=settings.SITE_URL + request.path.rpartition(".")[0],
        since=LONG_AGO,
    )
    for letter in Letter.objects.archived()[:MOST]:
        add(made, letter)
    return HttpResponse(made.writeString("utf-8"), content_type=CONTENT_TYPES[form])


def add(made, letter):
    """One letter."""
    sections = contents.sections(SITE, letter.pk, letter.pk)
    titles = [entry.title for section in sections for entry in section.entries]
    made.add_item(
        title=fit(f"La lettre du {date_format(letter.day, 'j F Y')}"),
        link=settings.SITE_URL + letter.get_absolute_url(),
        description=fit(" · ".join(titles)),
        unique_id=f"tag:{settings.SITE_HOST},{letter.day:%Y-%m-%d}:lettre",
        unique_id_is_permalink=False,
        pubdate=letter.closed_at,
        updateddate=letter.closed_at,
        names=[],
        content=fit(render_to_string("letter/feed_entry.html", {"sections": sections})),
        picture="",
    )
