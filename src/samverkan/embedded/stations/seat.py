"""An officer's seat in a data folder: the house is opened, the folder held, the post carried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from samverkan.agency.app import Node
from samverkan.agency.following import refusals
from samverkan.agency.sql.work import SqlReading, SqlWork
from samverkan.domain.org import Officer
from samverkan.domain.policy import Action, Permit
from samverkan.embedded import genesis
from samverkan.embedded.data import held
from samverkan.embedded.headless import real
from samverkan.embedded.house import House, open_house
from samverkan.infra.opening import Ambient
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

T = TypeVar("T")


def agreed(answer: T | Refused) -> T:
    """What a use case gave. Raises `RefusedError` when it refused."""
    if isinstance(answer, Refused):
        raise RefusedError(answer)
    return answer


@dataclass(frozen=True, slots=True)
class Seat:
    """One officer of one party, at work in a house."""

    house: House
    node: Node
    officer: Officer

    def permit(self, action: Action, body: str | None = None) -> Permit:
        """The permit for the act. Raises `RefusedError` (`NO_MANDATE`)."""
        return agreed(self.node.permit(self.officer.user, action, body))

    @contextmanager
    def look(
        self, action: Action, subject: str, *, body: str | None = None
    ) -> Iterator[SqlReading]:
        """Look into the party's store; the look is logged first."""
        with self.node.read(self.permit(action, body), subject) as reading:
            yield reading

    def act(
        self, action: Action, do: Callable[[SqlWork, Permit], T | Refused], body: str | None = None
    ) -> T:
        """Do one thing in one transaction. Raises `RefusedError`, and then nothing is kept."""
        permit = self.permit(action, body)
        with self.node.write(permit) as work:
            return agreed(do(work, permit))

    def tell(
        self, action: Action, do: Callable[[SqlWork, Permit], T | Refused], body: str | None = None
    ) -> T:
        """Act on what steering decides, and carry the post until its answer has come.

        Raises `RefusedError` with steering's code when it refuses: then nothing has changed there.
        """
        self.house.settle()
        before = len(self._refusals(action, body))
        done = self.act(action, do, body)
        self.house.settle()
        new = self._refusals(action, body)
        if len(new) > before:
            raise RefusedError(refuse(Code(new[0])))
        return done

    def _refusals(self, action: Action, body: str | None) -> list[str]:
        """Codes with which steering has refused this party, newest first."""
        with self.look(action, "refusals", body=body) as reading:
            return [one.code for one in refusals(reading)]


@contextmanager
def opened(folder: Path, ambient: Ambient | None = None) -> Iterator[House]:
    """The house of a data folder, held for this process. Raises `RefusedError`.

    A folder that was never begun is refused before anything is written into it.
    """
    begun = agreed(genesis.read(folder))
    with held(folder):
        house = open_house(folder, begun, ambient or real())
        try:
            yield house
        finally:
            house.close()


@contextmanager
def seated(folder: Path, party: str, name: str, ambient: Ambient | None = None) -> Iterator[Seat]:
    """The seat of an officer of this name. Raises `RefusedError`.

    `NOT_A_PARTY` for a party that has no node here; `NO_MANDATE` for a name that nobody has,
    the same as for an officer without mandate.
    """
    with opened(folder, ambient) as house:
        yield seat_of(house, party, name)


def seat_of(house: House, party: str, name: str) -> Seat:
    """The seat of an officer of this name in an open house. Raises `RefusedError`."""
    node = house.nodes.get(party)
    if node is None:
        raise RefusedError(refuse(Code.NOT_A_PARTY))
    officer = next((one for one in node.officers() if one.name == name), None)
    if officer is None:
        raise RefusedError(refuse(Code.NO_MANDATE))
    return Seat(house, node, officer)
