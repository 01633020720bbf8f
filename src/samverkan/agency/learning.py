"""Writing in the method library: publish, adopt, report back. Each is a command to steering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.agency import library
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.wording import sayable
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import AdoptionId, MethodId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.method import AdoptMethod, PublishMethod, ReportMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an officer writes of a method; `hours` and `months` are absent if nobody counted."""

    title: str
    problem: str
    approach: str
    organisation: str
    result: str
    agencies: tuple[str, ...]
    grade: str
    hours: int | None = None
    months: int | None = None
    area: str | None = None
    body: str | None = None


def publish(
    work: Work, permit: Permit, pack: Pack, telling: Telling, *, method: str | None = None
) -> str | Refused:
    """A new method, or the next version of an own one; gives its identifier."""
    require(permit, Action.KEEP_METHODS)
    before = library.library(work).methods.get(method or "", ())
    if method is not None and not before:
        return refuse(Code.NOT_FOUND)
    if before and before[0].party != work.me:
        return refuse(Code.NOT_THE_OWNER)
    named = method or MethodId.draw(work.randomness)
    body = PublishMethod(
        by=vouch(permit),
        method=named,
        version=len(before) + 1,
        title=telling.title,
        problem=telling.problem,
        approach=telling.approach,
        organisation=telling.organisation,
        result=telling.result,
        agencies=list(telling.agencies),
        grade=telling.grade,
        hours=telling.hours,
        months=telling.months,
        area=telling.area,
        body=telling.body,
    )
    refused = sayable(pack, body)
    if refused is not None:
        return refused
    work.commands.send("method.publish", named, body, officer=permit.user)
    codes = (permit.policy, f"v{body.version}")
    work.log(Entry("method.published", permit.user, named, codes=codes))
    return named


@dataclass(frozen=True, slots=True)
class Taking:
    """Which version of a method a body takes up, and from which day."""

    method: str
    version: int
    body: str
    since: date


def adopt(work: Work, permit: Permit, taking: Taking) -> AdoptionId:
    """Say that a body takes a method up; gives the adoption's identifier."""
    require(permit, Action.KEEP_METHODS)
    adoption = AdoptionId.draw(work.randomness)
    body = AdoptMethod(
        by=vouch(permit),
        adoption=adoption,
        method=taking.method,
        version=taking.version,
        body=taking.body,
        since=taking.since.isoformat(),
    )
    work.commands.send("method.adopt", adoption, body, officer=permit.user)
    codes = (permit.policy, taking.body)
    work.log(Entry("method.adopted", permit.user, adoption, taking.method, codes))
    return adoption


@dataclass(frozen=True, slots=True)
class Experience:
    """What happened where a method was taken up, as of a day."""

    adoption: str
    on: date
    result: str
    grade: str
    hours: int | None = None


def report_back(
    work: Work, permit: Permit, pack: Pack, experience: Experience
) -> AdoptionId | Refused:
    """Tell what came of an adopted method."""
    require(permit, Action.KEEP_METHODS)
    if experience.adoption not in library.library(work).adoptions:
        return refuse(Code.NOT_FOUND)
    body = ReportMethod(
        by=vouch(permit),
        adoption=experience.adoption,
        on=experience.on.isoformat(),
        result=experience.result,
        grade=experience.grade,
        hours=experience.hours,
    )
    refused = sayable(pack, body)
    if refused is not None:
        return refused
    work.commands.send("method.report-back", experience.adoption, body, officer=permit.user)
    work.log(Entry("method.told", permit.user, experience.adoption, codes=(permit.policy,)))
    return AdoptionId(experience.adoption)
