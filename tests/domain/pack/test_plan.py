"""The plan of a demo is checked like the rest of the pack: every fault by its line."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.domain.pack import Fault, Opening, Pack
from samverkan.kernel.ids import PartyId
from tests.domain import packing
from tests.domain.packing import NAMED, WORDS

QUERY = {"names": WORDS, "party": "tax", "subject": "company", "because": WORDS}
REASONS = {"need": {"identify": NAMED}, "silence": {"intelligence": NAMED}}
COUNCIL = packing.body(level="regional", region="north")


def plan(**more: Any) -> dict[str, Any]:
    """A plan without faults: two parties, one scope, one open query."""
    scope = {"region": "north", "body": "council", "typologies": ["paper"]}
    return {
        "parties": ["tax", "police"],
        "lead": "police",
        "purpose": "crime",
        "grounds": ["serious"],
        "basis": "duty",
        "holders": ["tax", "police"],
        "size": "s",
        "sizes": {},
        "scopes": {"north": scope},
        "queries": {"providers": {"open_to": ["police"]}},
    } | more


def read(**more: Any) -> Any:
    sections = {"bodies": {"council": COUNCIL}, "queries": {"providers": QUERY}}
    return packing.read(**{"plan": plan(), "reasons": REASONS} | sections | more)


def test_a_whole_plan_says_to_whom_each_query_is_open() -> None:
    pack = read()
    assert isinstance(pack, Pack), pack
    assert pack.plan is not None
    assert pack.plan.queries == {"providers": Opening(open_to=(PartyId("police"),))}
    assert pack.plan.scopes["north"].body == "council"


def test_a_pack_needs_no_plan() -> None:
    assert packing.small().plan is None


def test_a_reason_of_the_pack_makes_a_query_silent() -> None:
    pack = read(plan=plan(queries={"providers": {"silent": "intelligence"}}))
    assert isinstance(pack, Pack), pack


def only(standing: str) -> dict[str, Any]:
    """Both parties, where the police may go one way only under the basis."""
    held = packing.party()["standing"][0] | {"may": [standing]}
    return {"tax": packing.party(), "police": packing.party(agency="police", standing=[held])}


@pytest.mark.parametrize(
    ("more", "fault", "detail"),
    [
        ({"plan": plan(lead="nobody")}, Fault.UNKNOWN_REFERENCE, "parties: nobody"),
        ({"plan": plan(parties=["tax"], holders=["tax"])}, Fault.OUTSIDE, "police"),
        ({"plan": plan(holders=["tax"])}, Fault.HOLDERS, "1"),
        ({"plan": plan(size="xl")}, Fault.UNKNOWN_REFERENCE, "size_classes: xl"),
        ({"bodies": {"council": packing.body()}}, Fault.REGION, "council"),
        ({"plan": plan(queries={"others": {"open_to": ["police"]}})},
         Fault.UNKNOWN_REFERENCE, "queries: others"),
        ({"plan": plan(queries={"providers": {}})}, Fault.OPEN_OR_SILENT, "providers"),
        ({"plan": plan(queries={"providers": {"open_to": ["police"], "silent": "intelligence"}})},
         Fault.OPEN_OR_SILENT, "providers"),
        ({"plan": plan(queries={"providers": {"silent": "shyness"}})},
         Fault.UNKNOWN_REFERENCE, "silence: shyness"),
        ({"plan": plan(queries={"providers": {"open_to": ["tax"]}})}, Fault.OUTSIDE, "tax"),
        ({"parties": only("disclose")}, Fault.NO_STANDING, "police"),
        ({"queries": {"providers": QUERY | {"party": "police"}}, "parties": only("receive"),
          "plan": plan(queries={"providers": {"open_to": ["tax"]}})},
         Fault.NO_STANDING, "police"),
    ],
)  # fmt: skip
def test_a_fault_in_the_plan_is_named_with_its_line(
    more: dict[str, Any], fault: Fault, detail: str
) -> None:
    found = read(**more)
    assert not isinstance(found, Pack)
    assert (fault, detail) in [(one.code, one.detail) for one in found]
    assert all(one.line > 1 for one in found)
