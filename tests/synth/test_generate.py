from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from samverkan.agency.ingest import (
    Delivery,
    DeliveryMapping,
    IngestResult,
    missing_columns,
    parse_mapping,
    read_delivery,
)
from samverkan.domain.normalise import KeySpec, key_spec, match_keys
from samverkan.domain.statement import Prop, Subject, fields
from samverkan.infra.tabular import Table, open_table
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DeliveryId, PartyId
from samverkan.kernel.purpose import Stamp
from samverkan.synth import SCALES, UnknownScale, generate
from samverkan.synth.writing import REGISTERS
from tests.instruments import NOON, seeded
from tests.national import profile

PARTIES = [register.party for register in REGISTERS]
PROFILE = profile(Stamp.SYNTHETIC, NOON.date())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("synth"), "tiny", 7).folder


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "truth" / "truth.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def ingested(folder: Path) -> dict[str, IngestResult]:
    return {party: ingest(folder / "deliveries" / party, party) for party in PARTIES}


def ingest(folder: Path, party: str) -> IngestResult:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    mapping = parse_mapping(YAML(typ="safe").load(Path(f"packs/se/deliveries/{party}.yaml")))
    table = open_table(folder / manifest["file"])
    assert isinstance(mapping, DeliveryMapping)
    assert isinstance(table, Table)
    assert not table.columns or missing_columns(mapping, table.columns) is None
    found = read_delivery(
        table.rows(),
        mapping,
        profile=PROFILE,
        delivery=Delivery(
            DeliveryId.draw(seeded()), PartyId(party), Stamp(manifest["stamp"]), manifest["sha256"]
        ),
        now=lambda: datetime(2026, 11, 24, tzinfo=UTC),
        randomness=seeded(),
    )
    assert isinstance(found, IngestResult)
    assert found.rows == manifest["rows"]
    return found


def by_row(result: IngestResult) -> dict[int, Subject]:
    return {said.row: subject for subject in result.subjects for said in subject.statements}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_one_seed_gives_the_same_bytes_and_another_does_not(folder: Path, tmp_path: Path) -> None:
    again = files(generate(tmp_path / "a", "tiny", 7).folder)
    assert files(folder) == again
    # over an earlier run, too
    assert files(generate(tmp_path / "a", "tiny", 7).folder) == again
    assert files(generate(tmp_path / "b", "tiny", 8).folder) != again


def test_tiny_has_about_the_stated_sizes(folder: Path) -> None:
    sizes = {
        party: json.loads((folder / "deliveries" / party / "manifest.json").read_text())["rows"]
        for party in PARTIES
    }
    assert 1300 < sizes["fk"] < 1700
    assert 2200 < sizes["skv-beskattning"] < 2700
    assert 550 < sizes["kfm"] < 850
    assert 120 < sizes["polisen"] < 230
    assert SCALES["tiny"] == 3000


def test_an_unknown_scale_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownScale):
        generate(tmp_path, "huge", 7)
    assert list(tmp_path.iterdir()) == []


def test_every_row_enters_and_only_mistyped_numbers_are_reported(
    ingested: dict[str, IngestResult],
) -> None:
    for party, result in ingested.items():
        assert all(reject.kept for reject in result.rejects), party
        assert {reject.code for reject in result.rejects} == {Code.ID_CHECK_DIGIT}
        assert len({said.row for said in result.statements}) == result.rows


def test_the_truth_names_the_rows_that_a_reader_counts(
    truth: list[dict[str, Any]], ingested: dict[str, IngestResult]
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
    truth: list[dict[str, Any]], ingested: dict[str, IngestResult]
) -> None:
    rows = {party: by_row(result) for party, result in ingested.items()}
    owners: dict[tuple[str, str], set[str]] = {}
    for one in filter(lambda line: "entity" in line, truth):
        for party, numbers in one["records"].items():
            for number in numbers:
                key = party, rows[party][number].id
                owners.setdefault(key, set()).add(one["entity"])
    assert all(len(entities) == 1 for entities in owners.values())


def test_every_planted_scheme_can_be_found_by_repaired_company_numbers(
    truth: list[dict[str, Any]], ingested: dict[str, IngestResult]
) -> None:
    spec = key_spec(["C1"], PROFILE)
    assert isinstance(spec, KeySpec)
    meeting: dict[str, dict[str, set[str]]] = {}
    for result in ingested.values():
        for subject in result.subjects:
            found = fields(subject.statements)
            for code in found.conditions:
                for _, key in match_keys(found, spec):
                    meeting.setdefault(key, {}).setdefault(code, set()).add(subject.id)
    full = {key for key, codes in meeting.items() if len(codes) >= 3}
    plots = [line for line in truth if "scheme" in line]
    numbers = {line["entity"]: line["number"] for line in truth if line.get("schema") == "Company"}
    planted = {numbers[plot["company"]] for plot in plots if plot["planted"]}
    assert len(planted) == 6
    assert full == planted


def test_protected_identities_are_marked_in_every_register(
    truth: list[dict[str, Any]], ingested: dict[str, IngestResult]
) -> None:
    rows = {party: by_row(result) for party, result in ingested.items()}
    protected = [line for line in truth if line.get("protected")]
    assert protected
    for one in protected:
        for party, numbers in one["records"].items():
            assert all(fields(rows[party][number].statements).protected for number in numbers)


def test_some_scheme_director_has_a_wrong_number_in_one_register(
    truth: list[dict[str, Any]], ingested: dict[str, IngestResult]
) -> None:
    directors = {name for line in truth if "scheme" in line for name in line["directors"]}
    rows = {party: by_row(result) for party, result in ingested.items()}
    wrong = 0
    for one in (line for line in truth if line.get("entity") in directors):
        assert set(one["records"]) == set(PARTIES)
        for party, numbers in one["records"].items():
            found = fields(rows[party][numbers[0]].statements)
            wrong += one["number"] not in found.all(Prop.ID_NUMBER)
    assert wrong >= 2


def test_nearly_all_true_pairs_of_two_registers_share_a_match_key(
    truth: list[dict[str, Any]], ingested: dict[str, IngestResult]
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
    assert len(shared) > 800
    assert sum(shared) >= 0.99 * len(shared)
