"""What reads, made once in each process."""

from __future__ import annotations

from functools import lru_cache
from threading import RLock

from notetext.documents import Limits
from notetext.engines import Engine
from notetext.engines.local import LocalEngine
from notetext.engines.named import engine as named_engine
from notetext.errors import ConfigurationError
from notetext.ocrmypdf.options import PluginOptions, lexicon_of
from notetext.preprocessors import PreprocessorLike
from notetext.reader import NoteText
from notetext.reading.patch_reading import EnginePatchReader

# OCRmyPDF has bounded its pages itself (--max-image-mpixels), and has had them in memory by then.
_LIMITS = Limits(max_pixels=1 << 40, max_file_bytes=1 << 40)
_AT_ONCE = 4
"""For so many different options a process keeps what reads."""

# Two threads that begin at once must not load the networks twice.
_lock = RLock()


def reader(options: PluginOptions) -> NoteText:
    """The reader for some options; threads share it, and its networks.

    Raises:
        ConfigurationError: an option is unknown, or does not fit the engine.
        BadArgsError: the file of words cannot be read.
    """
    with _lock:
        return _reader(options)


def patch_reader(options: PluginOptions) -> EnginePatchReader:
    """What reads a few lines to find out which way up a page is; never a paid service."""
    with _lock:
        return _patch_reader(options)


@lru_cache(_AT_ONCE)
def _reader(options: PluginOptions) -> NoteText:
    return NoteText(_engine(options), preprocessors=_steps(options.preprocess), limits=_LIMITS)


@lru_cache(_AT_ONCE)
def _patch_reader(options: PluginOptions) -> EnginePatchReader:
    return EnginePatchReader(_reader(options).engine, in_worker=True)


def _engine(options: PluginOptions) -> Engine:
    lexicon = lexicon_of(options.user_words)
    if options.engine == "local":
        return LocalEngine(options.threads, lexicon=lexicon, weights=options.weights)
    if options.weights != "auto":
        raise ConfigurationError("--notetext-weights is for --notetext-engine local")
    return named_engine(options.engine)


def _steps(names: str | None) -> list[PreprocessorLike] | None:
    if names is None:
        return None
    return [] if names == "none" else [name.strip() for name in names.split(",")]
