from __future__ import annotations

from samverkan.agency.facts import EvaluationFacts, OwnEntry, ProposedKeys, Served, ShareFacts
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.directory import KeyCard
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import EnrolmentId
from samverkan.wire.joining import Contribution
from tests.agency.sql.rows import SCOPE, enrolment, ident, said, subject

OTHER = ident("coo", 2)


def shown(byte: int) -> Contribution:
    return Contribution(key_type="p1", public=bytes([byte]) * 32, proof=bytes(64))


def _fill(party: SqlReading, scope: str, number: int) -> None:
    made = EnrolmentId(ident("enr", number))
    party.keys.add_shares([ShareFacts(scope, 1, "p1", bytes([number]) * 32)])
    party.enrolments.add(enrolment(number, scope=scope))
    work = ((subject(1), b"value"),)
    waiting = EvaluationFacts(ident("enr", 90 + number), made, scope, 1, "p1", None, work, b"s")
    party.enrolments.add_evaluations([waiting], {"kfm": ident("msg", number)})
    entry = OwnEntry(bytes([number]) * 16, scope, 1, "p1", made, subject(1), b"l" * 32)
    party.enrolments.add_entries([entry])
    party.enrolments.add_tags(scope, 1, "pattern", {subject(1): b"h" * 8})


def test_a_share_is_found_by_scope_epoch_and_key(party: SqlReading) -> None:
    party.keys.add_shares([ShareFacts(SCOPE, 1, "p1", b"x" * 32)])
    assert party.keys.share(SCOPE, 1, "p1") == b"x" * 32
    for absent in ((OTHER, 1, "p1"), (SCOPE, 2, "p1"), (SCOPE, 1, "p2")):
        assert party.keys.share(*absent) is None


def test_destroying_takes_shares_locks_tags_and_waiting_work_of_that_scope_alone(
    party: SqlReading,
) -> None:
    party.register.add([said(1, Prop.CITY, "1885")], party="polisen")
    _fill(party, SCOPE, 1)
    _fill(party, OTHER, 2)
    assert party.keys.destroy(SCOPE) == 1
    assert party.keys.share(SCOPE, 1, "p1") is None
    assert party.enrolments.entry(b"\x01" * 16) is None
    assert party.enrolments.tagged(SCOPE, 1, "pattern", [b"h" * 8]) == []
    assert party.enrolments.asked(ident("msg", 1)) == {}
    assert party.keys.share(OTHER, 1, "p1") is not None
    assert party.enrolments.entry(b"\x02" * 16) is not None
    assert party.enrolments.tagged(OTHER, 1, "pattern", [b"h" * 8]) == [subject(1)]
    assert party.enrolments.asked(ident("msg", 2)) == {"p1": ident("enr", 92)}


def test_the_first_contribution_and_transcript_of_a_holder_stand(party: SqlReading) -> None:
    party.keys.add_contributions(SCOPE, 1, "kfm", [shown(1)])
    party.keys.add_contributions(SCOPE, 1, "kfm", [shown(2)])
    party.keys.add_contributions(SCOPE, 1, "fk", [])
    assert party.keys.contributions(SCOPE, 1) == {"kfm": [shown(1)]}
    for digest in (b"a" * 32, b"b" * 32):
        party.keys.add_transcript(SCOPE, 1, "kfm", digest)
    assert party.keys.transcripts(SCOPE, 1) == {"kfm": b"a" * 32}


def test_evaluations_are_summed_by_key_and_party(party: SqlReading) -> None:
    def serve(key_type: str, who: str, count: int, total: int) -> tuple[int, int]:
        after = party.keys.serve(Served(SCOPE, 1, key_type, who, count, total))
        return after.count, after.total

    assert serve("p1", "kfm", 5, 5) == (5, 5)
    assert serve("p1", "kfm", 7, 20) == (12, 20)
    assert serve("p1", "kfm", 1, 13) == (13, 20)
    assert serve("p1", "fk", 1, 1) == (1, 1)
    assert serve("p2", "kfm", 2, 2) == (2, 2)


def test_a_later_proposal_of_keys_takes_the_place_of_the_one_before(party: SqlReading) -> None:
    def proposal(of: str, byte: int) -> ProposedKeys:
        card = KeyCard(of, 2, bytes([byte]) * 32, bytes(32))
        return ProposedKeys(card, b"b" * 32, bytes(64))

    party.keys.add_proposal(proposal("polisen", 1))
    party.keys.add_countersignature("kfm", b"k" * 64)
    party.keys.add_countersignature("kfm", b"l" * 64)
    assert party.keys.countersignatures() == {"kfm": b"l" * 64}
    party.keys.add_proposal(proposal("kfm", 3))
    party.keys.drop_proposal("kfm")
    assert party.keys.proposal("kfm") is None
    assert party.keys.countersignatures() == {"kfm": b"l" * 64}
    party.keys.add_proposal(proposal("polisen", 2))
    assert party.keys.proposals() == [proposal("polisen", 2)]
    assert party.keys.countersignatures() == {}  # they were for other keys
