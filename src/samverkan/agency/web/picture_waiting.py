"""What pictures call for: a second rater, a renewal in time, a promise to be followed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.agency.areas import areas
from samverkan.agency.pictures import due, overdue_promises, pictures, unanswered
from samverkan.agency.ports import Reading
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.picture_facts import area_name
from samverkan.domain.place import Place, named
from samverkan.domain.policy import Action
from samverkan.shell.parts import Link


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that a picture calls for, in which area, by which day if there is one."""

    what: Link
    about: str
    due: date | None = None


def calls(at: Seat, reading: Reading) -> Iterator[Call]:
    """What this officer's mandates call for."""
    if not pictures(reading):
        return
    today, guard = reading.now.date(), at.desk.pack.picture
    places = named(areas(reading), today)
    if at.may(Action.DRAW_PICTURE) and guard is not None:
        yield from _drawing(at, reading, places, guard.remind)
    if at.may(Action.SETTLE_PICTURE):
        for one in pictures(reading).values():
            if one.open and one.rated:
                what = Link(at.t("inbox_pictures.settle"), f"/pictures/{one.id}")
                yield Call(what, area_name(at, one.area, places))


def _drawing(
    at: Seat, reading: Reading, places: Mapping[str, Place], remind: int
) -> Iterator[Call]:
    today = reading.now.date()
    for one in unanswered(reading):
        if not reading.commands.sent("picture.answer", one.id):
            what = Link(at.t("inbox_pictures.answer"), f"/pictures/{one.id}/answer")
            yield Call(what, area_name(at, one.area, places))
    for one in due(reading, remind):
        if at.desk.me in (one.by, *one.answered):
            what = Link(at.t("inbox_pictures.renew"), "/pictures")
            yield Call(what, area_name(at, one.area, places), one.lasts)
    for one, promise in overdue_promises(reading, today):
        what = Link(at.t("inbox_pictures.follow"), f"/pictures/{one.id}")
        day = next(p.due for p in one.promises if p.id == promise)
        yield Call(what, area_name(at, one.area, places), day)
