"""What the words of a mail server mean for a mailbox: gone, full or closed for now, or not said.

Codes first (RFC 3463), words where the code says little: half of the servers answer « 5.0.0 », and
blocks of our own server come as « 550 » too. Facts about servers, in the words that they send.
"""

import re
from enum import Enum

# More than any server says of one mailbox.
LONGEST = 4000
CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.])([45])\d\d(?=[\s-])")
SPACE = re.compile(r"\s+")


class Meaning(Enum):
    """Is the mailbox gone, does it take nothing for now, is it us who are not wanted, or what?"""

    GONE = "gone"
    PASSING = "passing"
    UNWANTED = "unwanted"
    UNCLEAR = "unclear"


def any_of(*words):
    """One pattern for all of these."""
    return re.compile("|".join(words))


FULL = any_of(
    r"quota(?!tion)",
    r"(?:mailbox|mail box|inbox|mail ?folder|account|user|recipient)(?: \S+)? (?:is |was )?"
    r"(?:currently |already |too )?(?:full|large)\b",
    r"mailbox size|exceeded (?:storage|disk|mailbox|mail)|out ?of ?storage"
    r"|insufficient (?:system )?(?:storage|disk)|not enough (?:disk|storage|space)|disk space"
    r"|maildir over|over ?drawn",
    r"bo[iî]te(?: (?:aux|à|de|a) lettres?| mail)?(?: \S+){0,3} (?:est )?(?:pleine|satur)",
    r"message (?:size )?(?:is )?too (?:big|large|long)|(?:message|size) exceeds|larger than",
)
POLICY = any_of(
    r"\bspam|\bvirus|\bblocked\b(?! due to inactiv)|\bblock ?list|black ?list|\bdnsbl\b"
    r"|\brbl\b|spamhaus|reputation|\bbanned\b",
    r"\bpolic(?:y|ies)\b|unsolicited|suspicious|bulk mail|content (?:filter|reject)|\bdmarc\b"
    r"|\bdkim\b|\bspf\b|unauthenticated|authentication|not authorized|not permitted|prohibited",
    r"relay|reverse (?:dns|lookup|map)|\bptr\b|helo|your (?:ip|host|server|network|mail server)",
    r"too many|rate.?limit|throttl|permanently deferred",
    r"sender (?:address|domain|verif|is|not|reject)|mail from|domain of sender|envelope sender",
    r"mail rejet|mail rejected|service refus|message refus|refused by",
    r"loop|too many hops|syntax error|starttls|\btls\b|certificate",
)
LATER = any_of(
    r"grey ?list|receiving mail (?:too quickly|at a rate)|try again|\blater\b|temporar|deferred"
    r"|timed? ?out",
)
GONE = any_of(
    r"(?:user|recipient|mailbox|account|address|addressee|utilisateur|destinataire|compte|alias)"
    r"(?: name)?(?: \S+)? (?:is |was |has |are |does |did |could |can |est )?(?:been )?"
    r"(?:unknown|not known|not exists?|not found|not be found|cannot be found|invalid|inconnue?"
    r"|inexistante?|invalide|undeliverable|not listed|not valid|do not exist|no longer"
    r"|n[' ]existe)",
    r"(?:does not|doesn['’]?t|do not|don['’]?t|did not|didn['’]?t) (?:exist|have an?(?: \S+)? "
    r"account|currently exist|have a \S+ account)",
    r"(?:unknown|unrouteable|unroutable|invalid|bad|non-?existent|no such|no) (?:or (?:illegal|"
    r"invalid) )?(?:local )?(?:e-?mail )?(?:user|recipient|mailbox|address(?!es)|account|"
    r"destination|person|alias|local.part)(?!s)",
    r"no mailbox (?:here )?(?:by that|with)|not a (?:valid|known) (?:user|recipient|mailbox|"
    r"address)|not our customer|is not a valid mailbox|not listed in",
    r"no such (?:a )?(?:person|domain)",
    r"recipnotfound|recipientnotfound|\bexrecipnotfound|notfound; not found",
    r"adresse d.?au moins un destinataire invalide|invalid recipient|adresse inconnue"
    r"|recipient address rejected: access denied",
    r"no longer (?:active|available|valid|exists?|in use|here|with|accept|work|employ|on this)",
    r"(?:mailbox|account|user|email)(?: \S+){0,6} (?:is |has been |was )?(?:disabled|deactivated|"
    r"inactive|closed|expired|terminated|discontinued|deleted|suspended)|due to inactivity",
    r"host (?:or domain )?(?:name )?not found|unknown (?:host|domain)|domain(?: \S+)? (?:does not "
    r"exist|not found|n'existe)|host unknown|no such host|nxdomain|\bnullmx\b|null mx"
    r"|couldn't find any host named",
)
# Said before the mailbox was named; a name server that may know more tomorrow.
AT_THE_DOOR = re.compile(r"(?:after|in reply to) (?:the )?(?:mail from|helo|ehlo|connect)")
NO_NAME_YET = re.compile(r"not found, try again")
# Said of anything by some; of a missing mailbox by most, where nothing else is said.
PERHAPS_GONE = any_of(r"mailbox (?:name )?(?:unavailable|not available|not allowed)")


def meaning(said: str, status: str = "") -> Meaning:
    """What a server's words mean; `status`: the code of a report's field, where there is one.

    UNCLEAR is a refusal that says nothing of the mailbox: nobody is let go of at once for it.
    """
    said = SPACE.sub(" ", said[:LONGEST]).casefold()
    codes = [one.groups() for one in CODE.finditer(f"{status} {said}")]
    if FULL.search(said) or NO_NAME_YET.search(said) or not FULL_CODES.isdisjoint(codes):
        return Meaning.PASSING
    if AT_THE_DOOR.search(said):
        return Meaning.UNWANTED
    if GONE.search(said):
        return whether_gone(codes, said)
    if POLICY.search(said):
        return Meaning.UNWANTED
    return Meaning.PASSING if LATER.search(said) else of_codes(codes, said)


def whether_gone(codes, said) -> Meaning:
    """Words that speak of a missing mailbox: under a code for « not now », or about the sender?"""
    if any(code[1:] in ABOUT_US for code in codes):
        return Meaning.UNWANTED
    grades = {grade for grade, _, _ in codes} or set(REPLY.findall(said))
    return Meaning.PASSING if grades == {"4"} else Meaning.GONE


FULL_CODES = {("5", "2", "2"), ("5", "2", "3"), ("5", "3", "4")}
# The sender's address is wrong, the sender's system is not wanted.
ABOUT_US = {("1", "7"), ("1", "8"), ("7", "1"), ("7", "26")}
# The mailbox, its domain, where it moved to, a closed one.
ABOUT_THE_BOX = {("1", str(detail)) for detail in (1, 2, 3, 4, 6, 9, 10)} | {("2", "1")}


def of_codes(codes, said) -> Meaning:
    """Where the words say nothing."""
    if any(subject == "7" or (subject, detail) in ABOUT_US for _, subject, detail in codes):
        return Meaning.UNWANTED
    if any(grade == "5" and (subject, detail) in ABOUT_THE_BOX for grade, subject, detail in codes):
        return Meaning.GONE
    grades = {grade for grade, _, _ in codes} | set(REPLY.findall(said))
    if PERHAPS_GONE.search(said) and "5" in grades:
        return Meaning.GONE
    is_said = any(subject not in {"0", "5"} and detail != "0" for _, subject, detail in codes)
    return Meaning.PASSING if is_said or grades == {"4"} else Meaning.UNCLEAR
