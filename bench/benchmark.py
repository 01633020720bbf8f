"""A benchmark is a named list of parts; a part measures something and gives its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module

from bench.figure import Figure


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the run is told. A part that has no sizes ignores the scale."""

    scale: str
    seed: int


Part = Callable[[Conditions], Iterable[Figure]]

MODULES: Mapping[str, str] = {
    "walls": "bench.walls",
    "chain": "bench.chain",
    "suppression": "bench.suppression",
    "evaluation": "bench.evaluation",
    "territory": "bench.territory",
}
"""Name of each benchmark, and the module that holds its `PARTS` (part name → part) and `ABOUT`.

`SCALE`, if it has one, is the size that it runs at when none is asked for.
"""


USUAL = "tiny"
"""The scale of a benchmark that has none of its own."""


class NoSuchBenchmark(Exception):
    """No benchmark, or no part of it, has this name. Names those that there are."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What one module measures."""

    name: str
    about: str
    parts: dict[str, Part]
    scale: str = USUAL
    """The size that it runs at when none is asked for."""

    def measure(self, conditions: Conditions, only: str | None = None) -> list[Figure]:
        """Run all parts, or one, in order. Raises `NoSuchBenchmark` for an unknown part."""
        if only is not None and only not in self.parts:
            raise NoSuchBenchmark(", ".join(self.parts))
        chosen = self.parts if only is None else {only: self.parts[only]}
        return [figure for part in chosen.values() for figure in part(conditions)]


def find(name: str, modules: Mapping[str, str] = MODULES) -> Benchmark:
    """The benchmark of that name. Raises `NoSuchBenchmark`."""
    if name not in modules:
        raise NoSuchBenchmark(", ".join(modules))
    module = import_module(modules[name])
    scale = getattr(module, "SCALE", USUAL)
    return Benchmark(name, module.ABOUT, dict(module.PARTS), scale)
