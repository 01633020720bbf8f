"""A joint case from the command line: opened, joined, listed, moved on by the lead, closed."""

from __future__ import annotations

from datetime import date
from functools import partial

from samverkan.embedded.stations import asking, casing, sharing
from samverkan.kernel.codes import Code
from tests.agency.model import DEBTS, POLICE
from tests.agency.world import World
from tests.embedded.seats import ANALYST, at, refusal

DEBTS_ANALYST = "Elin Falk"
WISH = casing.Wish("map-network", "economic", number="K-2026-12")


def test_a_joint_case_goes_its_way(enrolled: World) -> None:
    police, debts = at(enrolled, POLICE, ANALYST), at(enrolled, DEBTS, DEBTS_ANALYST)
    found, _ = sharing.hits(police)
    case = asking.open_case(police, hit=found[0].hit, title="Delta")
    header = casing.open_joint(police, case, WISH)
    assert refusal(partial(casing.open_joint, police, case, WISH)) is Code.ALREADY_DECIDED
    assert casing.join(debts, header, case=None, number="")
    (seen,) = casing.listed(debts)
    assert (seen.header, seen.lead, seen.parties) == (header, POLICE, (POLICE, DEBTS))
    assert (seen.phase, seen.state, seen.age, seen.number) == ("begun", "running", 0, None)
    assert seen.review == date(2027, 2, 22)
    assert refusal(partial(casing.phase, debts, header, "analysis")) is Code.NOT_THE_OWNER
    assert refusal(partial(casing.phase, police, header, "tired")) is Code.FIELD_NOT_A_CHOICE
    casing.phase(police, header, "analysis")
    assert casing.listed(police)[0].phase == "analysis"
    casing.close(police, header, "handed-over")
    assert casing.listed(police) == []
    assert refusal(partial(casing.phase, police, header, "begun")) is Code.WRONG_STATE


def test_what_is_no_header_is_as_absent(enrolled: World) -> None:
    seat = at(enrolled, POLICE, ANALYST)
    assert refusal(partial(casing.join, seat, "x", case=None, number="")) is Code.NOT_FOUND
    assert refusal(partial(casing.close, seat, "cas-" + "1" * 26, "merged")) is Code.NOT_FOUND
    assert refusal(partial(casing.open_joint, seat, "x", WISH)) is Code.NOT_FOUND
