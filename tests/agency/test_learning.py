"""Writing in the method library: a command to steering, after the texts were looked through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import learning
from samverkan.agency.library import entries, library, versions
from samverkan.agency.proof import WrongPermit
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.model import COUNCIL, DEBTS, POLICE, TAX
from tests.agency.world import World

TEXTS: dict[str, Any] = dict.fromkeys(
    ("title", "problem", "approach", "organisation", "result"), "Ord."
)
TOLD = learning.Telling(**TEXTS, agencies=(POLICE,), grade="described", hours=40)
SINCE = date(2026, 11, 1)


def publish(world: World, party: str = POLICE, *, method: str | None = None, **changes: Any) -> Any:
    pack = world.node(party).pack
    texts = {**TEXTS, **changes}
    told = learning.Telling(**texts, agencies=(POLICE,), grade="described")
    done = world.act(party, Action.KEEP_METHODS, learning.publish, pack, told, method=method)
    world.house.settle()
    return done


def test_another_party_reads_what_one_has_published(founded: World) -> None:
    method = publish(founded, result="Färre hyreskontrakt.")
    with founded.look(DEBTS) as reading:
        known = entries(reading, founded.node(DEBTS).pack, "sv")
    assert (known[-1].method, known[-1].result) == (method, "Färre hyreskontrakt.")
    assert known[-1].party == POLICE


def test_a_text_that_points_somebody_out_does_not_leave(founded: World) -> None:
    done = publish(founded, problem="Fråga 19811218-9876.")
    assert isinstance(done, Refused)
    assert done.code is Code.TEXT_IDENTIFIES
    assert ("steering", "method.publish") not in founded.outbox(POLICE)


def test_only_the_author_writes_the_next_version_and_the_first_stays(founded: World) -> None:
    method = publish(founded)
    other = publish(founded, DEBTS, method=method)
    assert isinstance(other, Refused)
    assert other.code is Code.NOT_THE_OWNER
    publish(founded, method=method, result="Mindre än väntat.")
    with founded.look(TAX) as reading:
        known = versions(reading, founded.node(TAX).pack, "sv", method)
    assert [one.result for one in known] == ["Ord.", "Mindre än väntat."]


def test_a_body_takes_up_the_packs_method_and_tells_what_happened(founded: World) -> None:
    taking = learning.Taking("vivalla", 1, COUNCIL, SINCE)
    adoption = founded.act(DEBTS, Action.KEEP_METHODS, learning.adopt, taking)
    founded.house.settle()
    told = learning.Experience(adoption, date(2026, 11, 20), "Gick bra.", "followed-up", 12)
    pack = founded.node(DEBTS).pack
    founded.act(DEBTS, Action.KEEP_METHODS, learning.report_back, pack, told)
    founded.house.settle()
    with founded.look(POLICE) as reading:
        (one,) = library(reading).adopted("vivalla")
    assert (one.party, one.body.body) == (DEBTS, COUNCIL)
    assert [report.body.hours for report in one.told] == [12]


def test_nothing_is_told_of_an_adoption_that_is_not_known(founded: World) -> None:
    told = learning.Experience("ado-" + "1" * 26, SINCE, "Ord.", "described")
    pack = founded.node(POLICE).pack
    done = founded.act(POLICE, Action.KEEP_METHODS, learning.report_back, pack, told)
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_FOUND


def test_a_permit_for_another_act_publishes_nothing(founded: World) -> None:
    with pytest.raises(WrongPermit):
        founded.act(POLICE, Action.READ_INBOX, learning.publish, founded.node(POLICE).pack, TOLD)
