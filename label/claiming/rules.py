"""The numbers of a claim: how long, how often, how many tries."""

from datetime import timedelta

# A code of eight digits in a mail, and one that somebody has to put on a website.
CODE_LIFE = timedelta(minutes=30)
TOKEN_LIFE = timedelta(days=14)
MOST_TRIES = 5
# A contact that changed later than this, by anybody but a moderator, proves nothing.
CONTACT_MUST_STAND = timedelta(days=30)
# What is begun and not sent is forgotten; so is a question that nobody answers.
UNFINISHED_LIFE = timedelta(days=7)
ANSWER_LIFE = timedelta(days=60)
# Who manages a listing has so long to answer before anything may be decided without them.
MANAGER_ANSWERS_IN = timedelta(days=7)
# So long may whoever was on file or managed before object to what was decided.
CONTEST_LIFE = timedelta(days=30)
INVITATION_LIFE = timedelta(days=14)
# « Toujours exact ? »: a year after the last check, and no more often than this.
STILL_TRUE_AFTER = timedelta(days=365)
STILL_TRUE_AGAIN = timedelta(days=60)

DAY = 24 * 3600
HOUR = 3600
# Within a day, whoever asks and however it goes.
BEGUN_BY_USER = 8
SENT_FOR_LISTING = 5
CODES_FOR_USER = 10
CODES_FOR_LISTING = 6
CODES_TO_CONTACT = 5
CODES_FROM_ADDRESS = 20
INVITATIONS_BY_USER = 10
# Within an hour.
TRIES_BY_USER = 30
LOOKS_AT_WEBSITE = 10
