from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import joining, proposing
from samverkan.agency.facts import CaseFacts
from samverkan.agency.proof import WrongPermit
from samverkan.agency.sql import tables as t
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId, ProposalId
from samverkan.kernel.outcome import Refused
from samverkan.wire.asking import Annex
from samverkan.wire.deciding import Propose
from samverkan.wire.v1 import canonical, decode
from tests.agency.model import ANNA, BO, COUNCIL, CRIME, DEBTS, POLICE, SCOPE, TAX
from tests.agency.world import World

NOWHERE = ProposalId("pro-" + "1" * 26)


def sketch(world: World, **other: Any) -> proposing.Sketch:
    base: dict[str, Any] = {
        "case": world.case(),
        "body": COUNCIL,
        "target": "networks",
        "crime_area": "economic",
        "criteria": {"harm": 3},
        "measures": ((POLICE, "seizure"),),
        "goals": (),
        "until": date(2027, 5, 1),
        "why": "Anna Alm styr Delta",
    }
    return proposing.Sketch(**base | other)


def propose(world: World, **other: Any) -> Any:
    return world.act(POLICE, Action.PROPOSE, proposing.propose, sketch(world, **other))


def written(world: World, kind: str) -> list[tuple[str, bytes]]:
    table = world.node(POLICE).opened.store.tables.outbox
    with world.node(POLICE).opened.store.view() as connection:
        rows = connection.execute(table.select().where(table.c.kind == kind)).all()
    return [(row.recipient, row.body) for row in rows if row.body is not None]


def annex(world: World, **other: Any) -> Annex:
    base: dict[str, Any] = {"proposal": NOWHERE, "scope": world.scope.id, "subjects": []}
    return Annex(**base | other)


def test_proposing_and_deciding_need_their_own_permits(operating: World) -> None:
    with pytest.raises(WrongPermit):
        operating.act(POLICE, Action.ASK, proposing.propose, sketch(operating))
    with pytest.raises(WrongPermit):
        operating.act(
            POLICE,
            Action.READ_COUNCIL,
            proposing.take_position,
            council=COUNCIL,
            proposal=NOWHERE,
            position="for",
            reason=None,
        )
    with pytest.raises(WrongPermit):
        operating.act(
            POLICE,
            Action.TAKE_POSITION,
            proposing.close,
            council=COUNCIL,
            proposal=NOWHERE,
            present=[],
        )


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({"case": CaseId("cas-" + "1" * 26)}, Refused(Code.NOT_FOUND)),
        ({"why": " "}, Refused(Code.REASON_MISSING)),
        ({"why": "x" * 2_001}, Refused(Code.FIELD_TOO_LONG, {"field": "why"})),
    ],
)
def test_a_proposal_is_refused(asked: World, other: dict[str, Any], refused: Refused) -> None:
    assert propose(asked, **other) == refused


