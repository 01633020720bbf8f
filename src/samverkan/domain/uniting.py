"""Which opaque handles of several parties are one subject, and how sure that is.

A right number unites. A record without one (its number is missing, or fails its check digit) is
attached to at most one subject, and never joins two: a missing number is bridged by name and birth
date or place, a failing one by its repairs. Two records with right numbers that differ are two
subjects, whatever their names say. Attachment must be the only best one seen from both sides;
where it is not, nobody is attached, since a firing on the wrong person is told to several parties.
So no chain of names can unite strangers: between two records stands one name at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from samverkan.domain.taglist import Kind, Tagged

Node = tuple[str, bytes, int]
"""(party, handle, slot): what one party lists of one subject in one quarter."""


@dataclass(slots=True)
class Record:
    """The tags of one node, by what they are made of."""

    node: Node
    numbers: set[bytes] = field(default_factory=set)
    repairs: set[bytes] = field(default_factory=set)
    names: dict[bytes, Kind] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Whether a birth date is known of it."""
        return Kind.DATED in self.names.values()


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one subject in one quarter; `by` is the least sure thing that unites them."""

    nodes: tuple[Node, ...]
    by: Kind


def records(lists: Iterable[tuple[str, Iterable[Tagged]]]) -> dict[Node, Record]:
    """The lists, each with its party, gathered by node."""
    found: dict[Node, Record] = {}
    for party, entries in lists:
        for entry in entries:
            node = (party, entry.handle, entry.slot)
            record = found.get(node) or found.setdefault(node, Record(node))
            if entry.kind is Kind.NUMBER:
                record.numbers.add(entry.tag)
            elif entry.kind is Kind.REPAIR:
                record.repairs.add(entry.tag)
            else:
                record.names[entry.tag] = entry.kind
    return found


def unite(known: Mapping[Node, Record]) -> list[Group]:
    """Every subject with its records; a record that joins no other is a group by itself."""
    firm = [record for record in known.values() if record.numbers]
    loose = [record for record in known.values() if not record.numbers]
    subjects = _by_number(firm)
    attached, free = _attach(subjects, loose)
    groups = [_group(members, attached[at]) for at, members in enumerate(subjects)]
    groups += _among(free)
    placed = {node for group in groups for node in group.nodes}
    alone = (record for record in loose if record.node not in placed)
    return groups + [Group((r.node,), Kind.REPAIR if r.repairs else Kind.NAME) for r in alone]


def _group(members: list[Record], attached: list[tuple[Record, Kind]]) -> Group:
    nodes = [record.node for record in (*members, *(record for record, _ in attached))]
    by = max((kind for _, kind in attached), default=Kind.NUMBER)
    return Group(tuple(sorted(nodes)), by)


def _by_number(firm: list[Record]) -> list[list[Record]]:
    """Records that right numbers connect. Somebody may have two: a coordination number, then another."""
    parent: dict[bytes, bytes] = {}

    def root(tag: bytes) -> bytes:
        while (above := parent.setdefault(tag, tag)) != tag:
            parent[tag] = tag = parent.setdefault(above, above)
        return tag

    for record in firm:
        first, *rest = sorted(record.numbers)
        for other in rest:
            parent[root(other)] = root(first)
    subjects: defaultdict[bytes, list[Record]] = defaultdict(list)
    for record in firm:
        subjects[root(min(record.numbers))].append(record)
    return list(subjects.values())


Attached = defaultdict[int, list[tuple[Record, Kind]]]


def _attach(subjects: list[list[Record]], loose: list[Record]) -> tuple[Attached, list[Record]]:
    """Loose records by the subject they belong to, and those that could belong to none."""
    numbers = {tag: at for at, them in enumerate(subjects) for r in them for tag in r.numbers}
    names: defaultdict[bytes, set[int]] = defaultdict(set)
    for at, members in enumerate(subjects):
        for tag in {tag for record in members for tag in record.names}:
            names[tag].add(at)
    wanted: defaultdict[tuple[int, str], list[tuple[int, Record, Kind]]] = defaultdict(list)
    free = []
    for record in loose:
        alike = _alike(record, names)
        repaired = {numbers[tag] for tag in record.repairs if tag in numbers}
        scores = {
            at: len(alike[at])
            for at in (repaired if record.repairs else alike)
            if record.repairs or _enough(alike[at], record, subjects[at])
        }
        if not scores:
            free.append(record)
            continue
        best = _only_best(scores)
        if best is not None:
            kind = Kind.REPAIR if record.repairs else Kind.NAME
            wanted[best, record.node[0]].append((scores[best], record, kind))
    return _accepted(subjects, wanted), free


def _accepted(
    subjects: list[list[Record]],
    wanted: Mapping[tuple[int, str], list[tuple[int, Record, Kind]]],
) -> Attached:
    """Of one party's records at most one joins a subject, and none if it is there by number."""
    accepted: Attached = defaultdict(list)
    for (at, party), claims in wanted.items():
        if any(record.node[0] == party for record in subjects[at]):
            continue
        best = _only_best({place: claim[0] for place, claim in enumerate(claims)})
        if best is not None:
            accepted[at].append(claims[best][1:])
    return accepted


def _alike(record: Record, names: Mapping[bytes, Collection[int]]) -> defaultdict[int, list[Kind]]:
    """What of its names each subject shares."""
    found: defaultdict[int, list[Kind]] = defaultdict(list)
    for tag, kind in record.names.items():
        for at in names.get(tag, ()):
            found[at].append(kind)
    return found


def _enough(shared: list[Kind], record: Record, members: list[Record]) -> bool:
    """A company's name and municipality suffice; a person takes two parts.

    Where both sides know a birth date, one part must share it: namesakes in one street are many.
    """
    if Kind.NAME in shared:
        return True
    both = record.dated and any(member.dated for member in members)
    return len(shared) > 1 and (Kind.DATED in shared or not both)


def _only_best(scores: Mapping[int, int]) -> int | None:
    """The key of the highest score, unless two share it."""
    best = max(scores.values())
    at = [key for key, score in scores.items() if score == best]
    return at[0] if len(at) == 1 else None


def _among(free: list[Record]) -> list[Group]:
    """Loose records that share one and the same evidence: larger groups first, nobody in two."""
    sharing: defaultdict[tuple[Kind, bytes], dict[str, list[Node]]] = defaultdict(dict)
    for record in free:
        for key in _sufficient(record):
            sharing[key].setdefault(record.node[0], []).append(record.node)
    candidates = []
    for (kind, _), parties in sharing.items():
        nodes = sorted(nodes[0] for nodes in parties.values() if len(nodes) == 1)
        if len(nodes) > 1:
            candidates.append(Group(tuple(nodes), kind))
    taken: set[Node] = set()
    groups = []
    for group in sorted(candidates, key=lambda one: (-len(one.nodes), one.by, one.nodes)):
        if taken.isdisjoint(group.nodes):
            taken.update(group.nodes)
            groups.append(group)
    return groups


def _sufficient(record: Record) -> Iterator[tuple[Kind, bytes]]:
    """What two records need to share: a repair, a company's name, or two parts of a person's."""
    yield from ((Kind.REPAIR, tag) for tag in record.repairs)
    yield from ((Kind.NAME, tag) for tag, kind in record.names.items() if kind is Kind.NAME)
    parts = sorted(tag for tag, kind in record.names.items() if kind is not Kind.NAME)
    for one, other in combinations(parts, 2):
        if not record.dated or Kind.DATED in (record.names[one], record.names[other]):
            yield Kind.NAME, one + other
