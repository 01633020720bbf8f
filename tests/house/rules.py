"""The rules of the house that no ready linter knows, each a function from a file to its faults.

A fault reads `path:line sentence`. The rules themselves are tried on planted faults in
`test_rules.py`; `test_tree.py` applies them to the tree.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from tests.house.source import Source

Rule = Callable[[Source], Iterator[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 6

PROOFS = {
    "Permit": "domain/policy",
    "Released": "domain/disclosure",
    "Verified": "agency/app",
}
"""Types that prove that a check was made, and the one module that may make them."""

_POSTMEN = {"Verified": "tests/agency"}
"""Where a test stands in for the postman, who alone has seen the signature."""

_CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"},
    "os": {"urandom", "getrandom"},
    "uuid": {"uuid1", "uuid4", "uuid7"},
}
_EDGES = ("src/samverkan/infra", "src/samverkan/embedded", "src/samverkan/cli")
_SCREEN = ("src/samverkan/cli", "src/samverkan/cli.py")
_SWEDISH = frozenset("åäöÅÄÖ")

SPEAKS_SWEDISH = {
    "src/samverkan/synth": "invents names and streets; data of a made-up Sweden, not texts",
}
"""Where letters with rings and dots are the matter itself, and why."""


def at_the_edge(source: Source) -> bool:
    """May this file read the clock and draw randomness? Only wiring and technology may."""
    wiring = source.path.name == "app.py" or source.path.parent.name == "app"
    return wiring or source.under(*_EDGES, "src/samverkan/cli.py")


def ambient(source: Source) -> Iterator[str]:
    """Clock and randomness are arguments outside the edge; a seeded `random.Random` is one too."""
    if at_the_edge(source):
        return
    for node in ast.walk(source.tree):
        for name in _ambient_names(node):
            yield _fault(source, node, f"reads {name}; take it as an argument")


def _ambient_names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names if alias.name == "secrets")
        case ast.ImportFrom(module=str(module), names=names):
            for alias in names:
                if module == "secrets" or _is_ambient(module, alias.name):
                    yield f"{module}.{alias.name}"
        case ast.Attribute(value=ast.Name(id=owner), attr=attr):
            if _is_ambient(owner, attr):
                yield f"{owner}.{attr}"
        case ast.Attribute(value=ast.Attribute(attr=owner), attr=attr):
            if owner != "random" and _is_ambient(owner, attr):
                yield f"{owner}.{attr}"
        case ast.Call(func=ast.Attribute(attr="Random") | ast.Name(id="Random"), args=[]):
            yield "Random() without a seed"


def _is_ambient(owner: str, attr: str) -> bool:
    return attr in _CLOCKS.get(owner, ()) or (owner == "random" and attr != "Random")


def forged_proof(source: Source) -> Iterator[str]:
    """A proof is made in its home module alone; that module's own test may try to."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        for name in _made(node) & PROOFS.keys():
            if not _at_home(source.path, PROOFS[name]) and not _stands_in(source.path, name):
                yield _fault(source, node, f"makes a {name}; only {PROOFS[name]} may")


def _made(call: ast.Call) -> set[str]:
    names = [call.func]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "__new__":
        names = list(call.args)
    return {_last_name(name) for name in names}


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _at_home(path: PurePosixPath, home: str) -> bool:
    room, module = home.split("/")
    homes = (f"src/samverkan/{room}/{module}.py", f"tests/{room}/test_{module}.py")
    return path.as_posix() in homes or path.is_relative_to(f"src/samverkan/{home}")


def _stands_in(path: PurePosixPath, proof: str) -> bool:
    return proof in _POSTMEN and path.is_relative_to(_POSTMEN[proof])


def swallowed(source: Source) -> Iterator[str]:
    """No handler takes every exception: a failure that nobody foresaw must be seen."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _takes_everything(node.type):
            yield _fault(source, node, "takes every exception; name the ones that are expected")


def _takes_everything(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_takes_everything(part) for part in kind.elts)
    return kind is None or _last_name(kind) in {"Exception", "BaseException"}


def printed(source: Source) -> Iterator[str]:
    """Only the command line prints."""
    if source.under(*_SCREEN):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) == "print":
            yield _fault(source, node, "prints; only the command line does")


def too_long(source: Source) -> Iterator[str]:
    """File, function and parameter budgets, for tests as well."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{source.path}:1 has {lines} lines, at most {LONGEST_FILE}"
    for function in _functions(source.tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield _fault(source, function, f"{function.name} has {length} lines")
        if (count := _parameters(function)) > MOST_PARAMETERS:
            yield _fault(source, function, f"{function.name} has {count} parameters")


def _parameters(function: Function) -> int:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in named)


def undocumented(source: Source) -> Iterator[str]:
    """Each module, public class and public function states its rule."""
    if ast.get_docstring(source.tree) is None and source.tree.body:
        yield f"{source.path}:1 the module states no rule"
    for node in _public(source.tree):
        if ast.get_docstring(node) is None:
            yield _fault(source, node, f"{node.name} states no rule")


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if not isinstance(node, ast.ClassDef) and _repeats(node, tree):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _repeats(function: Function, owner: ast.Module | ast.ClassDef) -> bool:
    """Setters, overloads, a Protocol's fields, methods of a technology's base: nothing new."""
    marks = {_last_name(mark) for mark in function.decorator_list}
    if "property" in marks and _is_declared_only(function):
        return True
    foreign = isinstance(owner, ast.ClassDef) and any(
        _last_name(base.value if isinstance(base, ast.Subscript) else base) in _FOREIGN
        for base in owner.bases
    )
    return bool(marks & {"setter", "overload", "override"}) or foreign


_FOREIGN = {"TypeDecorator", "NodeVisitor"}


def _is_declared_only(function: Function) -> bool:
    match function.body:
        case [ast.Expr(value=ast.Constant(value=value))]:
            return value is ...
    return False


def texts_in_code(source: Source) -> Iterator[str]:
    """What people read stands in a pack or a catalogue, so no string here speaks Swedish."""
    if source.under(*SPEAKS_SWEDISH):
        return
    documentation = set(_documentation(source.tree))
    for node in ast.walk(source.tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and node not in documentation and _SWEDISH & set(text):
            yield _fault(source, node, "speaks Swedish; move the text to a catalogue")


def _documentation(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that stand alone as a statement: docstrings, also those of constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _fault(source: Source, node: ast.AST, sentence: str) -> str:
    return f"{source.path}:{getattr(node, 'lineno', 1)} {sentence}"
