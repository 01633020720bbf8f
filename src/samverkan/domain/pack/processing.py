"""What must hold of the core's own processes: the law is in them, in order, and each is carried out."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.model import Pack
from samverkan.domain.pack.processes import Openness, Process, Step, StepKind
from samverkan.domain.pack.shapes import Path


def findings(pack: Pack) -> Iterator[tuple[Path, Fault, str]]:
    """Every breach in processes and in what is said of their openness."""
    for process in pack.processes.values():
        yield from _process(process)
    for variable in pack.openness.values():
        cited = variable.statute is not None and variable.section is not None
        if variable.openness is Openness.FIXED and not cited:
            yield ("openness", variable.id), Fault.LAWLESS, variable.id


def _process(process: Process) -> Iterator[tuple[Path, Fault, str]]:
    at = ("processes", process.id)
    for step in process.steps.values():
        yield from (((*at, "steps", step.id), fault, step.id) for fault in _step(step))
    names = list(process.steps)
    if (process.effect is None) != (process.effected_by is None):
        yield at, Fault.EFFECT, process.id
    elif process.effected_by is not None:
        legal = [one.id for one in process.steps.values() if one.kind is StepKind.LEGAL]
        if process.effected_by not in names or not legal:
            yield (*at, "effected_by"), Fault.EFFECT, process.effected_by


def _step(step: Step) -> Iterator[Fault]:
    law = (step.statute, step.section, step.demand)
    if step.kind is StepKind.ADDED:
        yield Fault.NOT_A_CHOICE
    if step.kind is StepKind.LEGAL and None in law:
        yield Fault.LAWLESS
    if step.action is None and not step.events:
        yield Fault.UNTOLD
