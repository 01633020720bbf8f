"""The forms of packs/se for tests that need no pack besides: read once."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from samverkan.domain.normalise import Forms, Profile, forms_of
from samverkan.domain.pack import Pack
from samverkan.infra.packs import load_pack
from samverkan.kernel.purpose import Stamp

SE = Path(__file__).parents[1] / "packs" / "se"


@cache
def national() -> Pack:
    """The Swedish pack."""
    pack = load_pack(SE)
    assert isinstance(pack, Pack), pack
    return pack


def forms() -> Forms:
    """Its compiled ways of writing."""
    return forms_of(national().writing)


def profile(stamp: Stamp, on: date) -> Profile:
    """A profile by which its numbers and names are read."""
    return Profile(stamp, on, forms())
