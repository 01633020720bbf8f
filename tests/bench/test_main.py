"""`python -m bench` prints one JSON object that says what, how much, on which machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.__main__ import main

SAMPLE = {"sample": "tests.bench.sample"}


def test_run_prints_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "sample", "--scale", "small", "--seed", "8", "--json"], SAMPLE) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"name", "figures", "machine", "versions", "seed", "scale", "date"} == set(told)
    assert (told["name"], told["scale"], told["seed"]) == ("sample", "small", 8)
    assert told["figures"] == [
        {"name": "took", "value": 8.0, "unit": "s", "must": "< 10", "ok": True}
    ]
    assert told["machine"]["cores"] >= 1


def test_a_missed_figure_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "sample", "--seed", "11"], SAMPLE) == 1
    assert capsys.readouterr().out.startswith("NOT took")


def test_list_names_the_benchmarks_and_their_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"], SAMPLE) == 0
    assert capsys.readouterr().out == "sample: a sample\n  took\n"


def test_store_keeps_a_file_for_each_benchmark(tmp_path: Path) -> None:
    assert main(["store", str(tmp_path / "figures")], SAMPLE) == 0
    kept = json.loads((tmp_path / "figures" / "sample.json").read_text(encoding="utf-8"))
    assert kept["figures"][0]["ok"]


def test_an_unknown_benchmark_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "roofs"], SAMPLE) == 2
    assert "sample" in capsys.readouterr().err
