"""What ways of working call for: a variant to decide on, a step of a body's own to be taken."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.agency import ways
from samverkan.agency.following import proposals
from samverkan.agency.ports import Reading
from samverkan.agency.web import own_steps
from samverkan.agency.web.desk import Seat
from samverkan.domain.council import State
from samverkan.domain.policy import Action
from samverkan.shell.parts import Link


def calls(at: Seat, reading: Reading) -> Iterator[tuple[Link, str]]:
    """The way to each thing that this officer's mandates call for, and what it is about."""
    yield from _variants(at, reading)
    yield from _steps(at, reading)


def _variants(at: Seat, reading: Reading) -> Iterator[tuple[Link, str]]:
    pack = at.desk.pack
    for one in ways.awaited(reading, pack, at.bodies(Action.TAKE_POSITION)):
        what = Link(at.t("inbox_variants.decide"), f"/model/variants/{one.id}")
        yield (
            what,
            f"{at.names.of(pack.bodies, one.variant.body)}: {at.names.words(one.variant.names)}",
        )


def _steps(at: Seat, reading: Reading) -> Iterator[tuple[Link, str]]:
    """Steps that the bodies in which the officer reads have added, and that are the officer's."""
    bodies = at.bodies(Action.READ_COUNCIL)
    for id_, here in proposals(reading).items() if bodies else []:
        if here.header.body not in bodies or here.state is not State.OPEN:
            continue
        for step in own_steps.mine(at, own_steps.model_of(at, reading, here), here):
            what = Link(at.t("inbox_variants.step"), f"/council/{id_}")
            yield what, at.names.words(step.names)
