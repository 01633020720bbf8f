"""Situation pictures: what this party's officers ask of steering. No text points anybody out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from samverkan.agency.pictures import pictures, place_of
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.tallying import TYPOLOGY, own_tally
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.identifying import identifying
from samverkan.domain.pack import Pack
from samverkan.domain.picture import RATERS, Picture
from samverkan.domain.place import Kind, told_in
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import PictureId, PromiseId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.picturing import (
    Answer,
    AnswerPicture,
    BeginPicture,
    Counted,
    CountPicture,
    FollowPromise,
    PromisePicture,
    PublishPicture,
    SettlePicture,
)
from samverkan.wire.v1 import Message

LONGEST = 1_000
"""Characters of an evidence or a promise."""


def begin(
    work: Work, permit: Permit, pack: Pack, area: str, variant: str | None = None
) -> PictureId | Refused:
    """Begin the next version of an area's picture."""
    require(permit, Action.DRAW_PICTURE)
    here = place_of(work, pack, area)
    if here is None or here.kind is Kind.COUNTRY:
        return refuse(Code.FIELD_NOT_A_CHOICE, field="area")
    if variant is not None and variant not in pack.variants:
        return refuse(Code.FIELD_NOT_A_CHOICE, field="variant")
    if any(one.area == area and one.open for one in pictures(work).values()):
        return refuse(Code.WRONG_STATE)
    picture = PictureId.draw(work.randomness)
    body = BeginPicture(by=vouch(permit), picture=picture, area=area, variant=variant)
    _send(work, permit, "picture.begin", picture, body)
    return picture


def count(work: Work, permit: Permit, pack: Pack, picture: str) -> int | Refused:
    """Tell the own counts of the picture's areas, as they may be shown; gives how many."""
    require(permit, Action.DRAW_PICTURE)
    found = _open(work, picture)
    if isinstance(found, Refused):
        return found
    here = place_of(work, pack, found.area)
    if here is None:
        return refuse(Code.NOT_FOUND)
    areas, tally = set(told_in(pack, here)), own_tally(work, permit, pack)
    cells = [
        Counted(area=area, category=category, value=value)
        for (area, category), value in tally.items()
        if area in areas and not category.startswith(TYPOLOGY)
    ]
    if not cells:
        return refuse(Code.NOTHING_TO_COUNT)
    year = str(work.now.year)
    body = CountPicture(by=vouch(permit), picture=picture, year=year, cells=cells)
    _send(work, permit, "picture.count", picture, body)
    return len(cells)


def answer(
    work: Work, permit: Permit, pack: Pack, picture: str, answers: Mapping[str, Answer]
) -> Refused | None:
    """This party's answers to every question, once; the other rater's are not to be seen yet."""
    require(permit, Action.DRAW_PICTURE)
    found = _open(work, picture)
    if isinstance(found, Refused):
        return found
    full = work.me in found.answered or len(found.answered) == RATERS
    if full or work.commands.sent("picture.answer", picture):
        return refuse(Code.ALREADY_DECIDED)
    refused = _answered(pack, found, answers)
    if refused is not None:
        return refused
    body = AnswerPicture(by=vouch(permit), picture=picture, answers=dict(answers))
    _send(work, permit, "picture.answer", picture, body)
    return None


def _answered(pack: Pack, found: Picture, answers: Mapping[str, Answer]) -> Refused | None:
    """Every question, with what the answer rests on, and a score within its scale."""
    for question, most in found.questions.items():
        given = answers.get(question)
        if given is None or not given.evidence.strip():
            return refuse(Code.FIELD_MISSING, field=f"{question}-evidence")
        if given.score is not None and not 0 <= given.score <= most:
            return refuse(Code.FIELD_NOT_A_CHOICE, field=question)
        if len(given.evidence) > LONGEST:
            return refuse(Code.FIELD_TOO_LONG, field=f"{question}-evidence")
        if identifying(given.evidence, forms_of(pack.writing)) is not None:
            return refuse(Code.TEXT_IDENTIFIES, field=f"{question}-evidence")
    return None


def promise(
    work: Work, permit: Permit, pack: Pack, picture: str, *, text: str, due: date
) -> PromiseId | Refused:
    """A citizen promise in the picture."""
    require(permit, Action.DRAW_PICTURE)
    found = _open(work, picture)
    if isinstance(found, Refused):
        return found
    if not text.strip():
        return refuse(Code.FIELD_MISSING, field="text")
    if len(text) > LONGEST:
        return refuse(Code.FIELD_TOO_LONG, field="text")
    if identifying(text, forms_of(pack.writing)) is not None:
        return refuse(Code.TEXT_IDENTIFIES, field="text")
    if due < work.now.date():
        return refuse(Code.FIELD_NOT_A_DATE, field="due")
    given = PromiseId.draw(work.randomness)
    body = PromisePicture(
        by=vouch(permit), picture=picture, promise=given, text=text.strip(), due=due.isoformat()
    )
    _send(work, permit, "picture.promise", picture, body)
    return given


def follow(
    work: Work, permit: Permit, picture: str, *, promise: str, result: str
) -> Refused | None:
    """What became of an own promise."""
    require(permit, Action.DRAW_PICTURE)
    found = pictures(work).get(picture)
    promises: Iterable[str] = (
        p.id for p in (found.promises if found else ()) if p.party == work.me
    )
    if promise not in promises:
        return refuse(Code.NOT_FOUND)
    body = FollowPromise(by=vouch(permit), picture=picture, promise=promise, result=result)
    _send(work, permit, "picture.follow", picture, body)
    return None


def settle(work: Work, permit: Permit, picture: str) -> Refused | None:
    """Make the version final. Both raters have to be in."""
    require(permit, Action.SETTLE_PICTURE)
    found = _open(work, picture)
    if isinstance(found, Refused):
        return found
    if not found.rated:
        return refuse(Code.NOT_YET)
    body = SettlePicture(by=vouch(permit), picture=picture)
    _send(work, permit, "picture.settle", picture, body)
    return None


def publish(work: Work, permit: Permit, picture: str) -> Refused | None:
    """Give out the public edition of a settled version."""
    require(permit, Action.SETTLE_PICTURE)
    found = pictures(work).get(picture)
    if found is None:
        return refuse(Code.NOT_FOUND)
    if found.open or found.published is not None:
        return refuse(Code.NOT_YET if found.open else Code.ALREADY_DECIDED)
    body = PublishPicture(by=vouch(permit), picture=picture)
    _send(work, permit, "picture.publish", picture, body)
    return None


def _open(work: Work, picture: str) -> Picture | Refused:
    found = pictures(work).get(picture)
    if found is None:
        return refuse(Code.NOT_FOUND)
    return found if found.open else refuse(Code.WRONG_STATE)


def _send(work: Work, permit: Permit, kind: str, subject: str, body: Message) -> None:
    work.commands.send(kind, subject, body, officer=permit.user)
    work.log(Entry(kind, permit.user, subject, codes=(permit.policy,)))
