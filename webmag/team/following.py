"""Groups follow roles, and a magazine's groups follow the magazine."""

from django.db.models.signals import post_delete, post_save, pre_delete

from webmag.models import Author, Magazine, Role
from webmag.team import rights


def magazine_saved(instance, created, raw, **_kwargs):
    """A new magazine gets its groups; a renamed one renames them."""
    if raw:
        return
    rights.establish(instance)
    rights.rename(instance)


def magazine_goes(instance, **_kwargs):
    """Nobody keeps a right on what is gone."""
    rights.close(instance)


def role_changed(instance, raw=False, **_kwargs):
    """Somebody came, left or changed their part."""
    if not raw:
        rights.follow(instance.author)


def author_saved(instance, raw, **_kwargs):
    """An account may have been joined to the author."""
    if not raw:
        rights.follow(instance)


def connect():
    """Listen to what Django says of magazines, roles and authors."""
    post_save.connect(magazine_saved, sender=Magazine, dispatch_uid="webmag.magazine_saved")
    pre_delete.connect(magazine_goes, sender=Magazine, dispatch_uid="webmag.magazine_goes")
    for signal in (post_save, post_delete):
        signal.connect(role_changed, sender=Role, dispatch_uid=f"webmag.role.{id(signal)}")
    post_save.connect(author_saved, sender=Author, dispatch_uid="webmag.author_saved")
