"""How often a form that anybody may send is taken within the hour (home/public_form.py)."""

from dataclasses import dataclass

from home.limits import client_address, too_often

HOUR = 3600
TRIES_PER_HOUR, MOST_PER_HOUR = 60, 10


@dataclass(frozen=True)
class FormLimits:
    """Of one form, counted under its name; `too_many` is what people read then.

    Without a proof of work (no JavaScript) fewer are taken: `unproven` from one address, and
    `unproven_of_all` from all together.
    """

    name: str
    unproven: int
    unproven_of_all: int
    too_many: str

    def refusal(self, request, form):
        """The status to show the form again with; 0 when it may be taken.

        Tries count apart from what is taken, so that mending mistakes locks nobody out.
        """
        address = client_address(request)
        if too_often("tries", address, TRIES_PER_HOUR, HOUR):
            return self._too_many(form)
        if not form.is_valid():
            return 422
        most = too_often(self.name, address, MOST_PER_HOUR, HOUR)
        if most or (not form.is_proven and self._unproven_too_often(address)):
            return self._too_many(form)
        return 0

    def _too_many(self, form):
        form.add_error(None, self.too_many)
        return 429

    def _unproven_too_often(self, address):
        name = f"{self.name}-unproven"
        mine = too_often(name, address, self.unproven, HOUR)
        return too_often(name, "all", self.unproven_of_all, HOUR) or mine
