"""The method library: whoever writes, everybody is told; a body takes up, and tells what happened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from samverkan.domain.pack import Grade
from samverkan.kernel.ids import AdoptionId, MethodId
from samverkan.steering import learning
from samverkan.wire.method import AdoptMethod, PublishMethod, ReportMethod
from tests.steering.world import BENEFITS, POLICE, TAX, WORK, Room, by, new, words

KEEPS = by("officer", "keep-the-method-library")


@pytest.fixture
def room() -> Room:
    room = Room()
    grade = Grade(words("described"), words("what it takes"))
    room.pack = replace(room.pack, grades={"described": grade})
    return room


def method(**changes: Any) -> PublishMethod:
    texts = dict.fromkeys(("title", "problem", "approach", "organisation", "result"), "Words.")
    given: dict[str, Any] = {"method": new(MethodId), "version": 1, "agencies": [TAX], **texts}
    return PublishMethod(by=KEEPS, **({"grade": "described"} | given | changes))


def adoption(method: str, **changes: Any) -> AdoptMethod:
    given: dict[str, Any] = {"body": "council", "since": "2026-11-01", "version": 1}
    adoption = new(AdoptionId)
    return AdoptMethod(by=KEEPS, adoption=adoption, method=method, **(given | changes))


def back(adoption: str) -> ReportMethod:
    return ReportMethod(
        by=KEEPS, adoption=adoption, on="2026-11-20", result="It took hold.", grade="described"
    )


def test_every_party_hears_of_a_method(room: Room) -> None:
    (fact,) = room.hear(learning.publish, TAX, method(body="council"))
    assert fact.to == frozenset(room.pack.parties)


def test_the_next_version_is_the_authors(room: Room) -> None:
    first = method()
    room.hear(learning.publish, TAX, first)
    second = method(method=first.method, version=2)
    assert room.refused(learning.publish, POLICE, second) == "not_the_owner"
    room.hear(learning.publish, TAX, second)
    assert room.refused(learning.publish, TAX, second) == "already_decided"


def test_a_body_takes_it_up_once_and_tells_what_happened(room: Room) -> None:
    one = method()
    room.hear(learning.publish, TAX, one)
    taken = adoption(one.method)
    assert room.refused(learning.adopt, WORK, taken) == "not_a_member"
    room.hear(learning.adopt, BENEFITS, taken)
    assert room.refused(learning.adopt, POLICE, adoption(one.method)) == "already_decided"
    (fact,) = room.hear(learning.report_back, POLICE, back(taken.adoption))
    assert (fact.kind, fact.under) == ("method.report-back", taken.adoption)
    assert room.refused(learning.report_back, WORK, back(taken.adoption)) == "not_found"


@pytest.mark.parametrize("changes", [{"body": "gone"}, {"since": "2019-12-31"}])
def test_a_body_that_is_not_there_that_day_takes_nothing_up(
    room: Room, changes: dict[str, Any]
) -> None:
    one = method()
    room.hear(learning.publish, TAX, one)
    assert room.refused(learning.adopt, POLICE, adoption(one.method, **changes)) == "body_not_there"
