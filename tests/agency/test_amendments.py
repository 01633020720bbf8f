"""The last word on a field counts, and every earlier one is struck through."""

from __future__ import annotations

from samverkan.agency import amendments
from samverkan.agency.amendments import AmendmentFacts, struck, words
from samverkan.agency.sql.amendments import SqlAmendments
from samverkan.wire.asking import Amended, Disclosed, Item
from tests.agency.sql.rows import disclosed, ident
from tests.agency.test_ports import check
from tests.instruments import NOON
from tests.wire.test_joining import BY


def amended(number: int, prop: str, *values: str) -> AmendmentFacts:
    outcome = "released" if values else "withheld"
    body = Amended(
        amendment=ident("dis", 100 + number),
        disclosure=first().disclosure,
        by=BY,
        items=[Item(prop=prop, outcome=outcome, values=list(values))],
        reason="wrong-person",
        expires="2027-01-01",
        signature=bytes(64),
    )
    return AmendmentFacts(body, outgoing=False, at=NOON)


def first() -> Disclosed:
    return disclosed(1, 1)


def test_the_repository_is_what_its_port_says() -> None:
    check(amendments.Amendments, SqlAmendments)


def test_a_disclosure_that_nobody_amended_stands() -> None:
    assert list(struck(first(), [])) == []
    assert all(word.source == first().disclosure for word in words(first(), []).values())


def test_every_word_but_the_last_is_struck_through() -> None:
    prop = first().items[0].prop
    later = [amended(1, prop, "x"), amended(2, prop)]
    assert list(struck(first(), later)) == [
        (first().disclosure, prop),
        (later[0].body.amendment, prop),
    ]
    assert not words(first(), later)[prop].released
    assert words(first(), later[:1])[prop].released
