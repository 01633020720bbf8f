from __future__ import annotations

from samverkan.agency.selecting import queries
from samverkan.agency.tagging import tag_values
from tests.agency.model import DEBTS, DELTA, TYPOLOGY, small_pack
from tests.agency.wishes import TAGS
from tests.agency.world import World
from tests.national import profile


def test_a_tag_is_of_one_typology_and_of_subjects_that_meet_the_own_condition(
    founded: World,
) -> None:
    node, scope = founded.node(DEBTS), founded.scope
    query = queries(small_pack(), scope.draft, DEBTS)[TAGS]
    with founded.look(DEBTS) as reading:
        fields = reading.register.own_fields(reading.register.select(query.selection))
    values = tag_values(scope, query, fields, profile(node.stamp, founded.clock().date()))
    assert list(values) == [f"typology:{TYPOLOGY}:1"]
    subjects = {subject for pairs in values.values() for subject, _ in pairs}
    assert subjects == {founded.subject(DEBTS, DELTA)}
