"""What parties have learned of each other's records, and whether it is so."""

from __future__ import annotations

from samverkan.embedded.evaluation import Finding, Register, Truth
from samverkan.embedded.learned import Firing, Judge, Learned, Verdicts, learned, weigh
from tests.agency.model import ANNA, CRIME, DEBTS, DELTA, POLICE, TYPOLOGY
from tests.agency.world import World

A, B, C = ("polisen", "a"), ("kfm", "b"), ("kfm", "c")
REGISTERS = {
    "polisen": Register(rows={"a": {1}}),
    "kfm": Register(rows={"b": {7, 8}, "c": {9}}),
}
ENTITIES = {("polisen", 1): "one", ("kfm", 7): "one", ("kfm", 8): "one", ("kfm", 9): "other"}
PLANTED: Finding = ("scheme", "one")


def verdicts(known: Learned, *planted: Finding) -> Verdicts:
    return weigh(known, Judge(Truth(ENTITIES, frozenset(planted)), REGISTERS))


def test_a_pair_of_one_entity_is_right_and_tells_of_every_record_of_the_other() -> None:
    said = verdicts(Learned(pairs=[(A, B)]))
    assert (said.right, said.told, said.wrong) == (1, {("kfm", 7), ("kfm", 8)}, set())


def test_a_pair_of_two_entities_is_wrong_and_tells_all_the_same() -> None:
    said = verdicts(Learned(pairs=[(A, C)]))
    assert (said.right, said.told, said.wrong) == (0, {("kfm", 9)}, {("kfm", 9)})


def test_a_record_of_which_two_parties_hear_is_told_once() -> None:
    assert verdicts(Learned(pairs=[(A, B), (A, B)])).told == {("kfm", 7), ("kfm", 8)}


def test_a_firing_on_a_planted_scheme_finds_it_and_tells_of_the_owners_records() -> None:
    said = verdicts(Learned(firings=[Firing("scheme", frozenset({A, B}))]), PLANTED)
    assert (said.found, said.false) == ({PLANTED}, 0)
    assert said.told == {("polisen", 1), ("kfm", 7), ("kfm", 8)}
    assert said.wrong == set()


def test_a_firing_on_what_was_not_planted_is_false() -> None:
    said = verdicts(Learned(firings=[Firing("scheme", frozenset({A, B}))]), ("scheme", "other"))
    assert (said.found, said.false) == (set(), 1)


def test_a_firing_that_mixes_two_entities_is_false_and_its_records_are_wrongly_told() -> None:
    said = verdicts(Learned(firings=[Firing("scheme", frozenset({A, C}))]), PLANTED)
    assert (said.found, said.false) == (set(), 1)
    assert said.wrong == said.told == {("polisen", 1), ("kfm", 9)}


def test_a_firing_with_one_owner_tells_nobody_else() -> None:
    assert verdicts(Learned(firings=[Firing("scheme", frozenset({B}))]), PLANTED).told == set()


def test_hits_and_firings_are_read_out_of_every_store(asked: World) -> None:
    known = learned(asked.house)
    anna = [(party, asked.subject(party, ANNA)) for party in (POLICE, DEBTS)]
    assert (anna[0], anna[1]) in known.pairs, "who hears of it, then whose record it is"
    (firing,) = known.firings
    assert firing.typology == TYPOLOGY
    assert firing.subjects == {(party, asked.subject(party, DELTA)) for party in (POLICE, DEBTS)}
    assert {party for pair in known.pairs for party, _ in pair} == {POLICE, DEBTS, CRIME}
    assert asked.subject(POLICE, DELTA) in known.named(POLICE)
    assert known.named("nobody") == set()
