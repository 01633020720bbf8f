"""The same thing in many places is one line that opens to each; what has a last day stands alone."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from samverkan.agency.web import FOLDER
from samverkan.agency.web.gathering import MOST, gathered
from samverkan.agency.web.waiting import Waiting
from samverkan.shell.parts import Link, Several
from samverkan.shell.texts import HERE, Language, load

AT = cast("Any", SimpleNamespace(t=load(HERE, FOLDER / "texts")[Language.SV]))


def _line(place: int, *, kind: str = "inbox.enrol", n: int = 1, due: date | None = None) -> Waiting:
    return Waiting(Link("Gör urval", f"/cooperations/{place}"), f"Region {place}", due, kind, n)


def test_few_lines_of_a_kind_stand_for_themselves() -> None:
    lines = [_line(place) for place in range(MOST)]
    assert gathered(AT, lines) == lines


def test_many_lines_of_a_kind_are_one_that_counts_them_and_opens_to_each() -> None:
    first = _line(90, kind="")
    one, many = gathered(AT, [first, *(_line(place, n=2) for place in range(7))])
    assert one == first
    assert isinstance(many.what, Several)
    assert many.what.words == "Gör 14 urval"
    assert many.about == "7 avgränsningar"
    assert [link.path for link in many.what.links] == [f"/cooperations/{n}" for n in range(7)]
    assert many.what.links[0].words == "Region 0 (2)"


def test_what_has_a_last_day_is_never_gathered() -> None:
    dated = [_line(place, due=date(2026, 12, 1)) for place in range(MOST + 2)]
    assert gathered(AT, dated) == dated


def test_lines_of_no_kind_are_never_gathered() -> None:
    plain = [_line(place, kind="") for place in range(MOST + 2)]
    assert gathered(AT, plain) == plain
