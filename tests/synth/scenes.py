"""One small world for the tests of the package."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from samverkan.synth.forms import REGISTERS
from samverkan.synth.numbers import Numbers, numbers
from samverkan.synth.people import Block, Extent, draw_companies, draw_persons
from samverkan.synth.registers import Register
from samverkan.synth.staging import Stage, set_stage

DAY = date(2026, 6, 30)
BY_PARTY: dict[str, Register] = {register.party: register for register in REGISTERS}


@cache
def world() -> Numbers:
    return numbers(Random(1), DAY)


def extent(number: int = 0, persons: int = 3000) -> Extent:
    first = number * 3000
    return Extent(number, first, persons, first // 15, persons // 15)


def block(seed: int = 5, persons: int = 600) -> Block:
    rng = Random(seed)
    drawn = draw_persons(rng, world(), extent(persons=persons))
    draw_companies(rng, world(), drawn, {})
    return drawn


@cache
def stage(number: int = 0) -> Stage:
    """A block with its plots. Nobody changes it."""
    return set_stage(Random(5), world(), extent(number))
