"""Hits are judged, cases opened, requests answered field by field, each by who may."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from samverkan.domain.graph import Relevance, Verdict
from samverkan.embedded.stations import asking, sharing
from samverkan.embedded.stations.seat import Seat
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import FiringId, HitId
from tests.agency.model import DEBTS, POLICE
from tests.agency.world import World
from tests.embedded.seats import (
    ANALYST,
    DEBTS_RELEASER,
    at,
    refusal,
)
from tests.instruments import seeded


def test_hits_are_listed_strongest_first_with_their_judgement(enrolled: World) -> None:
    seat = at(enrolled, POLICE, ANALYST)
    found, firings = sharing.hits(seat)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert firings
    sharing.judge(seat, found[0].hit, Verdict.SAME, "number and name")
    again, _ = sharing.hits(seat)
    assert {one.hit: one.judged for one in again}[found[0].hit] == "same"


def test_what_is_no_identifier_is_as_absent(enrolled: World) -> None:
    seat = at(enrolled, POLICE, ANALYST)
    absent = HitId.draw(seeded(9))
    for named in ("x", absent):
        judged = partial(sharing.judge, seat, named, Verdict.SAME, "x")
        assert refusal(judged) is Code.NOT_FOUND
        opened_case = partial(asking.open_case, seat, hit=named, title="x")
        assert refusal(opened_case) is Code.NOT_FOUND


def _asked(world: World) -> tuple[Seat, str, str]:
    """A case of the police with a request to the enforcement agency."""
    seat = at(world, POLICE, ANALYST)
    found, _ = sharing.hits(seat)
    hit = next(one for one in found if one.party == DEBTS and "regno" in one.agreed)
    case = asking.open_case(seat, hit=hit.hit, title="Delta")
    wish = asking.Wish(
        case, hit.hit, ("name", "phone"), "sfs-2016-774", "assess-proposal", "Needed.", 14
    )
    assert refusal(lambda: asking.request(seat, wish)) is Code.NOT_YET
    sharing.judge(seat, hit.hit, Verdict.SAME, "number and name")
    odd = replace(wish, props=("shoe-size",))
    assert refusal(lambda: asking.request(seat, odd)) is Code.FIELD_NOT_A_CHOICE
    return seat, case, asking.request(seat, wish)


def test_a_request_is_answered_field_by_field_and_the_case_grows(enrolled: World) -> None:
    seat, case, request = _asked(enrolled)
    owner = at(enrolled, DEBTS, DEBTS_RELEASER)
    assert [one.request for one in asking.requests(owner)] == [request]
    why = {"phone": "not-needed"}

    def code(release: tuple[str, ...], withhold: dict[str, str]) -> Code:
        return refusal(lambda: asking.answer(owner, request, release=release, withhold=withhold))

    assert code(("name",), {}) is Code.FIELD_MISSING
    assert code(("name", "phone"), why) is Code.FIELD_NOT_A_CHOICE
    assert code(("name", "street"), why) is Code.FIELD_NOT_A_CHOICE
    assert code(("name",), {"phone": "mood"}) is Code.REASON_MISSING
    assert asking.answer(owner, request, release=("name",), withhold=why)
    assert code(("name",), why) is Code.ALREADY_ANSWERED
    received = [one for one in asking.show_case(seat, case) if one.party == DEBTS]
    assert [one.prop for one in received] == ["name"]
    assert asking.requests(owner)[0].state == "closed"


def test_a_firing_is_assessed_opened_and_asked_about_at_another_owner(enrolled: World) -> None:
    seat = at(enrolled, POLICE, ANALYST)
    _, (fired,) = sharing.hits(seat)
    assert (fired.parties, fired.met, fired.united_by) == ((DEBTS, POLICE), 2, "number")
    assert fired.assessed is None
    case = asking.open_case(seat, firing=fired.firing, title="Delta")
    wish = asking.Wish(
        case,
        None,
        ("condition",),
        None,
        "assess-proposal",
        "Needed.",
        14,
        firing=fired.firing,
        of=DEBTS,
    )
    assert refusal(lambda: asking.request(seat, wish)) is Code.NOT_YET
    sharing.assess(seat, fired.firing, Relevance.RELEVANT, "the same company")
    assert sharing.hits(seat)[1][0].assessed == "relevant"
    request = asking.request(seat, wish)
    owner = at(enrolled, DEBTS, DEBTS_RELEASER)
    assert [one.request for one in asking.requests(owner)] == [request]
    assert asking.answer(owner, request, release=("condition",), withhold={})
    received = [one for one in asking.show_case(seat, case) if one.party == DEBTS]
    assert [one.values for one in received] == [("kfm:debt-over-100k",)]


def test_a_firing_that_is_none_is_as_absent(enrolled: World) -> None:
    seat = at(enrolled, POLICE, ANALYST)
    absent = FiringId.draw(seeded(9))
    for named in ("x", absent):
        assessed = partial(sharing.assess, seat, named, Relevance.UNSURE, "x")
        assert refusal(assessed) is Code.NOT_FOUND
        opened_case = partial(asking.open_case, seat, firing=named, title="x")
        assert refusal(opened_case) is Code.NOT_FOUND
