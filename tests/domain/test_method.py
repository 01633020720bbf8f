"""Methods grow by versions and reports; nothing that was written goes away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.domain import method as rules
from samverkan.domain.method import Library
from samverkan.domain.pack import Grade, Pack, Tried
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import AdoptionId, MethodId, PartyId
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import By, Event
from samverkan.wire.method import AdoptMethod, PublishMethod, ReportMethod
from samverkan.wire.v1 import Message, to_body
from tests.domain.packing import small
from tests.instruments import seeded

draw = seeded()
METHOD, ADOPTION = MethodId.draw(draw), AdoptionId.draw(draw)
BY = By(user="usr-" + "1" * 26, role="officer", policy="keep-the-method-library")
WORDS = {"sv": "ord", "en": "words"}
TODAY = date(2026, 11, 24)


def model() -> Pack:
    grades = {"described": Grade(WORDS, WORDS), "evaluated": Grade(WORDS, WORDS)}
    w = WORDS
    told = Tried("told", w, w, w, w, w, w, (PartyId("tax"),), "described", TODAY, ())
    return replace(small(), grades=grades, methods={"told": told})


def published(**changes: Any) -> PublishMethod:
    texts = dict.fromkeys(("title", "problem", "approach", "organisation", "result"), "Words.")
    given: dict[str, Any] = {"method": METHOD, "version": 1, "agencies": ["tax"], **texts}
    return PublishMethod(by=BY, **({"grade": "described"} | given | changes))


def adopted(**changes: Any) -> AdoptMethod:
    given: dict[str, Any] = {"adoption": ADOPTION, "method": METHOD, "version": 1}
    given |= {"body": "council", "since": "2026-11-01"}
    return AdoptMethod(by=BY, **(given | changes))


def back(**changes: Any) -> ReportMethod:
    given: dict[str, Any] = {"adoption": ADOPTION, "on": "2026-11-20", "result": "It took hold."}
    return ReportMethod(by=BY, **({"grade": "evaluated"} | given | changes))


def event(kind: str, body: Message, party: str = "tax") -> Event:
    return Event(party=party, at="2026-11-24T12:00:00Z", kind=kind, body=to_body(body))


LIBRARY = rules.fold([event(rules.PUBLISH, published()), event(rules.ADOPT, adopted())])


def publish(library: Library, command: PublishMethod, party: str = "tax") -> Refused | None:
    return rules.publish(library, model(), party, command, places=("0114", "council"))


def adopt(command: AdoptMethod, *members: str, party: str = "tax") -> Refused | None:
    return rules.adopt(LIBRARY, model(), party, command, members=members)


def code(answer: Refused | None) -> Code | None:
    return None if answer is None else answer.code


def test_a_new_version_never_erases_the_older() -> None:
    second = event(rules.PUBLISH, published(version=2, result="Less than hoped."))
    library = rules.fold([event(rules.PUBLISH, published()), second])
    assert [one.body.result for one in library.methods[METHOD]] == ["Words.", "Less than hoped."]


def test_what_happened_stands_beside_what_was_told_before() -> None:
    told = [event(rules.REPORT, back(result=text)) for text in ("At first.", "Later.")]
    events = [event(rules.PUBLISH, published()), event(rules.ADOPT, adopted()), *told]
    (one,) = rules.fold(events).adopted(METHOD)
    assert [report.body.result for report in one.told] == ["At first.", "Later."]


def test_a_report_on_an_adoption_that_is_not_known_is_passed_over() -> None:
    assert rules.fold([event(rules.REPORT, back())]) == Library()


@pytest.mark.parametrize(
    ("changes", "party", "expected"),
    [
        ({"version": 2}, "tax", None),
        ({"version": 1}, "tax", Code.ALREADY_DECIDED),
        ({"version": 3}, "tax", Code.ALREADY_DECIDED),
        ({"version": 2}, "police", Code.NOT_THE_OWNER),
        ({"version": 2, "grade": "certain"}, "tax", Code.NOT_IN_PACK),
        ({"version": 2, "agencies": ["nobody"]}, "tax", Code.NOT_IN_PACK),
        ({"version": 2, "area": "9999"}, "tax", Code.NOT_IN_PACK),
        ({"version": 2, "title": "x" * 201}, "tax", Code.FIELD_TOO_LONG),
        ({"method": "ado-" + "1" * 26}, "tax", Code.FORM_INVALID),
    ],
)
def test_the_next_version_is_the_authors_and_speaks_the_packs_words(
    changes: dict[str, Any], party: str, expected: Code | None
) -> None:
    assert code(publish(LIBRARY, published(**changes), party)) is expected


def test_a_new_method_begins_with_its_first_version() -> None:
    assert publish(Library(), published(area="0114", body="council")) is None
    assert code(publish(Library(), published(version=2))) is Code.ALREADY_DECIDED


@pytest.mark.parametrize(
    ("changes", "members", "expected"),
    [
        ({"method": "told"}, ("tax",), None),
        ({}, ("tax",), Code.ALREADY_DECIDED),
        ({"method": "told"}, (), Code.BODY_NOT_THERE),
        ({"method": "told"}, ("police",), Code.NOT_A_MEMBER),
        ({"method": "told", "version": 2}, ("tax",), Code.NOT_FOUND),
        ({"method": "unheard"}, ("tax",), Code.NOT_FOUND),
        ({"adoption": METHOD}, ("tax",), Code.FORM_INVALID),
    ],
)
def test_a_body_takes_a_known_version_up_once_by_a_party_that_sits_there(
    changes: dict[str, Any], members: tuple[str, ...], expected: Code | None
) -> None:
    fresh = {"adoption": AdoptionId.draw(draw)} | changes
    assert code(adopt(adopted(**fresh), *members)) is expected


@pytest.mark.parametrize(
    ("changes", "sits", "expected"),
    [
        ({}, True, None),
        ({}, False, Code.NOT_FOUND),
        ({"adoption": AdoptionId.draw(draw)}, True, Code.NOT_FOUND),
        ({"on": "2026-10-31"}, True, Code.FIELD_NOT_A_DATE),
        ({"on": "2026-11-25"}, True, Code.FIELD_NOT_A_DATE),
        ({"grade": "certain"}, True, Code.NOT_IN_PACK),
    ],
)
def test_what_happened_is_told_by_who_sits_there_of_a_day_since_then(
    changes: dict[str, Any], *, sits: bool, expected: Code | None
) -> None:
    answer = rules.report_back(LIBRARY, model(), back(**changes), sits=sits, on=TODAY)
    assert code(answer) is expected
