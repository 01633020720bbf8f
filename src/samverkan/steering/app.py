"""Steering, wired: the only place that chooses adapters for it.

Commands come as posts from parties; each is heard once, and what it brings about is appended,
logged and told in one transaction. A refusal is told to its sender alone (ADR 5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from litestar import Litestar

from samverkan.domain import area as areas
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.identifying import identifying
from samverkan.domain.pack import Pack
from samverkan.domain.policy import RULES, Action
from samverkan.infra.applying import Handler
from samverkan.infra.geometry import Geometry
from samverkan.infra.mail import Mail, Postman
from samverkan.infra.opening import Ambient, Opened, Schema, open_role
from samverkan.infra.papers import Files
from samverkan.infra.repin import repin
from samverkan.infra.seal import BadSignature, PublicKeys, verify_bytes
from samverkan.infra.settings import RoleSettings
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MalformedId, PartyId, Randomness, UserId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import texts
from samverkan.shell.bundle import read_bundle
from samverkan.shell.frame import Frame, Site
from samverkan.shell.session import MemorySessions, Sessions
from samverkan.shell.web import make_app
from samverkan.steering import (
    casing,
    deciding,
    gathering,
    joining,
    learning,
    meeting,
    operating,
    outlining,
    oversight,
    picturing,
    reporting,
    standing,
    varying,
)
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Seen, Status
from samverkan.steering.printing import Press
from samverkan.steering.sql import tables
from samverkan.steering.sql.feed import publish, tell_refused
from samverkan.steering.sql.ledgerbook import SqlLedgerBook
from samverkan.steering.sql.record import SqlRecord
from samverkan.steering.web import FOLDER
from samverkan.steering.web import handlers as pages
from samverkan.wire import casing as cased
from samverkan.wire import crediting as credited
from samverkan.wire import deciding as decided
from samverkan.wire import joining as joined
from samverkan.wire import local as gathered
from samverkan.wire import meeting as met
from samverkan.wire import method as learned
from samverkan.wire import picturing as drawn
from samverkan.wire import seating as seated
from samverkan.wire import standing as stood
from samverkan.wire import territory as land
from samverkan.wire import varying as varied
from samverkan.wire.joining import By
from samverkan.wire.v1 import Envelope, Malformed, Message, from_body, public_texts

SCHEMA = Schema(
    tables.metadata, tables.common, Path(__file__).parent / "sql" / "migrations", "0001"
)


class Body(Protocol):
    """A command's body: a message that names the officer whom the sending node vouches for."""

    @property
    def by(self) -> By: ...


_RULES: Mapping[tuple[str, Action], str] = {(str(r), a): rule for (r, a), rule in RULES.items()}
C = TypeVar("C", bound=Body)
MailOf = Callable[[Opened], Mail]


@dataclass(frozen=True, slots=True)
class Command(Generic[C]):
    """One kind of command: its body, what hears it, the act it is, the field of its subject."""

    body: type[C]
    hear: Callable[[Hearing, C], Answer]
    action: Action
    subject: str


