"""Every message of the wire, and every type that its fields lead to."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import ModuleType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Meta

from samverkan.wire.v1 import Message


def messages(module: ModuleType) -> list[type[Message]]:
    """The messages that the module defines itself."""
    found = [kind for _, kind in inspect.getmembers(module, inspect.isclass)]
    return [
        kind for kind in found if issubclass(kind, Message) and kind.__module__ == module.__name__
    ]


def leaves(annotation: Any) -> Iterator[Any]:
    """The types that a field is made of: lists, maps, options and inner messages opened up."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield annotation
    elif origin in (list, dict, Union, UnionType):
        for inner in get_args(annotation):
            yield from leaves(inner)
    elif inspect.isclass(annotation) and issubclass(annotation, Message):
        yield from fields(annotation)
    else:
        yield annotation


def fields(message: type[Message]) -> Iterator[Any]:
    """The leaves of all its fields."""
    for annotation in get_type_hints(message, include_extras=True).values():
        yield from leaves(annotation)


def rule(annotation: Any) -> Meta | None:
    """The constraint on a leaf, if it has one."""
    found = [note for note in get_args(annotation)[1:] if isinstance(note, Meta)]
    return found[0] if found else None
