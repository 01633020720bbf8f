"""A variant in words: why it is refused, and what each change says beside what the core says."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.domain.pack import Change, Pack, PackError, Partner, Question, Rhythm, Variant
from samverkan.domain.pack.agencies import Level
from samverkan.domain.pack.variants import (
    Altered,
    Delegated,
    Drop,
    Group,
    Insert,
    Move,
    OwnCriterion,
    Weight,
    Word,
)
from samverkan.kernel.ids import PartyId
from samverkan.shell.texts import Texts

Words = Mapping[str, str]


def refused(t: Texts, pack: Pack, error: PackError) -> str:
    """Why the change cannot stand, in one sentence that names statute or bound."""
    name, words = error.code.name.lower(), _spoken(t, pack, error.detail)
    keys = (f"variation.{name}.{words.get('how', '')}", f"variation.{name}")
    key = next((key for key in keys if t.has(key)), None)
    if key is None:
        said = t(f"fault.{name}")
        return f"{said} ({error.detail})" if error.detail else said
    return t(key, **words)


def _spoken(t: Texts, pack: Pack, detail: str) -> dict[str, str]:
    """The words of the codes that a fault names."""
    codes = dict(pair.split("=", 1) for pair in detail.split() if "=" in pair)
    found = dict(codes)
    if "process" in codes:
        found |= _step(t, pack, codes["process"], codes.get("step", ""))
    if "variable" in codes:
        found |= _variable(t, pack, codes["variable"])
    if (body := pack.bodies.get(codes.get("body", ""))) is not None:
        found["body"] = name_of(t, body.names)
    if (act := pack.actions.get(codes.get("act", ""))) is not None:
        found["act"] = name_of(t, act.names).lower()
    if (party := pack.parties.get(PartyId(codes.get("party", "")))) is not None:
        found["party"] = name_of(t, party.names)
    if "kind" in codes:
        found["kind"] = t(f"variation.kind.{codes['kind']}")
    return found


def _step(t: Texts, pack: Pack, process: str, step: str) -> dict[str, str]:
    whole = pack.processes.get(process)
    found = whole.steps.get(step) if whole is not None else None
    said = {"process": name_of(t, whole.names) if whole is not None else process, "step": step}
    if found is None:
        return said
    said["step"] = name_of(t, found.names)
    said["demand"] = name_of(t, found.demand or found.names)
    return said | {"statute": found.statute or "", "section": found.section or ""}


def _variable(t: Texts, pack: Pack, code: str) -> dict[str, str]:
    found = pack.openness.get(code)
    if found is None:
        return {"variable": code}
    law = {"statute": found.statute or "", "section": found.section or ""}
    return law | {"variable": name_of(t, found.names).lower(), "means": name_of(t, found.means)}


def name_of(t: Texts, names: Words) -> str:
    """What it is called in the reader's language."""
    return names.get(t.language.value) or next(iter(names.values()), "")


def rhythm(t: Texts, said: Rhythm) -> str:
    """How often, on which day."""
    return t("variation.every", n=said.weeks, day=t(f"variation.weekday.{said.weekday}"))


def core_says(t: Texts, pack: Pack, variant: Variant, change: Change) -> str:
    """What the core says of that which the change changes."""
    part = change.part
    if isinstance(part, Rhythm):
        core = pack.rhythms.get(Level(variant.level))
        return t("variation.nothing") if core is None else rhythm(t, core)
    if isinstance(part, Weight):
        return _weight(t, pack, part.criterion, 1)
    if isinstance(part, Drop | Move):
        return t("variation.step_there", step=_step(t, pack, part.process, part.step)["step"])
    if isinstance(part, Word):
        return _term(t, pack, part.term)
    return t("variation.none")


def variant_says(t: Texts, pack: Pack, change: Change) -> str:
    """What the change says."""
    part = change.part
    match part:
        case Rhythm():
            return rhythm(t, part)
        case Insert() | Drop() | Move():
            return _stepped(t, pack, part)
        case Question():
            answer = t(f"variation.answer.{part.answer.value}")
            return t("variation.asked", question=name_of(t, part.names), answer=answer)
        case Weight():
            return _weight(t, pack, part.criterion, part.weight)
        case _:
            return _named(t, pack, part)


def _weight(t: Texts, pack: Pack, code: str, weight: int) -> str:
    known = pack.criteria.get(code)
    name = name_of(t, known.names) if known is not None else code
    return t("variation.weight", weight=weight, name=name)


def _term(t: Texts, pack: Pack, term: str) -> str:
    sections: tuple[Mapping[str, object], ...] = (
        pack.bodies,
        pack.processes,
        pack.roles,
        pack.forms,
    )
    found = next((section[term] for section in sections if term in section), None)
    names: Words = getattr(found, "names", {})
    return name_of(t, names) or term


def _stepped(t: Texts, pack: Pack, part: Insert | Drop | Move) -> str:
    named = _step(t, pack, part.process, part.step)["step"]
    if isinstance(part, Drop):
        return t("variation.step_out", step=named)
    anchor = _step(t, pack, part.process, part.before or part.after or "")["step"]
    where = "before" if part.before is not None else "after"
    if isinstance(part, Move):
        return t(f"variation.step_moved_{where}", step=named, anchor=anchor)
    role = name_of(t, pack.roles[part.role].names).lower()
    return t(f"variation.step_{where}", step=name_of(t, part.names), anchor=anchor, role=role)


def _named(t: Texts, pack: Pack, part: Altered) -> str:
    match part:
        case OwnCriterion():
            said = {"least": part.least, "most": part.most, "weight": part.weight}
            question = name_of(t, part.question)
            return t("variation.criterion", name=name_of(t, part.names), question=question, **said)
        case Partner():
            kind = t(f"variation.kind.{part.kind.value}")
            sits = t(f"variation.part.{part.part.value}")
            return t("variation.partner", name=name_of(t, part.names), kind=kind, part=sits)
        case Delegated():
            return t(
                "variation.mandate",
                party=name_of(t, pack.parties[part.party].names),
                act=name_of(t, pack.actions[part.act].names).lower(),
                name=name_of(t, part.names).lower(),
                role=name_of(t, pack.roles[part.role].names).lower(),
                hours=part.hours,
            )
        case Group():
            members = ", ".join(name_of(t, pack.parties[PartyId(p)].names) for p in part.members)
            return t("variation.group", name=name_of(t, part.names), members=members)
        case Word():
            return t("variation.word", name=name_of(t, part.names))
        case _:
            return t("variation.nothing")
