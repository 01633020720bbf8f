"""The model as drawings: who answers to whom, how the effort grew, how a process goes.

Places follow from the data alone, so that the same model is drawn the same way each time. A list
or table beside each drawing says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.agency.web.blocks import Box, Branch, Diagram, Line, Mark
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.drawing import short
from samverkan.domain.local import Local
from samverkan.domain.org import MEMBER, members
from samverkan.domain.pack import Body, Pack, Step, StepKind

WIDE, TALL, GAP, BETWEEN = 212, 66, 10, 24
_LETTERS, _LONG = 27, 62
_YEAR, _LEFT, _TOP, _AGENCY = 46, 60, 50, 16
"""Of a year, the room to the left and above, and of one agency (pixels)."""
_STEP_WIDE, _STEP_TALL, _STEP_GAP = 470, 62, 26


LOCAL = "local"
"""The kind of a body that was started over an area."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A body in the chart: whom it answers to, its name, kind, and how it is manned."""

    id: str
    under: str | None
    name: str
    kind: str
    remark: str


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


def spots(at: Seat, on: date, started: Iterable[Local] = ()) -> list[Spot]:
    """The bodies of the pack and the local ones that were started, as they stand that day."""
    known = [
        Spot(body.id, body.under, at.names.words(body.names), body.kind.value, _remark(at, body))
        for body in bodies_on(at.desk.pack, on)
    ]
    return known + [
        Spot(
            one.id,
            one.start.under,
            one.start.name,
            LOCAL,
            at.t("model.takes_part", n=len(one.takes_part)),
        )
        for one in started
        if one.there(on.isoformat())
    ]


def _remark(at: Seat, body: Body) -> str:
    words = at.t("model.seats", n=len(body.members), quorum=body.quorum)
    return f"{words} (U)" if body.doubt is not None else words


def _roots(known: Sequence[Spot]) -> list[Spot]:
    there = {one.id for one in known}
    return [one for one in known if one.under not in there]


def branches(known: Sequence[Spot]) -> list[Branch]:
    """Who answers to whom, as a nested list."""
    return [_branch(one, known) for one in _roots(known)]


def _branch(spot: Spot, known: Sequence[Spot]) -> Branch:
    below = [_branch(one, known) for one in known if one.under == spot.id]
    return Branch(spot.name, spot.remark, below)


def organisation(at: Seat, known: Sequence[Spot]) -> Diagram:
    """Who answers to whom: a column for each step downwards."""
    boxes: list[Box] = []
    lines: list[Line] = []
    row = 0
    for root in _roots(known):
        row = _grow(root, known, (0, row), (boxes, lines))
    width = max((box.x + box.width for box in boxes), default=0) + 4
    height = row * (TALL + GAP) + 4
    signs = [(kind, at.t(f"model.kind.{kind}")) for kind in dict.fromkeys(b.style for b in boxes)]
    return Diagram(at.t("model.chart"), width, height, boxes, lines, signs=signs)


def _grow(
    spot: Spot,
    known: Sequence[Spot],
    place: tuple[int, int],
    drawn: tuple[list[Box], list[Line]],
) -> int:
    """Draw a body and what is below it; gives the next free row."""
    (column, row), (boxes, lines) = place, drawn
    x, y = 2 + column * (WIDE + BETWEEN), 2 + row * (TALL + GAP)
    title, more = _two_lines(spot.name)
    said = [*([more] if more else []), spot.remark]
    boxes.append(Box(x, y, WIDE, TALL, spot.kind, title, said))
    below = [one for one in known if one.under == spot.id]
    for one in below:
        target = 2 + row * (TALL + GAP) + TALL // 2
        half = x + WIDE + BETWEEN // 2
        lines.append(Line(f"M{x + WIDE} {y + TALL // 2} H{half} V{target} H{x + WIDE + BETWEEN}"))
        row = _grow(one, known, (column + 1, row), drawn)
    return row if below else row + 1


def _two_lines(name: str) -> tuple[str, str]:
    """A name over two lines where one is too short for it."""
    if len(name) <= _LETTERS:
        return name, ""
    head = name[: _LETTERS + 1].rpartition(" ")[0] or name[:_LETTERS]
    return short(head, _LETTERS), short(name[len(head) :].strip(), _LETTERS + 4)


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
        marks += [Mark(x - 6, y + 4, _grown(at, one), "end", "strong")]
    years = range(first, until.year + 1, 2)
    marks += [Mark(place(date(year, 1, 1)), floor + 20, str(year), "middle") for year in years]
    laws = _laws(at.desk.pack, until)
    marks += [
        Mark(place(day), _TOP - 16 * (1 + no % 2), words, "middle")
        for no, (day, words) in enumerate(laws)
    ]
    lines = [
        *(Line(f"M{place(day)} {_TOP - 8} V{floor}", "faint") for day, _ in laws),
        Line(f"M{_LEFT - 10} {floor} H{width - 20}", "axis"),
        Line(f"{path} H{place(until)}" if path else f"M{_LEFT} {floor}", "steps"),
    ]
    return Diagram(at.t("model.growth"), width, height, [], lines, marks)


def _grown(at: Seat, one: Moment) -> str:
    """The number, and who came in if they are few."""
    if len(one.agencies) > 2:
        return str(one.count)
    came = ", ".join(at.desk.pack.agencies[code].abbreviation for code in one.agencies)
    return f"{one.count}: {came}"


def laws(pack: Pack, until: date) -> list[tuple[date, str]]:
    """The statutes of the legal bases that came while the effort went on, oldest first."""
    begun = min((body.since for body in pack.bodies.values()), default=until)
    since = {basis.statute: pack.statutes[basis.statute].since for basis in pack.bases.values()}
    found = [(day, statute) for statute, day in since.items() if begun < day <= until]
    return sorted(found)


def _laws(pack: Pack, until: date) -> list[tuple[date, str]]:
    """The same, for the drawing: those of one year together, so that they can be read."""
    found: dict[int, tuple[date, str]] = {}
    for day, statute in laws(pack, until):
        first, words = found.get(day.year, (day, ""))
        found[day.year] = (first, f"{words}, {statute}" if words else statute)
    return list(found.values())


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
