from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samverkan.agency.facts import (
    CaseFacts,
    EvaluationFacts,
    History,
    Note,
    OwnEntry,
    ShareFacts,
)
from samverkan.domain.graph import Judgement, Verdict
from samverkan.kernel.ids import CaseId, EnrolmentId, SubjectId, UserId
from samverkan.wire.joining import Event
from tests.instruments import NOON

SECRET = b"hemligt" * 4
SUBJECT = SubjectId("sub-" + "1" * 26)


def test_nothing_secret_shows_when_a_fact_is_printed() -> None:
    enrolment = EnrolmentId("enr-1")
    shown = [
        ShareFacts("coo-1", 1, "p1", SECRET),
        EvaluationFacts("e", enrolment, "coo-1", 1, "p1", None, ((SUBJECT, SECRET),), SECRET),
        OwnEntry(b"n", "coo-1", 1, "p1", enrolment, SUBJECT, SECRET),
    ]
    assert all("hemligt" not in repr(fact) for fact in shown)


def test_free_text_about_a_person_does_not_show_when_printed() -> None:
    judged = Judgement(SUBJECT, "kfm", b"h", Verdict.SAME, "usr-1", NOON)
    case = CaseFacts(CaseId("cas-1"), "coo-1", "Anna Alm", UserId("usr-1"), NOON)
    assert "Anna" not in repr(case)
    assert "Anna" not in repr(Note(judged, f"Anna, {date(1981, 4, 12)}"))


def test_what_follows_from_a_history_is_worked_out_once() -> None:
    asked: list[int] = []

    def count(events: Iterable[Event]) -> int:
        asked.append(1)
        return len(list(events))

    history = History(())
    assert history.derived(count) == history.derived(count) == 0
    assert len(asked) == 1
    assert History(()).derived(count) == 0
    assert len(asked) == 2
