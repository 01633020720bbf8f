"""The case graph as a drawing: records of others to the left, own subjects, what ties to the right.

The same case is drawn the same way each time: places follow from the order of its points alone.
The table of the same ties says everything that the drawing says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from samverkan.agency.web.blocks import Card, Curve, Drawing
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.subjects import prop_words, value_words
from samverkan.domain.graph import Behind, Edge, Graph, Part, Point, Tie, Verdict
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import SubjectId

WIDE, GAP, BETWEEN = 268, 14, 78
"""Of a card, between two cards in a column, and between two columns (pixels)."""
_TITLE, _WORDS = 31, 40
"""Letters that fit a card's title and its lines."""
_COLUMNS = {Part.RECORD: 0, Part.SUBJECT: 1, Part.VALUE: 2}
_HEADS = {
    Part.RECORD: "graph.column_record",
    Part.SUBJECT: "graph.column_subject",
    Part.VALUE: "graph.column_value",
}
_JUDGED = {
    Verdict.SAME: ("=", "graph.judged_same"),
    Verdict.DIFFERENT: ("≠", "graph.judged_different"),
    Verdict.UNSURE: ("~", "graph.judged_unsure"),
    None: ("?", "graph.judged_none"),
}
"""The sign and the words of a judgement in force; a withdrawn one stands no more."""
_WITHOUT_HIT = {
    Behind.FIRING: ("!", "graph.behind_firing"),
    Behind.NUMBER: ("#", "graph.behind_number"),
}
"""Of a record that a typology or an own question led to, without a hit to judge."""
_LINES = {"own": "graph.line_own", "received": "graph.line_received"}


def drawing(at: Seat, case: Graph, names: Mapping[SubjectId, str]) -> Drawing:
    """The case as cards in three columns, each column in the middle of the height."""
    cards = {point.id: _card(at, point, case.ties, names) for point in case.points}
    columns = [_ordered(case, part) for part in _COLUMNS]
    height = max((_tall([cards[p.id] for p in column]) for column in columns), default=0)
    placed = {
        id_: card
        for place, column in enumerate(columns)
        for id_, card in _placed(place, {p.id: cards[p.id] for p in column}, height)
    }
    points = {point.id: point for point in case.points}
    curves = [
        _curve(at, (placed[tie.subject], placed[tie.other]), points[tie.other], tie)
        for tie in case.ties
    ]
    counts = {part.value: len(case.of(part)) for part in Part}
    heads = [
        (place * (WIDE + BETWEEN), at.t(_HEADS[part]))
        for part, place in _COLUMNS.items()
        if case.of(part)
    ]
    return Drawing(
        at.t("graph.words", **counts),
        3 * WIDE + 2 * BETWEEN,
        height,
        list(placed.values()),
        curves,
        heads,
        _signs(at, curves),
    )


def _ordered(case: Graph, part: Part) -> list[Point]:
    """Subjects as they stand in the case; the others beside the subjects that they belong to."""
    rank = {point.id: place for place, point in enumerate(case.of(Part.SUBJECT))}
    ties: dict[str, list[int]] = {}
    for tie in case.ties:
        ties.setdefault(tie.other, []).append(rank[tie.subject])
    if part is Part.SUBJECT:
        return case.of(part)
    return sorted(case.of(part), key=lambda p: (sum(ties[p.id]) / len(ties[p.id]), p.id))


def _tall(cards: Sequence[Card]) -> int:
    return sum(card.height for card in cards) + GAP * max(0, len(cards) - 1)


def _placed(place: int, cards: Mapping[str, Card], height: int) -> list[tuple[str, Card]]:
    """A column's cards below each other, the room that is left evenly between them."""
    spare = (height - _tall(list(cards.values()))) // (len(cards) + 1) if cards else 0
    found, y = [], spare
    for id_, card in cards.items():
        found.append((id_, replace(card, x=place * (WIDE + BETWEEN), y=y)))
        y += card.height + GAP + spare
    return found


