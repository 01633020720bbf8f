"""Variants are held against the model by file and line, and their differences are dated and decided."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samverkan.embedded import variants
from samverkan.embedded.house import pack_folder
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from samverkan.shell import texts
from samverkan.shell.texts import Language

T = texts.load(texts.HERE)[Language.EN]
SE = pack_folder("se")


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A copy of the pack, to plant faults in."""
    return Path(shutil.copytree(SE, tmp_path / "se"))


def replaced(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_the_shipped_variants_stand() -> None:
    assert list(variants.check(T, [SE], "se")) == []


def test_a_variant_file_is_held_against_the_pack_by_line(tmp_path: Path) -> None:
    file = Path(shutil.copy(SE / "variants" / "vivalla.yaml", tmp_path / "own.yaml"))
    replaced(file, "{process: meeting, step: round}", "{process: disclosure, step: balance}")
    (fault,) = variants.check(T, [file], "se")
    line = (
        file.read_text(encoding="utf-8")
        .splitlines()
        .index("    drop: {process: disclosure, step: balance}")
    )
    said = "removes the balancing test, which SFS 2016:774 § 2 demands"
    assert fault == f"own.yaml:{line + 1}: {said}"


def test_a_body_that_no_longer_exists_is_one_clear_sentence(planted: Path) -> None:
    replaced(planted / "variants" / "bergslagen.yaml", "by: rsr-bergslagen", "by: rsr-dalarna")
    faults = list(variants.check(T, [planted], "se"))
    assert faults
    assert all("bodies: rsr-dalarna" in one or "variants: bergslagen" in one for one in faults)


def test_a_variant_is_read_after_the_one_that_it_builds_upon(planted: Path) -> None:
    first = planted / "variants" / "a.yaml"
    (planted / "variants" / "vivalla.yaml").rename(first)
    assert list(variants.check(T, [planted], "se")) == []


def test_a_faulty_core_is_refused_and_no_variant_is_blamed(planted: Path) -> None:
    replaced(planted / "openness.yaml", "openness: bounded", "openness: perhaps")
    with pytest.raises(RefusedError) as refused:
        list(variants.check(T, [planted], "se"))
    assert refused.value.refused.code is Code.PACK_INVALID


def test_an_upgrade_names_each_conflict(planted: Path) -> None:
    replaced(planted / "pack.yaml", "version: 1", "version: 2")
    replaced(planted / "processes.yaml", "regional: {weeks: 4", "regional: {weeks: 6")
    assert list(variants.upgrade(T, SE, planted)) == [
        (
            "bergslagen/fortnightly: changes meeting rhythm, which the common model itself has "
            "changed since the variant was written"
        )
    ]


def test_each_difference_says_since_when_and_who_decided() -> None:
    rows = {row.key: row for row in variants.diff(T, "bergslagen", "core", "se")}
    row = rows["rhythm"]
    assert (row.core, row.variant) == ("every 4 weeks, Wednesday", "every 2 weeks, Thursday")
    assert (row.since, row.until, row.decided) == ("2026-02-01", None, "2026-01-21")
    assert row.by == "Regional Cooperation Council Bergslagen"
    assert set(rows) >= {"proposal/surface-check", "criterion:local-harm", "weight:capacity"}


def test_two_variants_are_held_against_each_other() -> None:
    rows = {row.key: row for row in variants.diff(T, "vivalla", "bergslagen", "se")}
    assert (rows["rhythm"].core, rows["rhythm"].variant) == (
        "every 2 weeks, Thursday",
        "every week, Tuesday",
    )
    assert rows["weight:capacity"].variant == "weight 1 for Capacity"


def test_a_variant_that_does_not_come_with_the_pack_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        variants.diff(T, "atlantis", "core", "se")
    assert refused.value.refused.code is Code.NOT_IN_PACK
