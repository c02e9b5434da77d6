"""The charter and who signed it, claims and what proves them, posts, local-production pages."""

from label.models.charter import Charter
from label.models.claims import Claim, ClaimCode, ClaimEvent, Fact, Invitation, StillTrueAsk
from label.models.held import HeldPhoto
from label.models.memberships import Membership, MembershipEvent, MemberStand
from label.models.posts import Post, PostTag
from label.models.production import LocalProductionIndex, LocalProductionPage

__all__ = [
    "Charter",
    "Claim",
    "ClaimCode",
    "ClaimEvent",
    "Fact",
    "HeldPhoto",
    "Invitation",
    "LocalProductionIndex",
    "LocalProductionPage",
    "MemberStand",
    "Membership",
    "MembershipEvent",
    "Post",
    "PostTag",
    "StillTrueAsk",
]
