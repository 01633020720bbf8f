"""The same thing waiting in many places is one line, which opens to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samverkan.agency.web.desk import Seat
from samverkan.agency.web.waiting import Waiting
from samverkan.shell.parts import Link, Several

MOST = 3
"""So many lines of a kind stand for themselves; beyond it they are gathered."""
_PLACES = {
    "inbox.decide": "inbox.decide_in",
    "inbox.position": "inbox.position_in",
    "inbox.sign": "inbox.sign_in",
    "inbox.enrol": "inbox.enrol_in",
    "inbox.firings": "inbox.firings_in",
}
"""What the places of a kind are called, counted."""


def gathered(at: Seat, lines: Sequence[Waiting]) -> list[Waiting]:
    """The lines in their order, each kind beyond the limit as one. What has a last day stands alone."""
    kinds = [line.kind for line in lines if line.due is None]
    many = {kind for kind in kinds if kind and kinds.count(kind) > MOST}
    found: list[Waiting] = []
    for line in lines:
        if line.due is not None or line.kind not in many:
            found.append(line)
        elif all(one.kind != line.kind or one.due is not None for one in found):
            found.append(_one(at, [x for x in lines if x.kind == line.kind and x.due is None]))
    return found


def _one(at: Seat, lines: Sequence[Waiting]) -> Waiting:
    kind = lines[0].kind
    words = at.t(kind, n=sum(line.n for line in lines))
    links = [
        Link(f"{line.about} ({line.n})" if line.n > 1 else line.about, _path(line))
        for line in lines
    ]
    return replace(lines[0], what=Several(words, links), about=at.t(_PLACES[kind], n=len(lines)))


def _path(line: Waiting) -> str:
    return line.what.path if isinstance(line.what, Link) else ""
