"""The model as it is in force for one body on one day: the core, and what its variants differ in.

A variant takes effect by decision alone; whoever asks here names those that have. What was begun
under a model is finished under it, so a model has a version: the core's, and a digest of every
variant that is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from samverkan.domain.pack import (
    Change,
    Level,
    Matter,
    Openness,
    Pack,
    PackError,
    Partner,
    Plain,
    Question,
    Rhythm,
    Step,
    StepKind,
    Variant,
    read_variant,
)
from samverkan.domain.pack.arranging import arranged
from samverkan.domain.pack.nodes import Source, node_of
from samverkan.domain.pack.shapes import Words
from samverkan.domain.pack.variants import (
    Altered,
    Delegated,
    Group,
    OwnCriterion,
    Weight,
    Word,
)
from samverkan.domain.pack.varying import QUESTIONNAIRE
from samverkan.wire.v1 import canonical

P = TypeVar("P", bound=Altered)
_HEIGHT = (Level.NATIONAL, Level.REGIONAL, Level.LOCAL)
_SHORT = 16
_DAILY = Rhythm(1, 1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion as a body scores on it; `origin` is the variant that added it, if one did."""

    names: Words
    question: Words
    least: int
    most: int
    weight: int = 1
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A change in force, and the variant that it stands in."""

    variant: str
    change: Change


@dataclass(frozen=True, slots=True)
class EffectiveModel:
    """The model for a body on a day. `held` are the changes in force, the wider variant's first."""

    pack: Pack
    body: str
    on: date
    level: Level
    variants: tuple[Variant, ...]
    held: tuple[Held, ...]

    @property
    def version(self) -> str:
        """What is begun today is finished under this: the core's version and the variants' digests."""
        core = f"v{self.pack.pack.version}"
        if not self.variants:
            return core
        digests = "".join(digest(variant).hex() for variant in self.variants)
        return f"{core}-{hashlib.sha256(digests.encode()).hexdigest()[:_SHORT]}"

    @property
    def rhythm(self) -> Rhythm:
        """How often the body meets."""
        own = [one for _, one in self._all(Rhythm)]
        core = self.pack.rhythms.get(self.level, _DAILY)
        return own[-1] if own else core

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Who works with the body, each in its part of the meeting."""
        return tuple(one for _, one in self._all(Partner))

    @property
    def criteria(self) -> dict[str, Weighed]:
        """On what proposals are scored, with weights. Scores never decide."""
        found = {
            code: Weighed(one.names, one.question, one.least, one.most)
            for code, one in self.pack.criteria.items()
        }
        for variant, own in self._all(OwnCriterion):
            found[own.code] = Weighed(
                own.names, own.question, own.least, own.most, own.weight, variant
            )
        weights = {one.criterion: one.weight for _, one in self._all(Weight)}
        return {
            code: Weighed(
                one.names,
                one.question,
                one.least,
                one.most,
                weights.get(code, one.weight),
                one.origin,
            )
            for code, one in found.items()
        }

    @property
    def questionnaire(self) -> tuple[Question, ...]:
        """The questions that the situation picture has here beside the common ones."""
        return self.questions(QUESTIONNAIRE)

    @property
    def mandates(self) -> tuple[Delegated, ...]:
        """What is delegated to coordinators, and how far."""
        return tuple(one for _, one in self._all(Delegated))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The body's working groups."""
        return tuple(one for _, one in self._all(Group))

    def steps(self, process: str) -> tuple[Step, ...]:
        """The steps of a process in order; none of a process that the core does not have."""
        found = self.pack.processes.get(process)
        return () if found is None else arranged(found, (held.change for held in self.held))

    def required(self, event: str) -> tuple[Step, ...]:
        """The steps of variants that must be done before the step that this message carries out."""
        for process in self.pack.processes.values():
            steps = self.steps(process.id)
            at = next((no for no, step in enumerate(steps) if event in step.events), None)
            if at is not None:
                return tuple(step for step in steps[:at] if step.kind is StepKind.ADDED)
        return ()

    def questions(self, form: str) -> tuple[Question, ...]:
        """The questions that a form has here beside the core's own."""
        return tuple(one for _, one in self._all(Question) if one.form == form)

    def word(self, term: str, names: Words) -> Words:
        """What something is called here; `names` where nothing else is said."""
        said = [one.names for _, one in self._all(Word) if one.term == term]
        return said[-1] if said else names

    def _all(self, kind: type[P]) -> Iterator[tuple[str, P]]:
        for held in self.held:
            if isinstance(held.change.part, kind):
                yield held.variant, held.change.part


