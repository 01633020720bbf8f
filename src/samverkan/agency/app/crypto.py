"""The `KeyMaker` and `Oprf` ports, by `infra/keygen` and `infra/oprf`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverkan.agency.facts import Place
from samverkan.infra import keygen, oprf
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.wire.joining import Contribution


@dataclass(frozen=True, slots=True)
class Maker:
    """See `ports.KeyMaker`."""

    randomness: Randomness

    def draw(self) -> bytes:
        """See `KeyMaker`."""
        return keygen.draw_share(self.randomness)

    def contribute(self, share: bytes, place: Place) -> Contribution:
        """See `KeyMaker`."""
        made = keygen.contribute(share, _slot(place), self.randomness)
        return Contribution(key_type=place.key_type, public=made.public, proof=made.proof)

    def check(self, contribution: Contribution, place: Place) -> bool:
        """See `KeyMaker`."""
        try:
            keygen.check(_whole(place, contribution))
        except keygen.BadContribution:
            return False
        return True

    def transcript(self, items: Sequence[tuple[Place, Contribution]]) -> bytes:
        """See `KeyMaker`."""
        return keygen.transcript(_whole(place, item) for place, item in items)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """See `ports.Oprf`."""

    randomness: Randomness

    def blind(self, values: Sequence[bytes]) -> tuple[bytes, bytes]:
        """See `Oprf`."""
        blinded = oprf.blind(values, self.randomness)
        return blinded.seed, blinded.points

    def evaluate(self, share: bytes, factor: bytes, points: bytes) -> bytes | None:
        """See `Oprf`."""
        try:
            return oprf.evaluate(share, factor, points)
        except (oprf.BadPoint, oprf.BadScalar):
            return None

    def finish(self, values: Sequence[bytes], seed: bytes, parts: Sequence[bytes]) -> list[bytes]:
        """See `Oprf`; a part that is no list of points refuses the message that brought it."""
        try:
            masks = oprf.masks_of(seed, len(values))
            return oprf.finalize(values, masks, oprf.combine(parts))
        except oprf.BadPoint as error:
            raise RefusedError(refuse(Code.MESSAGE_MALFORMED)) from error


def _slot(place: Place) -> keygen.Slot:
    return keygen.Slot(
        scope=place.scope,
        epoch=place.epoch,
        key_type=place.key_type,
        holder=place.holder,
        index=place.index,
    )


def _whole(place: Place, item: Contribution) -> keygen.Contribution:
    return keygen.Contribution(
        scope=place.scope,
        epoch=place.epoch,
        key_type=place.key_type,
        holder=place.holder,
        index=place.index,
        public=item.public,
        proof=item.proof,
    )
