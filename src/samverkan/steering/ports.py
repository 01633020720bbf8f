"""What steering's use cases are given, and what they answer: facts to tell, or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from samverkan.kernel.outcome import Refused
from samverkan.wire import (
    casing,
    crediting,
    deciding,
    joining,
    local,
    meeting,
    method,
    picturing,
    seating,
    standing,
    territory,
    varying,
)
from samverkan.wire.joining import Event
from samverkan.wire.v1 import Message

BODIES: Mapping[str, type[Message]] = MappingProxyType(
    {
        "cooperation.draft": joining.Draft,
        "cooperation.accept": joining.Accept,
        "cooperation.in-force": joining.InForce,
        "cooperation.end": joining.End,
        "proposal.make": deciding.Propose,
        "position.take": deciding.TakePosition,
        "proposal.close": deciding.CloseProposal,
        "proposal.decided": deciding.Decided,
        "measure.plan": deciding.PlanMeasure,
        "measure.close": deciding.CloseMeasure,
        "hours.report": deciding.ReportHours,
        "outcome.record": deciding.RecordOutcome,
        "picture.begin": picturing.BeginPicture,
        "picture.begun": picturing.PictureBegun,
        "picture.count": picturing.CountPicture,
        "picture.answer": picturing.AnswerPicture,
        "picture.answered": picturing.PictureAnswered,
        "picture.rated": picturing.PictureRated,
        "picture.promise": picturing.PromisePicture,
        "picture.follow": picturing.FollowPromise,
        "picture.settle": picturing.SettlePicture,
        "picture.settled": picturing.PictureSettled,
        "picture.publish": picturing.PublishPicture,
        "picture.published": picturing.PicturePublished,
        "outcome.advance": crediting.AdvanceOutcome,
        "outcome.share": crediting.AnswerShare,
        "outcome.mark": crediting.Marked,
        "outcome.alike": crediting.Alike,
        "outcome.settle": crediting.SettleAlike,
        "report.freeze": deciding.Freeze,
        "report.frozen": deciding.Frozen,
        "step.done": varying.StepDone,
        "variant.draft": varying.DraftVariant,
        "variant.adopt": varying.StandVariant,
        "variant.oppose": varying.StandVariant,
        "variant.withdraw": varying.StandVariant,
        "variant.promote": varying.PromoteVariant,
        "variant.in-force": varying.VariantInForce,
        "variant.ended": varying.VariantEnded,
        "case.open": casing.OpenCase,
        "case.opened": casing.CaseOpened,
        "case.join": casing.JoinCase,
        "case.number": casing.NumberCase,
        "case.phase": casing.MarkCase,
        "case.prioritise": casing.MarkCase,
        "case.pause": casing.MarkCase,
        "case.resume": casing.ResumeCase,
        "case.review": casing.ReviewCase,
        "case.close": casing.MarkCase,
        "method.publish": method.PublishMethod,
        "method.adopt": method.AdoptMethod,
        "method.report-back": method.ReportMethod,
        "area.define": territory.DefineAreas,
        "area.revise": territory.ReviseArea,
        "area.split": territory.SplitArea,
        "area.merge": territory.MergeAreas,
        "area.close": territory.CloseArea,
        "local.start": local.StartLocal,
        "local.invite": local.InviteParty,
        "local.answer": local.AnswerInvitation,
        "local.partner": local.AddPartner,
        "local.vary": local.ChooseVariant,
        "local.close": local.CloseLocal,
        "seat.delegate": seating.Delegate,
        "seat.hand-over": seating.HandOver,
        "meeting.plan": meeting.PlanMeetings,
        "meeting.item": meeting.AddItem,
        "meeting.mark": meeting.MarkItem,
        "meeting.minutes": meeting.WriteMinutes,
        "question.raise": standing.RaiseQuestion,
        "question.assign": standing.AssignQuestion,
        "question.answer": standing.AnswerQuestion,
        "question.close": standing.CloseQuestion,
        "group.decide": standing.NoteDecision,
        "plan.add": standing.PlanEntry,
    }
)
"""The events that the log may hold, and the message that each one's body is."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is now so: its kind, what it names, the chain it belongs to, whom it is told.

    `under` is the identifier of the cooperation, proposal or report in whose history it counts.
    """

    kind: str
    subject: str
    under: str
    body: Message
    to: frozenset[str]


Answer = Sequence[Fact] | Refused


class Record(Protocol):
    """The event log (append-only), read by chain."""

    def chain(self, under: str) -> list[Event]:
        """All events of one chain, oldest first; empty if there is none."""

    def under(self, subject: str) -> str | None:
        """The chain that an identifier belongs to, if any event names it as its subject."""

    def chains(self, kind: str) -> list[str]:
        """Every chain that an event of this kind began, oldest first."""

    def of(self, kinds: Collection[str]) -> list[Event]:
        """All events of these kinds, oldest first, whatever their chain."""


class Printer(Protocol):
    """Makes the files of a paper: the same paper and moment give the same bytes."""

    def pdf(self, paper: Paper, made: datetime) -> bytes:
        """As PDF."""

    def docx(self, paper: Paper, made: datetime) -> bytes:
        """As a text document."""

    def xlsx(self, paper: Paper, made: datetime) -> bytes:
        """As a workbook."""

    def zip(self, paper: Paper, rows: bytes, made: datetime) -> bytes:
        """For machines: the rows, each table, and digests."""


class Words(Protocol):
    """The sentence of a key in the language that a paper is written in."""

    def __call__(self, key: str, /, **params: object) -> str: ...


Cell = str | int | Decimal
"""A text, or a number: whole, or with the decimals that are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `kind` is text, short, number, id or ids."""

    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, columns and rows."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: heading, notes, a table, and what stands there if it is empty."""

    heading: str
    notes: Sequence[str]
    sheet: Sheet
    empty: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to print. Texts are in `language`; `digest` identifies its rows.

    `shortened` says that `{shown}` rows of `{all}` are printed.
    """

    language: str
    publisher: str
    title: str
    subtitle: str
    table: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    shortened: str
    footer: str
    digest: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A ledger head that somebody has seen: number of the last entry, and its hash."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Status:
    """What anybody may know of this role: kind of data, model, and the head of its ledger."""

    stamp: str
    pack: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a verification found: entries walked, and the first fault with its entry number."""

    entries: int
    fault: str | None = None
    at: int = 0


class LedgerBook(Protocol):
    """The own ledger as an inspector reads it."""

    def verify(self, seen_by: Mapping[str, Seen]) -> Finding:
        """Walk the chain, check the head's signature, and compare with what others have seen."""

    def witnessed(self) -> Mapping[str, Seen]:
        """The heads of other ledgers that this one bears witness to."""


def audience(*groups: Collection[str]) -> frozenset[str]:
    """Everyone in any of the groups."""
    return frozenset(party for group in groups for party in group)
