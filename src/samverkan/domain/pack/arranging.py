"""A process as a variant arranges it. What is legal or core can be neither moved nor left out.

This is the second lock: `varying` refuses such a change with a sentence, and were one to come here
all the same, it would be passed over.
"""

from __future__ import annotations

from collections.abc import Iterable

from samverkan.domain.pack.processes import Process, Step, StepKind
from samverkan.domain.pack.variants import Change, Drop, Insert, Move

LOOSE = (StepKind.OPEN, StepKind.ADDED)
"""The kinds of step that a variant may move or leave out."""


def arranged(process: Process, changes: Iterable[Change]) -> tuple[Step, ...]:
    """The steps in order, after the changes in theirs. A change of another process says nothing."""
    steps = list(process.steps.values())
    for change in changes:
        part = change.part
        if isinstance(part, Insert) and part.process == process.id:
            _place(steps, _added(part), part, process)
        elif isinstance(part, Drop | Move) and part.process == process.id:
            _shift(steps, part, process)
    return tuple(steps)


def _added(insert: Insert) -> Step:
    return Step(insert.step, insert.names, StepKind.ADDED, (insert.role,))


def _shift(steps: list[Step], part: Drop | Move, process: Process) -> None:
    step = next((one for one in steps if one.id == part.step and one.kind in LOOSE), None)
    if step is None:
        return
    steps.remove(step)
    if isinstance(part, Move):
        _place(steps, step, part, process)


def _place(steps: list[Step], step: Step, at: Insert | Move, process: Process) -> None:
    """Beside its anchor; where that is gone, before the step by which the process takes effect."""
    if any(one.id == step.id for one in steps):
        return
    names = [one.id for one in steps]
    if at.before in names:
        steps.insert(names.index(at.before), step)
    elif at.after in names:
        steps.insert(names.index(at.after) + 1, step)
    elif process.effected_by in names:
        steps.insert(names.index(process.effected_by), step)
    else:
        steps.append(step)
