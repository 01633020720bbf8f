"""Each module has a test in the mirrored place; the list of known gaps only shrinks."""

from __future__ import annotations

from pathlib import PurePosixPath

from tests.house.mirror import allowed, gaps, is_bare, mirrors
from tests.house.source import Source


def test_no_module_is_without_its_test() -> None:
    new = gaps() - allowed()
    assert not new, "no mirrored test for: " + ", ".join(sorted(new))


def test_a_gap_that_was_closed_leaves_the_list() -> None:
    stale = allowed() - gaps()
    assert not stale, "take out of untested.txt: " + ", ".join(sorted(stale))


def test_a_package_inside_a_room_may_be_tested_as_one() -> None:
    asked = [path.as_posix() for path in mirrors(PurePosixPath("agency/sql/cases.py"))]
    assert asked == ["tests/agency/sql/test_cases.py", "tests/agency/test_sql.py"]


def test_a_module_of_a_room_is_tested_under_its_own_name() -> None:
    asked = [path.as_posix() for path in mirrors(PurePosixPath("domain/org.py"))]
    assert asked == ["tests/domain/test_org.py"]


def test_a_package_front_with_code_needs_a_test() -> None:
    front = "src/samverkan/domain/normalise/__init__.py"
    assert is_bare(Source.of(front, '"""Words."""\nfrom x import y\n'))
    assert not is_bare(Source.of(front, "def act(): ..."))
