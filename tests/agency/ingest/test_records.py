"""What a row has come to shows no value where it might be printed."""

from __future__ import annotations

import re
from dataclasses import fields

from samverkan.agency.ingest import Effect, Record, Reject
from samverkan.agency.ingest.records import PROPS
from samverkan.domain.statement import Prop


def test_a_record_shows_no_value() -> None:
    assert [field.name for field in fields(Record) if not field.repr] == ["said"]


def test_a_reject_can_hold_no_value() -> None:
    assert Reject._fields == ("row", "code", "column", "effect")


def test_effects_are_words_that_a_store_can_hold() -> None:
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", effect.value) for effect in Effect)


def test_properties_are_bare_texts() -> None:
    assert set(PROPS) == set(Prop)
    assert {type(text) for text in PROPS.values()} == {str}