def _card(at: Seat, point: Point, ties: Sequence[Tie], names: Mapping[SubjectId, str]) -> Card:
    of = [tie for tie in ties if tie.other == point.id]
    if point.record is not None:
        title, lines = at.names.party(point.record.party), _record_lines(at, of[0], point)
    elif point.prop is not None:
        title, lines = value(at, point.prop, point.value), _value_lines(at, of, point.prop)
    else:
        subject = point.subject
        title, lines = names[subject] if subject is not None else "", []
    return Card(point.part.value, short(title, _TITLE), [short(line, _WORDS) for line in lines])


def value(at: Seat, prop: Prop, written: str) -> str:
    """A tying value as people write it; a street carries its postcode behind."""
    if prop is not Prop.STREET:
        return value_words(at, prop, written)
    street, comma, postcode = written.rpartition(", ")
    if not comma:
        return value_words(at, prop, written)
    return f"{value_words(at, prop, street)}, {value_words(at, Prop.POSTCODE, postcode)}"


def _record_lines(at: Seat, tie: Tie, point: Point) -> list[str]:
    """How it was judged; what was disclosed of it, under which rule and until when."""
    judged = at.t(_known_by(point, tie)[1])
    if not tie.lines:
        return [judged]
    until = min(line.expires_on for line in tie.lines)
    return [
        judged,
        at.t("graph.disclosed", n=len(tie.lines), day=until),
        _rules(at, tie.lines),
    ]


def _known_by(point: Point, tie: Tie) -> tuple[str, str]:
    """The sign and the words of what stands between a subject and another's record."""
    record = point.record
    behind = Behind.HIT if record is None else record.behind
    return _WITHOUT_HIT.get(behind) or _JUDGED[tie.verdict]


def _rules(at: Seat, lines: Sequence[Edge]) -> str:
    """The rules of secrecy that the lines carry, each once."""
    rules = dict.fromkeys(secrecy(at, line.restriction) for line in lines)
    return at.t("graph.secrecy", rules=", ".join(rules))


def secrecy(at: Seat, code: str) -> str:
    """Where a rule of secrecy stands."""
    known = at.desk.pack.classifications.get(code)
    if known is None:
        return at.t("line.unprotected")
    return at.t("line.cited", statute=known.statute, section=known.section)


def _value_lines(at: Seat, ties: Sequence[Tie], prop: Prop) -> list[str]:
    """What it is, then who says it and until when each may be kept."""
    lines = [line for tie in ties for line in tie.lines]
    said = dict.fromkeys(_said(at, line) for line in lines)
    shared = at.t("graph.shared", n=len(ties)) if len(ties) > 1 else ""
    return [f"{prop_words(at, prop.value)}{shared}", *said, _rules(at, lines)]


def _said(at: Seat, line: Edge) -> str:
    party = at.t("graph.own") if line.party == at.desk.me else at.names.brief(line.party)
    return at.t("graph.said", party=party, day=line.expires_on)


def judged_words(at: Seat, point: Point, tie: Tie) -> str:
    """What stands between a subject and another's record, in words."""
    return at.t(_known_by(point, tie)[1])


def _curve(at: Seat, cards: tuple[Card, Card], point: Point, tie: Tie) -> Curve:
    """Records lie to the left of the subjects, values to the right."""
    one, other = cards
    if point.part is Part.RECORD:
        style = "same" if tie.verdict is Verdict.SAME else "open"
        mark, _ = _known_by(point, tie)
        return Curve(other.x + WIDE, other.middle, one.x, one.middle, style, mark)
    own = any(line.party == at.desk.me for line in tie.lines)
    style = "own" if own else "received"
    return Curve(one.x + WIDE, one.middle, other.x, other.middle, style)


def _signs(at: Seat, curves: Sequence[Curve]) -> list[tuple[str, str, str]]:
    """The signs that stand in the drawing, each with its meaning."""
    words = {mark: at.t(key) for mark, key in (*_JUDGED.values(), *_WITHOUT_HIT.values())}
    return [
        (style, mark, words[mark] if mark else at.t(_LINES[style]))
        for style, mark in sorted({(curve.style, curve.mark) for curve in curves})
    ]


def short(words: str, most: int) -> str:
    """As much as there is room for."""
    return words if len(words) <= most else words[: most - 1] + "…"
