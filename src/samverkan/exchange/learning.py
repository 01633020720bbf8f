"""The exchange learns how a cooperation's fields weigh: from patterns and rates, with no key.

Open records alone teach, so that a silent one shows in no weight. An estimate is made anew when a
quarter more pairs have met than it was made of; what was told before keeps the weight it had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from samverkan.domain.estimating import States, code_of, estimate, states_of, with_rates
from samverkan.domain.match import Model
from samverkan.domain.weighing import Weighing
from samverkan.exchange.ports import Learned, Lessons

GROWTH = 1.25


@dataclass(frozen=True, slots=True)
class School:
    """What is learned with: `decided` are, by key type, the slots that its key decides."""

    weighings: Mapping[str, Weighing]
    decided: Mapping[str, Collection[str]]

    def kind(self, key_type: str) -> str:
        """The kind of subject of a key type."""
        return self.weighings[key_type].kind.value


def model_of(lessons: Lessons, school: School, scope: str, key_type: str) -> Model:
    """The pack's model with what the scope has taught so far."""
    kind = school.kind(key_type)
    model = with_rates(school.weighings[key_type].model, lessons.rates(scope, kind))
    learned = lessons.learned(scope, kind)
    if learned is None:
        return model
    slots = {name: replace(s, m=learned.m.get(name, s.m)) for name, s in model.slots.items()}
    return replace(model, slots=slots)


def learn(
    lessons: Lessons, school: School, scope: str, met: Mapping[str, Iterable[States]]
) -> None:
    """Count what open pairs met with, by key type; estimate anew where enough has come."""
    for key_type, patterns in met.items():
        lessons.meet(scope, key_type, Counter(map(code_of, patterns)))
    known = lessons.met(scope)
    for kind in {school.kind(key_type) for key_type in met}:
        _estimate(
            lessons, school, scope, {k: v for k, v in known.items() if school.kind(k) == kind}
        )


def _estimate(
    lessons: Lessons, school: School, scope: str, known: Mapping[str, Mapping[int, int]]
) -> None:
    pairs = sum(sum(patterns.values()) for patterns in known.values())
    if not pairs:
        return
    key_type = next(iter(known))
    kind, weighing = school.kind(key_type), school.weighings[key_type]
    before = lessons.learned(scope, kind)
    if before is not None and pairs < GROWTH * before.pairs:
        return
    prior = with_rates(weighing.model, lessons.rates(scope, kind))
    met = {
        name: {states_of(code, weighing.layout): count for code, count in patterns.items()}
        for name, patterns in known.items()
    }
    made = estimate(prior, weighing.layout, met, school.decided)
    lessons.learn(scope, kind, Learned({name: s.m for name, s in made.slots.items()}, pairs))
