from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from samverkan.agency.app import boot
from samverkan.agency.proof import Verified, WrongPermit
from samverkan.agency.sql.work import SqlWork
from samverkan.agency.tracing import Sought
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.genesis import settings
from samverkan.embedded.house import mail_over
from samverkan.infra.carrier import InProcess
from samverkan.infra.opening import Ambient
from samverkan.infra.seal import sign_bytes
from samverkan.infra.settings import ForeignSecret
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp
from tests.agency.model import COUNCIL, DEBTS, POLICE, small_pack
from tests.agency.world import World
from tests.instruments import FixedClock, seeded


def test_the_packs_people_are_appointed_once_under_drawn_numbers(founded: World) -> None:
    node = founded.node(POLICE)
    before = node.officers()
    node.appoint_all()
    assert node.officers() == before
    wanted = {p.name for p in small_pack().people.values() if p.party == POLICE}
    assert {officer.name for officer in before} == wanted
    assert not {officer.user for officer in before} & set(small_pack().people)


def test_an_unknown_officer_and_one_without_mandate_get_one_answer(founded: World) -> None:
    node = founded.node(POLICE)
    auditor = founded.permit(POLICE, Action.READ_LEDGER).user
    refused = Refused(Code.NO_MANDATE)
    assert node.permit(auditor, Action.ASK) == refused
    assert node.permit(UserId("usr-" + "1" * 26), Action.ASK) == refused
    foreign = founded.permit(DEBTS, Action.ASK).user
    assert node.permit(foreign, Action.ASK) == refused


def test_permits_of_a_known_officer_ask_nothing_of_the_store(founded: World) -> None:
    node = founded.node(DEBTS)
    user = founded.permit(DEBTS, Action.ANSWER).user
    asked: list[str] = []

    def heard(*said: object) -> None:
        asked.append(str(said[2]))

    event.listen(node.opened.store.engine, "before_cursor_execute", heard)
    assert isinstance(node.permit(user, Action.ANSWER), Permit)
    assert asked == []
    assert isinstance(node.permit(UserId("usr-" + "1" * 26), Action.ANSWER), Refused)
    assert asked != []  # one who is unknown is looked for


def test_one_who_is_appointed_later_is_known_at_the_next_question(founded: World) -> None:
    node = founded.node(POLICE)
    like = node.officers()[0]
    later = UserId("usr-" + "2" * 26)
    assert node.officer(later) is None
    with node.unit.write(Verified(POLICE, "appoint")) as work:
        work.people.add(replace(like, user=later, mandates=()))
        work.log(Entry("officer.appointed", POLICE, later))
    known = node.officer(later)
    assert known is not None
    assert known.user == later


def test_a_lapsed_mandate_gives_nothing(founded: World) -> None:
    user = founded.permit(DEBTS, Action.ANSWER).user
    assert isinstance(founded.node(DEBTS).permit(user, Action.ANSWER), Permit)
    founded.clock.advance(timedelta(days=800))
    assert founded.node(DEBTS).permit(user, Action.ANSWER) == Refused(Code.NO_MANDATE)


def test_a_mandate_for_one_body_says_nothing_in_another(founded: World) -> None:
    user = founded.permit(DEBTS, Action.TAKE_POSITION, COUNCIL).user
    node = founded.node(DEBTS)
    assert node.permit(user, Action.TAKE_POSITION, "another-body") == Refused(Code.NO_MANDATE)


def test_a_read_is_logged_with_its_reason_and_policy(founded: World) -> None:
    node = founded.node(POLICE)
    permit = founded.permit(POLICE, Action.READ_HITS)
    with node.read(permit, "hits", "assess-hit") as reading:
        assert reading.hits.all() == []
    with node.opened.store.view() as connection:
        (last,) = node.opened.store.ledger.recent(connection, limit=1)
    assert (last.entry.action, last.entry.reason) == ("read.read_hits", "assess-hit")
    assert last.entry.codes == (permit.policy,)
    assert last.entry.actor == permit.user


def test_a_refused_act_leaves_a_line_in_the_log_and_nothing_else(founded: World) -> None:
    node = founded.node(POLICE)
    permit = founded.permit(POLICE, Action.ASK)
    sent = founded.outbox(POLICE)
    with pytest.raises(RefusedError), node.write(permit) as work:
        _destroy_and_refuse(work, founded.scope.id)
    assert founded.entries(POLICE)[-1] == "refused.ask"
    assert founded.outbox(POLICE) == sent
    with founded.look(POLICE) as reading:
        assert reading.keys.share(founded.scope.id, 1, "p1") is not None


def _destroy_and_refuse(work: SqlWork, scope: str) -> None:
    work.keys.destroy(scope)
    raise RefusedError(refuse(Code.NO_BASIS))


def test_looking_at_the_log_is_itself_logged_first(founded: World) -> None:
    permit = founded.permit(POLICE, Action.READ_LEDGER)
    node, everything = founded.node(POLICE), Sought()
    seen = node.trace(permit, everything, limit=3, before=None, export=False).lines
    assert seen[0].entry.action == "read.ledger"
    older = node.trace(permit, everything, limit=2, before=seen[-1].seq, export=True).lines
    assert [one.seq for one in older] == [seen[-1].seq - 1, seen[-1].seq - 2]
    with pytest.raises(WrongPermit):
        node.trace(
            founded.permit(POLICE, Action.ASK), everything, limit=1, before=None, export=False
        )


def test_a_signature_counts_by_the_pinned_keys_alone(founded: World) -> None:
    node = founded.node(POLICE)
    signature = sign_bytes(b"data", founded.node(DEBTS).opened.ring.current)

    def check(work: object) -> None:
        signed_by = node.signed_by(work)  # type: ignore[arg-type]
        assert signed_by(DEBTS, b"data", signature)
        assert not signed_by(DEBTS, b"other", signature)
        assert not signed_by(POLICE, b"data", signature)
        assert not signed_by("nobody", b"data", signature)

    with founded.node(POLICE).opened.store.write() as transaction:
        check(node.unit.inside(transaction, Verified(DEBTS, "any")))
        transaction.log(Entry("test.checked", POLICE, POLICE))


def boot_as(world: World, address: str, stamp: Stamp = Stamp.SYNTHETIC) -> None:
    where = replace(settings(world.folder, POLICE, ("se", stamp)), name=address)
    mail = mail_over(InProcess(world.house.exchange.receive))
    boot(where, pack=small_pack(), ambient=Ambient(FixedClock(), seeded()), mail=mail)


@pytest.mark.parametrize(
    ("address", "stamp", "code"),
    [
        ("nobody", Stamp.SYNTHETIC, Code.NOT_A_PARTY),
        (POLICE, Stamp.EVALUATION, Code.STAMP_MISMATCH),
    ],
)
def test_a_node_opens_only_as_the_party_and_stamp_that_it_is(
    founded: World, address: str, stamp: Stamp, code: Code
) -> None:
    with pytest.raises(RefusedError) as refused:
        boot_as(founded, address, stamp)
    assert refused.value.refused.code is code


def test_one_partys_secrets_do_not_open_another(founded: World) -> None:
    with pytest.raises(ForeignSecret):
        boot_as(founded, DEBTS)
