"""Every event that the log may hold has one body, and everyone concerned is told once."""

from __future__ import annotations

from samverkan.steering.app import handlers
from samverkan.steering.ports import BODIES, audience
from tests.instruments import seeded
from tests.steering.world import small_pack


def test_every_command_may_become_an_event() -> None:
    assert set(handlers(small_pack(), seeded())) <= set(BODIES)


def test_steering_alone_says_what_follows_from_commands() -> None:
    followed = set(BODIES) - set(handlers(small_pack(), seeded()))
    assert followed == {
        "cooperation.in-force",
        "proposal.decided",
        "report.frozen",
        "case.opened",
        "picture.begun",
        "picture.answered",
        "picture.rated",
        "picture.settled",
        "picture.published",
        "variant.in-force",
        "variant.ended",
        "outcome.mark",
        "outcome.alike",
    }


def test_who_is_in_two_groups_is_told_once() -> None:
    assert audience({"a", "b"}, ["b", "c"], ()) == {"a", "b", "c"}
