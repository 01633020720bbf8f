"""The forms of an operation: plan and close measures, report hours, record outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from samverkan.agency import acting
from samverkan.agency.web.blocks import Ask, Block, Heading, Sheet, with_defaults
from samverkan.agency.web.desk import Seat
from samverkan.domain.hours import week_of
from samverkan.domain.operation import MeasureState, Operation, State
from samverkan.domain.outcome import WHOLE
from samverkan.domain.pack import Level
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms
from samverkan.shell.forms import Form

FIELD = {
    "plan": "plan_kind",
    "close": "close_measure",
    "hours": "hours_week",
    "outcome": "effect_indicator",
}
"""At which field a refusal of the rules shows, by form."""

_LEVELS = {
    Level.LOCAL.value: "level.local",
    Level.REGIONAL.value: "level.regional",
    Level.NATIONAL.value: "level.national",
}


class Planning(forms.Asked):
    """The form of a new measure."""

    plan_kind: str = Field(min_length=1)
    plan_due: date


class Closing(forms.Asked):
    """The form that says how a measure went."""

    close_measure: str = Field(min_length=1)
    close_result: str = Field(min_length=1)


class Hours(forms.Asked):
    """The form of a week's hours."""

    hours_week: str = Field(min_length=1, pattern=r"^[0-9]{4}-w[0-9]{2}$")
    hours_level: str = Field(min_length=1)
    hours_kind: str = Field(min_length=1)
    hours_count: Annotated[Decimal, forms.Written] = Field(max_digits=6)


class Outcome(forms.Asked):
    """The form of an outcome; indicator and stage are chosen together."""

    effect_measure: str = ""
    effect_indicator: str = Field(min_length=1)
    effect_amount: Annotated[Decimal, forms.Written]
    effect_decided: date
    effect_claim: Annotated[Decimal | None, forms.Written] = None
    effect_number: str = Field(default="", max_length=60)
    effect_shared: Annotated[list[str], forms.Several] = Field(default=[])
    effect_parts: str = Field(default="", max_length=400)


def level(at: Seat, code: str) -> str:
    """A level in words."""
    return at.t(_LEVELS[code]) if code in _LEVELS else code


def shares(shared: Sequence[str], written: str) -> dict[str, int] | Refused:
    """Shares of others: equal ones, unless a share in per cent is written for each (`kfm 30`)."""
    parts = [part.rsplit(" ", 1) for part in written.replace(";", ",").split(",") if part.strip()]
    if not parts:
        return acting.equal(list(dict.fromkeys(shared)))
    found: dict[str, int] = {}
    for part in parts:
        if len(part) != 2 or not part[1].strip(" %").isdecimal() or part[0].strip() not in shared:
            return refuse(Code.FIELD_PATTERN)
        found[part[0].strip()] = int(part[1].strip(" %")) * 10
    whole = set(found) == set(shared) and all(0 < one < WHOLE for one in found.values())
    return found if whole else refuse(Code.SHARES_NOT_ONE)


def levels(at: Seat) -> list[tuple[str, str]]:
    """Levels to choose among."""
    return [(code, at.t(key)) for code, key in _LEVELS.items()]


def work_kinds(at: Seat) -> list[tuple[str, str]]:
    """Kinds of work to choose among."""
    return [(code, at.names.words(one.names)) for code, one in at.desk.pack.work_kinds.items()]


def period(at: Seat, code: str) -> str:
    """A week or month in words."""
    key = "hours.in_week" if code[5] == "w" else "hours.in_month"
    return at.t(key, year=code[:4], no=int(code[6:]))


def sheets(at: Seat, here: Operation, today: date, sent: Mapping[str, Form]) -> list[Block]:
    """The forms that apply now. A closed operation takes no new measure, but accounts to the end."""
    parts: list[Block] = [Heading(at.t("operation.account"))]
    if here.state(today) is State.OPEN:
        parts.append(_planning(at, here, today, sent.get("plan", Form())))
    own = [m for m in here.measures.values() if m.party == at.desk.me]
    if any(m.state is MeasureState.PLANNED for m in own):
        parts.append(_closing(at, here, sent.get("close", Form())))
    parts.append(_hours(at, here, today, sent.get("hours", Form())))
    parts.append(_outcome(at, here, today, sent.get("outcome", Form())))
    return parts


def _planning(at: Seat, here: Operation, today: date, form: Form) -> Sheet:
    pack = at.desk.pack
    choices = [
        (code, at.names.words(one.names))
        for code, one in pack.measures.items()
        if at.desk.me in one.parties
    ]
    thought = [m.measure for m in here.header.measures if m.party == at.desk.me]
    due = min((today + timedelta(days=30)).isoformat(), here.header.until)
    return Sheet(
        path=f"/operations/{here.operation}/plan",
        heading=at.t("measure.plan"),
        button=at.t("measure.plan_send"),
        quiet=True,
        kind="secondary",
        form=with_defaults(form, {"plan_kind": thought[:1], "plan_due": [due]}),
        asks=[
            Ask(name="plan_kind", words=at.t("measure.kind"), kind="select", choices=choices),
            Ask(name="plan_due", words=at.t("measure.due"), kind="date", width="narrow"),
        ],
    )


