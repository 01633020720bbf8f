"""Values leave blinded: match keys of own subjects, in batches that every holder gets alike."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.agency.facts import EnrolmentFacts, EvaluationFacts
from samverkan.agency.following import Cooperation
from samverkan.agency.instruments import Oprf
from samverkan.agency.ports import Work
from samverkan.domain.match import keep_selective
from samverkan.domain.normalise import Profile, forms_of, key_spec, match_keys
from samverkan.domain.pack import Pack
from samverkan.domain.statement import Fields
from samverkan.domain.token import KeyType, oprf_input, record_handle
from samverkan.kernel.ids import EnrolmentId, SubjectId
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from samverkan.wire.joining import Blinded, Draft, Evaluate

PATIENCE = timedelta(days=7)
"""How long holders may take: an office that is closed for a week holds nobody up for good."""
ONE = (1).to_bytes(32, "little")
MOST = 100_000
"""Points of one call: 3.2 MB, some 6 MB sealed."""
Values = dict[str, list[tuple[SubjectId, bytes]]]
"""By key type: the subjects, and the bytes to evaluate for them."""


@dataclass(frozen=True, slots=True)
class Means:
    """What enrolment is done with, besides the store."""

    pack: Pack
    stamp: Stamp
    oprf: Oprf
    secret: bytes

    def profile(self, on: date) -> Profile:
        """By which rules numbers and names are read on that day."""
        return Profile(self.stamp, on, forms_of(self.pack.writing))


def key_values(
    work: Work, means: Means, scope: Cooperation, fields: Mapping[SubjectId, Fields]
) -> Values:
    """What is evaluated, by key type: the subjects' match keys that are selective enough."""
    profile = means.profile(work.now.date())
    wanted = [
        kind.id for kind in means.pack.key_types.values() if kind.code in scope.draft.key_types
    ]
    spec = key_spec(wanted, profile)
    if isinstance(spec, Refused):
        return {}
    keys = [
        (str(subject), KeyType.parse(key_type), value)
        for subject, known in fields.items()
        for key_type, value in match_keys(known, spec)
    ]
    handles = {
        subject: record_handle(means.secret, scope.id, scope.draft.epoch, subject)
        for subject in fields
    }
    work.enrolments.add_handles(scope.id, handles)
    values: Values = {}
    for subject, key_type, value in keep_selective(keys).kept:
        data = oprf_input(scope.id, key_type, profile.forms.version, value)
        values.setdefault(key_type, []).append((SubjectId(subject), data))
    return values


@dataclass(frozen=True, slots=True)
class Batch:
    """Values of one key type that are evaluated together."""

    key_type: str
    condition: str | None
    pairs: tuple[tuple[SubjectId, bytes], ...]


def ask_holders(
    work: Work,
    means: Means,
    scope: Cooperation,
    enrolment: EnrolmentFacts,
    batches: Sequence[Batch],
) -> None:
    """Send the same blinded batches to every holder, ourselves among them: a call to each.

    What is more than a message should carry goes in several.
    """
    together: list[Batch] = []
    for batch in batches:
        if together and sum(len(one.pairs) for one in (*together, batch)) > MOST:
            _ask(work, means, scope, enrolment, together)
            together = []
        together.append(batch)
    if together:
        _ask(work, means, scope, enrolment, together)


def _ask(
    work: Work,
    means: Means,
    scope: Cooperation,
    enrolment: EnrolmentFacts,
    batches: Sequence[Batch],
) -> None:
    draft = scope.draft
    blinded = [(one, *means.oprf.blind([value for _, value in one.pairs])) for one in batches]
    body = Evaluate(
        scope=scope.id,
        epoch=draft.epoch,
        batches=[
            _blinded(draft, one.key_type, points, before=_before(work, draft, one))
            for one, _, points in blinded
        ],
    )
    deadline = work.now + PATIENCE
    calls = {
        holder: work.call(holder, "oprf.evaluate", body, deadline=deadline)
        for holder in draft.holders
    }
    evaluations = [
        EvaluationFacts(
            id=EnrolmentId.draw(work.randomness),
            enrolment=enrolment.id,
            scope=scope.id,
            epoch=draft.epoch,
            key_type=one.key_type,
            condition=one.condition,
            work=one.pairs,
            seed=seed,
        )
        for one, seed, _ in blinded
    ]
    work.enrolments.add_evaluations(evaluations, calls)


def _before(work: Work, draft: Draft, batch: Batch) -> int:
    return work.enrolments.evaluated(draft.cooperation, draft.epoch, batch.key_type)


def _blinded(draft: Draft, key_type: str, points: bytes, *, before: int) -> Blinded:
    """`total` is the running total that the quota is held to: all calls, to whichever holders."""
    count = len(points) // 32
    return Blinded(
        key_type=key_type,
        holders=draft.holders,
        threshold=draft.threshold,
        factors=[ONE] * len(draft.holders),
        count=count,
        batch=hashlib.sha256(points).digest(),
        total=before + count,
        points=points,
    )
