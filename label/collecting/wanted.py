"""Which hashtags are collected: the label's, its others, those of the moment."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from home.templatetags.frame import site_settings
from label.hashtags import one_form
from label.models import Moment


@dataclass(frozen=True)
class Words:
    """`now`: today's; `ever`: those of moments that are over or to come as well."""

    now: frozenset[str]
    ever: frozenset[str]

    def digest(self, source) -> str:
        """Changes when a source's old answers would be read otherwise."""
        text = "everything" if source.everything else " ".join(sorted(self.now))
        return sha256(f"{source.kind} {source.consent} {text}".encode()).hexdigest()


def words() -> Words:
    """Today's."""
    ours = {one_form(part) for part in site_settings().hashtags.split(",")} - {""}
    moments = Moment.objects.on(timezone.localdate()).values_list("tag", flat=True)
    return Words(
        frozenset(ours.union(moments)),
        frozenset(ours.union(Moment.objects.values_list("tag", flat=True))),
    )
