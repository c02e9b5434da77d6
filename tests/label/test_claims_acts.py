"""A claim: begun, proved, sent, decided; nothing of the listing changes before."""

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from directory.models import ContactChange, Listing, ListingManager
from home.models import OutgoingMail
from label import claiming
from label.claiming import ClaimError, TooLate, contacts, proving
from label.models import Claim, ClaimCode, Fact, Membership
from tests import factories
from tests.home.accounts import letters
from tests.label import claiming as cast
from tests.label.factories import charter

pytestmark = pytest.mark.django_db
Way, State = Claim.Way, Claim.State


@pytest.fixture
def monique():
    return cast.volunteer()


def test_from_the_first_tap_to_the_page_in_her_hands(monique):
    listing, solene = cast.pottery(), cast.potter()
    before = Listing.objects.values().get()
    claim = cast.submitted(solene, listing, charter())
    assert (claim.state, cast.managers(listing)) == (State.WAITING, [])
    assert Listing.objects.values().get() == before

    claiming.accept(claim, monique, State.WAITING, with_label=True)

    assert claim.state == State.ACCEPTED
    assert cast.managers(listing) == ["solene@example.org"]
    fact = Fact.objects.get()
    assert (fact.kind, fact.on, fact.by) == (Fact.Kind.CONTACT, timezone.localdate(), monique)
    assert Membership.objects.get().state == Membership.State.ACTIVE


def test_the_contact_on_file_is_told_at_both_ends_and_reads_no_word_of_the_claimant(monique):
    solene = factories.user("solene@example.org", display_name="ACHETEZ http://mal.example")
    claim = cast.submitted(solene)
    claiming.accept(claim, monique, State.WAITING)
    told = [letter for letter in letters() if letter.to == [cast.CONTACT]]
    assert [letter.subject.partition(" ")[0] for letter in told[1:]] == ["Quelqu’un", "Quelqu’un"]
    assert "Rien ne change" in told[1].body and "/contester/" in told[1].body
    assert "30 jours" in told[2].body and "/contester/" in told[2].body
    for letter in told:
        assert "ACHETEZ" not in letter.body + letter.subject
        assert "solene" not in letter.body


def test_a_code_is_kept_as_a_hash_and_counts_once():
    claim = cast.begun()
    claiming.send_code(claim, Way.CONTACT)
    code = cast.code_sent_to(cast.CONTACT)
    row = ClaimCode.objects.get()
    assert code.replace("-", "") not in str(model_to_dict(row))
    claiming.prove(claim, code.replace("-", " "))
    with pytest.raises(ClaimError):
        claiming.prove(claim, code)


def test_five_wrong_tries_and_the_right_one_no_longer_counts():
    claim = cast.begun()
    claiming.send_code(claim, Way.CONTACT)
    for _ in range(5):
        with pytest.raises(ClaimError, match="pas le bon"):
            claiming.prove(claim, "0000-0000")
    with pytest.raises(ClaimError, match="pas le bon"):
        claiming.prove(claim, cast.code_sent_to(cast.CONTACT))
    assert not proving.standing(claim)


def test_a_code_is_over_after_half_an_hour_and_when_another_is_sent():
    claim = cast.begun()
    claiming.send_code(claim, Way.CONTACT)
    first = cast.code_sent_to(cast.CONTACT)
    claiming.send_code(claim, Way.CONTACT)
    with pytest.raises(ClaimError):
        claiming.prove(claim, first)
    claim.codes.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ClaimError):
        claiming.prove(claim, cast.code_sent_to(cast.CONTACT))


def test_a_code_of_one_claim_counts_for_no_other():
    listing = cast.pottery()
    one = cast.begun(cast.potter(), listing)
    other = cast.begun(cast.potter("autre@example.org"), listing)
    claiming.send_code(one, Way.CONTACT)
    code = cast.code_sent_to(cast.CONTACT)
    claiming.send_code(other, Way.CONTACT)
    with pytest.raises(ClaimError):
        claiming.prove(other, code)


