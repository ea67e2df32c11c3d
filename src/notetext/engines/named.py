"""From a name to an engine."""

from __future__ import annotations

from notetext.engines import Engine
from notetext.registry import ENGINES, Registry

engines = Registry("engine", Engine, ENGINES)  # type: ignore[type-abstract]


def engine(given: Engine | str) -> Engine:
    """The engine that a name or an object means; see `Registry.get`."""
    return engines.get(given)
