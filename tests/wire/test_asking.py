"""Persons are named between parties alone, and only in fields of the sealed kind."""

from __future__ import annotations

import pytest

from samverkan.wire import asking, deciding, joining, matching, v1
from samverkan.wire.forms import SealedText
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import fields, messages, rule

MESSAGES = messages(asking)
ITEM = asking.Item(prop="phone", outcome="released", values=["+46700000000"], said="2026-11-01")


@pytest.mark.parametrize("message", MESSAGES)
def test_what_is_not_of_the_sealed_kind_names_nobody(message: type[Message]) -> None:
    for leaf in fields(message):
        if leaf == SealedText or leaf in (int, bool, type(None)):
            continue
        found = rule(leaf)
        assert found is not None
        assert leaf.__origin__ is not str or found.pattern is not None


def test_the_sealed_kind_occurs_here_and_nowhere_else() -> None:
    elsewhere = [m for room in (deciding, joining, matching, v1) for m in messages(room)]
    assert not [m for m in elsewhere if SealedText in list(fields(m))]
    naming = {m for m in MESSAGES if SealedText in list(fields(m))}
    assert naming == {
        asking.Ask,
        asking.Item,
        asking.Disclosed,
        asking.Amended,
        asking.AnnexSubject,
        asking.Annex,
    }


def test_an_identity_number_travels_in_a_request_alone() -> None:
    rooms = (asking, deciding, joining, matching, v1)
    every = [m for room in rooms for m in messages(room)]
    assert [m for m in every if asking.SealedNumber in list(fields(m))] == [asking.Ask]


def test_an_item_goes_out_and_comes_back() -> None:
    assert from_body(to_body(ITEM), asking.Item) == ITEM


@pytest.mark.parametrize(
    "changes",
    [
        {"prop": "Phone number"},
        {"prop": "phone\n"},
        {"outcome": "Released to Anna"},
        {"reason": "because she said so"},
        {"values": ["x" * 10_001]},
        {"said": "2026-02-29"},
        {"more": 1},
    ],
)
def test_an_item_of_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(ITEM) | changes, asking.Item)