@pytest.mark.parametrize("how", ["save", "update", "bulk"])
def test_however_the_contact_changed_a_minute_before_no_code_goes_there(how):
    listing = cast.pottery()
    claim = cast.begun(listing=listing)
    change(listing, how, "moi@voleur.example")
    assert Way.CONTACT not in contacts.ways(listing)
    claim.refresh_from_db()
    with pytest.raises(ClaimError):
        claiming.send_code(claim, Way.CONTACT)
    assert not OutgoingMail.objects.exists()


def change(listing, how, email):
    """Write another address by one of the ways in which listings are written."""
    listing.email = email
    if how == "save":
        listing.save()
    elif how == "update":
        Listing.objects.filter(pk=listing.pk).update(email=email)
    else:
        Listing.objects.bulk_update([listing], ["email"])


def test_a_code_is_worth_nothing_when_the_contact_changed_after_it_was_sent():
    claim = cast.begun()
    claiming.send_code(claim, Way.CONTACT)
    code = cast.code_sent_to(cast.CONTACT)
    Listing.objects.update(email="autre@terre-grise.example")
    with pytest.raises(ClaimError, match="vient de changer"):
        claiming.prove(Claim.objects.get(), code)
    assert not proving.standing(Claim.objects.get())


def test_there_and_back_again_within_the_month_counts_no_more():
    cast.proven()
    Listing.objects.update(email="moi@voleur.example")
    Listing.objects.update(email=cast.CONTACT)
    assert not proving.standing(Claim.objects.get())


def test_an_old_change_and_one_of_a_moderator_are_trusted():
    listing = cast.pottery()
    Listing.objects.update(email="neuf@terre-grise.example")
    ContactChange.objects.update(at=timezone.now() - timedelta(days=31))
    listing.refresh_from_db()
    assert Way.CONTACT in contacts.ways(listing)
    Listing.objects.update(email="encore@terre-grise.example")
    assert Way.CONTACT not in contacts.ways(listing)
    ContactChange.objects.update(by_moderation=True)
    assert Way.CONTACT in contacts.ways(listing)


def test_who_was_on_file_before_is_told_too():
    listing = cast.pottery()
    Listing.objects.update(email="moi@voleur.example")
    listing.refresh_from_db()
    claim = cast.submitted(listing=listing, is_proven=False)
    assert set(claim.told) == {cast.CONTACT, "moi@voleur.example"}


def test_without_proof_a_volunteer_must_have_seen_them(monique):
    claim = cast.submitted(is_proven=False)
    with pytest.raises(ClaimError, match="Rien ne le prouve"):
        claiming.accept(claim, monique, State.WAITING)
    assert cast.managers(claim.listing) == []
    claiming.accept(claim, monique, State.WAITING, evidence="marche", detail="marché de Dourdan")
    assert cast.managers(claim.listing) == ["solene@example.org"]
    fact = Fact.objects.get()
    assert (fact.kind, fact.detail) == ("marche", "marché de Dourdan")


def test_nobody_decides_on_their_own_claim(monique):
    claim = cast.submitted(monique)
    cast.volunteer("odile@example.org")
    with pytest.raises(ClaimError, match="quelqu’un d’autre la décide"):
        claiming.accept(claim, monique, State.WAITING)
    assert cast.managers(claim.listing) == []


def test_a_proof_that_no_longer_stands_does_not_carry_the_decision(monique):
    cast.submitted()
    Listing.objects.update(email="moi@voleur.example")
    with pytest.raises(ClaimError, match="Rien ne le prouve"):
        claiming.accept(Claim.objects.get(), monique, State.WAITING)


def test_the_second_accepted_claim_goes_to_the_manager(monique):
    listing = cast.pottery()
    first = cast.submitted(cast.potter(), listing)
    second = cast.submitted(cast.potter("autre@example.org"), listing)
    claiming.accept(first, monique, State.WAITING)
    with pytest.raises(claiming.ToTheManager):
        claiming.accept(second, monique, State.WAITING)
    assert cast.managers(listing) == ["solene@example.org"]
    assert second.state == State.WAITING
    assert "solene@example.org" in second.told
    assert link_page(second)


def link_page(claim):
    """The link that the manager got."""
    return cast.link_sent_to("solene@example.org")


