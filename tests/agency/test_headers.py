"""What contributed to a case is counted in its parties' own files, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

from samverkan.agency import casing
from samverkan.agency.facts import History
from samverkan.agency.headers import (
    contributions,
    header_of,
    headers,
    reviews_due,
    running,
)
from samverkan.agency.ports import Reading
from samverkan.domain.policy import Action
from samverkan.kernel.ids import CaseId
from tests.agency.model import DEBTS, POLICE, small_pack
from tests.agency.world import World

PHASE = {"kind": "case.phase", "code": "analysis"}


def test_requests_answers_and_proposals_point_to_the_header(operating: World) -> None:
    header = operating.header()
    with operating.look(POLICE) as reading:
        asked = contributions(reading, header)
        requests = [one for one in reading.cases.requests() if one.outgoing]
    assert asked.asked == asked.answered == len(requests) > 0
    assert (asked.given, asked.proposals) == (0, 1)
    with operating.look(DEBTS) as reading:
        given = contributions(reading, header)
    assert (given.asked, given.answered) == (0, 0)
    assert given.given > 0


def test_a_header_that_nothing_points_to_has_no_contributions(operating: World) -> None:
    with operating.look(POLICE) as reading:
        none = contributions(reading, "cas-" + "1" * 26)
    assert (none.asked, none.answered, none.given, none.proposals) == (0, 0, 0, 0)


def test_the_lead_is_told_of_reviews_and_nobody_else(asked: World) -> None:
    day = asked.clock().date()
    for party, found in ((POLICE, [asked.header()]), (DEBTS, [])):
        with asked.look(party) as reading:
            assert [one.id for one in reviews_due(reading, day + timedelta(days=30))] == found
            assert reviews_due(reading, day + timedelta(days=29)) == []


def test_a_file_has_its_header_once_steering_has_told_of_it(asked: World) -> None:
    with asked.look(POLICE) as reading:
        own = reading.cases.all()[0]
        found = header_of(reading, own)
        assert found is not None
        assert list(headers(reading)) == [found.id]
        assert [one.id for one in running(reading)] == [found.id]
        assert header_of(reading, replace(own, header=CaseId("cas-" + "1" * 26))) is None
        assert header_of(reading, replace(own, header=None)) is None


def test_who_was_not_told_of_the_opening_is_shown_nothing_of_the_case(asked: World) -> None:
    asked.act(POLICE, Action.LEAD_CASE, casing.mark, small_pack(), asked.header(), **PHASE)
    asked.house.settle()
    with asked.look(POLICE) as reading:
        later = History(e for e in reading.feed.all() if e.kind != "case.opened")
        assert any(event.kind == "case.phase" for event in later)

        class Deaf:
            feed = Feed(later)

        assert headers(cast("Reading", Deaf())) == {}


class Feed:
    """A feed of these events."""

    def __init__(self, events: History) -> None:
        self.events = events

    def all(self) -> History:
        return self.events
