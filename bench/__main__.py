"""`python -m bench list` · `run NAME [--part P] [--scale S] [--seed N] [--json]` · `store DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench.benchmark import MODULES, Benchmark, Conditions, NoSuchBenchmark, find
from bench.machine import machine, versions


def result(
    benchmark: Benchmark, conditions: Conditions, part: str | None = None
) -> dict[str, object]:
    """Measure, and tell with what. Raises `NoSuchBenchmark` for an unknown part."""
    figures = benchmark.measure(conditions, part)
    return {
        "name": benchmark.name,
        "figures": [figure.as_json() for figure in figures],
        "machine": machine(),
        "versions": versions(),
        "seed": conditions.seed,
        "scale": conditions.scale,
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def table(told: dict[str, object]) -> str:
    """The figures of a result for reading in a terminal."""
    figures = told["figures"]
    assert isinstance(figures, list)
    lines = []
    for figure in figures:
        mark = "ok " if figure["ok"] else "NOT"
        must = f"  must be {figure['must']}" if figure["must"] else ""
        lines.append(f"{mark} {figure['name']:<34} {figure['value']:>12g} {figure['unit']}{must}")
    return "\n".join(lines)


def _list(modules: Mapping[str, str]) -> int:
    for name in modules:
        benchmark = find(name, modules)
        print(f"{name}: {benchmark.about}")
        for part in benchmark.parts:
            print(f"  {part}")
    return 0


def _run(arguments: argparse.Namespace, modules: Mapping[str, str]) -> int:
    benchmark = find(arguments.name, modules)
    conditions = Conditions(arguments.scale or benchmark.scale, arguments.seed)
    told = result(benchmark, conditions, arguments.part)
    print(json.dumps(told, ensure_ascii=False) if arguments.json else table(told))
    return _exit_code(told)


def _store(arguments: argparse.Namespace, modules: Mapping[str, str]) -> int:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    worst = 0
    for name in modules:
        benchmark = find(name, modules)
        told = result(benchmark, Conditions(arguments.scale or benchmark.scale, arguments.seed))
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        (arguments.folder / f"{name}.json").write_text(text, encoding="utf-8")
        print(table(told))
        worst = max(worst, _exit_code(told))
    return worst


def _exit_code(told: dict[str, object]) -> int:
    """0 when every figure is what it must be, else 1."""
    figures = told["figures"]
    assert isinstance(figures, list)
    return int(not all(figure["ok"] for figure in figures))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    whole = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True)
    commands.add_parser("list")
    run, store = commands.add_parser("run"), commands.add_parser("store")
    run.add_argument("name")
    run.add_argument("--part")
    run.add_argument("--json", action="store_true")
    store.add_argument("folder", type=Path)
    for command in (run, store):
        command.add_argument("--scale")
        command.add_argument("--seed", type=int, default=7)
    return whole


def main(words: list[str] | None = None, modules: Mapping[str, str] = MODULES) -> int:
    """Do what the words say. 2 for a benchmark or part that there is not."""
    arguments = parser().parse_args(words)
    try:
        match arguments.command:
            case "list":
                return _list(modules)
            case "run":
                return _run(arguments, modules)
            case _:
                return _store(arguments, modules)
    except NoSuchBenchmark as missing:
        print(f"there is only: {missing}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
