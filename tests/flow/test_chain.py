"""The thread through the whole house, over both carriers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from tests.flow.conftest import Run, headless
from tests.flow.stores import engines, hidden_streets, words

KEYS = {
    "persons", "records_held", "records_enrolled", "enrolled_share", "tokens", "hits",
    "hit_precision", "requests", "disclosures", "schemes", "pooled_recall", "disclosed_share",
    "disclosed_per_scheme", "told_share", "told_false_share", "decisions", "operations",
    "outcomes", "report", "ledger_verified", "seconds",
}  # fmt: skip
SCHEMES = {"planted", "found_blind", "found_pooled", "found_alone", "false"}
SAME_EVERYWHERE = KEYS - {"seconds", "report"}


def test_the_run_ends_with_one_object_of_these_keys(clean: Run) -> None:
    assert set(clean.summary) == KEYS
    assert set(clean.summary["schemes"]) == SCHEMES


def test_every_station_did_its_work(clean: Run) -> None:
    for key in ("hits", "requests", "disclosures", "decisions", "operations", "outcomes"):
        assert clean.summary[key] > 0, key
    assert clean.summary["disclosures"] == clean.summary["requests"]
    assert clean.summary["ledger_verified"] is True


def test_blind_typologies_find_what_a_pooled_database_would_and_no_party_alone(clean: Run) -> None:
    schemes = clean.summary["schemes"]
    assert schemes["found_blind"] == schemes["found_pooled"] > 0
    assert schemes["planted"] >= schemes["found_pooled"]
    assert schemes["found_alone"] == 0
    assert schemes["false"] == 0


def test_a_decoy_that_meets_all_conditions_but_one_is_not_told(clean: Run) -> None:
    truth = clean.folder / "synthetic" / "truth" / "truth.jsonl"
    said = [json.loads(line) for line in truth.read_text().splitlines()]
    decoys = [one for one in said if "scheme" in one and not one["planted"]]
    assert decoys
    assert clean.summary["schemes"]["false"] == 0


def test_most_records_are_never_disclosed(clean: Run) -> None:
    assert clean.summary["disclosed_share"] < 0.02
    assert clean.summary["enrolled_share"] < 0.2


def test_a_protected_persons_address_is_nowhere_outside_its_owners_node(clean: Run) -> None:
    """No store of another party or of the hub, and no report, has the street, in any cell."""
    hidden = hidden_streets(clean.folder)
    owners = {party: streets for party, streets in hidden.items() if streets}
    assert owners
    for address, engine in engines(clean.folder):
        seen = words(engine)
        assert all(street in seen for street in owners.get(address, ()))
        for owner, streets in owners.items():
            if owner != address:
                others = streets - owners.get(address, set())
                assert not [street for street in others if street in seen], (owner, address)
    report = Path(clean.summary["report"])
    printed = "".join(page.extract_text() for page in PdfReader(report).pages).lower()
    assert not [street for streets in owners.values() for street in streets if street in printed]


def test_the_report_is_a_document_and_its_figures_are_sums_of_rows(clean: Run) -> None:
    pdf = Path(clean.summary["report"])
    assert len(PdfReader(pdf).pages) >= 1
    book = load_workbook(pdf.with_suffix(".xlsx"), read_only=True)
    figures = rows(book, "Utfall per indikator")
    amounts = {str(row["Utfall"]): int(row["Summa"]) for row in rows(book, "Utfall")}
    assert len(amounts) == clean.summary["outcomes"]
    for figure in figures:
        parts = str(figure["Ingående utfall"]).split()
        assert int(figure["Summa"]) == sum(amounts[part] for part in parts)
    counted = [part for figure in figures for part in str(figure["Ingående utfall"]).split()]
    assert sorted(counted) == sorted(amounts), "every outcome counts, and counts once"


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the words of its header."""
    header, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def test_separate_processes_over_http_come_to_the_same_though_two_are_killed_in_the_middle(
    clean: Run, tmp_path: Path
) -> None:
    cuts = ("--cut", "exchange", "4", "--cut", "kfm", "15")
    done = headless(tmp_path / "data", "--carrier", "http", *cuts)
    assert done.returncode == 0, done.stderr
    assert {"exchange:cut", "kfm:cut"} <= set(done.stderr.split())
    apart = json.loads(done.stdout)
    assert {key: apart[key] for key in SAME_EVERYWHERE} == {
        key: clean.summary[key] for key in SAME_EVERYWHERE
    }
