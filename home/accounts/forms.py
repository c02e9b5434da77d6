"""The forms of an account, as a person meets them."""

from allauth.account import forms as account
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import caches
from django.db import IntegrityError, transaction

from home.accounts.adapter import WRONG_CODE
from home.models import User
from home.public_form import OneLineField, PublicForm, ReplyAddressField, one_line

BY_CODE = "code"
# Longer than any passphrase; hashing a megabyte would be work for us and none for a robot.
LONGEST_PASSWORD = 256
GOOD_PHRASE = "Huit signes au moins, pas seulement des chiffres : une courte phrase convient bien."
# A code of the telephone's counts in its half minute and the ones beside it.
TOTP_LIVES_SECONDS = 120


def address_field(**attributes):
    """Where somebody has their mail; also the name they log in with."""
    widget = forms.EmailInput(attrs={"autocomplete": "username", **attributes})
    return ReplyAddressField(label="Adresse e-mail", widget=widget)


def password_field(label, kind=PasswordField, **options):
    """A password, never shown again."""
    field = kind(label=label, max_length=LONGEST_PASSWORD, **options)
    field.widget.attrs.pop("placeholder", None)
    return field


def code_input(digits):
    """Digits from a mail or a telephone: a pad of digits, filled in by browsers that can."""
    return forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric" if digits else "text",
            "autocapitalize": "off",
            "spellcheck": "false",
        }
    )


def name_field():
    """What readers see under what somebody writes."""
    return OneLineField(
        label="Votre nom",
        max_length=80,
        help_text="Tel que les visiteurs le liront si vous écrivez ici.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def owner_of(address):
    """Whose address this is; None for one that somebody only asked for.

    Anybody may ask to change to an address of somebody else's; until its owner opens the link,
    nothing that the owner does may lead into that account.
    """
    return User.objects.filter(email__iexact=address, is_active=True).first()


class LoginForm(account.LoginForm):
    """One address, two ways: a code by mail, or the password."""

    def __init__(self, *args, by_code=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_code = self.data.get("moyen") == BY_CODE if by_code is None else by_code
        self.fields["login"] = address_field()
        if self.by_code:
            del self.fields["password"]
        else:
            self.fields["password"] = password_field(
                "Mot de passe", autocomplete="current-password"
            )
        self.order_fields(["login", "password"])

    def clean_login(self):
        """Addresses are kept in small letters."""
        return super().clean_login().lower()

    def clean(self):
        """Send no code into somebody's account for an address that is not theirs yet."""
        cleaned = super().clean()
        if self.by_code:
            self.user = owner_of(cleaned.get("login", ""))
        return cleaned


class SignupForm(PublicForm, account.SignupForm):
    """A name, an address; a password for those who want one."""

    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, purpose="inscription", **kwargs)
        self.fields["display_name"] = name_field()
        self.fields["email"] = address_field()
        self.fields["password1"] = password_field(
            "Mot de passe (facultatif)",
            required=False,
            autocomplete="new-password",
            help_text=f"{GOOD_PHRASE} Sans mot de passe, nous vous envoyons un code par mail "
            "chaque fois que vous vous connectez.",
        )
        self.order_fields(self.field_order)

    def validate_unique_email(self, value):
        """Taken is what is somebody's; what somebody only asked for is free."""
        self.account_already_exists = User.objects.filter(email__iexact=value).exists()
        return value

    def signup(self, request, user):
        """Give the new person their name."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])

    def try_save(self, request):
        """Make the account, or do the same amount of work where there is one already."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                # Somebody signed up with this address at this very moment.
                self.account_already_exists = True
        make_password(self.cleaned_data.get("password1") or None)
        return super().try_save(request)


class AddEmailForm(account.AddEmailForm):
    """A new address, which counts once its mail was opened."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field()
        self.fields["email"].label = "Nouvelle adresse e-mail"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class OnePassword:
    """A new password is typed once: whoever mistypes it gets in by a mailed code."""

    NEW_LABEL = "Nouveau mot de passe"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.fields["password1"].user
        self.fields["password1"] = password_field(
            self.NEW_LABEL, kind=SetPasswordField, help_text=GOOD_PHRASE
        )
        self.fields["password1"].user = person
        self.fields.pop("password2", None)


class ChangePasswordForm(OnePassword, account.ChangePasswordForm):
    """The old password, then the new one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field(
            "Mot de passe actuel", autocomplete="current-password"
        )


class SetPasswordForm(OnePassword, account.SetPasswordForm):
    """A first password."""

    NEW_LABEL = "Mot de passe"


class ResetPasswordKeyForm(OnePassword, account.ResetPasswordKeyForm):
    """A new password instead of a forgotten one."""


class ResetPasswordForm(account.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field()

    def clean_email(self):
        """Only for the account whose address it is."""
        address = super().clean_email()
        self.users = list(filter(None, [owner_of(address)]))
        return address


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(
            "Votre mot de passe", autocomplete="current-password"
        )


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    """The code that came by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code reçu par mail"
        self.fields["code"].max_length = 40
        self.fields["code"].widget = code_input(digits=True)


class OneUse:
    """A code of the telephone's opens once, also within the time that clocks may differ."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].max_length = 40
        self.fields[
            "code"
        ].help_text = (
            "Les six chiffres que montre l’application de votre téléphone, ou un code de secours."
        )
        self.fields["code"].widget = code_input(digits=True)

    def clean_code(self):
        """Raises `ValidationError` for a code that was used before."""
        code = super().clean_code()
        key = f"totp:{self.user.pk}:{''.join(filter(str.isalnum, code))}"
        if not caches["counters"].add(key, True, TOTP_LIVES_SECONDS):
            raise forms.ValidationError(WRONG_CODE, code="incorrect_code")
        return code


class AuthenticateForm(OneUse, second_factor.AuthenticateForm):
    """The second factor at login."""


class ReauthenticateCodeForm(OneUse, second_factor.ReauthenticateForm):
    """The second factor once more, before something that matters."""


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code shows that the telephone has understood."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code affiché par l’application"
        self.fields["code"].max_length = 40
        self.fields["code"].widget = code_input(digits=True)


class NameForm(forms.ModelForm):
    """The name that readers see."""

    class Meta:
        model = User
        fields = ["display_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = name_field()

    def clean_display_name(self):
        """One line, whatever was pasted."""
        return one_line(self.cleaned_data["display_name"])
