"""A withdrawal reaches whoever was told, and nobody withdraws what is another's."""

from __future__ import annotations

from dataclasses import dataclass, field

from samverkan.exchange.withdrawing import Clearing, close, withdraw
from samverkan.wire.matching import Close, Gone, Withdraw
from tests.exchange.memory import MemoryPost

SCOPE, ENROLMENT, RULE = ("coo-" + "1" * 26, "enr-" + "1" * 26, "rul-" + "1" * 26)
HITS = [f"hit-{number:0>26}" for number in range(3)]


@dataclass
class MemoryEndings:
    """`Endings` that remember what they were asked; only the police have anything to withdraw."""

    asked: list[tuple[str, ...]] = field(default_factory=list)

    def withdraw(self, scope: str, party: str, enrolment: str) -> dict[str, list[str]]:
        """See `Endings`."""
        self.asked.append(("withdraw", scope, party, enrolment))
        return {"fk": [HITS[1], HITS[0]], "polisen": [HITS[2]]} if party == "polisen" else {}

    def unlist(self, scope: str, party: str, typology: str, condition: str) -> None:
        """See `Endings`."""
        self.asked.append(("unlist", scope, party, typology, condition))

    def close(self, scope: str, party: str, rule: str) -> dict[str, list[str]]:
        """See `Endings`."""
        self.asked.append(("close", scope, party, rule))
        return {"fk": [HITS[0]]} if party == "polisen" else {}

    def run_out(self) -> int:
        """See `Endings`."""
        return 0

    def anything(self) -> bool:
        """See `Endings`."""
        return False

    def overdue(self) -> list[str]:
        """See `Endings`."""
        return []


def test_whoever_was_told_hears_that_the_hits_are_gone() -> None:
    clearing = Clearing(MemoryEndings(), MemoryPost())
    body = Withdraw(scope=SCOPE, enrolment=ENROLMENT)
    assert withdraw(clearing, "polisen", body) is None
    assert isinstance(clearing.post, MemoryPost)
    assert clearing.post.sent == [
        ("fk", "hit.gone", Gone(scope=SCOPE, hits=HITS[:2])),
        ("polisen", "hit.gone", Gone(scope=SCOPE, hits=HITS[2:])),
    ]


def test_a_withdrawal_of_what_is_anothers_tells_nobody() -> None:
    endings, post = MemoryEndings(), MemoryPost()
    withdraw(Clearing(endings, post), "kfm", Withdraw(scope=SCOPE, enrolment=ENROLMENT))
    close(Clearing(endings, post), "kfm", Close(scope=SCOPE, rule=RULE))
    assert post.sent == []
    assert endings.asked == [
        ("withdraw", SCOPE, "kfm", ENROLMENT),
        ("close", SCOPE, "kfm", RULE),
    ]


def test_a_closed_rule_tells_whom_its_records_were_told_to() -> None:
    clearing = Clearing(MemoryEndings(), MemoryPost())
    close(clearing, "polisen", Close(scope=SCOPE, rule=RULE))
    assert isinstance(clearing.post, MemoryPost)
    assert [to for to, _, _ in clearing.post.sent] == ["fk"]


def test_a_list_of_tags_leaves_without_a_word() -> None:
    endings, post = MemoryEndings(), MemoryPost()
    body = Withdraw(scope=SCOPE, enrolment=ENROLMENT, typology="paper", condition="fk:provider")
    withdraw(Clearing(endings, post), "fk", body)
    assert endings.asked == [("unlist", SCOPE, "fk", "paper", "fk:provider")]
    assert post.sent == []
