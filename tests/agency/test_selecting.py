from __future__ import annotations

from samverkan.agency.selecting import municipalities, queries
from samverkan.domain.statement import Schema
from tests.agency.model import CRIME, DEBTS, POLICE, TAX, TYPOLOGY, small_pack
from tests.agency.world import World


def test_a_party_may_enrol_only_by_its_own_queries(founded: World) -> None:
    found = queries(small_pack(), founded.scope.draft, DEBTS)
    listed = {name for name, query in small_pack().queries.items() if query.party == DEBTS}
    assert "large-debt-persons" in listed
    assert set(found) == {*listed, f"{TYPOLOGY}:debt-over-100k"}


def test_a_typology_gives_a_query_only_to_who_has_a_condition_in_it(founded: World) -> None:
    draft, pack = founded.scope.draft, small_pack()
    mine = queries(pack, draft, POLICE)[f"{TYPOLOGY}:staff-seen-at-site"]
    assert (mine.typology, mine.condition) == (TYPOLOGY, "polisen:staff-seen-at-site")
    assert mine.selection.schema is Schema.COMPANY
    assert not [name for name in queries(pack, draft, CRIME) if ":" in name]


def test_a_typology_outside_the_scope_gives_nothing(founded: World) -> None:
    assert not [name for name in queries(small_pack(), founded.scope.draft, TAX) if ":" in name]


def test_a_query_stays_within_the_scopes_region(founded: World) -> None:
    pack = small_pack()
    places = municipalities(pack, founded.scope.draft.region)
    assert "1885" in places
    assert "0180" not in places
    found = queries(pack, founded.scope.draft, POLICE)
    assert all(query.selection.municipalities == places for query in found.values())
