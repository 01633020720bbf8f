"""From delivery to judgement: each duty does what waits, in its own party's name, and does it once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from samverkan.agency import firings
from samverkan.agency.assessing import judgement
from samverkan.agency.following import cooperations
from samverkan.domain.graph import Verdict
from samverkan.domain.match import Level
from samverkan.embedded import duties
from samverkan.embedded.officers import Desk
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.agency.model import CRIME, DEBTS, PARTIES, POLICE, SCOPE, TAX, TYPOLOGY
from tests.agency.stages import Opening
from tests.agency.world import World


def desk(world: World, party: str) -> Desk:
    return Desk(world.node(party), world.plan)


def scopes(world: World, party: str) -> list[bool]:
    """For each cooperation that the party knows: whether it is a scope."""
    with world.look(party) as reading:
        return [one.is_scope for one in cooperations(reading.feed.all()).values()]


def test_a_delivery_is_taken_in_once(fresh: World) -> None:
    assert duties.ingest(desk(fresh, POLICE)) is True
    subjects = fresh.subjects(POLICE)
    assert len(subjects) == 4
    assert duties.ingest(desk(fresh, POLICE)) is False
    assert fresh.subjects(POLICE) == subjects
    assert fresh.subjects(DEBTS) == []


def test_a_party_without_a_delivery_takes_in_nothing(fresh: World) -> None:
    assert duties.ingest(desk(fresh, TAX)) is False
    assert fresh.subjects(TAX) == []


def test_a_newer_delivery_is_taken_in_as_well(fresh: World) -> None:
    duties.ingest(desk(fresh, POLICE))
    folder = fresh.plan.deliveries / POLICE
    data = (folder / "rows.jsonl").read_bytes().replace(b"Storgatan 1", b"Storgatan 2")
    (folder / "rows.jsonl").write_bytes(data)
    said = json.loads((folder / "manifest.json").read_text())
    said["sha256"] = hashlib.sha256(data).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(said))
    assert duties.ingest(desk(fresh, POLICE)) is True


def test_a_delivery_that_is_refused_surfaces(fresh: World) -> None:
    manifest = fresh.plan.deliveries / POLICE / "manifest.json"
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(said | {"kind": "kfm-galdenarer"}))
    with pytest.raises(RefusedError):
        duties.ingest(desk(fresh, POLICE))
    assert fresh.subjects(POLICE) == []


def test_only_the_lead_drafts(fresh: World) -> None:
    assert [party for party in PARTIES if duties.draft(desk(fresh, party))] == [POLICE]


def test_a_scope_is_drafted_below_a_framework_that_all_have_accepted(fresh: World) -> None:
    lead = desk(fresh, POLICE)
    assert duties.draft(lead) is True
    assert duties.draft(lead) is False, "sent, and not heard of yet"
    fresh.house.settle()
    assert scopes(fresh, POLICE) == [False]
    assert duties.draft(lead) is False, "the others have not accepted"
    for party in SCOPE:
        duties.accept(desk(fresh, party))
    fresh.house.settle()
    assert duties.draft(lead) is True
    fresh.house.settle()
    assert sorted(scopes(fresh, POLICE)) == [False, True]
    assert duties.draft(lead) is False


def test_each_party_decides_once_on_what_is_proposed_to_it(fresh: World) -> None:
    assert duties.accept(desk(fresh, DEBTS)) is False
    duties.draft(desk(fresh, POLICE))
    fresh.house.settle()
    assert duties.accept(desk(fresh, DEBTS)) is True
    assert duties.accept(desk(fresh, DEBTS)) is False, "before the answer has come too"
    fresh.house.settle()
    assert duties.accept(desk(fresh, DEBTS)) is False
    assert duties.accept(desk(fresh, TAX)) is False, "no party of it has nothing to decide"


def test_the_releasing_officer_signs_one_rule_for_each_own_query(founded: World) -> None:
    at = desk(founded, DEBTS)
    assert duties.sign(at) is True
    with founded.look(DEBTS) as reading:
        rules = reading.enrolments.rules(founded.scope.id)
    assert rules
    assert len({rule.query for rule in rules}) == len(rules)
    assert duties.sign(at) is False


def test_each_query_is_enrolled_once_under_its_signed_rule(founded: World) -> None:
    at = desk(founded, DEBTS)
    assert duties.enrol(at) is False, "no rule is signed"
    duties.sign(at)
    founded.house.settle()
    assert duties.enrol(at) is True
    with founded.look(DEBTS) as reading:
        queries = [one.query for one in reading.enrolments.all(founded.scope.id)]
        signed = [rule.query for rule in reading.enrolments.rules(founded.scope.id)]
    assert sorted(queries) == sorted(signed)
    assert duties.enrol(at) is False


def test_nothing_is_enrolled_before_the_keys_are_made(fresh: World) -> None:
    for party in SCOPE:
        assert duties.sign(desk(fresh, party)) is False
        assert duties.enrol(desk(fresh, party)) is False


def test_each_hit_is_judged_once_and_only_strong_ones_as_the_same(enrolled: World) -> None:
    sure = {"strong", "very_strong"}
    for party in (POLICE, CRIME):
        assert duties.judge(desk(enrolled, party)) is True
        with enrolled.look(party) as reading:
            hits = reading.hits.all()
            for hit in hits:
                judged = judgement(reading, hit)
                assert judged is not None
                assert (judged.verdict is Verdict.SAME) is (hit.told.level in sure)
        assert hits
        assert duties.judge(desk(enrolled, party)) is False


def test_each_firing_is_assessed_once_by_every_owner(enrolled: World) -> None:
    for party in (POLICE, DEBTS):
        assert duties.assess(desk(enrolled, party)) is True
        with enrolled.look(party) as reading:
            (firing,) = {one.id for one in reading.firings.all()}
            assert firings.assessment(reading, firing) is not None
        assert duties.assess(desk(enrolled, party)) is False
    assert duties.assess(desk(enrolled, CRIME)) is False, "it has no condition in it"


def test_records_that_are_open_to_nobody_are_enrolled_silent(founded: World) -> None:
    silent = replace(founded.plan, openings={"large-debt-persons": ()})
    at = Desk(founded.node(DEBTS), silent)
    duties.sign(at)
    assert duties.enrol(at) is True
    with founded.look(DEBTS) as reading:
        rules = {one.query for one in reading.enrolments.rules(founded.scope.id)}
        entered = {one.query: one.rule for one in reading.enrolments.all(founded.scope.id)}
    assert rules == {f"{TYPOLOGY}:debt-over-100k"}, "a firing tells: never without a rule"
    assert entered["large-debt-persons"] is None
    assert duties.enrol(at) is False


def test_a_rule_of_a_typology_names_the_owners_of_its_conditions_alone(founded: World) -> None:
    duties.sign(desk(founded, DEBTS))
    with founded.look(DEBTS) as reading:
        receivers = {one.query: one.receivers for one in reading.enrolments.rules(founded.scope.id)}
    assert receivers[f"{TYPOLOGY}:debt-over-100k"] == (POLICE,)
    assert set(receivers["large-debt-persons"]) == {POLICE, CRIME}


@pytest.mark.parametrize(
    ("level", "verdict"),
    [
        (Level.VERY_STRONG, Verdict.SAME),
        (Level.STRONG, Verdict.SAME),
        (Level.MODERATE, Verdict.UNSURE),
        (Level.WEAK, Verdict.UNSURE),
    ],
)
def test_a_script_is_sure_of_strong_support_alone_and_never_says_different(
    level: Level, verdict: Verdict
) -> None:
    assert duties._verdict(level.value) is verdict


def test_a_duty_is_an_act_of_an_own_officer(at_stage: Opening) -> None:
    world = at_stage("enrolled")
    duties.judge(desk(world, POLICE))
    own = {officer.user for officer in world.node(POLICE).officers()}
    store = world.node(POLICE).opened.store
    with store.view() as connection:
        recent = store.ledger.recent(connection, limit=100)
    judged = [one.entry for one in recent if one.entry.action == "hit.judged"]
    assert judged
    assert {entry.actor for entry in judged} <= own


def test_a_delivery_of_another_stamp_is_refused(fresh: World) -> None:
    manifest = fresh.plan.deliveries / POLICE / "manifest.json"
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(said | {"stamp": "live"}))
    with pytest.raises(RefusedError) as refused:
        duties.ingest(desk(fresh, POLICE))
    assert refused.value.refused.code is Code.STAMP_MISMATCH