def effective(pack: Pack, variants: Iterable[Variant], body: str, on: date) -> EffectiveModel:
    """The model for the body that day. `variants` are those that are in force by decision.

    Of these the national ones hold for all; a regional one for the bodies of its region, and for a
    local body that the pack does not know; a local one only for such a body, whose own caller
    names what it works under (`chosen`).
    """
    mine = [one for one in variants if _applies(pack, one, body)]
    mine.sort(key=lambda one: _HEIGHT.index(one.level))
    held = tuple(
        Held(one.id, change)
        for one in mine
        for change in one.changes.values()
        if change.holds(on) and len(change.parts) == 1
    )
    known = pack.bodies.get(body)
    level = Level.LOCAL if known is None else known.level
    return EffectiveModel(pack, body, on, level, tuple(mine), held)


def _applies(pack: Pack, variant: Variant, body: str) -> bool:
    known, own = pack.bodies.get(body), pack.bodies.get(variant.body)
    if variant.level is Level.NATIONAL or known is None:
        return True
    if variant.level is Level.LOCAL:
        return False
    return body == variant.body or (
        own is not None and own.region is not None and own.region == known.region
    )


def led_by(pack: Pack, region: str | None, on: date) -> str:
    """The council that leads the work of a region that day, or of the whole country; "" if none."""
    known = pack.regions.get(region or "")
    return next(
        (
            body.id
            for body in pack.bodies.values()
            if body.may_decide(Matter.OPERATION, on=on)
            and body.region == (None if known is None else region)
        ),
        "",
    )


def chosen(variants: Mapping[str, Variant], named: str | None) -> tuple[Variant, ...]:
    """A variant and those that it builds upon, the widest first; none of one that is not there."""
    found: list[Variant] = []
    one = variants.get(named or "")
    while one is not None and one not in found:
        found.insert(0, one)
        one = variants.get(one.above or "")
    return tuple(found)


def fixed_by_law(pack: Pack) -> tuple[str, ...]:
    """The variables that no variant may touch."""
    return tuple(c for c, one in pack.openness.items() if one.openness is Openness.FIXED)


def digest(variant: Variant) -> bytes:
    """SHA-256 over the canonical bytes of its data (RFC 8785)."""
    return hashlib.sha256(canonical(spell(variant))).digest()


def spell(variant: Variant) -> dict[str, Plain]:
    """The variant as plain data, from which `parse` gives it back."""
    spelled = _spelled(variant)
    return spelled if isinstance(spelled, dict) else {}


def parse(data: Plain, pack: Pack) -> Variant | tuple[PackError, ...]:
    """The variant that plain data spell, held against the pack; or every fault in it."""
    return read_variant(Source("variant", node_of(data)), pack)


def recall(data: Plain, pack: Pack) -> Variant | None:
    """The variant that was decided once, whatever the pack says of it today; None if unreadable.

    A core that has changed since does not undo what is running under the old one.
    """
    read = read_variant(Source("variant", node_of(data)), pack, held=False)
    return read if isinstance(read, Variant) else None


def _spelled(value: Any, *, keyed: bool = False) -> Plain:
    """Fields that say nothing are left out, and so is an id that stands as a key already."""
    if is_dataclass(value):
        named = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {
            name: _spelled(held)
            for name, held in named
            if not (keyed and name == "id")
            and held is not None
            and held is not False
            and held != ()
        }
    if isinstance(value, Mapping):
        return {str(key): _spelled(held, keyed=True) for key, held in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_spelled(held) for held in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    plain: Plain = str(value) if isinstance(value, str) else value
    return plain
