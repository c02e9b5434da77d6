"""« C’est mon activité »: what may be done with a claim, and who is told (threats.md, claim).

rules.py has the numbers, contacts.py what is on file and what may count, codes.py the one-use
codes, beginning.py a claim's start and end without decision, proving.py what speaks for it,
deciding.py what a person makes of it, contesting.py who may object, letters.py the mails,
inviting.py second persons, yearly.py the question « toujours exact ? ».
docs/decisions/0027 says why each rule is so.
"""

from label.claiming import inviting
from label.claiming.beginning import begin, expire, submit, withdraw
from label.claiming.contesting import agree, contest
from label.claiming.deciding import accept, answer, ask, keep, refuse, reopen, undo
from label.claiming.errors import ClaimError, TooLate, ToTheManager
from label.claiming.proving import prove, send_code, website_token

__all__ = [
    "ClaimError",
    "ToTheManager",
    "TooLate",
    "accept",
    "agree",
    "answer",
    "ask",
    "begin",
    "contest",
    "expire",
    "inviting",
    "keep",
    "prove",
    "refuse",
    "reopen",
    "send_code",
    "submit",
    "undo",
    "website_token",
    "withdraw",
]
