"""The one object about a run: its keys, its shares, and what is counted as what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from samverkan.embedded import genesis
from samverkan.embedded.data import Demo
from samverkan.embedded.evaluation import register
from samverkan.embedded.genesis import Genesis
from samverkan.embedded.summary import summarise
from tests.agency.model import ANNA, BO, CRIME, DEBTS, DELTA, POLICE, TYPOLOGY
from tests.agency.stages import Opening
from tests.agency.world import World

SHARES = {
    "enrolled_share",
    "hit_precision",
    "pooled_recall",
    "disclosed_share",
    "disclosed_per_scheme",
    "told_share",
    "told_false_share",
}
KEYS = SHARES | {
    "persons",
    "records_held",
    "records_enrolled",
    "tokens",
    "hits",
    "requests",
    "disclosures",
    "schemes",
    "decisions",
    "operations",
    "outcomes",
    "report",
    "ledger_verified",
    "seconds",
}


def demo_of(world: World, *said: Mapping[str, object]) -> Demo:
    """The world as a data folder of a demo with this truth."""
    begun = genesis.read(world.folder)
    assert isinstance(begun, Genesis)
    demo = Demo(world.folder, begun, 4, world.plan)
    demo.truth.parent.mkdir(parents=True)
    demo.truth.write_text("".join(f"{json.dumps(one)}\n" for one in said))
    return demo


def entity(world: World, name: str, number: str, *parties: str) -> dict[str, object]:
    """That the subjects of this number are really one."""
    records = {}
    for party in parties:
        subject = world.subject(party, number)
        with world.node(party).opened.store.view() as connection:
            records[party] = sorted(register(connection, party, {subject}).rows[subject])
    return {"entity": name, "records": records}


def scheme(subject: str, *, planted: bool) -> dict[str, object]:
    return {"scheme": TYPOLOGY, "subject": subject, "planted": planted}


def summary(world: World, *said: Mapping[str, object]) -> dict[str, Any]:
    return summarise(world.house, demo_of(world, *said), seconds={"post": 0.12345})


def test_a_house_in_which_nothing_happened_has_no_share_of_anything(fresh: World) -> None:
    told = summary(fresh)
    assert set(told) == KEYS
    assert {told[name] for name in SHARES} == {0.0}
    assert (told["hits"], told["tokens"], told["records_held"]) == (0, 0, 0)
    assert told["report"] is None
    assert told["ledger_verified"] is True
    assert told["seconds"] == {"post": 0.123}
    json.dumps(told)


@pytest.fixture
def known(asked: World) -> dict[str, Any]:
    """The world with its truth: Anna and Delta are in all three registers; Delta's is a scheme."""
    return summary(
        asked,
        entity(asked, "anna", ANNA, POLICE, DEBTS, CRIME),
        entity(asked, "delta", DELTA, POLICE, DEBTS, CRIME),
        scheme("delta", planted=True),
    )


def test_a_scheme_of_two_parties_is_found_blind_and_pooled_and_by_none_alone(
    known: dict[str, Any],
) -> None:
    assert known["schemes"] == {
        "planted": 1,
        "found_blind": 1,
        "found_pooled": 1,
        "found_alone": 0,
        "false": 0,
    }
    assert known["pooled_recall"] == 1.0


def test_records_are_rows_of_deliveries_and_shares_are_parts_of_them(
    known: dict[str, Any],
) -> None:
    assert known["records_held"] == 9, "four of the police, three debtors, two under investigation"
    assert known["records_enrolled"] <= known["records_held"]
    assert known["enrolled_share"] == round(known["records_enrolled"] / 9, 6)
    assert 0 < known["told_share"] <= 1
    assert known["tokens"] > known["records_enrolled"]


def test_a_request_is_counted_once_and_a_disclosure_when_it_was_made(
    known: dict[str, Any],
) -> None:
    assert known["requests"] > 0
    assert (known["disclosures"], known["disclosed_share"]) == (0, 0.0)


def test_a_firing_on_what_is_no_scheme_is_false(asked: World) -> None:
    told = summary(
        asked,
        entity(asked, "delta", DELTA, POLICE, DEBTS, CRIME),
        scheme("delta", planted=False),
        scheme("omega", planted=True),
    )
    assert told["schemes"]["false"] == 1
    assert told["schemes"]["found_blind"] == 0
    assert told["pooled_recall"] == 0.0


def test_hits_between_records_of_one_entity_are_right(asked: World) -> None:
    told = summary(
        asked,
        entity(asked, "anna", ANNA, POLICE, DEBTS, CRIME),
        entity(asked, "bo", BO, POLICE, DEBTS),
        entity(asked, "delta", DELTA, POLICE, DEBTS, CRIME),
    )
    assert told["hits"] > 0
    assert (told["hit_precision"], told["told_false_share"]) == (1.0, 0.0)


def test_a_hit_between_records_of_two_entities_is_wrong(asked: World) -> None:
    told = summary(
        asked,
        entity(asked, "anna", ANNA, POLICE),
        entity(asked, "anne", ANNA, DEBTS),
        entity(asked, "delta", DELTA, POLICE, DEBTS, CRIME),
    )
    assert 0 < told["hit_precision"] < 1
    assert told["told_false_share"] > 0


def test_what_was_decided_and_accounted_for_is_counted_with_its_report(at_stage: Opening) -> None:
    world = at_stage("operating")
    world.play()
    told = summary(
        world,
        entity(world, "delta", DELTA, POLICE, DEBTS, CRIME),
        scheme("delta", planted=True),
    )
    assert told["decisions"] == told["operations"] == 1
    assert told["outcomes"] == 2
    assert told["disclosures"] == told["requests"]
    assert 0 < told["disclosed_share"] < 1
    assert told["disclosed_per_scheme"] >= 1
    assert Path(told["report"]).is_file()
    assert told["ledger_verified"] is True
    json.dumps(told)
