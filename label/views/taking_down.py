"""« C’est ma publication, retirez-la »: answered at once by hiding it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from home.limits import client_address, too_often
from label import item_cards, items
from label.models import Item
from label.takedown_form import TakedownForm

HOUR = 3600
TRIES_PER_HOUR = 60
MOST_PER_HOUR = 10
# Without a proof of work (no JavaScript), from one address and from all together.
UNPROVEN_PER_HOUR, UNPROVEN_OF_ALL = 2, 20
TOO_MANY = "Beaucoup de demandes d’un coup : réessayez dans une heure, ou écrivez-nous."


@never_cache
def remove(request, number):
    """Show the form for one publication; a good answer hides it."""
    item = get_object_or_404(Item.objects.public(), pk=number)
    form = TakedownForm(request.POST or None, item=item)
    status = 200
    if request.method == "POST":
        if form.is_from_a_robot or form.was_sent_before:
            return redirect("wall:removed")
        status = refusal(request, form)
        if not status:
            take_down(item, form)
            return redirect("wall:removed")
    (card,) = item_cards.make(Item.objects.filter(pk=item.pk))
    return render(request, "label/take_down.html", {"card": card, "form": form}, status=status)


def refusal(request, form):
    """The status to show the form again with; 0 when it may be taken."""
    address = client_address(request)
    if too_often("tries", address, TRIES_PER_HOUR, HOUR):
        form.add_error(None, TOO_MANY)
        return 429
    if not form.is_valid():
        return 422
    most = too_often("takedown", address, MOST_PER_HOUR, HOUR)
    if most or (not form.is_proven and unproven_too_often(address)):
        form.add_error(None, TOO_MANY)
        return 429
    return 0


def unproven_too_often(address):
    """Whether too many came without a proof."""
    mine = too_often("takedown-unproven", address, UNPROVEN_PER_HOUR, HOUR)
    return too_often("takedown-unproven", "all", UNPROVEN_OF_ALL, HOUR) or mine


def take_down(item, form):
    """Hide it, once for each sending."""
    if not form.claim():
        return
    if form.is_proven:
        form.spend_proof()
    said = form.cleaned_data
    items.hide_for_author(item, said["message"].strip(), said["never_again"])


@never_cache
def removed(request):
    """What happened, and what happens now."""
    return render(request, "label/taken_down.html")