@dataclass(slots=True)
class Steering:
    """The role, ready: its store, its postman, and the reading of its own ledger."""

    opened: Opened
    pack: Pack
    postman: Postman

    def inspect(self, seen_by: Mapping[str, Seen]) -> oversight.Inspection:
        """Verify the own ledger against itself and what others have seen; logged first."""
        store, me = self.opened.store, self.opened.settings.name
        store.record(Entry("ledger.verified", me, me))
        with store.view() as connection:
            book = SqlLedgerBook(connection, store.ledger, self.signed)
            return oversight.inspect(book, seen_by)

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether one of the own keys, past or present, made the signature."""
        return any(_made(keys.public, message, signature) for keys in self.opened.ring.keys)

    def status(self) -> Status:
        """What the open page shows."""
        head, settings = self.opened.store.head(), self.opened.settings
        return Status(settings.stamp.value, settings.pack, head.seq, head.hash.hex())

    def web(self, *, shared_process: bool) -> Litestar:
        """The one page. Nobody signs in: its sessions stay empty."""
        catalogues = texts.load(texts.HERE, FOLDER / "texts")
        frame = Frame(
            party={language: words("steering.name") for language, words in catalogues.items()},
            stamp=self.opened.settings.stamp,
            zone=ZoneInfo(self.pack.pack.timezone),
            shared_process=shared_process,
        )
        store = self.opened.store
        site = Site(
            frame=frame,
            sessions=Sessions(MemorySessions(), store.clock, store.randomness),
            secret=self.opened.secrets.web,
            randomness=store.randomness,
            web=FOLDER,
        )
        return make_app("steering", pages(), site, services={"status": self.status})


def _made(keys: PublicKeys, message: bytes, signature: bytes) -> bool:
    try:
        verify_bytes(signature, message, keys)
    except BadSignature:
        return False
    return True


def boot(settings: RoleSettings, *, pack: Pack, ambient: Ambient, mail: MailOf) -> Steering:
    """Open steering's store and make it ready. `mail` makes its way to the exchange."""
    opened = open_role(settings, SCHEMA, ambient)
    taken = {**handlers(pack, ambient.randomness), "directory.change": repin(opened, pack.parties)}
    postman = opened.postman(mail(opened), taken)
    return Steering(opened, pack, postman)


def handlers(pack: Pack, randomness: Randomness) -> Mapping[str, Handler]:
    """What steering takes from parties, by kind of message."""
    freeze = partial(reporting.freeze, press=press(pack))
    hear = partial(_handler, pack, randomness)
    join, act = Action.DECIDE_COOPERATION, Action
    return {
        "cooperation.draft": hear(Command(joined.Draft, joining.draft, join, "cooperation")),
        "cooperation.accept": hear(Command(joined.Accept, joining.accept, join, "cooperation")),
        "cooperation.end": hear(Command(joined.End, joining.end, join, "cooperation")),
        "proposal.make": hear(Command(decided.Propose, deciding.make, act.PROPOSE, "proposal")),
        "position.take": hear(
            Command(decided.TakePosition, deciding.take, act.TAKE_POSITION, "proposal")
        ),
        "proposal.close": hear(
            Command(decided.CloseProposal, deciding.close, act.CLOSE_DECISION, "proposal")
        ),
        "measure.plan": hear(
            Command(decided.PlanMeasure, operating.plan, act.PLAN_MEASURE, "measure")
        ),
        "measure.close": hear(
            Command(decided.CloseMeasure, operating.finish, act.PLAN_MEASURE, "measure")
        ),
        "hours.report": hear(
            Command(decided.ReportHours, operating.hours, act.REPORT_HOURS, "operation")
        ),
        "report.freeze": hear(Command(decided.Freeze, freeze, act.FREEZE_REPORT, "report")),
        **_outcomes(hear),
        **_cases(hear),
        **_methods(hear),
        **_areas(hear),
        **_pictures(hear),
        **_variants(hear),
        **_local(hear),
        **_meetings(hear),
        **_standing(hear),
    }


