"""Situation pictures in the official record: begun, counted, rated, promised, settled, published.

Every party is told of every picture: it holds no person, and counts come suppressed by their
owners. What a rater answers is kept here and told to that rater alone until the other has
answered: were it told at once, or asked for again later, the second would not be independent.
Two parties rate, so that the wall between them keeps the answers apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from samverkan.domain import area as areas
from samverkan.domain import picture as rules
from samverkan.domain.operation import day
from samverkan.domain.pack.pictures import PictureRules
from samverkan.domain.picture import Picture
from samverkan.domain.place import Kind, Place, named, place, told_in
from samverkan.domain.questionnaire import questions
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MalformedId, PictureId, PromiseId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.picturing import (
    AnswerPicture,
    BeginPicture,
    CountPicture,
    FollowPromise,
    PictureAnswered,
    PictureBegun,
    PicturePublished,
    PictureRated,
    PictureSettled,
    PromisePicture,
    PublishPicture,
    SettlePicture,
)
from samverkan.wire.v1 import Message, from_body


def begin(hearing: Hearing, command: BeginPicture) -> Answer:
    """The next version of an area's picture, while none is being drawn of it."""
    try:
        PictureId.parse(command.picture)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    here = _place(hearing, command.area)
    known = command.variant is None or command.variant in hearing.pack.variants
    if here is None or here.kind is Kind.COUNTRY or not known:
        return refuse(Code.NOT_IN_PACK)
    if hearing.record.under(command.picture) is not None:
        return refuse(Code.ALREADY_DECIDED)
    before = [one for one in _pictures(hearing) if one.area == command.area]
    if any(one.open for one in before):
        return refuse(Code.WRONG_STATE)
    begun = PictureBegun(
        picture=command.picture,
        area=command.area,
        version=len(before) + 1,
        variant=command.variant,
        questions=questions(hearing.pack, command.variant, hearing.on),
    )
    return [_fact(hearing, rules.BEGUN, command.picture, command.picture, begun)]


def count(hearing: Hearing, command: CountPicture) -> Answer:
    """Own counts of the picture's areas, suppressed; what is out once is not told otherwise."""
    found = _open(hearing, command.picture)
    if isinstance(found, Refused):
        return found
    refused = _countable(hearing, found, command)
    return refused or [
        _fact(hearing, rules.COUNT, command.picture, command.picture, command),
    ]


def _countable(hearing: Hearing, found: Picture, command: CountPicture) -> Refused | None:
    pack, guard = hearing.pack, hearing.pack.picture
    here = _place(hearing, found.area)
    if guard is None or here is None or not command.cells:
        return refuse(Code.NOT_IN_PACK)
    areas = set(told_in(pack, here))
    for cell in command.cells:
        condition = pack.conditions.get(cell.category)
        own = condition is not None and condition.party == hearing.party
        if cell.area not in areas or cell.category not in guard.counted or not own:
            return refuse(Code.NOT_IN_PACK)
        if cell.value is not None and _small(cell.value, guard):
            return refuse(Code.COUNT_TOO_SMALL)
    said = _said(hearing, command.year)
    if any(said.get((c.area, c.category), c.value) != c.value for c in command.cells):
        return refuse(Code.ALREADY_DECIDED)
    return None


def _small(value: int, guard: PictureRules) -> bool:
    return (0 if not guard.zero_shows else 1) <= value < guard.k


def _said(hearing: Hearing, year: str) -> dict[tuple[str, str], int | None]:
    """What the sender has told of that year in any picture."""
    return {
        (area, category): value
        for one in _pictures(hearing)
        for (party, told, area, category), value in one.counts.items()
        if party == hearing.party and told == year
    }


