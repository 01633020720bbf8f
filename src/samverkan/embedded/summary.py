"""One JSON object about a run: what each station did, and how it compares with the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samverkan.embedded import evaluation
from samverkan.embedded.audit import verify_all
from samverkan.embedded.counting import counted
from samverkan.embedded.data import Demo
from samverkan.embedded.evaluation import Oracle
from samverkan.embedded.house import House
from samverkan.embedded.learned import Judge, Verdicts, learned, weigh
from samverkan.embedded.reports import newest_report


def summarise(house: House, demo: Demo, *, seconds: Mapping[str, float]) -> dict[str, Any]:
    """The object that `samverkan demo --headless --json` ends with."""
    found = _found(house, demo)
    counts, schemes, verdicts = found.counts, found.schemes, found.verdicts
    return {
        "persons": demo.persons,
        "records_held": counts["held"],
        "records_enrolled": counts["enrolled"],
        "enrolled_share": _share(counts["enrolled"], counts["held"]),
        "tokens": counts["tokens"],
        "hits": found.hits,
        "hit_precision": _share(verdicts.right, found.hits),
        "requests": counts["requests"],
        "disclosures": counts["disclosures"],
        "schemes": schemes,
        "pooled_recall": _share(schemes["found_blind"], schemes["found_pooled"]),
        "disclosed_share": _share(counts["disclosed"], counts["held"]),
        "disclosed_per_scheme": _share(counts["disclosed"], schemes["found_blind"]),
        "told_share": _share(len(verdicts.told), counts["enrolled"]),
        "told_false_share": _share(len(verdicts.wrong), len(verdicts.told)),
        "decisions": counts["decisions"],
        "operations": counts["operations"],
        "outcomes": counts["outcomes"],
        "report": newest_report(house, demo.plan.lead, demo.folder / "reports"),
        "ledger_verified": all(verdict.ok for verdict in verify_all(house)),
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What was counted, and what was held against the truth."""

    counts: Mapping[str, int]
    hits: int
    verdicts: Verdicts
    schemes: dict[str, int]


def _found(house: House, demo: Demo) -> Found:
    known = learned(house)
    registers = {}
    for party, node in house.nodes.items():
        with node.opened.store.view() as connection:
            registers[party] = evaluation.register(connection, party, known.named(party))
    truth = evaluation.read_truth(demo.truth, registers)
    verdicts = weigh(known, Judge(truth, registers))
    today = house.steering.opened.store.clock().date()
    oracle, sectors = Oracle(house.pack, truth, registers, today), demo.plan.sectors
    schemes = {
        "planted": len(truth.planted),
        "found_blind": len(verdicts.found),
        "found_pooled": len(oracle.pooled(sectors) & truth.planted),
        "found_alone": oracle.alone(sectors),
        "false": verdicts.false,
    }
    return Found(counted(house), len(known.pairs), verdicts, schemes)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0
