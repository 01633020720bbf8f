"""Which test file answers for which module."""

from __future__ import annotations

import ast
from pathlib import Path, PurePosixPath

from tests.house.source import ROOT, Source, python_files

UNTESTED = Path(__file__).with_name("untested.txt")


def mirrors(module: PurePosixPath) -> list[PurePosixPath]:
    """The test files of which one must be there, for a module below `src/samverkan`.

    `x/y.py` is tested by `tests/x/test_y.py`; a package inside a room (`x/y/z.py`) may be tested
    as one, by `tests/x/test_y.py`; a package's own module by the test that bears its name.
    """
    own = PurePosixPath("tests") / module
    if module.name == "__init__.py":
        return [own.parent.with_name(f"test_{own.parent.name}.py"), own.with_name("test_init.py")]
    asked = [own.with_name(f"test_{own.name}")]
    if len(module.parts) > 2:
        asked.append(own.parent.with_name(f"test_{own.parent.name}.py"))
    return asked


def is_bare(source: Source) -> bool:
    """A package front that only documents and re-exports holds nothing to test."""
    bare = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    return source.path.name == "__init__.py" and all(
        isinstance(node, bare) for node in source.tree.body
    )


def gaps(root: Path = ROOT) -> set[str]:
    """Modules without a mirrored test. Migrations are tested by running them."""
    missing = set()
    for source in python_files("src"):
        module = source.path.relative_to("src/samverkan")
        if is_bare(source) or "migrations" in module.parts:
            continue
        if not any((root / test).exists() for test in mirrors(module)):
            missing.add(module.as_posix())
    return missing


def allowed() -> set[str]:
    """Gaps that are known. The list may only shrink."""
    lines = UNTESTED.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}