def managed_and_claimed(monique):
    """A listing that Solène manages, and a claim on it by somebody else that waits."""
    listing = cast.pottery()
    first = cast.accepted(monique, cast.potter(), listing)
    second = cast.submitted(cast.potter("autre@example.org"), listing)
    return listing, first, second


def test_a_manager_who_agrees_keeps_the_page_and_gets_help(monique):
    listing, _first, second = managed_and_claimed(monique)
    claiming.agree(second, "solene@example.org")
    claiming.accept(second, monique, State.WAITING)
    roles = dict(listing.managers.values_list("user__email", "role"))
    assert roles == {"solene@example.org": "responsable", "autre@example.org": "aide"}


def test_the_contact_alone_cannot_agree_for_the_manager(monique):
    _listing, _first, second = managed_and_claimed(monique)
    with pytest.raises(TooLate):
        claiming.agree(second, cast.CONTACT)


def test_a_manager_who_says_nothing_for_a_week_does_not_block_for_ever(monique):
    listing, _first, second = managed_and_claimed(monique)
    with pytest.raises(claiming.ToTheManager):
        claiming.accept(second, monique, State.WAITING, evidence="visite", replace=True)
    long_ago = timezone.now() - timedelta(days=8)
    Claim.objects.filter(pk=second.pk).update(submitted_at=long_ago)
    ListingManager.objects.update(since=long_ago - timedelta(days=300))
    second.refresh_from_db()
    claiming.accept(second, monique, State.WAITING, evidence="visite", replace=True)
    assert cast.managers(listing) == ["autre@example.org"]
    claiming.undo(second, monique, "Erreur")
    assert cast.managers(listing) == ["solene@example.org"]
    assert listing.managers.get().since < long_ago


def test_a_contested_claim_needs_more_than_a_code(monique):
    claim = cast.submitted()
    claiming.contest(claim, cast.CONTACT, "Je ne connais pas cette personne")
    with pytest.raises(ClaimError, match="conteste"):
        claiming.accept(claim, monique, State.CONTESTED)
    assert cast.managers(claim.listing) == []
    claiming.accept(claim, monique, State.CONTESTED, evidence="visite")
    assert cast.managers(claim.listing) == ["solene@example.org"]


def test_undo_puts_back_who_managed_and_takes_the_guests_along(monique):
    claim = cast.accepted(monique)
    listing, solene = claim.listing, claim.user
    guest = cast.potter("invite@example.org")
    claiming.inviting.invite(solene, listing, guest.email, "responsable")
    word = cast.link_sent_to(guest.email, "/invitation/").rstrip("/").rpartition("/")[2]
    claiming.inviting.accept(claiming.inviting.find(word), guest)
    assert cast.managers(listing) == ["invite@example.org", "solene@example.org"]
    claiming.inviting.invite(guest, listing, "encore@example.org")
    claiming.undo(claim, monique, "Ce n’était pas elle")
    assert cast.managers(listing) == []
    assert not listing.invitations.filter(accepted_at=None).exists()
    assert not Fact.objects.exists()
    assert [event.what for event in claim.events.all()][-1] == "Annulée : comme avant"


def test_undo_takes_the_label_that_came_with_it(monique):
    claim = cast.submitted(charter=charter())
    claiming.accept(claim, monique, State.WAITING, with_label=True)
    claiming.undo(claim, monique)
    assert Membership.objects.get().state == Membership.State.LEFT


def test_the_former_contact_contests_for_thirty_days_and_not_after(monique):
    claim = cast.accepted(monique)
    claiming.contest(claim, cast.CONTACT)
    assert claim.state == State.CONTESTED
    claiming.keep(claim, monique)
    assert (claim.state, cast.managers(claim.listing)) == (State.ACCEPTED, ["solene@example.org"])
    Claim.objects.update(granted_at=timezone.now() - timedelta(days=31))
    claim.refresh_from_db()
    with pytest.raises(TooLate):
        claiming.contest(claim, cast.CONTACT)


def test_refused_is_mailed_with_its_reason_and_can_be_reopened(monique):
    claim = cast.submitted()
    claiming.refuse(claim, monique, State.WAITING, "Le numéro ne répond pas.")
    assert claim.state == State.REFUSED
    assert "Le numéro ne répond pas." in letters()[-2].body
    claiming.reopen(claim, monique)
    assert (claim.state, claim.decided_by) == (State.WAITING, None)


