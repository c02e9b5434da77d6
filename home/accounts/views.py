"""The pages of an account that are ours; the others are allauth's, in our templates."""

from allauth.account import views as allauth
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from home.accounts.forms import BY_CODE, NameForm
from home.limits import client_address, too_often

HOUR = 3600
TRIES_PER_HOUR = 60
MOST_PER_HOUR = 10
UNPROVEN_PER_HOUR = 4
TOO_MANY = "Beaucoup d’inscriptions d’ici : réessayez dans une heure."


@login_required
def account(request):
    """« Mon compte »: the name, and the ways to everything else."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Votre nom est enregistré.")
        return redirect("account")
    if form.errors:
        # What was typed stays in the form; the page itself goes on with what is kept.
        request.user.refresh_from_db(fields=["display_name"])
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "form": form,
        "has_second_factor": Authenticator.Type.TOTP in factors,
        "new_address": EmailAddress.objects.get_new(request.user),
        "is_staff": request.user.has_perm("wagtailadmin.access_admin"),
    }
    status = 422 if form.errors else 200
    return render(request, "account/account.html", context, status=status)


class LoginView(allauth.LoginView):
    """One page, two forms: a code by mail, or the password."""

    def _redirect_to_pending_stage(self, request, stage):
        """Whoever comes back here has begun a login and wants another one: let them."""

    def get_form_kwargs(self):
        """Each of the two forms has its own ids."""
        kwargs = super().get_form_kwargs()
        by_code = self.request.POST.get("moyen") == BY_CODE
        return kwargs | {"auto_id": "code-%s" if by_code else "passe-%s"}

    def get_context_data(self, **kwargs):
        """The form that was sent as it was sent, the other one empty."""
        context = super().get_context_data(**kwargs)
        sent, form_class = context["form"], self.get_form_class()
        if sent.by_code:
            forms = {"code_form": sent, "password_form": form_class(auto_id="passe-%s")}
        else:
            empty = form_class(by_code=True, auto_id="code-%s")
            forms = {"code_form": empty, "password_form": sent}
        return context | forms


class SignupView(allauth.SignupView):
    """Sign-up, with what keeps robots out of the other public forms."""

    extra_context = {"days": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS}

    def post(self, request, *args, **kwargs):
        """Thank robots and double taps; refuse floods; else as allauth does."""
        form = self.get_form()
        if form.is_from_a_robot or form.was_sent_before:
            return redirect("account_email_verification_sent")
        if too_often("signup-tries", client_address(request), TRIES_PER_HOUR, HOUR):
            return self.refused(form)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Take a good form in, once."""
        address = client_address(self.request)
        if too_often("signup", address, MOST_PER_HOUR, HOUR) or (
            not form.spend_proof() and too_often("unproven", address, UNPROVEN_PER_HOUR, HOUR)
        ):
            return self.refused(form)
        if not form.claim():
            return redirect("account_email_verification_sent")
        return super().form_valid(form)

    def refused(self, form):
        """The form again, with what to do."""
        form.full_clean()
        form.add_error(None, TOO_MANY)
        response = self.form_invalid(form)
        response.status_code = 429
        return response
