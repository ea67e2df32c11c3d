"""From a name to an engine."""

from __future__ import annotations

from typing import TypeAlias

from notetext.engines import Engine
from notetext.registry import ENGINES, EngineName, Registry

EngineLike: TypeAlias = Engine | EngineName | str
"""An engine, or the name of one: a built-in's, or a plug-in's."""

engines = Registry("engine", Engine, ENGINES)  # type: ignore[type-abstract]


def engine(given: EngineLike) -> Engine:
    """The engine that a name or an object means; see `Registry.get`."""
    return engines.get(given)
