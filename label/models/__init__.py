"""The charter and its members, claims, posts, what is collected, local-production pages."""

from label.models.charter import Charter
from label.models.claims import Claim, ClaimCode, ClaimEvent, Fact, Invitation, StillTrueAsk
from label.models.held import HeldPhoto
from label.models.items import Item, ItemTag, Refusal, Sighting
from label.models.memberships import Membership, MembershipEvent, MemberStand
from label.models.posts import Post, PostTag
from label.models.production import LocalProductionIndex, LocalProductionPage
from label.models.sources import Moment, Source
from label.models.statements import SigningKey, Statement

__all__ = [
    "Charter",
    "Claim",
    "ClaimCode",
    "ClaimEvent",
    "Fact",
    "HeldPhoto",
    "Invitation",
    "Item",
    "ItemTag",
    "LocalProductionIndex",
    "LocalProductionPage",
    "MemberStand",
    "Membership",
    "MembershipEvent",
    "Moment",
    "Post",
    "PostTag",
    "Refusal",
    "Sighting",
    "SigningKey",
    "Source",
    "Statement",
    "StillTrueAsk",
]
