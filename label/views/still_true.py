"""/label/demande/toujours-exact/…: a manager confirms the listing by one button, once a year."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from label.claiming import yearly


@never_cache
def confirm(request, token):
    """What the listing says, and the button: a mail scanner that opens links confirms nothing."""
    manager = yearly.read(token)
    if not manager:
        return render(request, "label/claim/link_gone.html", status=410)
    if request.method == "POST":
        yearly.confirm(manager)
        return redirect("claims:still_true", token)
    is_done = manager.listing.verified_on == timezone.localdate()
    context = {"manager": manager, "listing": manager.listing, "is_done": is_done}
    return render(request, "label/claim/still_true.html", context)
