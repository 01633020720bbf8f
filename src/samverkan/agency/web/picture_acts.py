"""The acts of a picture's forms, and the questionnaire of one rater."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from litestar import Response
from litestar.params import FromPath

from samverkan.agency import picturing
from samverkan.agency.pictures import pictures
from samverkan.agency.ports import Work
from samverkan.agency.web import blocks, picture_page
from samverkan.agency.web.blocks import Ask, Sheet, Sight
from samverkan.agency.web.desk import Seat, found, identifier, seat
from samverkan.agency.web.picture_facts import asked_of, score_words
from samverkan.agency.web.picture_forms import Followed, Promised
from samverkan.domain.policy import Action, Permit
from samverkan.domain.questionnaire import Asked
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PictureId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell import forms, pages
from samverkan.shell.forms import Form
from samverkan.shell.parts import Link
from samverkan.shell.routes import FormData, act, page
from samverkan.shell.visit import AnyRequest
from samverkan.wire.picturing import Answer

Do = Callable[[Work, Permit, str], object]
CANNOT = "none"
"""The choice of a rater who cannot judge a question."""


def _done(request: AnyRequest, number: str, action: Action, name: str, do: Do) -> Response[str]:
    """One act without fields; a refusal shows on the picture's page."""
    at = seat(request)
    id_ = identifier(PictureId, number)
    done = at.attempt(at.permit(action), lambda work, permit: do(work, permit, id_))
    if isinstance(done, Refused):
        return picture_page.show(at, id_, refused=done)
    return pages.redirect(request, f"/pictures/{id_}", receipt=f"receipt.picture_{name}")


@act("/pictures/{number:str}/count")
def count(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """Tell the own counts."""
    pack = seat(request).desk.pack

    def do(work: Work, permit: Permit, id_: str) -> object:
        return picturing.count(work, permit, pack, id_)

    return _done(request, number, Action.DRAW_PICTURE, "count", do)


@act("/pictures/{number:str}/settle")
def settle(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """Make the version final."""
    return _done(request, number, Action.SETTLE_PICTURE, "settle", picturing.settle)


@act("/pictures/{number:str}/publish")
def publish(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """Give out the public edition."""
    return _done(request, number, Action.SETTLE_PICTURE, "publish", picturing.publish)


@act("/pictures/{number:str}/promise")
def promise(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Give a citizen promise."""
    at = seat(request)
    id_, permit = identifier(PictureId, number), at.permit(Action.DRAW_PICTURE)
    read = forms.read(Promised, data)
    if isinstance(read, Form):
        return picture_page.show(at, id_, read, "promise")

    def do(work: Work, permit: Permit) -> object:
        return picturing.promise(work, permit, at.desk.pack, id_, text=read.text, due=read.due)

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        form = forms.filled(data).refused(done, at=done.params.get("field", "text"))
        return picture_page.show(at, id_, form, "promise")
    return pages.redirect(request, f"/pictures/{id_}", receipt="receipt.picture_promise")


@act("/pictures/{number:str}/follow")
def follow(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Say what became of an own promise."""
    at = seat(request)
    id_, permit = identifier(PictureId, number), at.permit(Action.DRAW_PICTURE)
    read = forms.read(Followed, data)
    if isinstance(read, Form):
        return picture_page.show(at, id_, read, "follow")

    def do(work: Work, permit: Permit) -> object:
        return picturing.follow(work, permit, id_, promise=read.promise, result=read.result)

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        return picture_page.show(at, id_, forms.filled(data).refused(done, at="result"), "follow")
    return pages.redirect(request, f"/pictures/{id_}", receipt="receipt.picture_follow")


@page("/pictures/{number:str}/answer")
def questions(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """The questionnaire, empty."""
    return _questions(seat(request), number, Form())


def _questions(at: Seat, number: str, form: Form) -> Response[str]:
    id_ = identifier(PictureId, number)
    with at.desk.read(at.permit(Action.DRAW_PICTURE), id_, "follow-up") as reading:
        picture = found(pictures(reading).get(id_))
    asked = asked_of(at, picture)
    sheet = Sheet(
        path=f"/pictures/{id_}/answer",
        heading=at.t("pictures.questionnaire"),
        lead=at.t("pictures.answer_means"),
        button=at.t("pictures.answer_send"),
        form=form,
        asks=[ask for one in asked for ask in _asks(at, one)],
    )
    above = Link(at.t("pictures.back"), f"/pictures/{id_}")
    sight = Sight(title=at.t("pictures.answer"), above=above, blocks=[sheet])
    return blocks.show(at.request, sight)


def _asks(at: Seat, one: Asked) -> list[Ask]:
    choices = [(str(score), score_words(at, one, score)) for score in range(one.most + 1)]
    choices.append((CANNOT, at.t("pictures.cannot_judge")))
    return [
        Ask(
            name=one.code,
            words=one.names.get(at.names.language, one.code),
            kind="radio",
            choices=choices,
        ),
        Ask(
            name=f"{one.code}-evidence",
            words=at.t("pictures.evidence"),
            kind="area",
            hint=one.evidence.get(at.names.language, ""),
        ),
    ]


@act("/pictures/{number:str}/answer")
def answer(request: AnyRequest, number: FromPath[str], data: FormData) -> Response[str]:
    """Send the own answers."""
    at = seat(request)
    id_, permit = identifier(PictureId, number), at.permit(Action.DRAW_PICTURE)
    with at.desk.read(permit, id_, "follow-up") as reading:
        picture = found(pictures(reading).get(id_))
    form = _checked(picture.questions, data)
    if form.errors:
        return _questions(at, id_, form)
    given = {code: _answer(data, code) for code in picture.questions}

    def do(work: Work, permit: Permit) -> object:
        return picturing.answer(work, permit, at.desk.pack, id_, given)

    done = at.attempt(permit, do)
    if isinstance(done, Refused):
        first = next(iter(picture.questions), "")
        return _questions(at, id_, form.refused(done, at=done.params.get("field", first)))
    return pages.redirect(request, f"/pictures/{id_}", receipt="receipt.picture_answered")


def _checked(asked: Mapping[str, int], data: Mapping[str, object]) -> Form:
    """Every mistake of the questionnaire at once."""
    form = forms.filled(data)
    for code, most in asked.items():
        if not form.value(code):
            form = form.refused(refuse(Code.FIELD_MISSING), at=code)
        elif form.value(code) not in {CANNOT, *map(str, range(most + 1))}:
            form = form.refused(refuse(Code.FIELD_NOT_A_CHOICE), at=code)
        if not form.value(f"{code}-evidence").strip():
            form = form.refused(refuse(Code.FIELD_MISSING), at=f"{code}-evidence")
        elif len(form.value(f"{code}-evidence")) > picturing.LONGEST:
            most_letters = str(picturing.LONGEST)
            form = form.refused(
                refuse(Code.FIELD_TOO_LONG, max=most_letters), at=f"{code}-evidence"
            )
    return form


def _answer(data: Mapping[str, object], code: str) -> Answer:
    score = str(data.get(code, ""))
    written = str(data.get(f"{code}-evidence", "")).replace("\r\n", "\n").strip()
    return Answer(score=None if score == CANNOT else int(score), evidence=written)


HANDLERS = [count, settle, publish, promise, follow, questions, answer]
