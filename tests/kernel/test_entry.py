"""A ledger entry holds identifiers and codes; it cannot become a register of persons."""

from __future__ import annotations

import pytest

from samverkan.kernel.entry import Entry, MalformedEntry
from samverkan.kernel.ids import CaseId, UserId
from tests.infra.test_columns import PERSONAL
from tests.instruments import seeded

USER, CASE = UserId.draw(seeded(1)), CaseId.draw(seeded(2))


def test_an_entry_says_who_did_what_to_which_thing_and_why() -> None:
    entry = Entry("case.read", USER, CASE, "need", ("fk", "sfs:2016:774", "read-own-case"))
    assert entry.codes == ("fk", "sfs:2016:774", "read-own-case")


@pytest.mark.parametrize("text", [*PERSONAL, "a" * 65, "a-" * 8])
@pytest.mark.parametrize("field", ["actor", "subject", "reason", "codes"])
def test_no_field_takes_a_value(field: str, text: str) -> None:
    fields: dict[str, str] = {"actor": USER, "subject": CASE, "reason": "need"}
    codes = ("fk", text) if field == "codes" else ()
    if field != "codes":
        fields[field] = text
    with pytest.raises(MalformedEntry) as refused:
        Entry("case.read", **fields, codes=codes)
    assert str(refused.value) == field


@pytest.mark.parametrize("action", ["", "Read", "case read", "case.", "case.1", "a" * 65, "läs"])
def test_an_action_is_words_of_our_code(action: str) -> None:
    with pytest.raises(MalformedEntry) as refused:
        Entry(action, USER, CASE)
    assert str(refused.value) == "action"


def test_the_longest_address_of_the_wire_fits() -> None:
    Entry("mail.unreadable", "polisen", CASE, codes=("-".join("abcdefghijklmnopqrst"),))
