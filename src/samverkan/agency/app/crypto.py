"""The `KeyMaker` and `Oprf` ports, by `infra/keygen` and `infra/oprf`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from samverkan.agency.facts import Place
from samverkan.infra import keygen, oprf
from samverkan.infra.spread import Spread, in_turn
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
    """See `ports.Oprf`. Large batches are worked on in pieces, by as many threads as there are."""

    randomness: Randomness
    spread: Spread = in_turn

    def blind(self, values: Sequence[bytes]) -> tuple[bytes, bytes]:
        """See `Oprf`."""
        seed = self.randomness(oprf.SEED_BYTES)
        masks = oprf.masks_of(seed, len(values))

        def blind(piece: slice) -> bytes:
            return oprf.blind_with(values[piece], masks[piece])

        return seed, b"".join(self.spread(blind, _pieces(len(values))))

    def evaluate(self, share: bytes, factor: bytes, points: bytes) -> bytes | None:
        """See `Oprf`."""
        if len(points) % oprf.POINT_BYTES:
            return None

        def evaluate(piece: slice) -> bytes:
            return oprf.evaluate(share, factor, points[_bytes(piece)])

        try:
            found = self.spread(evaluate, _pieces(len(points) // oprf.POINT_BYTES))
        except (oprf.BadPoint, oprf.BadScalar):
            return None
        return b"".join(found)

    def finish(self, values: Sequence[bytes], seed: bytes, parts: Sequence[bytes]) -> list[bytes]:
        """See `Oprf`; a part that is no list of points refuses the message that brought it."""
        masks = oprf.masks_of(seed, len(values))

        def finish(piece: slice) -> list[bytes]:
            combined = oprf.combine([part[_bytes(piece)] for part in parts])
            return oprf.finalize(values[piece], masks[piece], combined)

        if any(len(part) != oprf.POINT_BYTES * len(values) for part in parts):
            raise RefusedError(refuse(Code.MESSAGE_MALFORMED))
        try:
            return list(chain.from_iterable(self.spread(finish, _pieces(len(values)))))
        except oprf.BadPoint as error:
            raise RefusedError(refuse(Code.MESSAGE_MALFORMED)) from error


_PIECE = 100
"""Points of one piece: some 4 ms of work."""


def _pieces(count: int) -> list[slice]:
    return [slice(start, min(start + _PIECE, count)) for start in range(0, count, _PIECE)]


def _bytes(piece: slice) -> slice:
    return slice(piece.start * oprf.POINT_BYTES, piece.stop * oprf.POINT_BYTES)


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
