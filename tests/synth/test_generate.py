from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from samverkan.agency.ingest import DeliveryMapping, Effect, missing_columns, parse_mapping
from samverkan.domain.normalise import KeySpec, key_spec, match_keys
from samverkan.domain.statement import Prop, Schema, Subject, fields
from samverkan.infra.tabular import Table, open_table
from samverkan.kernel.codes import Code
from samverkan.kernel.purpose import Stamp
from samverkan.synth import SCALES, UnknownScale, World, generate
from samverkan.synth.forms import REGISTERS
from samverkan.synth.generate import extents
from samverkan.synth.numbers import adults
from samverkan.synth.schemes import schemes
from tests.agency.ingest.whole import Whole, read_whole
from tests.instruments import NOON
from tests.national import profile

DAY = date(2026, 6, 30)
PARTIES = [register.party for register in REGISTERS]
PROFILE = profile(Stamp.SYNTHETIC, NOON.date())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("synth"), World("tiny", 7, DAY)).folder


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "truth" / "truth.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def ingested(folder: Path) -> dict[str, Whole]:
    return {party: ingest(folder / "deliveries" / party, party) for party in PARTIES}


def ingest(folder: Path, party: str) -> Whole:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    mapping = parse_mapping(YAML(typ="safe").load(Path(f"packs/se/deliveries/{party}.yaml")))
    table = open_table(folder / manifest["file"])
    assert isinstance(mapping, DeliveryMapping)
    assert isinstance(table, Table)
    assert not table.columns or missing_columns(mapping, table.columns) is None
    found = read_whole(table.rows(), mapping, now=datetime(2026, 11, 24, tzinfo=UTC))
    assert found.rows == manifest["rows"]
    return found


def by_row(result: Whole) -> dict[int, Subject]:
    return {said.row: subject for subject in result.subjects for said in subject.statements}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_one_seed_gives_the_same_bytes_and_another_does_not(folder: Path, tmp_path: Path) -> None:
    again = files(generate(tmp_path / "a", World("tiny", 7, DAY)).folder)
    assert files(folder) == again
    # over an earlier run, too
    assert files(generate(tmp_path / "a", World("tiny", 7, DAY)).folder) == again
    assert files(generate(tmp_path / "b", World("tiny", 8, DAY)).folder) != again
    assert files(generate(tmp_path / "c", World("tiny", 7, date(2026, 9, 30))).folder) != again


def test_tiny_has_about_the_stated_sizes(folder: Path) -> None:
    sizes = {
        party: json.loads((folder / "deliveries" / party / "manifest.json").read_text())["rows"]
        for party in PARTIES
    }
    assert SCALES["tiny"] == 3000
    assert len(sizes) == 13
    assert 4500 < sum(sizes.values()) < 6500
    assert 2000 < sizes["skv-beskattning"] < 2700
    assert 10 <= min(sizes.values()) < 30


def test_an_unknown_scale_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownScale):
        generate(tmp_path, World("huge", 7, DAY))
    assert list(tmp_path.iterdir()) == []


def test_every_row_enters_and_only_mistyped_numbers_are_reported(
    ingested: dict[str, Whole],
) -> None:
    for party, result in ingested.items():
        assert all(reject.effect is Effect.KEPT for reject in result.rejects), party
        assert {reject.code for reject in result.rejects} <= {Code.ID_CHECK_DIGIT}
        assert len({said.row for said in result.statements}) == result.rows
    assert any(result.rejects for result in ingested.values())


