"""Forms at the edge: every mistake at once, each a code at its field.

A form is a Pydantic model. `read` gives the model, or a `Form` that shows what was written
together with what is wrong; templates show a `Form` through the parts in `shell/parts.html`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

_CODES = {
    "missing": Code.FIELD_MISSING,
    "string_too_short": Code.FIELD_MISSING,
    "too_short": Code.FIELD_MISSING,
    "string_too_long": Code.FIELD_TOO_LONG,
    "too_long": Code.FIELD_TOO_LONG,
    "enum": Code.FIELD_NOT_A_CHOICE,
    "literal_error": Code.FIELD_NOT_A_CHOICE,
    "string_pattern_mismatch": Code.FIELD_PATTERN,
}
_FAMILIES = {
    "int_": Code.FIELD_NOT_A_NUMBER,
    "float_": Code.FIELD_NOT_A_NUMBER,
    "decimal_": Code.FIELD_NOT_A_NUMBER,
    "finite_": Code.FIELD_NOT_A_NUMBER,
    "greater_": Code.FIELD_TOO_SMALL,
    "less_": Code.FIELD_TOO_GREAT,
    "date_": Code.FIELD_NOT_A_DATE,
    "datetime_": Code.FIELD_NOT_A_DATE,
}

_BOUNDS = {
    "max_length": "max",
    "min_length": "least",
    "ge": "least",
    "gt": "least",
    "le": "most",
    "lt": "most",
}
"""Pydantic's limits, as the sentences of refusals name them."""


class Asked(BaseModel):
    """Root of the form models: surrounding space is dropped, unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")


def as_written(value: object) -> object:
    """A number as people write it here: grouped by spaces, with a decimal comma."""
    return "".join(value.split()).replace(",", ".") if isinstance(value, str) else value


Written = BeforeValidator(as_written)
"""Mark a number: `hours: Annotated[Decimal, Written]`."""


def as_prose(value: object) -> object:
    """A text of several lines as it is kept: one kind of line break, none at the ends."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


Prose = Annotated[str, BeforeValidator(as_prose)]
"""A longer text: `problem: forms.Prose = Field(min_length=1, max_length=4_000)`."""


def as_list(value: object) -> object:
    """One ticked box arrives as a word, several as a list."""
    return value if isinstance(value, list) else [value]


Several = BeforeValidator(as_list)
"""Mark a field of several choices: `measures: Annotated[list[Measure], Several]`."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field."""

    name: str
    refused: Refused


@dataclass(frozen=True, slots=True)
class Form:
    """What was written, and what is wrong with it. An empty one shows an empty form."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()

    def value(self, name: str) -> str:
        """What was written in the field, for showing it again."""
        return next(iter(self.values.get(name, ())), "")

    def chosen(self, name: str, choice: str) -> bool:
        """Whether a choice was ticked or selected."""
        return choice in self.values.get(name, ())

    def error(self, name: str) -> Refused | None:
        """The first mistake of the field."""
        return next((error.refused for error in self.errors if error.name == name), None)

    def refused(self, refused: Refused, *, at: str) -> Form:
        """The same form with a refusal of the rules below shown at a field."""
        return replace(self, errors=(*self.errors, FieldError(at, refused)))


M = TypeVar("M", bound=BaseModel)


def read(model: type[M], data: Mapping[str, Any]) -> M | Form:
    """The model that the posted form spells, or the form with all its mistakes."""
    written = {name: value for name, value in data.items() if value not in ("", [])}
    try:
        return model.model_validate(written)
    except ValidationError as error:
        return Form(filled(data).values, tuple(_errors(error)))


def filled(data: Mapping[str, Any]) -> Form:
    """A form that shows these values, to be changed."""
    values = {name: tuple(_texts(value)) for name, value in data.items()}
    return Form(values)


def _texts(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list | tuple) else [value]:
        yield "" if each is None else str(each)


def _errors(error: ValidationError) -> Iterator[FieldError]:
    """One error per field, in the order of the form; never with the value that was written."""
    seen: set[str] = set()
    for detail in error.errors(include_url=False, include_context=True, include_input=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name not in seen:
            seen.add(name)
            bounds = {
                word: str(detail["ctx"][key])
                for key, word in _BOUNDS.items()
                if key in detail.get("ctx", {})
            }
            yield FieldError(name, refuse(_code(detail["type"], bounds), **bounds))


def _code(kind: str, bounds: Mapping[str, str]) -> Code:
    if kind == "too_short" and bounds.get("least") not in (None, "1"):
        return Code.FIELD_TOO_FEW
    family = next((code for start, code in _FAMILIES.items() if kind.startswith(start)), None)
    return _CODES.get(kind) or family or Code.FORM_INVALID
