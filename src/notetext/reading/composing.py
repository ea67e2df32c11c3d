"""From what a caller names or gives to a pipeline of parts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from notetext.converters.named import DEFAULT_CONVERTERS, ConverterLike, converter
from notetext.documents import Limits
from notetext.engines import Engine
from notetext.errors import ConfigurationError
from notetext.errors.foreign_text import shown
from notetext.errors.wording import a
from notetext.preprocessors import PreprocessorsLike
from notetext.preprocessors.named import preprocessors_of
from notetext.reading.patch_reading import EnginePatchReader
from notetext.reading.pipeline import Pipeline

if TYPE_CHECKING:
    from notetext.store import Store

DEFAULT_ENGINE = "local"


def compose(
    engine: Engine,
    preprocessors: PreprocessorsLike | None,
    converters: Sequence[ConverterLike] | ConverterLike | None,
    limits: Limits | None,
) -> Pipeline:
    """Makes a pipeline; what is ``None`` has a default. See `NoteText`.

    Raises:
        UnknownNameError: a name is unknown; the message lists the known ones.
        ConfigurationError: an object is no such part.
    """
    if limits is not None and not isinstance(limits, Limits):
        fields = limits if isinstance(limits, dict) else {"max_pages": "…"}
        given = ", ".join(f"{name}={value}" for name, value in fields.items())
        kind = a(type(limits).__name__)
        raise ConfigurationError(f"limits={shown(limits)} is {kind}; give Limits({given})")
    if preprocessors is None:
        preprocessors = engine.default_preprocessors
    if converters is None:
        converters = DEFAULT_CONVERTERS
    elif isinstance(converters, str) or not isinstance(converters, Sequence):
        converters = [converters]
    return Pipeline(
        engine=engine,
        preprocessors=preprocessors_of(preprocessors),
        converters=tuple(converter(part) for part in converters),
        limits=limits or Limits(),
        patches=EnginePatchReader(engine),
    )


def cached(pipeline: Pipeline, store: Store | None) -> Pipeline:
    """The same pipeline, which asks a store before it reads a page."""
    if store is None:
        return pipeline
    from notetext.reading.page_cache import PageCache

    return replace(pipeline, cache=PageCache.of(store, pipeline.steps(), pipeline.engine))


def opened_store(store: Store | str | os.PathLike[str] | None) -> Store | None:
    """The store that a caller gave, or the one in the file that a caller named.

    Raises:
        StoreError: it cannot be opened.
    """
    if store is None:
        return None
    # Readers without a store do not load SQLite.
    from notetext.store import Store

    if isinstance(store, Store):
        return store
    if not isinstance(store, (str, os.PathLike)):
        raise _no_store(store)
    return Store(store)


def _no_store(given: object) -> ConfigurationError:
    kind = a(type(given).__name__)
    return ConfigurationError(
        f"store={shown(given)} is {kind}; give the path of a file, or a Store"
    )
