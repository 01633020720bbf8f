"""Sessions: what the store may know, when they end, what signing in and out does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.kernel.ids import Randomness, UserId
from samverkan.shell.session import Limits, MemorySessions, Sessions, digest_of, well_formed
from tests.instruments import FixedClock

ANNA = UserId("usr-" + "0" * 26)


@pytest.fixture
def store() -> MemorySessions:
    return MemorySessions()


@pytest.fixture
def sessions(store: MemorySessions, clock: FixedClock, randomness: Randomness) -> Sessions:
    limits = Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=10))
    return Sessions(store, clock, randomness, limits)


def test_the_token_finds_the_officer(sessions: Sessions) -> None:
    found = sessions.find(sessions.begin(ANNA))
    assert found is not None
    assert found.user_id == ANNA


def test_the_store_never_holds_the_token(sessions: Sessions, store: MemorySessions) -> None:
    token = sessions.begin(ANNA)
    assert store.get(digest_of(token)) is not None
    assert store.get(token.encode()) is None
    assert len(digest_of(token)) == 32


def test_an_idle_session_ends_and_is_forgotten(
    sessions: Sessions, store: MemorySessions, clock: FixedClock
) -> None:
    token = sessions.begin(ANNA)
    clock.advance(timedelta(minutes=30))
    assert sessions.find(token) is None
    assert store.get(digest_of(token)) is None


def test_use_postpones_the_idle_end(sessions: Sessions, clock: FixedClock) -> None:
    token = sessions.begin(ANNA)
    for _ in range(3):
        clock.advance(timedelta(minutes=29))
        assert sessions.find(token) is not None


def test_no_use_carries_a_session_past_its_greatest_age(
    sessions: Sessions, clock: FixedClock
) -> None:
    token = sessions.begin(ANNA)
    for _ in range(29):
        clock.advance(timedelta(minutes=20))
        assert sessions.find(token) is not None
    clock.advance(timedelta(minutes=20))
    assert sessions.find(token) is None


def test_a_session_used_within_a_minute_is_not_written_again(
    sessions: Sessions, store: MemorySessions, clock: FixedClock
) -> None:
    token = sessions.begin(ANNA)
    before = store.get(digest_of(token))
    clock.advance(timedelta(seconds=59))
    sessions.find(token)
    assert store.get(digest_of(token)) == before
    clock.advance(timedelta(seconds=1))
    sessions.find(token)
    assert store.get(digest_of(token)) != before


def test_signing_out_ends_the_session(sessions: Sessions) -> None:
    token = sessions.begin(ANNA)
    sessions.end(token)
    assert sessions.find(token) is None


def test_a_late_use_does_not_bring_a_dropped_session_back(
    sessions: Sessions, store: MemorySessions, clock: FixedClock
) -> None:
    token = sessions.begin(ANNA)
    sessions.end(token)
    store.extend(digest_of(token), clock() + timedelta(hours=1))
    assert sessions.find(token) is None


def test_dead_sessions_are_swept_when_another_begins(
    sessions: Sessions, store: MemorySessions, clock: FixedClock
) -> None:
    token = sessions.begin(ANNA)
    clock.advance(timedelta(hours=1))
    sessions.begin(ANNA)
    assert store.get(digest_of(token)) is None


def test_only_43_letters_of_base64url_can_be_a_token(sessions: Sessions) -> None:
    assert well_formed(sessions.draw())
    assert not well_formed(None)
    assert not well_formed("a" * 42)
    assert not well_formed("a" * 42 + ";")
