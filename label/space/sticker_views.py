"""/mon-espace/label/…/autocollants.pdf: stickers for the shop's window, of one's own badge."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from home.limits import too_often
from label.space.access import personal
from label.space.home_views import mine_or_404

# A sheet takes a second of a processor.
SHEETS, PER_SECONDS = 20, 3600


@personal
@require_safe
def stickers(request, number):
    """The sheet of one's own badge; there is none for anybody else's, or once it is over."""
    member = mine_or_404(request.user, number)
    if not (member.is_member and member.is_shown):
        raise Http404
    if too_often("stickers", request.user.pk, SHEETS, PER_SECONDS):
        messages.error(request, "Beaucoup de planches d’un coup : réessayez dans une heure.")
        return redirect("space:home")
    return answer(member)


def answer(member):
    """The sheet, to be saved."""
    # Its library takes a second to load, at each start of the site, for a sheet once a year.
    from label import stickers as sheets

    name = f"autocollants-{member.slug}.pdf"
    response = HttpResponse(sheets.sheet(member), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