def _standing(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """The standing work of groups and local bodies."""
    work = Action.WORK_LOCAL
    return {
        "question.raise": hear(Command(stood.RaiseQuestion, standing.begin, work, "question")),
        "question.assign": hear(Command(stood.AssignQuestion, standing.assign, work, "question")),
        "question.answer": hear(Command(stood.AnswerQuestion, standing.answer, work, "question")),
        "question.close": hear(Command(stood.CloseQuestion, standing.close, work, "question")),
        "group.decide": hear(Command(stood.NoteDecision, standing.decide, work, "decision")),
        "plan.add": hear(Command(stood.PlanEntry, standing.plan, work, "entry")),
    }


def _variants(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """The commands of variants. A member's stand is a position like others, and its own."""
    vary, stand = Action.VARY, Action.TAKE_POSITION
    return {
        "variant.draft": hear(Command(varied.DraftVariant, varying.draft, vary, "variant")),
        "variant.adopt": hear(Command(varied.StandVariant, varying.adopt, stand, "variant")),
        "variant.oppose": hear(Command(varied.StandVariant, varying.oppose, stand, "variant")),
        "variant.withdraw": hear(Command(varied.StandVariant, varying.withdraw, stand, "variant")),
        "variant.promote": hear(Command(varied.PromoteVariant, varying.promote, vary, "variant")),
        "step.done": hear(Command(varied.StepDone, deciding.done, Action.DO_STEP, "proposal")),
    }


def _outcomes(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """Outcomes along their life."""
    act, of = Action.RECORD_OUTCOME, "outcome"
    return {
        "outcome.record": hear(Command(decided.RecordOutcome, operating.record, act, of)),
        "outcome.advance": hear(Command(credited.AdvanceOutcome, operating.advance, act, of)),
        "outcome.share": hear(Command(credited.AnswerShare, operating.answer_share, act, of)),
        "outcome.settle": hear(Command(credited.SettleAlike, operating.settle, act, of)),
    }


def _local(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """Local bodies, and who fills which seat."""
    begin, answer = Action.START_LOCAL, Action.ANSWER_LOCAL
    return {
        "local.start": hear(Command(gathered.StartLocal, gathering.start, begin, "local")),
        "local.invite": hear(Command(gathered.InviteParty, gathering.invite, begin, "local")),
        "local.answer": hear(Command(gathered.AnswerInvitation, gathering.answer, answer, "local")),
        "local.partner": hear(Command(gathered.AddPartner, gathering.partner, begin, "local")),
        "local.vary": hear(Command(gathered.ChooseVariant, gathering.vary, begin, "local")),
        "local.close": hear(Command(gathered.CloseLocal, gathering.close, begin, "local")),
        "seat.delegate": hear(Command(seated.Delegate, gathering.delegate, answer, "delegation")),
        "seat.hand-over": hear(Command(seated.HandOver, gathering.hand_over, answer, "delegation")),
    }


def _meetings(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """Meetings of local bodies."""
    lead, work = Action.LEAD_LOCAL, Action.WORK_LOCAL
    return {
        "meeting.plan": hear(Command(met.PlanMeetings, meeting.plan, lead, "series")),
        "meeting.item": hear(Command(met.AddItem, meeting.add, work, "item")),
        "meeting.mark": hear(Command(met.MarkItem, meeting.mark, work, "item")),
        "meeting.minutes": hear(Command(met.WriteMinutes, meeting.write, lead, "minutes")),
    }


def _methods(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """The method library."""
    act = Action.KEEP_METHODS
    return {
        "method.publish": hear(Command(learned.PublishMethod, learning.publish, act, "method")),
        "method.adopt": hear(Command(learned.AdoptMethod, learning.adopt, act, "adoption")),
        "method.report-back": hear(
            Command(learned.ReportMethod, learning.report_back, act, "adoption")
        ),
    }


def _cases(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """The commands of joint headers."""
    lead = Action.LEAD_CASE
    return {
        "case.open": hear(Command(cased.OpenCase, casing.begin, lead, "case")),
        "case.join": hear(Command(cased.JoinCase, casing.join, lead, "case")),
        "case.number": hear(Command(cased.NumberCase, casing.number, lead, "case")),
        "case.phase": hear(Command(cased.MarkCase, casing.phase, lead, "case")),
        "case.prioritise": hear(Command(cased.MarkCase, casing.prioritise, lead, "case")),
        "case.pause": hear(Command(cased.MarkCase, casing.pause, lead, "case")),
        "case.resume": hear(Command(cased.ResumeCase, casing.resume, lead, "case")),
        "case.review": hear(Command(cased.ReviewCase, casing.review, lead, "case")),
        "case.close": hear(Command(cased.MarkCase, casing.close, lead, "case")),
    }


def _areas(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """The commands over named areas."""
    act, shapes = Action.DECIDE_AREA, geometry()
    return {
        areas.DEFINE: hear(
            Command(land.DefineAreas, partial(outlining.define, shapes=shapes), act, "batch")
        ),
        areas.REVISE: hear(
            Command(land.ReviseArea, partial(outlining.revise, shapes=shapes), act, "area")
        ),
        areas.SPLIT: hear(
            Command(land.SplitArea, partial(outlining.split, shapes=shapes), act, "area")
        ),
        areas.MERGE: hear(
            Command(land.MergeAreas, partial(outlining.merge, shapes=shapes), act, "area")
        ),
        areas.CLOSE: hear(
            Command(land.CloseArea, partial(outlining.close, shapes=shapes), act, "area")
        ),
    }


@cache
def geometry() -> Geometry:
    """Geometry over the boundaries of the bundle, read when the first area is heard."""
    return Geometry(lambda: read_bundle().content("municipalities.geojson"))


def _pictures(hear: Callable[[Command[Any]], Handler]) -> Mapping[str, Handler]:
    """The commands of situation pictures."""
    draw, end = Action.DRAW_PICTURE, Action.SETTLE_PICTURE
    return {
        "picture.begin": hear(Command(drawn.BeginPicture, picturing.begin, draw, "picture")),
        "picture.count": hear(Command(drawn.CountPicture, picturing.count, draw, "picture")),
        "picture.answer": hear(Command(drawn.AnswerPicture, picturing.answer, draw, "picture")),
        "picture.promise": hear(Command(drawn.PromisePicture, picturing.promise, draw, "promise")),
        "picture.follow": hear(Command(drawn.FollowPromise, picturing.follow, draw, "promise")),
        "picture.settle": hear(Command(drawn.SettlePicture, picturing.settle, end, "picture")),
        "picture.publish": hear(Command(drawn.PublishPicture, picturing.publish, end, "picture")),
    }


def press(pack: Pack) -> Press:
    """Prints in the pack's first language."""
    language = texts.Language(pack.pack.languages[0])
    return Press(Files(), texts.load(texts.HERE)[language], language.value)


def _handler(pack: Pack, randomness: Randomness, command: Command[C]) -> Handler:
    def handle(transaction: Transaction, envelope: Envelope) -> None:
        record = SqlRecord(transaction.connection)
        if record.heard(envelope.id):
            return
        try:
            body = from_body(envelope.body, command.body)
            UserId.parse(body.by.user)
        except (Malformed, MalformedId):
            malformed = refuse(Code.MESSAGE_MALFORMED)
            tell_refused(transaction, envelope, envelope.id, malformed)
            return
        hearing = Hearing(record, pack, PartyId(envelope.sender), transaction.now, randomness)
        barred = _entitled(hearing, command, body) or nameless(pack, body)
        answer = barred or command.hear(hearing, body)
        if isinstance(answer, Refused):
            tell_refused(transaction, envelope, getattr(body, command.subject), answer)
        else:
            publish(transaction, envelope, answer, body.by)

    return handle


def _entitled(hearing: Hearing, command: Command[C], body: C) -> Refused | None:
    """The sender is a party, and the role it vouches for may do this by the rule it names."""
    if hearing.party not in hearing.pack.parties:
        return refuse(Code.NOT_FOUND)
    permits = _RULES.get((body.by.role, command.action)) == body.by.policy
    return None if permits else refuse(Code.NO_MANDATE)


def nameless(pack: Pack, body: object) -> Refused | None:
    """No text for anybody to read points somebody out. The sender's node has looked as well."""
    open_texts = list(public_texts(body)) if isinstance(body, Message) else []
    if not open_texts:
        return None
    forms = forms_of(pack.writing)
    points = any(identifying(text, forms) for text in open_texts)
    return refuse(Code.TEXT_IDENTIFIES) if points else None
