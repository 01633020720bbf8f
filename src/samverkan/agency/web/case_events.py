"""What has happened in a case, oldest first: hits, judgements, requests, answers, proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from samverkan.agency.casework import CaseView
from samverkan.agency.ports import Reading
from samverkan.agency.web.blocks import Chain
from samverkan.agency.web.council import OUTCOMES
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.requests import STEPS
from samverkan.agency.web.subjects import VERDICTS
from samverkan.domain.council import DECIDED, MAKE
from samverkan.kernel.ids import SubjectId
from samverkan.shell.parts import Progress, Step


def shown(at: Seat, reading: Reading, view: CaseView, names: Mapping[SubjectId, str]) -> Chain:
    """Everything that has a time, each step with who did it."""
    steps = [
        _step(at.t("case.was_opened"), view.case.at, at.who(view.case.officer)),
        *_hits(at, reading, view, names),
        *_requests(at, view, names),
        *_proposals(at, reading, view),
    ]
    dated = sorted(steps, key=lambda step: (step.at or view.case.at, step.words))
    return Chain(at.t("case.events"), dated, full=True)


def _step(words: str, moment: datetime, by: str = "", remark: str = "", path: str = "") -> Step:
    return Step(words, Progress.DONE, moment, by, remark, path)


def _hits(
    at: Seat, reading: Reading, view: CaseView, names: Mapping[SubjectId, str]
) -> Iterator[Step]:
    for hit in (hit for one in view.subjects for hit in one.hits):
        about = {"name": names[hit.subject], "party": at.names.party(hit.party)}
        path = f"/hits/{hit.id}"
        yield _step(at.t("case.hit_came", **about), hit.at, path=path)
        for note in reading.hits.notes(hit):
            judged = note.judgement
            words = at.t(
                "case.judged", **about, verdict=at.t(VERDICTS[judged.verdict].text).lower()
            )
            yield _step(words, judged.at, at.who(judged.officer), note.note, path)


def _requests(at: Seat, view: CaseView, names: Mapping[SubjectId, str]) -> Iterator[Step]:
    for one in view.requests:
        about = {"name": names.get(one.subject, ""), "party": at.names.party(one.peer)}
        for step, moment, officer in one.steps:
            words = at.t("case.request", **about, step=at.t(STEPS[step]))
            by = at.who(officer) if officer else ""
            yield _step(words, moment, by, path=f"/requests/{one.id}")


def _proposals(at: Seat, reading: Reading, view: CaseView) -> Iterator[Step]:
    for proposal in view.proposals:
        for event in reading.feed.about(proposal):
            moment = datetime.fromisoformat(event.at)
            if event.kind == MAKE:
                body = at.names.of(at.desk.pack.bodies, str(event.body["body"]))
                yield _step(at.t("case.was_proposed", body=body), moment)
            elif event.kind == DECIDED:
                outcome = at.t(OUTCOMES[str(event.body["outcome"])].text)
                yield _step(at.t("case.was_decided", outcome=outcome.lower()), moment)
