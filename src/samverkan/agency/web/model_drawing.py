"""The model as drawings: who answers to whom, how the effort grew, how a process goes.

Places follow from the data alone, so that the same model is drawn the same way each time. A list
or table beside each drawing says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.agency.web.blocks import Box, Branch, Diagram, Line, Mark
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.drawing import short
from samverkan.domain.org import MEMBER, members
from samverkan.domain.pack import Body, Pack, Step, StepKind

WIDE, TALL, GAP, BETWEEN = 250, 50, 12, 46
_LETTERS, _LONG = 30, 62
_YEAR, _LEFT, _TOP, _AGENCY = 44, 30, 34, 15
"""Of a year, the room to the left and above, and of one agency (pixels)."""
_STEP_WIDE, _STEP_TALL, _STEP_GAP = 470, 62, 26


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which the model changed: which agencies came in, how many there were then."""

    on: date
    agencies: tuple[str, ...]
    count: int


def bodies_on(pack: Pack, on: date) -> list[Body]:
    """The bodies that exist that day, in the pack's order."""
    return [
        body
        for body in pack.bodies.values()
        if body.since <= on and (body.until is None or on <= body.until)
    ]


def branches(at: Seat, on: date) -> list[Branch]:
    """Who answers to whom, as a nested list."""
    known = bodies_on(at.desk.pack, on)
    return [_branch(at, body, known) for body in _roots(known)]


def _roots(known: Sequence[Body]) -> list[Body]:
    there = {body.id for body in known}
    return [body for body in known if body.under not in there]


def _branch(at: Seat, body: Body, known: Sequence[Body]) -> Branch:
    below = [_branch(at, one, known) for one in known if one.under == body.id]
    return Branch(at.names.words(body.names), _remark(at, body), below)


def _remark(at: Seat, body: Body) -> str:
    words = at.t("model.seats", n=len(body.members), quorum=body.quorum)
    return f"{words} (U)" if body.doubt is not None else words


def organisation(at: Seat, on: date) -> Diagram:
    """Who answers to whom: a column for each step downwards."""
    known = bodies_on(at.desk.pack, on)
    boxes: list[Box] = []
    lines: list[Line] = []
    row = 0
    for root in _roots(known):
        row = _grow(at, root, known, (0, row), (boxes, lines))
    width = max((box.x + box.width for box in boxes), default=0) + 4
    height = row * (TALL + GAP) + 4
    signs = [(kind, at.t(f"model.kind.{kind}")) for kind in dict.fromkeys(b.style for b in boxes)]
    return Diagram(at.t("model.chart"), width, height, boxes, lines, signs=signs)


def _grow(
    at: Seat,
    body: Body,
    known: Sequence[Body],
    place: tuple[int, int],
    drawn: tuple[list[Box], list[Line]],
) -> int:
    """Draw a body and what is below it; gives the next free row."""
    (column, row), (boxes, lines) = place, drawn
    x, y = 2 + column * (WIDE + BETWEEN), 2 + row * (TALL + GAP)
    title = short(at.names.words(body.names), _LETTERS)
    boxes.append(Box(x, y, WIDE, TALL, body.kind.value, title, [_remark(at, body)]))
    below = [one for one in known if one.under == body.id]
    for one in below:
        target = 2 + row * (TALL + GAP) + TALL // 2
        half = x + WIDE + BETWEEN // 2
        path = f"M{x + WIDE} {y + TALL // 2} H{half} V{target} H{x + WIDE + BETWEEN}"
        lines.append(Line(path))
        row = _grow(at, one, known, (column + 1, row), drawn)
    return row if below else row + 1


def moments(pack: Pack, until: date) -> list[Moment]:
    """Each day on which agencies became members or ceased to be, oldest first."""
    days = {
        day
        for agency in pack.agencies.values()
        for span in agency.membership
        if span.tier.value == MEMBER
        for day in (span.since, span.until)
        if day is not None and day <= until
    }
    return [moment for moment in _moments(pack, sorted(days)) if moment.agencies]


def _moments(pack: Pack, days: Sequence[date]) -> Iterator[Moment]:
    before: tuple[str, ...] = ()
    for day in days:
        now = members(pack, on=day)
        yield Moment(day, tuple(code for code in now if code not in before), len(now))
        before = now


def growth(at: Seat, until: date) -> Diagram:
    """How many agencies there were, from the first year on."""
    found = moments(at.desk.pack, until)
    first = found[0].on.year if found else until.year
    most = max((one.count for one in found), default=0)
    width = _LEFT + (until.year + 1 - first) * _YEAR + 90
    height = _TOP + most * _AGENCY + 44
    floor = height - 32

    def place(day: date) -> int:
        part = (day - date(day.year, 1, 1)).days / 366
        return _LEFT + int((day.year - first + part) * _YEAR)

    path, marks = "", []
    for one in found:
        x, y = place(one.on), floor - one.count * _AGENCY
        path += f" H{x} V{y}" if path else f"M{x} {floor} V{y}"
        marks += [Mark(x + 5, y - 7, str(one.count), style="strong")]
    years = range(first, until.year + 1, 2)
    marks += [Mark(place(date(year, 1, 1)), floor + 20, str(year), "middle") for year in years]
    lines = [
        Line(f"M{_LEFT - 10} {floor} H{width - 20}", "axis"),
        Line(f"{path} H{place(until)}" if path else f"M{_LEFT} {floor}", "steps"),
    ]
    return Diagram(at.t("model.growth"), width, height, [], lines, marks)


def process(at: Seat, name: str, steps: Sequence[Step]) -> Diagram:
    """A process from top to bottom, the steps of the law marked."""
    boxes, lines = [], []
    for no, step in enumerate(steps):
        y = 2 + no * (_STEP_TALL + _STEP_GAP)
        title = short(f"{no + 1}. {at.names.words(step.names)}", _LONG)
        said = [short(who(at, step), _LONG)]
        boxes.append(Box(2, y, _STEP_WIDE, _STEP_TALL, step.kind.value, title, said))
        if no:
            middle = _STEP_WIDE // 2
            lines.append(Line(f"M{middle} {y - _STEP_GAP} V{y - 2} m-5 -6 l5 6 l5 -6"))
    height = len(steps) * (_STEP_TALL + _STEP_GAP) - _STEP_GAP + 6
    kinds = [kind for kind in StepKind if any(step.kind is kind for step in steps)]
    signs = [(kind.value, at.t(f"model.step.{kind.value}")) for kind in kinds]
    words = at.t("model.process_drawn", name=name)
    return Diagram(words, _STEP_WIDE + 6, height, boxes, lines, signs=signs)


def who(at: Seat, step: Step) -> str:
    """Who does it, and by which law it is demanded."""
    roles = ", ".join(at.names.role(role) for role in step.roles) or at.t("model.by_node")
    if step.statute is None:
        return roles
    law = at.t("model.law_of", statute=step.statute, section=step.section or "")
    return f"{roles}. {law}"
