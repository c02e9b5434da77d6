"""What a browser sends with a public form: its time of display, and the work it has done."""

import json
from unittest.mock import patch

import altcha
from django.core import signing

from home import proof
from home.public_form import SALT


def solution(purpose, fewest=0):
    """The solved challenge of a form; the work is cut short, not its check."""
    with patch.multiple(proof, COST=1, FEWEST=fewest, MOST=fewest + 1):
        asked = altcha.Challenge.from_dict(json.loads(proof.challenge(purpose)))
    return altcha.Payload(asked, altcha.solve_challenge(asked)).to_base64()


def stamp(seconds=30):
    """A form's signed time of display, so many seconds ago."""
    with patch("django.core.signing.time.time", return_value=signing.time.time() - seconds):
        return signing.dumps("shown", salt=SALT)


def filled(purpose="", **fields):
    """The fields of a form that was shown half a minute ago; with a proof if it has a purpose."""
    proven = {"preuve": solution(purpose)} if purpose else {}
    return {"affiche_a": stamp()} | proven | fields