def answer(hearing: Hearing, command: AnswerPicture) -> Answer:
    """A rater's answers to every question, once; with the second, both are told to all."""
    found = _open(hearing, command.picture)
    if isinstance(found, Refused):
        return found
    if hearing.party in found.answered or len(found.answered) == rules.RATERS:
        return refuse(Code.ALREADY_DECIDED)
    if set(command.answers) != set(found.questions):
        return refuse(Code.NOT_IN_PACK)
    scores = [(q, a.score) for q, a in command.answers.items() if a.score is not None]
    if any(score > found.questions[question] for question, score in scores):
        return refuse(Code.NOT_IN_PACK)
    id_ = command.picture
    kept = Fact(rules.ANSWER, id_, id_, command, frozenset({hearing.party}))
    told = _fact(hearing, rules.ANSWERED, id_, id_, PictureAnswered(picture=id_))
    if len(found.answered) + 1 < rules.RATERS:
        return [kept, told]
    earlier = {
        event.party: from_body(event.body, AnswerPicture).answers
        for event in hearing.record.chain(id_)
        if event.kind == rules.ANSWER
    }
    both = PictureRated(picture=id_, answers={**earlier, str(hearing.party): command.answers})
    return [kept, told, _fact(hearing, rules.RATED, id_, id_, both)]


def promise(hearing: Hearing, command: PromisePicture) -> Answer:
    """A citizen promise, with the day by which it is to be kept."""
    found = _open(hearing, command.picture)
    if isinstance(found, Refused):
        return found
    try:
        PromiseId.parse(command.promise)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    if hearing.record.under(command.promise) is not None:
        return refuse(Code.ALREADY_DECIDED)
    due = day(command.due)
    if due is None or due < hearing.on:
        return refuse(Code.FIELD_NOT_A_DATE)
    return [_fact(hearing, rules.PROMISE, command.promise, command.picture, command)]


def follow(hearing: Hearing, command: FollowPromise) -> Answer:
    """What became of a promise, from the party that gave it; also after the picture is settled."""
    found = _picture(hearing, command.picture)
    given = None if found is None else {p.id: p for p in found.promises}.get(command.promise)
    if given is None:
        return refuse(Code.NOT_FOUND)
    if given.party != hearing.party:
        return refuse(Code.NOT_THE_OWNER)
    if given.result is not None:
        return refuse(Code.ALREADY_DECIDED)
    if command.result not in hearing.pack.reasons.get(rules.RESULTS, {}):
        return refuse(Code.NOT_IN_PACK)
    return [_fact(hearing, rules.FOLLOW, command.promise, command.picture, command)]


def settle(hearing: Hearing, command: SettlePicture) -> Answer:
    """Final, once both raters are in: the digest of all that it says, and how long it lasts."""
    found = _open(hearing, command.picture)
    if isinstance(found, Refused):
        return found
    guard = hearing.pack.picture
    if not found.rated or guard is None:
        return refuse(Code.NOT_YET)
    settled = PictureSettled(
        picture=found.id,
        digest=rules.digest(found.content()),
        lasts=rules.lasts(hearing.on, guard.years).isoformat(),
    )
    return [_fact(hearing, rules.SETTLED, found.id, found.id, settled)]


def publish(hearing: Hearing, command: PublishPicture) -> Answer:
    """The public edition of a settled version is given out, once."""
    found = _picture(hearing, command.picture)
    if found is None:
        return refuse(Code.NOT_FOUND)
    if found.open:
        return refuse(Code.NOT_YET)
    if found.published is not None:
        return refuse(Code.ALREADY_DECIDED)
    digest = rules.digest(found.public_content())
    out = PicturePublished(picture=found.id, digest=digest)
    return [_fact(hearing, rules.PUBLISHED, found.id, found.id, out)]


def _open(hearing: Hearing, id_: str) -> Picture | Refused:
    found = _picture(hearing, id_)
    if found is None:
        return refuse(Code.NOT_FOUND)
    return found if found.open else refuse(Code.WRONG_STATE)


def _picture(hearing: Hearing, id_: str) -> Picture | None:
    return rules.fold(hearing.record.chain(id_))


def _pictures(hearing: Hearing) -> Iterator[Picture]:
    for chain in hearing.record.chains(rules.BEGUN):
        found = _picture(hearing, chain)
        if found is not None:
            yield found


def _place(hearing: Hearing, area: str) -> Place | None:
    """An area of the pack, or a named one that holds today."""
    known = areas.fold(hearing.record.chain(areas.REGISTER))
    return place(hearing.pack, area, named(known, hearing.on))


def _everybody(hearing: Hearing) -> Collection[str]:
    return [str(party) for party in hearing.pack.parties]


def _fact(hearing: Hearing, kind: str, subject: str, under: str, body: Message) -> Fact:
    return Fact(kind, subject, under, body, audience(_everybody(hearing)))
