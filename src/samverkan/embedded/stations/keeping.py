"""Stations of what is kept: a party's keys, and the end of a cooperation."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.agency import joining, rekeying
from samverkan.agency.sql.work import SqlWork
from samverkan.domain.directory import fingerprint
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.stations.seat import Seat
from samverkan.kernel.outcome import Refused


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """An address's keys as pinned here, by the fingerprint that two people read to each other."""

    address: str
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class WaitingKeys:
    """A party's next keys, which wait for somebody here to compare and vouch for them."""

    party: str
    version: int
    fingerprint: str


def pinned(seat: Seat) -> list[PinnedKey]:
    """The keys in force of every address, as this party has them."""
    with seat.look(Action.CHANGE_KEYS, "keys"):
        known = seat.node.pinned(seat.permit(Action.CHANGE_KEYS))
    return [
        PinnedKey(address, pin.card.version, fingerprint(pin)) for address, pin in known.items()
    ]


def waiting(seat: Seat) -> list[WaitingKeys]:
    """Next keys of other parties that have come and nobody here has vouched for."""
    with seat.look(Action.CHANGE_KEYS, "keys") as reading:
        proposals = reading.keys.proposals()
    return [
        WaitingKeys(one.card.address, one.card.version, rekeying.fingerprint_of(one))
        for one in proposals
        if one.card.address != seat.node.me
    ]


def propose(seat: Seat, ask: tuple[str, ...]) -> None:
    """Draw the own party's next keys and ask these parties to vouch. Raises `RefusedError`."""
    seat.node.propose_keys(seat.permit(Action.CHANGE_KEYS), ask)
    seat.house.settle()


def vouch(seat: Seat, party: str) -> None:
    """Vouch for another party's next keys, compared with their owner. Raises `RefusedError`."""

    def countersign(work: SqlWork, permit: Permit) -> Refused | None:
        return rekeying.countersign(work, permit, party)

    seat.house.settle()
    seat.act(Action.CHANGE_KEYS, countersign)
    seat.house.settle()


def end(seat: Seat, cooperation: str) -> None:
    """End a cooperation for everybody; keys and table are gone when this returns.

    Raises `RefusedError`, also for what steering refuses.
    """

    def finish(work: SqlWork, permit: Permit) -> Refused | None:
        return joining.end(work, permit, cooperation)

    seat.tell(Action.DECIDE_COOPERATION, finish)
