"""``--engine-option name=value``: an engine's own parameters, written as text."""

from __future__ import annotations

from collections.abc import Mapping

from notetext.cli.typed_parameters import parameters_of, typed
from notetext.engines import Engine
from notetext.engines.named import engine as named_engine


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
    values |= {key: typed(f"the engine {name!r}", key, text, types) for key, text in given.items()}
    engine.close()
    return kind(**values)
