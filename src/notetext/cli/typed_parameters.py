"""``name=value``: the parameters of a part, written as text."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import click
from pydantic import ConfigDict, PydanticUserError, SecretStr, TypeAdapter, ValidationError

from notetext.cli.suggestions import did_you_mean
from notetext.errors import ConfigurationError
from notetext.registry import Part

_SEVERAL = {Iterable, Sequence, list, tuple, set, frozenset}


def name_and_value(
    _: click.Context, __: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Takes what was written on the command line apart."""
    pairs = []
    for written in given:
        name, equals, value = written.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"{written!r} is no NAME=VALUE, such as threads=2")
        pairs.append((name.strip().replace("-", "_"), value.strip()))
    return tuple(pairs)


def parameters_of(kind: type[Part]) -> dict[str, Any]:
    """The parameters that a part's class takes by name, with their types."""
    types = get_type_hints(kind.__init__)
    return {
        name: types.get(name, str)
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY}
    }


def is_secret(kind: object) -> bool:
    """Whether a parameter is one that nobody should read."""
    return kind is SecretStr or SecretStr in get_args(kind)


def typed(part: str, name: str, text: str, types: Mapping[str, Any]) -> Any:
    """The value that a text means; lists have commas, and ``none`` is nothing.

    Args:
        part: as messages call it, such as ``the engine 'local'``.
        name: of the parameter.
        text: as it was written.
        types: what `parameters_of` gives.

    Raises:
        ConfigurationError: the part takes no such parameter or value.
    """
    if name not in types:
        hint = did_you_mean(name, types)
        raise ConfigurationError(
            f"{part} takes no {name!r}{hint or f'; it takes {_listed(types)}'}"
        )
    kind = types[name]
    if is_secret(kind):
        raise ConfigurationError(
            f"{name} is a secret, and whoever lists the machine's processes sees what is written "
            "here; the engine takes it from the environment"
        )
    if NoneType in get_args(kind) and text.lower() == "none":
        return None
    if _takes_several(kind):
        return [each.strip() for each in text.split(",") if each.strip()]
    try:
        return TypeAdapter(kind, config=ConfigDict(arbitrary_types_allowed=True)).validate_python(
            text
        )
    except (ValidationError, PydanticUserError):
        raise ConfigurationError(
            f"{name}={text!r} does not fit: {part} takes {_described(kind)}"
        ) from None


def _takes_several(kind: object) -> bool:
    return get_origin(kind) in _SEVERAL


def _listed(types: Mapping[str, Any]) -> str:
    return ", ".join(name for name, kind in types.items() if not is_secret(kind))


def _described(kind: object) -> str:
    """A type, as somebody can read it who knows no Python."""
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
    words |= {NoneType: "none"}
    parts = get_args(kind) or (kind,)
    told = []
    for part in parts:
        if isinstance(part, type) and part in words:
            told.append(words[part])
        elif isinstance(part, str):
            told.append(repr(part))
        elif get_args(part) and all(isinstance(value, str) for value in get_args(part)):
            told.extend(repr(value) for value in get_args(part))
        elif part is os.PathLike or get_origin(part) is os.PathLike:
            told.append("a path")
        else:
            told.append("what cannot be written here; set it in Python")
    return " or ".join(dict.fromkeys(told))
