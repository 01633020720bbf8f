"""Officers of a body vary its way of working; each party decides for itself, and sees what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from samverkan.agency import asking, following, proposing, varying, ways
from samverkan.agency.proof import WrongPermit
from samverkan.domain import adoption as rules
from samverkan.domain.org import Role
from samverkan.domain.pack import Pack, Variant
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ProposalId, VariantId
from samverkan.kernel.outcome import Refused, RefusedError
from tests.agency.model import COUNCIL, DEBTS, POLICE, TAX, small_pack
from tests.agency.test_proposing import sketch
from tests.agency.world import World, question

NATIONAL = "operativa-radet"
NOBODY = VariantId("var-" + "1" * 26)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return small_pack()


@pytest.fixture(scope="module")
def way(pack: Pack) -> Variant:
    return pack.variants["bergslagen"]


def draft(world: World, pack: Pack, way: Variant, **more: Any) -> Any:
    told = {"council": COUNCIL} | more
    found = world.act(POLICE, Action.VARY, varying.draft, pack, way, **told)
    world.house.settle()
    return found


def stand(world: World, pack: Pack, number: str, party: str, kind: str = rules.ADOPT) -> Any:
    done = world.act(
        party, Action.TAKE_POSITION, varying.stand, pack, number, kind, council=COUNCIL
    )
    world.house.settle()
    return done


def adopted(world: World, pack: Pack, way: Variant) -> str:
    number = draft(world, pack, way)
    for party in (POLICE, TAX, DEBTS):
        assert stand(world, pack, number, party) is None
    return str(number)


def held(world: World, pack: Pack, party: str = TAX) -> tuple[Variant, ...]:
    with world.look(party) as reading:
        return ways.in_force(reading, pack)


def test_each_act_needs_its_own_permit(founded: World, pack: Pack, way: Variant) -> None:
    for do, details in (
        (varying.draft, (way,)),
        (varying.stand, (NOBODY, rules.ADOPT)),
        (varying.promote, (NOBODY,)),
        (varying.do_step, (NOBODY, "look")),
    ):
        with pytest.raises(WrongPermit):
            founded.act(POLICE, Action.ASK, do, pack, *details)


def test_a_variant_is_drafted_stood_for_and_in_force_for_all_members(
    founded: World, pack: Pack, way: Variant
) -> None:
    number = draft(founded, pack, way)
    assert held(founded, pack) == ()
    for party in (POLICE, TAX, DEBTS):
        assert stand(founded, pack, number, party) is None
    assert held(founded, pack, DEBTS) == (way,)
    assert "variant.drafted" in founded.entries(POLICE)
    with founded.look(TAX) as reading:
        model = ways.model(reading, pack, COUNCIL)
        assert model.rhythm == replace(model.rhythm, weeks=2)
        assert ways.model(reading, pack, NATIONAL).variants == ()


def test_a_variant_of_another_body_is_not_there(founded: World, pack: Pack, way: Variant) -> None:
    other = replace(way, body=NATIONAL)
    assert code(draft(founded, pack, other)) is Code.NOT_FOUND
    assert code(stand(founded, pack, NOBODY, TAX)) is Code.NOT_FOUND
    number = draft(founded, pack, way)
    elsewhere = founded.act(POLICE, Action.VARY, varying.promote, pack, number, council=COUNCIL)
    assert code(elsewhere) is Code.WRONG_STATE


def code(answer: object) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def test_what_the_law_does_not_allow_does_not_leave(
    founded: World, pack: Pack, way: Variant
) -> None:
    process = pack.processes["proposal"]
    step = replace(process.steps["review"], id="surface-check")
    taken = replace(process, steps={**process.steps, step.id: step})
    full = replace(pack, processes={**pack.processes, "proposal": taken})
    assert code(draft(founded, full, way)) is Code.VARIANT_REFUSED
    assert "variant.draft" not in [kind for _, kind in founded.outbox(POLICE)]


def test_a_text_that_points_somebody_out_does_not_leave(
    founded: World, pack: Pack, way: Variant
) -> None:
    change = next(iter(way.changes.values()))
    told = replace(change, why={"sv": "Fråga a.b@example.org", "en": "Ask a.b@example.org"})
    named = replace(way, changes={**way.changes, change.id: told})
    assert code(draft(founded, pack, named)) is Code.TEXT_IDENTIFIES


def test_a_stand_that_cannot_be_taken_now_is_refused_at_once(
    founded: World, pack: Pack, way: Variant
) -> None:
    number = adopted(founded, pack, way)
    assert code(stand(founded, pack, number, TAX)) is Code.ALREADY_DECIDED
    assert code(stand(founded, pack, number, TAX, rules.OPPOSE)) is Code.ALREADY_DECIDED
    assert stand(founded, pack, number, TAX, rules.WITHDRAW) is None
    assert held(founded, pack) == ()


def test_a_proposal_keeps_to_the_steps_that_it_began_with(
    asked: World, pack: Pack, way: Variant
) -> None:
    adopted(asked, pack, way)
    said = {"answers": {"other-region": "yes"}, "criteria": {"harm": 3, "local-harm": 2}}
    made = asked.act(POLICE, Action.PROPOSE, proposing.propose, sketch(asked, **said))
    asked.house.settle()
    with asked.look(TAX) as reading:
        version = ways.model(reading, pack, COUNCIL).version
        found = {id_: one.header for id_, one in following.proposals(reading).items()}
    assert (found[made].model, found[made].answers) == (version, {"other-region": "yes"})
    closing: Any = {"proposal": made, "present": [POLICE, TAX, DEBTS], "council": COUNCIL}
    asked.act(POLICE, Action.CLOSE_DECISION, proposing.close, **closing)
    asked.house.settle()
    assert step(asked, pack, made, Role.OFFICER) is Code.NO_MANDATE
    assert step(asked, pack, made, Role.COUNCIL_MEMBER) is None
    asked.house.settle()
    with asked.look(TAX) as reading:
        (one,) = following.proposals(reading).values()
        assert ([done.step for done in one.done], one.decided) == (["surface-check"], None)
        again = one
    asked.act(POLICE, Action.CLOSE_DECISION, proposing.close, **closing)
    asked.house.settle()
    with asked.look(TAX) as reading:
        (one,) = following.proposals(reading).values()
    assert again.decided is None
    assert one.decided is not None
    assert one.decided.model == version


def step(world: World, pack: Pack, proposal: str, role: Role) -> Code | None:
    """The added step, by the first officer of the police in that role."""
    node = world.node(POLICE)
    asked = [node.permit(one.user, Action.DO_STEP, None, role) for one in node.officers()]
    permit = next(one for one in asked if isinstance(one, Permit))
    try:
        with node.write(permit) as work:
            _done(varying.do_step(work, permit, pack, proposal, "surface-check"))
    except RefusedError as error:
        return error.refused.code
    world.house.settle()
    return None


def _done(refused: Refused | None) -> None:
    """A refusal is raised, so that nothing of the transaction is kept."""
    if refused is not None:
        raise RefusedError(refused)


def test_a_step_of_a_proposal_that_is_not_known_is_not_there(founded: World, pack: Pack) -> None:
    nowhere = ProposalId("pro-" + "1" * 26)
    answer = founded.act(POLICE, Action.DO_STEP, varying.do_step, pack, nowhere, "look")
    assert code(answer) is Code.NOT_FOUND


def test_a_way_in_force_is_put_before_the_wider_body(
    founded: World, pack: Pack, way: Variant
) -> None:
    number = adopted(founded, pack, way)
    new = founded.act(POLICE, Action.VARY, varying.promote, pack, number, council=NATIONAL)
    founded.house.settle()
    with founded.look(POLICE) as reading:
        found = ways.adoptions(reading, pack)[new]
    assert found.variant.id == "bergslagen-national"
    assert [one.variant for one in found.variant.origins] == ["bergslagen"]


def test_a_case_and_a_request_say_under_which_way_of_working_they_began(
    asked: World, pack: Pack, way: Variant
) -> None:
    with asked.look(POLICE) as reading:
        opened = [one.body for one in reading.feed.all() if one.kind == "case.opened"]
    assert {body["model"] for body in opened} == {"v1"}
    adopted(asked, pack, way)
    with asked.look(POLICE) as reading:
        version = ways.led(reading, pack, asked.scope.id).version
    assert version.startswith("v1-")
    asked.act(POLICE, Action.ASK, asking.ask, pack, question(asked))
    store = asked.node(POLICE).opened.store
    with store.view() as connection:
        (last,) = store.ledger.recent(connection, limit=1, before=None)
    assert (last.entry.action, last.entry.codes[-1]) == ("request.asked", version)


def test_a_variant_waits_for_each_member_that_has_not_said_what_it_thinks(
    founded: World, pack: Pack, way: Variant
) -> None:
    number = draft(founded, pack, way)
    for party in (POLICE, TAX):
        with founded.look(party) as reading:
            assert [one.id for one in ways.awaited(reading, pack, [COUNCIL])] == [number]
            assert ways.awaited(reading, pack, ["operativa-radet"]) == []
    stand(founded, pack, number, TAX)
    with founded.look(TAX) as reading:
        assert ways.awaited(reading, pack, [COUNCIL]) == []
