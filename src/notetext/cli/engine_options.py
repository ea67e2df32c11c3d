"""``--engine-option name=value``: an engine's own parameters, written as text."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, PydanticUserError, SecretStr, TypeAdapter, ValidationError

from notetext.cli.suggestions import did_you_mean
from notetext.engines import Engine
from notetext.engines.named import engine as named_engine
from notetext.errors import ConfigurationError

_SEVERAL = {Iterable, Sequence, list, tuple, set, frozenset}


def made_engine(
    name: str, given: Mapping[str, str], ready: Mapping[str, object] | None = None
) -> Engine:
    """Makes an engine with parameters of its own.

    Args:
        name: of the engine.
        given: what its class is called with; values as they are typed. Lists have commas, and
            ``none`` is nothing.
        ready: the same, as values that are ready to be used.

    Raises:
        ConfigurationError: there is no such engine, or it takes no such parameter or value.
    """
    engine = named_engine(name)
    if not given and not ready:
        return engine
    kind = type(engine)
    types = parameters_of(kind)
    values = dict(ready or {})
    values |= {key: _value(name, key, text, types) for key, text in given.items()}
    engine.close()
    return kind(**values)


def parameters_of(kind: type[Engine]) -> dict[str, Any]:
    """The parameters that an engine's class takes by name, with their types."""
    types = get_type_hints(kind.__init__)
    return {
        name: types.get(name, str)
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY}
    }


def is_secret(kind: object) -> bool:
    """Whether a parameter is one that nobody should read."""
    return kind is SecretStr or SecretStr in get_args(kind)


def _value(engine: str, name: str, text: str, types: Mapping[str, Any]) -> Any:
    if name not in types:
        hint = did_you_mean(name, types)
        raise ConfigurationError(
            f"the engine {engine!r} takes no {name!r}{hint or f'; it takes {_listed(types)}'}"
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
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return TypeAdapter(kind, config=ConfigDict(arbitrary_types_allowed=True)).validate_python(
            text
        )
    except (ValidationError, PydanticUserError):
        raise ConfigurationError(
            f"{name}={text!r} does not fit: the engine {engine!r} takes {_described(kind)}"
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