def test_a_question_waits_for_its_answer(monique):
    claim = cast.submitted()
    claiming.ask(claim, monique, State.WAITING, "À quel marché êtes-vous ?")
    assert claim not in Claim.objects.waiting()
    claiming.answer(claim, "À Rambouillet")
    assert claim in Claim.objects.waiting()
    assert "À Rambouillet" in claim.message
    with pytest.raises(TooLate):
        claiming.answer(claim, "Encore")


def test_withdrawn_claims_cannot_be_accepted(monique):
    claim = cast.submitted()
    assert claiming.withdraw(claim)
    with pytest.raises(TooLate):
        claiming.accept(claim, monique, State.WAITING)
    assert not claiming.withdraw(claim)


def test_unfinished_claims_end_by_themselves_and_waiting_ones_do_not():
    listing = cast.pottery()
    unfinished = cast.begun(listing=listing)
    waiting = cast.submitted(cast.potter("autre@example.org"), listing)
    Claim.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert claiming.expire() == 1
    unfinished.refresh_from_db()
    waiting.refresh_from_db()
    assert (unfinished.state, waiting.state) == (State.EXPIRED, State.WAITING)
    with pytest.raises(TooLate):
        claiming.submit(unfinished, "Solène", "", "")


def test_a_claim_is_begun_once_and_not_by_who_manages(monique):
    listing, solene = cast.pottery(), cast.potter()
    assert claiming.begin(solene, listing) == claiming.begin(solene, listing)
    claim = cast.submitted(cast.potter("autre@example.org"), listing)
    claiming.accept(claim, monique, State.WAITING)
    with pytest.raises(ClaimError, match="déjà"):
        claiming.begin(claim.user, listing)


def test_limits_on_codes_for_a_listing():
    listing = cast.pottery()
    claim = cast.begun(listing=listing)
    sent = 0
    with pytest.raises(ClaimError, match="Beaucoup"):
        for _ in range(20):
            claiming.send_code(claim, Way.CONTACT)
            sent += 1
    assert sent == 6
    # One mailbox gets fewer still, without a word about it.
    assert OutgoingMail.objects.filter(recipient=cast.CONTACT).count() == 5


def test_a_listing_that_is_gone_can_only_be_refused(monique):
    claim = cast.submitted()
    claim.listing.delete()
    claim.refresh_from_db()
    with pytest.raises(ClaimError, match="existe plus"):
        claiming.accept(claim, monique, State.WAITING, evidence="visite")
    claiming.refuse(claim, monique, State.WAITING, "Fiche retirée")
    assert claim.state == State.REFUSED


def test_a_proposed_listing_proves_nothing_by_what_was_proposed():
    listing = cast.pottery()
    listing.sources.create(
        source="Proposition d’un habitant",
        source_id="demande-1",
        licence="ODbL-1.0",
        retrieved_at=timezone.now(),
    )
    assert contacts.ways(listing) == [Way.VOLUNTEER]


def test_who_asked_is_forgotten_a_year_after_the_end(monique):
    claim = cast.submitted()
    claiming.contest(claim, cast.CONTACT, "C’est chez moi")
    claiming.refuse(claim, monique, State.CONTESTED, "Non")
    assert Claim.objects.forget_people(timezone.now() - timedelta(days=365)) == 0
    assert Claim.objects.forget_people(timezone.now()) == 1
    claim.refresh_from_db()
    assert (claim.name, claim.message, claim.told) == ("", "", [])
    assert not claim.codes.exists()
    assert cast.CONTACT not in str(list(claim.events.values()))


def test_undo_never_gives_the_page_back_to_somebody_who_was_undone_before(monique):
    listing = cast.pottery()
    first = cast.accepted(monique, cast.potter(), listing)
    second = cast.submitted(cast.potter("autre@example.org"), listing)
    claiming.agree(second, "solene@example.org")
    claiming.accept(second, monique, State.WAITING, replace=True)
    claiming.undo(first, monique, "Ce n’était pas elle")
    assert cast.managers(listing) == ["autre@example.org"]
    claiming.undo(second, monique, "Lui non plus")
    assert cast.managers(listing) == []
