"""Beginning, answering and closing local bodies from a party's own side."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.agency import gathering
from samverkan.agency.localities import bodies, covers, delegates, mine
from samverkan.agency.proof import WrongPermit
from samverkan.domain.local import Answer
from samverkan.domain.policy import Action
from samverkan.domain.territory import By, Crosswalk
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId
from samverkan.kernel.outcome import Refused
from tests.agency.localities import answer, at_work, begin
from tests.agency.model import CRIME, DEBTS, POLICE, TAX
from tests.agency.world import World


def test_every_party_knows_the_body_and_those_asked_find_it_among_their_own(founded: World) -> None:
    local = begin(founded)
    for party, own in ((DEBTS, [local]), (TAX, [])):
        with founded.look(party) as reading:
            assert list(bodies(reading)) == [local]
            assert [one.id for one in mine(reading)] == own


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"area": "9999"}, Code.AREA_NOT_THERE),
        ({"under": "rsr-gone"}, Code.BODY_NOT_THERE),
        ({"invite": ("nobody",)}, Code.AGENCY_NOT_MEMBER),
        ({"name": "Se 19811218-9876"}, Code.TEXT_IDENTIFIES),
    ],
)
def test_what_cannot_be_begun_is_refused_here_and_nothing_is_sent(
    founded: World, changes: dict[str, object], code: Code
) -> None:
    done = begin(founded, **changes)
    assert isinstance(done, Refused)
    assert done.code is code
    assert ("steering", "local.start") not in founded.outbox(POLICE)


def test_an_answer_is_the_partys_own_and_counts_once(founded: World) -> None:
    local = begin(founded)
    assert answer(founded, local, DEBTS, "from-afar") is None
    again = answer(founded, local, DEBTS, "from-afar")
    assert isinstance(again, Refused)
    assert again.code is Code.ALREADY_ANSWERED
    answer(founded, local, CRIME, "declines", "later")
    with founded.look(TAX) as reading:
        known = bodies(reading)[local]
    assert known.takes_part == {POLICE, DEBTS}
    assert known.answers[CRIME].answer is Answer.DECLINES


def test_who_was_not_asked_finds_nothing_to_answer(founded: World) -> None:
    done = answer(founded, begin(founded), TAX, "takes-part")
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_FOUND


def test_a_delegate_from_afar_speaks_for_the_agency_in_the_area(founded: World) -> None:
    local = at_work(founded)
    pack, on = founded.node(TAX).pack, date(2026, 12, 4)
    with founded.look(TAX) as reading:
        known = delegates(reading, pack, on=on)
        assert covers(reading, pack, "1880", on=on) == {"1880"}
    agency = pack.parties[PartyId(DEBTS)].agency
    voice = Crosswalk(pack).voice(agency, "1880", on=on, delegates=known)
    assert voice is not None
    assert (voice.by, voice.body) == (By.DELEGATE, local)
    elsewhere = Crosswalk(pack).voice(agency, "0180", on=on, delegates=known)
    assert elsewhere is not None
    assert elsewhere.by is not By.DELEGATE


def test_the_leading_party_adds_partners_chooses_a_way_and_closes(founded: World) -> None:
    local, pack = begin(founded), founded.node(POLICE).pack
    lead = Action.START_LOCAL
    since = date(2027, 1, 1)
    steps = [
        founded.act(POLICE, lead, gathering.partner, pack, local, ("municipality", "Orebro")),
        founded.act(POLICE, lead, gathering.vary, pack, local, variant="vivalla", since=since),
        founded.act(POLICE, lead, gathering.invite, pack, local, TAX),
        founded.act(POLICE, lead, gathering.close, local, until=date(2027, 12, 31)),
    ]
    assert steps == [None] * 4
    founded.house.settle()
    with founded.look(DEBTS) as reading:
        known = bodies(reading)[local]
    assert [one.name for one in known.partners] == ["Orebro"]
    assert known.variant("2027-01-01") == "vivalla"
    assert known.until == "2027-12-31"
    assert TAX in known.invited


def test_another_party_leads_nothing(founded: World) -> None:
    local, pack = begin(founded), founded.node(DEBTS).pack
    done = founded.act(DEBTS, Action.START_LOCAL, gathering.invite, pack, local, TAX)
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_THE_OWNER


def test_a_permit_for_another_act_begins_nothing(founded: World) -> None:
    with pytest.raises(WrongPermit):
        founded.act(
            POLICE, Action.READ_INBOX, gathering.close, "loc-" + "1" * 26, until=date(2027, 1, 1)
        )
