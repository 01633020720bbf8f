"""Signed, then sealed: the hub can neither read, redirect nor renumber, and nobody else can send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from samverkan.infra.envelope import enclose, instant, moment, unfold
from samverkan.infra.seal import PrivateKeys, PublicKeys, seal, sign
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from samverkan.wire import v1
from tests.infra.postoffice import envelope, frame
from tests.infra.stores import keys_of
from tests.instruments import NOON

MINE, FK, THIEF = keys_of("polisen"), keys_of("fk"), keys_of("thief")


def opened(sent: v1.Frame, *, sender: list[PublicKeys] | None = None) -> v1.Envelope | Code:
    """What the police read, or the code of the refusal."""
    try:
        return unfold(sent, me="polisen", keys=[MINE], sender=sender or [FK.public])
    except RefusedError as error:
        return error.refused.code


def test_what_was_enclosed_is_unfolded() -> None:
    sent = envelope()
    assert opened(frame(sent)) == sent


def test_the_frame_shows_routing_and_nothing_of_the_body() -> None:
    sent = envelope(body={"word": "harbour"})
    shown = v1.canonical(frame(sent))
    assert b"harbour" not in shown
    assert b"word" not in shown


def test_a_frame_for_somebody_else_is_not_ours() -> None:
    assert opened(frame(envelope(to="kfm"))) is Code.MESSAGE_NOT_FOR_US


def test_a_frame_redirected_to_us_does_not_open() -> None:
    assert opened(frame(envelope(to="kfm"), to="polisen")) is Code.MESSAGE_NOT_FOR_US


def test_a_receiver_who_seals_it_on_cannot_pass_it_off_as_sent_to_a_third() -> None:
    inner = sign(v1.canonical(envelope(to="kfm")), FK)
    passed_on = frame(envelope(), sealed=seal(inner, MINE.public))
    assert opened(passed_on) is Code.MESSAGE_SIGNATURE


@pytest.mark.parametrize(
    "altered",
    [
        frame(envelope(), id="msg-00000000000000000000000001"),
        frame(envelope(), cls="call"),
        frame(envelope(), sender="kfm"),
        frame(envelope(), seq=2),
    ],
)
def test_altered_routing_is_refused(altered: v1.Frame) -> None:
    assert opened(altered) is Code.MESSAGE_SIGNATURE


def test_a_signature_of_anybody_else_is_refused() -> None:
    assert opened(frame(envelope(), keys=THIEF)) is Code.MESSAGE_SIGNATURE


def test_nobody_pinned_means_nobody_believed() -> None:
    with pytest.raises(RefusedError):
        unfold(frame(envelope()), me="polisen", keys=[MINE], sender=[])


def test_ciphertext_that_was_altered_does_not_open() -> None:
    sent = frame(envelope())
    head, _, tail = sent.sealed.rpartition(".")
    altered = head + "." + ("A" if tail[0] != "A" else "B") + tail[1:]
    assert opened(frame(envelope(), sealed=altered)) is Code.MESSAGE_NOT_FOR_US


def test_an_older_key_of_ours_still_opens() -> None:
    sent = envelope()
    newer = keys_of("polisen2")
    assert unfold(frame(sent), me="polisen", keys=[newer, MINE], sender=[FK.public]) == sent


def test_any_pinned_key_of_the_sender_that_the_caller_admits_verifies() -> None:
    assert isinstance(opened(frame(envelope()), sender=[THIEF.public, FK.public]), v1.Envelope)


def signed_as_it_is(payload: bytes, keys: PrivateKeys = FK) -> v1.Frame:
    """A frame around bytes that a sender signed without our help."""
    return frame(envelope(), sealed=seal(sign(payload, keys), MINE.public))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        v1.canonical(envelope()).replace(b'"v":1', b'"v":2'),
        v1.canonical(envelope()).replace(b'"v":1', b'"v":1,"x":1'),
        v1.canonical(envelope(sent_at="2026-13-01T00:00:00Z")),
        v1.canonical(envelope(deadline="2026-02-30T00:00:00Z")),
        v1.canonical(envelope(sender="fk\n")),
    ],
)
def test_what_is_no_envelope_of_this_version_is_malformed(payload: bytes) -> None:
    assert opened(signed_as_it_is(payload)) is Code.MESSAGE_MALFORMED


@pytest.mark.parametrize("payload", [b" %b", b"%b\n", b'{"v":1,%b'])
def test_bytes_other_than_the_canonical_ones_are_malformed(payload: bytes) -> None:
    text = v1.canonical(envelope())
    inner = text[1:] if payload.startswith(b"{") else text
    assert opened(signed_as_it_is(payload % inner)) is Code.MESSAGE_MALFORMED


def test_moments_travel_in_utc() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=1)))
    assert instant(there) == "2026-11-24T12:00:00.000000Z"
    assert moment(instant(there)) == NOON == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_two_enclosings_are_unlike_to_who_looks_on() -> None:
    sent = envelope()
    one, two = (enclose(sent, keys=FK, to=MINE.public) for _ in range(2))
    assert one.sealed != two.sealed
