from __future__ import annotations

from dataclasses import replace

import pytest

from samverkan.agency.proof import WrongPermit, require, vouch
from samverkan.domain.policy import Action, ForgedPermit
from tests.agency.model import COUNCIL, DEBTS, POLICE
from tests.agency.world import World


def test_a_permit_opens_only_the_act_that_it_was_given_for(founded: World) -> None:
    permit = founded.permit(POLICE, Action.ASK)
    require(permit, Action.READ_CASE, Action.ASK)
    with pytest.raises(WrongPermit):
        require(permit, Action.ANSWER)


def test_a_permit_cannot_be_forged(founded: World) -> None:
    real = founded.permit(DEBTS, Action.ANSWER)
    with pytest.raises(ForgedPermit):
        replace(real, action=Action.ASK, seal=object())


def test_the_node_vouches_by_number_and_role_never_by_name(founded: World) -> None:
    permit = founded.permit(POLICE, Action.TAKE_POSITION, COUNCIL)
    by = vouch(permit)
    assert (by.user, by.role) == (permit.user, "council_member")
    assert by.policy == "take-position-for-own-party"
    officer = founded.node(POLICE).officer(permit.user)
    assert officer is not None
    assert officer.name not in repr(by)