def test_nothing_is_proposed_in_a_scope_that_has_ended(asked: World) -> None:
    asked.act(CRIME, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    assert propose(asked) == Refused(Code.COOPERATION_ENDED)


def test_steering_gets_a_header_that_names_nobody(asked: World) -> None:
    propose(asked)
    ((to, body),) = written(asked, "proposal.make")
    assert to == "steering"
    assert decode(body, Propose).body == COUNCIL
    assert b"Anna" not in body
    assert ANNA.replace("-", "").encode() not in body


def test_the_annex_goes_to_the_parties_of_the_scope_and_to_nobody_else(asked: World) -> None:
    proposal = propose(asked)
    assert {to for to, _ in written(asked, "proposal.annex")} == set(SCOPE) - {POLICE}
    with asked.look(POLICE) as reading:
        assert list(reading.cases.annexes(proposal)) == [POLICE]
        assert reading.cases.proposed(asked.case()) == [proposal]


def test_the_annex_holds_no_protected_identity(asked: World) -> None:
    proposal = propose(asked)
    with asked.look(POLICE) as reading:
        said = canonical(reading.cases.annexes(proposal)[POLICE]).decode()
        case = reading.cases.get(asked.case())
    assert case is not None
    assert asked.subject(POLICE, BO) in case.subjects
    assert BO.replace("-", "") not in said
    assert "berg" not in said.lower()
    assert ANNA.replace("-", "") in said


def test_the_annex_holds_own_fields_never_what_others_disclosed(asked: World) -> None:
    """Delta has another name at the enforcement agency; it is theirs to pass on."""
    asked.play("answer")
    subject = asked.subject(POLICE, ANNA)

    def renamed(work: Any) -> None:
        theirs = t.statement.update().where(
            t.statement.c.subject == subject, t.statement.c.party == DEBTS
        )
        work.connection.execute(theirs.values(value="markerad"))
        work.log(Entry("test.renamed", POLICE, POLICE))

    asked.hear(POLICE, renamed)
    proposal = propose(asked)
    with asked.look(POLICE) as reading:
        held = {s.value for s in reading.register.statements(subject)}
        said = canonical(reading.cases.annexes(proposal)[POLICE])
    assert "markerad" in held
    assert b"markerad" not in said


def test_an_annex_of_a_scope_that_we_share_is_kept_once(asked: World) -> None:
    assert asked.hear(DEBTS, proposing.annexed, POLICE, annex(asked)) is None
    again = asked.hear(DEBTS, proposing.annexed, POLICE, annex(asked))
    assert again == Refused(Code.NOT_FOUND)
    assert asked.entries(DEBTS)[-1] == "annex.received"


def test_an_annex_from_outside_the_scope_is_refused(asked: World) -> None:
    refused = asked.hear(DEBTS, proposing.annexed, TAX, annex(asked))
    assert refused == Refused(Code.NOT_FOUND)


def test_an_annex_after_the_end_is_refused_and_one_too_early_waits(asked: World) -> None:
    early = annex(asked, scope="coo-" + "1" * 26)
    assert asked.hear(DEBTS, proposing.annexed, POLICE, early) == Refused(Code.NOT_YET)
    asked.act(CRIME, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    late = asked.hear(DEBTS, proposing.annexed, POLICE, annex(asked))
    assert late == Refused(Code.COOPERATION_ENDED)


def take(world: World, proposal: str, council: str = COUNCIL) -> Any:
    return world.act(
        DEBTS,
        Action.TAKE_POSITION,
        proposing.take_position,
        council=council,
        proposal=proposal,
        position="against",
        reason="no-surface",
    )


def close(world: World, proposal: str) -> Any:
    return world.act(
        POLICE,
        Action.CLOSE_DECISION,
        proposing.close,
        council=COUNCIL,
        proposal=proposal,
        present=list(SCOPE),
    )


def test_a_position_is_the_own_partys_command(operating: World) -> None:
    assert take(operating, operating.proposal()) is None
    assert operating.entries(DEBTS)[-1] == "position.taken"
    with operating.look(DEBTS) as reading:
        sent = reading.commands.sent("position.take", operating.proposal())
    assert [one.officer for one in sent] == [
        operating.permit(DEBTS, Action.TAKE_POSITION, COUNCIL).user
    ] * 2


def test_a_proposal_that_is_absent_and_one_of_another_body_get_one_answer(
    operating: World,
) -> None:
    assert take(operating, NOWHERE) == Refused(Code.NOT_FOUND)
    assert close(operating, NOWHERE) == Refused(Code.NOT_FOUND)
    permit = operating.permit(POLICE, Action.READ_COUNCIL, "operativa-radet")
    assert permit.body == "operativa-radet"


def test_closing_is_a_command_of_the_chair(operating: World) -> None:
    assert close(operating, operating.proposal()) is None
    assert operating.entries(POLICE)[-1] == "proposal.closed"


def test_a_case_fact_is_what_the_annex_came_from(asked: World) -> None:
    propose(asked)
    with asked.look(POLICE) as reading:
        found = reading.cases.get(asked.case())
    assert isinstance(found, CaseFacts)
    assert len(found.subjects) == 4
