"""« C’est ma publication, retirez-la »: answered at once by hiding it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from home.form_limits import FormLimits
from label import item_cards, items
from label.models import Item
from label.takedown_form import TakedownForm

LIMITS = FormLimits(
    "takedown",
    unproven=2,
    unproven_of_all=20,
    too_many="Beaucoup de demandes d’un coup : réessayez dans une heure, ou écrivez-nous.",
)


@never_cache
def remove(request, number):
    """Show the form for one publication; a good answer hides it."""
    item = get_object_or_404(Item.objects.public(), pk=number)
    form = TakedownForm(request.POST or None, item=item)
    status = 200
    if request.method == "POST":
        if form.is_from_a_robot or form.was_sent_before:
            return redirect("wall:removed")
        status = LIMITS.refusal(request, form)
        if not status:
            take_down(item, form)
            return redirect("wall:removed")
    (card,) = item_cards.make(Item.objects.filter(pk=item.pk))
    return render(request, "label/take_down.html", {"card": card, "form": form}, status=status)


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
