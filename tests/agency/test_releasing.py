from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.agency import releasing
from samverkan.agency.proof import WrongPermit
from samverkan.agency.signing import rule_bytes
from samverkan.domain.policy import Action
from samverkan.infra.seal import verify_bytes
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.model import DEBTS, POLICE, TAX, small_pack
from tests.agency.wishes import NOWHERE, rule, sign
from tests.agency.world import World


def test_signing_needs_its_own_permit(founded: World) -> None:
    with pytest.raises(WrongPermit):
        founded.act(DEBTS, Action.ENROL, releasing.sign_rule, small_pack(), rule(founded))


def test_a_rule_is_signed_by_the_party_over_every_word(founded: World) -> None:
    signed = sign(founded)
    with founded.look(DEBTS) as reading:
        kept = reading.enrolments.rule(signed)
    assert kept is not None
    keys = founded.node(DEBTS).opened.ring.keys[0].public
    verify_bytes(kept.signature, rule_bytes(replace(kept, signature=b"")), keys)
    assert founded.entries(DEBTS)[-1] == "rule.signed"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"scope": NOWHERE}, Code.NO_COOPERATION),
        ({"receivers": ()}, Code.NOT_A_PARTY),
        ({"receivers": (POLICE, TAX)}, Code.NOT_A_PARTY),
        ({"receivers": (DEBTS,)}, Code.NOT_A_PARTY),
        ({"query": "worksites"}, Code.NOT_IN_PACK),
        ({"test": "  "}, Code.REASON_MISSING),
        ({"until": date(2030, 1, 1)}, Code.COOPERATION_ENDED),
    ],
)
def test_a_rule_is_refused(founded: World, other: dict[str, Any], code: Code) -> None:
    assert sign(founded, **other) == Refused(code)
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.rules(founded.scope.id) == []