def _closing(at: Seat, here: Operation, form: Form) -> Sheet:
    choices = [
        (m.measure, f"{at.names.of(at.desk.pack.measures, m.kind)}, {m.due}")
        for m in here.measures.values()
        if m.party == at.desk.me and m.state is MeasureState.PLANNED
    ]
    return Sheet(
        path=f"/operations/{here.operation}/close",
        heading=at.t("measure.close"),
        button=at.t("measure.close_send"),
        quiet=True,
        kind="secondary",
        form=form,
        asks=[
            Ask(name="close_measure", words=at.t("measure.kind"), kind="select", choices=choices),
            Ask(
                name="close_result",
                words=at.t("measure.result"),
                kind="select",
                choices=at.names.reasons("measure-result"),
            ),
        ],
    )


def _hours(at: Seat, here: Operation, today: date, form: Form) -> Sheet:
    week = week_of(today - timedelta(days=7))
    kinds = work_kinds(at)
    body = at.desk.pack.bodies[here.header.body]
    return Sheet(
        path=f"/operations/{here.operation}/hours",
        heading=at.t("hours.report"),
        lead=at.t("hours.means"),
        button=at.t("hours.send"),
        quiet=True,
        kind="secondary",
        form=with_defaults(
            form,
            {"hours_week": [week], "hours_level": [body.level.value], "hours_kind": [kinds[0][0]]},
        ),
        asks=[
            Ask(
                name="hours_week",
                words=at.t("hours.week"),
                width="narrow",
                hint=at.t("hours.week_hint"),
            ),
            Ask(name="hours_level", words=at.t("hours.level"), kind="select", choices=levels(at)),
            Ask(name="hours_kind", words=at.t("hours.kind"), kind="select", choices=kinds),
            Ask(
                name="hours_count",
                words=at.t("hours.hours"),
                kind="number",
                width="narrow",
                unit=at.t("hours.unit"),
            ),
        ],
    )


def _outcome(at: Seat, here: Operation, today: date, form: Form) -> Sheet:
    t = at.t
    others = [(p, at.names.party(p)) for p in sorted(here.parties) if p != at.desk.me]
    return Sheet(
        path=f"/operations/{here.operation}/outcome",
        heading=t("effect.record"),
        lead=t("effect.means"),
        button=t("effect.send"),
        quiet=True,
        kind="secondary",
        form=with_defaults(form, {"effect_decided": [today.isoformat()]}),
        asks=[
            *_effect(at, here),
            Ask(name="effect_decided", words=t("effect.decided"), kind="date", width="narrow"),
            _free("effect_number", t("effect.number"), t("effect.number_hint")),
            Ask(
                name="effect_shared",
                words=t("effect.shared"),
                kind="ticks",
                choices=others,
                required=False,
            ),
            _free("effect_parts", t("effect.parts"), t("effect.parts_hint")),
        ],
    )


def _free(name: str, words: str, hint: str) -> Ask:
    return Ask(name=name, words=words, hint=hint, required=False)


def _effect(at: Seat, here: Operation) -> list[Ask]:
    """What it came of, what it is, how much of which claim."""
    t, chosen = at.t, "select"
    own, all_ = _own(at, here), _indicators(at)
    return [
        Ask(
            name="effect_measure",
            words=t("measure.kind"),
            kind=chosen,
            choices=own,
            required=False,
        ),
        Ask(name="effect_indicator", words=t("effect.indicator"), kind=chosen, choices=all_),
        Ask(name="effect_amount", words=t("effect.amount"), kind="number", width="narrow"),
        Ask(
            name="effect_claim",
            words=t("effect.claim"),
            kind="number",
            width="narrow",
            required=False,
        ),
    ]


def _own(at: Seat, here: Operation) -> list[tuple[str, str]]:
    names, measures = at.names, at.desk.pack.measures
    mine = [m for m in here.measures.values() if m.party == at.desk.me]
    return [(m.measure, names.of(measures, m.kind)) for m in mine]


def _indicators(at: Seat) -> list[tuple[str, str]]:
    pack = at.desk.pack
    return [
        (
            f"{code}:{stage}",
            at.t(
                "effect.staged",
                indicator=at.names.words(one.names),
                stage=at.names.of(pack.stages, stage),
                unit=at.names.of(pack.units, one.unit),
            ),
        )
        for code, one in pack.indicators.items()
        if at.desk.me in one.parties
        for stage in one.stages
    ]
