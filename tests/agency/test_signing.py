from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverkan.agency.facts import RuleFacts
from samverkan.agency.signing import rule_bytes, signed_bytes, with_signature
from samverkan.kernel.ids import RuleId, UserId
from samverkan.wire.asking import Disclosed, Item
from samverkan.wire.joining import By

RULE = RuleFacts(
    id=RuleId("rul-" + "1" * 26),
    scope="coo-" + "1" * 26,
    query="worksites",
    receivers=("kfm", "fk"),
    fields=(),
    test="överväger",
    officer=UserId("usr-" + "1" * 26),
    until=date(2027, 1, 1),
)


def disclosed(value: str = "Storgatan 1", signature: bytes = bytes(64)) -> Disclosed:
    return Disclosed(
        disclosure="dis-" + "1" * 26,
        request="req-" + "1" * 26,
        by=By(user="usr-" + "1" * 26, role="releasing_officer", policy="answer-others"),
        basis="sfs-2016-774",
        items=[Item(prop="street", outcome="released", values=[value])],
        restriction="osl-35-1",
        expires="2027-01-01",
        signature=signature,
    )


def test_a_signature_covers_the_disclosure_but_not_itself() -> None:
    assert signed_bytes(disclosed()) == signed_bytes(disclosed(signature=b"\x01" * 64))
    assert signed_bytes(disclosed()) != signed_bytes(disclosed("Storgatan 2"))


def test_signing_changes_nothing_else() -> None:
    signed = with_signature(disclosed(), b"\x02" * 64)
    assert signed.signature == b"\x02" * 64
    assert with_signature(signed, bytes(64)) == disclosed()


@pytest.mark.parametrize(
    "change",
    [
        {"receivers": ("kfm",)},
        {"fields": ("phone",)},
        {"test": "annat"},
        {"query": "all"},
        {"until": date(2028, 1, 1)},
        {"scope": "coo-" + "2" * 26},
        {"officer": UserId("usr-" + "2" * 26)},
    ],
)
def test_a_rules_signature_covers_every_word_of_it(change: dict[str, object]) -> None:
    changed = replace(RULE, **change)  # type: ignore[arg-type]
    assert rule_bytes(changed) != rule_bytes(RULE)


def test_the_order_of_receivers_says_nothing() -> None:
    assert rule_bytes(replace(RULE, receivers=("fk", "kfm"))) == rule_bytes(RULE)
