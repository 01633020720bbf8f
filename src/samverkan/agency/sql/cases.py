"""Cases, requests, disclosures, annexes, as rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from samverkan.agency.facts import NOBODY, CaseFacts, RequestFacts
from samverkan.agency.sql import tables as t
from samverkan.domain.request import Step
from samverkan.kernel.ids import CaseId, RequestId, SubjectId, UserId
from samverkan.wire.asking import Annex, Ask, Disclosed
from samverkan.wire.v1 import canonical, decode

Taken = tuple[Step, datetime, str | None]
"""One step of a request: what, when, and by whom."""
_REQUESTS = select(t.request).order_by(t.request.c.at.desc(), t.request.c.id)
_EVENTS = select(t.request_event).order_by(t.request_event.c.no)
_EVENTS_OF = _EVENTS.where(t.request_event.c.request == bindparam("of"))


class SqlCases:
    """`ports.Cases` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, case: CaseFacts) -> None:
        """See `Cases`."""
        self._connection.execute(
            t.casefile.insert().values(
                id=case.id,
                scope=case.scope,
                title=case.title,
                officer=case.officer,
                at=case.at,
                header=case.header,
            )
        )
        for subject in case.subjects:
            self.include(case.id, subject)

    def get(self, case: CaseId) -> CaseFacts | None:
        """See `Cases`."""
        query = select(t.casefile).where(t.casefile.c.id == case)
        row = self._connection.execute(query).first()
        return None if row is None else self._case(row)

    def all(self) -> list[CaseFacts]:
        """See `Cases`."""
        query = select(t.casefile).order_by(t.casefile.c.at.desc(), t.casefile.c.id)
        return [self._case(row) for row in self._connection.execute(query).all()]

    def _case(self, row: Row[Any]) -> CaseFacts:
        table = t.casefile_subject
        query = select(table.c.subject).where(table.c.casefile == row.id).order_by(table.c.subject)
        subjects = tuple(SubjectId(found) for found in self._connection.execute(query).scalars())
        return CaseFacts(
            id=CaseId(row.id),
            scope=row.scope,
            title=row.title,
            officer=UserId(row.officer),
            at=row.at,
            subjects=subjects,
            header=None if row.header is None else CaseId(row.header),
        )

    def include(self, case: CaseId, subject: SubjectId) -> None:
        """See `Cases`."""
        table = t.casefile_subject
        seen = select(table.c.subject).where(table.c.casefile == case, table.c.subject == subject)
        if self._connection.execute(seen).first() is None:
            self._connection.execute(table.insert().values(casefile=case, subject=subject))

    def tie(self, case: CaseId, header: CaseId) -> None:
        """See `Cases`."""
        table = t.casefile
        self._connection.execute(table.update().where(table.c.id == case).values(header=header))

    def add_request(self, request: RequestFacts) -> None:
        """See `Cases`."""
        self._connection.execute(
            t.request.insert().values(
                id=request.id,
                outgoing=request.outgoing,
                peer=request.peer,
                subject=None if request.subject == NOBODY else request.subject,
                casefile=request.case,
                body=canonical(request.ask),
                at=request.at,
            )
        )

    def request(self, request: RequestId) -> RequestFacts | None:
        """See `Cases`."""
        row = self._connection.execute(select(t.request).where(t.request.c.id == request)).first()
        return None if row is None else _request(row, self._steps(_EVENTS_OF, of=request)[row.id])

    def requests(self) -> list[RequestFacts]:
        """See `Cases`. Two queries, however many there are."""
        steps = self._steps(_EVENTS)
        return [_request(row, steps[row.id]) for row in self._connection.execute(_REQUESTS)]

    def asked_in(self, case: CaseId) -> list[RequestFacts]:
        """See `Cases`."""
        table = t.request
        rows = self._connection.execute(_REQUESTS.where(table.c.casefile == case, table.c.outgoing))
        return [_request(row, self._steps(_EVENTS_OF, of=row.id)[row.id]) for row in rows.all()]

    def _steps(self, query: Select[Any], **which: str) -> defaultdict[str, list[Taken]]:
        """Histories by request, each oldest first."""
        found: defaultdict[str, list[Taken]] = defaultdict(list)
        for event in self._connection.execute(query, which):
            found[event.request].append((Step(event.event), event.at, event.officer))
        return found

    def step(self, request: RequestId, step: Step, *, at: datetime, officer: str | None) -> None:
        """See `Cases`."""
        self._connection.execute(
            t.request_event.insert().values(
                request=request, event=step.value, officer=officer, at=at
            )
        )

    def add_disclosure(self, body: Disclosed, *, outgoing: bool, at: datetime) -> None:
        """See `Cases`."""
        self._connection.execute(
            t.disclosure.insert().values(
                id=body.disclosure,
                request=body.request,
                outgoing=outgoing,
                body=canonical(body),
                at=at,
            )
        )

    def has_disclosure(self, disclosure: str) -> bool:
        """See `Cases`."""
        query = select(t.disclosure.c.id).where(t.disclosure.c.id == disclosure)
        return self._connection.execute(query).first() is not None

    def disclosure(self, request: RequestId) -> Disclosed | None:
        """See `Cases`."""
        query = select(t.disclosure.c.body).where(t.disclosure.c.request == request)
        found = self._connection.execute(query).scalar()
        return None if found is None else decode(found, Disclosed)

    def sent(self, disclosure: str) -> Disclosed | None:
        """See `Cases`."""
        table = t.disclosure
        query = select(table.c.body).where(table.c.id == disclosure, table.c.outgoing)
        found = self._connection.execute(query).scalar()
        return None if found is None else decode(found, Disclosed)

    def add_annex(self, annex: Annex, *, party: str, case: CaseId | None, at: datetime) -> None:
        """See `Cases`."""
        self._connection.execute(
            t.annex.insert().values(
                proposal=annex.proposal, party=party, casefile=case, body=canonical(annex), at=at
            )
        )

    def annexes(self, proposal: str) -> dict[str, Annex]:
        """See `Cases`."""
        query = select(t.annex.c.party, t.annex.c.body).where(t.annex.c.proposal == proposal)
        return {row.party: decode(row.body, Annex) for row in self._connection.execute(query)}

    def proposed(self, case: CaseId) -> list[str]:
        """See `Cases`."""
        query = select(t.annex.c.proposal).where(t.annex.c.casefile == case)
        return list(self._connection.execute(query.order_by(t.annex.c.at)).scalars())


def _request(row: Row[Any], steps: list[Taken]) -> RequestFacts:
    return RequestFacts(
        id=RequestId(row.id),
        outgoing=row.outgoing,
        peer=row.peer,
        subject=NOBODY if row.subject is None else SubjectId(row.subject),
        case=CaseId(row.casefile),
        ask=decode(row.body, Ask),
        at=row.at,
        steps=tuple(steps),
    )
