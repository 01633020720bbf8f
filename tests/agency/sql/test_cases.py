from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from samverkan.agency.facts import NOBODY
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.request import Step
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import CaseId, RequestId
from samverkan.wire.asking import Annex, AnnexSubject
from tests.agency.sql.rows import (
    SCOPE,
    USER,
    case,
    disclosed,
    ident,
    request,
    said,
    subject,
)
from tests.instruments import NOON


@pytest.fixture(autouse=True)
def _known(party: SqlReading) -> None:
    both = [said(1, Prop.CITY, "1885"), said(2, Prop.CITY, "1885")]
    party.register.add(both, party="polisen")


def test_a_case_comes_back_with_its_subjects(party: SqlReading) -> None:
    made = case(1, subject(1))
    party.cases.open(made)
    party.cases.open(case(2))
    assert party.cases.get(made.id) == made
    assert len(party.cases.all()) == 2
    assert party.cases.get(CaseId(ident("cas", 3))) is None


def test_a_subject_is_in_a_case_once(party: SqlReading) -> None:
    party.cases.open(case(1, subject(1)))
    for one in (subject(1), subject(2), subject(2)):
        party.cases.include(case(1).id, one)
    found = party.cases.get(case(1).id)
    assert found is not None
    assert found.subjects == (subject(1), subject(2))


def test_a_request_comes_back_with_its_history_in_order(party: SqlReading) -> None:
    party.cases.add_request(request(1))
    party.cases.step(request(1).id, Step.ASK, at=NOON, officer=USER)
    later = NOON + timedelta(hours=1)
    party.cases.step(request(1).id, Step.ANSWER, at=later, officer=None)
    found = party.cases.request(request(1).id)
    assert found is not None
    assert found.steps == ((Step.ASK, NOON, USER), (Step.ANSWER, later, None))
    assert found.ask == request(1).ask
    assert party.cases.requests() == [found]
    assert party.cases.request(RequestId(ident("req", 9))) is None


def test_the_own_requests_of_a_case_come_without_those_of_others(party: SqlReading) -> None:
    mine = request(1)
    others = replace(request(2), case=CaseId(ident("cas", 9)))
    for one in (mine, others, replace(request(3), outgoing=not mine.outgoing)):
        party.cases.add_request(one)
        party.cases.step(one.id, Step.ASK, at=NOON, officer=USER)
    wanted = [one for one in party.cases.requests() if one.outgoing and one.case == mine.case]
    assert party.cases.asked_in(mine.case) == wanted
    assert len(wanted) == 1
    assert wanted[0].steps == ((Step.ASK, NOON, USER),)


def test_what_was_sent_is_found_by_its_number_and_what_came_is_not(party: SqlReading) -> None:
    for at, outgoing in ((1, True), (2, False)):
        party.cases.add_request(request(at))
        party.cases.add_disclosure(disclosed(at, at), outgoing=outgoing, at=NOON)
    assert party.cases.sent(ident("dis", 1)) == disclosed(1, 1)
    assert party.cases.sent(ident("dis", 2)) is None
    assert party.cases.sent(ident("dis", 3)) is None


def test_a_disclosure_is_kept_as_it_travelled(party: SqlReading) -> None:
    party.cases.add_request(request(1))
    party.cases.add_disclosure(disclosed(1, 1), outgoing=False, at=NOON)
    assert party.cases.disclosure(request(1).id) == disclosed(1, 1)
    assert party.cases.disclosure(RequestId(ident("req", 2))) is None
    assert party.cases.has_disclosure(ident("dis", 1))
    assert not party.cases.has_disclosure(ident("dis", 2))


def test_annexes_are_kept_by_who_wrote_them(party: SqlReading) -> None:
    one = AnnexSubject(names=["Delta"], number=None, why="skäl")
    written = Annex(proposal=ident("pro", 1), scope=SCOPE, subjects=[one])
    party.cases.add_annex(written, party="polisen", case=case(1).id, at=NOON)
    empty = Annex(proposal=ident("pro", 1), scope=SCOPE, subjects=[])
    party.cases.add_annex(empty, party="kfm", case=None, at=NOON)
    assert party.cases.annexes(written.proposal) == {"polisen": written, "kfm": empty}
    assert party.cases.annexes(ident("pro", 2)) == {}
    assert party.cases.proposed(case(1).id) == [written.proposal]


def test_a_request_about_nobody_comes_back_as_one(party: SqlReading) -> None:
    unknown = replace(request(1), subject=NOBODY)
    party.cases.add_request(unknown)
    assert party.cases.request(unknown.id) == unknown
    assert party.register.statements(NOBODY) == []


def test_a_file_is_tied_to_its_header(party: SqlReading) -> None:
    header = CaseId(ident("cas", 7))
    party.cases.open(case(1))
    party.cases.tie(case(1).id, header)
    assert party.cases.get(case(1).id) == replace(case(1), header=header)
