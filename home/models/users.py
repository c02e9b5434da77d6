"""People who log in."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    """Finds and makes people by their e-mail, whatever its case."""

    def get_by_natural_key(self, email):
        """Return the person with this e-mail; raises `User.DoesNotExist`."""
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Make a person who can log in at once; raises `ValueError` without an e-mail."""
        if not email:
            raise ValueError("a person needs an e-mail")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        # Whoever calls this vouches for the address; people who sign up come another way.
        user.emailaddress_set.create(email=user.email.lower(), verified=True, primary=True)
        return user

    def never_confirmed(self, before):
        """Those who signed up before this moment, never opened the link and never logged in."""
        return (
            self.filter(date_joined__lt=before, last_login=None, is_staff=False, groups=None)
            .filter(is_superuser=False, emailaddress__verified=False)
            .exclude(emailaddress__verified=True)
        )

    def create_superuser(self, email, password=None, **fields):
        """Make somebody who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody with an account: the e-mail is the login, unique without regard to case."""

    username = None
    email = models.EmailField(
        "adresse e-mail",
        unique=True,
        error_messages={"unique": "Un compte existe déjà avec cette adresse."},
    )
    display_name = models.CharField(
        "nom affiché",
        max_length=80,
        blank=True,
        help_text="Ce que lisent les visiteurs. Vide : prénom et nom.",
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="home_user_email_unique",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        """The displayed name where there is one; Wagtail's lists and history ask for it."""
        return self.display_name or super().get_full_name()