def test_the_truth_names_the_rows_that_a_reader_counts(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    rows = {party: by_row(result) for party, result in ingested.items()}
    seen = {party: set[int]() for party in PARTIES}
    right = wrong = 0
    for one in filter(lambda line: "entity" in line, truth):
        for party, numbers in one["records"].items():
            seen[party].update(numbers)
            for number in numbers:
                found = fields(rows[party][number].statements)
                stated = found.all(Prop.ID_NUMBER) + found.all(Prop.REGISTRATION_NUMBER)
                right += one["number"] in stated
                wrong += bool(stated) and one["number"] not in stated
    assert {party: len(numbers) for party, numbers in seen.items()} == {
        party: result.rows for party, result in ingested.items()
    }
    assert right > 50 * wrong > 0


def test_rows_of_different_people_are_never_merged(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    rows = {party: by_row(result) for party, result in ingested.items()}
    owners: dict[tuple[str, str], set[str]] = {}
    for one in filter(lambda line: "entity" in line, truth):
        for party, numbers in one["records"].items():
            for number in numbers:
                key = party, rows[party][number].id
                owners.setdefault(key, set()).add(one["entity"])
    assert all(len(entities) == 1 for entities in owners.values())


TAGS = {
    Schema.COMPANY: (["C1"], ["C1", "C2"]),
    Schema.PERSON: (["P1"], ["P1", "P2"]),
}
"""Key types by which conditions meet: the number alone; or also what is left where it is missing."""


def meeting(ingested: dict[str, Whole], keys: int) -> dict[str, dict[str, set[str]]]:
    """Conditions by the match key under which they meet, and the subjects that meet them."""
    met: dict[str, dict[str, set[str]]] = {}
    for schema, kinds in TAGS.items():
        spec = key_spec(kinds[keys], PROFILE)
        assert isinstance(spec, KeySpec)
        for result in ingested.values():
            for subject in (one for one in result.subjects if one.schema is schema):
                found = fields(subject.statements)
                for _, key in match_keys(found, spec) if found.conditions else ():
                    for code in found.conditions:
                        met.setdefault(key, {}).setdefault(code, set()).add(subject.id)
    return met


def full(met: dict[str, set[str]], line: dict[str, Any]) -> bool:
    """Whether the conditions that meet are enough for the line's typology."""
    scheme = next(one for one in schemes() if one.id == line["scheme"])
    return len(met.keys() & set(scheme.conditions)) >= scheme.threshold


def test_planted_schemes_are_found_by_repaired_numbers_and_the_rest_by_name(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    numbers = {line["entity"]: line["number"] for line in truth if "entity" in line}
    planted = [line for line in truth if line.get("planted")]
    assert len(planted) == len(schemes()) == 16
    met = meeting(ingested, 0)
    by_number = [line for line in planted if full(met.get(numbers[line["subject"]], {}), line)]
    missing = [line for line in planted if (line["slip"] or ["", ""])[1] == "missing"]
    assert len(by_number) == len(planted) - len(missing)
    assert len(missing) >= 2
    # the one without a number meets the others by name and place, or name and birth date
    united = meeting(ingested, 1)
    for line in missing:
        scheme = next(one for one in schemes() if one.id == line["scheme"])
        subjects = [found for found in united.values() if found.keys() & set(scheme.conditions)]
        mine = {s for codes in met.get(numbers[line["subject"]], {}).values() for s in codes}
        codes = {
            code
            for found in subjects
            if mine & {s for ids in found.values() for s in ids}
            for code in found.keys() & set(scheme.conditions)
        }
        assert len(codes) >= scheme.threshold


def test_no_decoy_meets_enough_by_its_number(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    numbers = {line["entity"]: line["number"] for line in truth if "entity" in line}
    decoys = [line for line in truth if line.get("planted") is False]
    assert len(decoys) == 3 * 16
    met = meeting(ingested, 0)
    for line in decoys:
        for entity in filter(None, (line["subject"], line["namesake"])):
            assert not full(met.get(numbers[entity], {}), line)


def test_a_protected_persons_address_is_in_one_delivery_alone(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    rows = {party: by_row(result) for party, result in ingested.items()}
    protected = [line for line in truth if line.get("protected")]
    victims = {name for line in truth if line.get("planted") for name in line["victims"]}
    assert protected
    assert victims
    for one in protected:
        held = [
            party
            for party, numbers in one["records"].items()
            for number in numbers
            if Prop.STREET in fields(rows[party][number].statements).values
        ]
        assert set(held) <= {"polisen" if one["entity"] in victims else "skv-beskattning"}
        for party, numbers in one["records"].items():
            assert all(fields(rows[party][number].statements).protected for number in numbers)


def test_victims_and_children_of_the_polices_have_the_role_of_a_victim(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    victims = {name for line in truth if line.get("planted") for name in line["victims"]}
    rows = by_row(ingested["polisen"])
    for one in (line for line in truth if line.get("entity") in victims):
        for number in one["records"]["polisen"]:
            assert fields(rows[number].statements).all(Prop.ROLE) == ("victim",)
    last_grown = adults(DAY)[1].isoformat()
    for subject in ingested["polisen"].subjects:
        found = fields(subject.statements)
        born = found.current(Prop.BIRTH_DATE)
        if found.schema is Schema.PERSON and born and born > last_grown:
            assert found.all(Prop.ROLE) == ("victim",)


def test_a_world_is_the_same_in_its_blocks_whatever_its_size() -> None:
    assert list(extents(7000))[:2] == list(extents(20_000))[:2]
    assert sum(extent.persons for extent in extents(200_000)) == 200_000
    assert sum(extent.companies for extent in extents(200_000)) == 13_333


def test_a_run_that_is_cut_short_leaves_no_delivery_and_no_truth(tmp_path: Path) -> None:
    done = generate(tmp_path, World("tiny", 7, DAY)).folder
    (done / "deliveries" / "kbv" / "manifest.json").unlink()
    (done / "deliveries" / "kbv" / "sjotrafik.jsonl").unlink()
    (done / "deliveries" / "kbv" / "sjotrafik.jsonl").mkdir()
    with pytest.raises(OSError, match="sjotrafik"):
        generate(done, World("tiny", 7, DAY))
    assert not list(done.rglob("manifest.json"))
    assert not list(done.rglob("*.partial"))


def test_nearly_all_true_pairs_of_two_registers_share_a_match_key(
    truth: list[dict[str, Any]], ingested: dict[str, Whole]
) -> None:
    spec = key_spec(["P1", "P2", "P3", "P4", "P5", "P6"], PROFILE)
    assert isinstance(spec, KeySpec)
    rows = {party: by_row(ingested[party]) for party in ("fk", "skv-beskattning")}
    pairs = [
        [fields(rows[party][one["records"][party][0]].statements) for party in rows]
        for one in truth
        if one.get("schema") == "Person" and rows.keys() <= one["records"].keys()
    ]
    shared = [not set(match_keys(a, spec)).isdisjoint(match_keys(b, spec)) for a, b in pairs]
    assert len(shared) > 600
    assert sum(shared) >= 0.99 * len(shared)
