"""What reads: the options that a reader is composed of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from notetext.cli.amounts import Amount
from notetext.cli.completing import (
    complete_converters,
    complete_engine_options,
    complete_engines,
    complete_steps,
)
from notetext.cli.engine_options import made_engine
from notetext.cli.typed_parameters import name_and_value
from notetext.converters import Converter
from notetext.converters.named import DEFAULT_CONVERTERS, converter
from notetext.documents import Limits
from notetext.engines import CloudPrice, Engine
from notetext.errors import ConfigurationError
from notetext.reader import NoteText

_Command = TypeVar("_Command", bound=Callable[..., Any])


class ReaderOptions(TypedDict):
    """What `reader_options` gives a command."""

    engine: str
    engine_option: tuple[tuple[str, str], ...]
    converters: str
    preprocess: str | None
    store: Path | None
    isolate: bool | None
    max_file_bytes: int | None
    max_pixels: int | None
    max_pages: int | None
    max_memory_bytes: int | None
    max_submissions: int | None
    price: str | None


def reader_options(command: _Command) -> _Command:
    """Gives a command the options that a reader is composed of."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def opened_reader(options: ReaderOptions, converters: list[Converter]) -> Iterator[NoteText]:
    """A reader with its engine; both are closed in the end.

    Args:
        options: what was written on the command line.
        converters: what `chosen_converters` gives.

    Raises:
        ConfigurationError: something is unknown or does not fit.
        StoreError: the store cannot be opened.
    """
    with (
        closing(_engine(options)) as engine,
        NoteText(
            engine,
            _steps(options["preprocess"]),
            converters,
            limits=limits_of(options),
            store=options["store"],
            isolate=options["isolate"],
        ) as reader,
    ):
        yield reader


def chosen_converters(names: str) -> list[Converter]:
    """What opens files.

    Raises:
        UnknownNameError: there is none of that name.
    """
    return [converter(name) for name in names_in(names)]


def limits_of(options: ReaderOptions) -> Limits:
    """The limits, those that were not named as they are by themselves."""
    given = {
        "max_file_bytes": options["max_file_bytes"],
        "max_pixels": options["max_pixels"],
        "max_pages": options["max_pages"],
        "max_memory_bytes": options["max_memory_bytes"],
    }
    return Limits.model_validate({name: most for name, most in given.items() if most is not None})


def names_in(given: str) -> list[str]:
    """Names with commas between them, and blanks around them if somebody likes.

    >>> from notetext.cli.reader_options import names_in
    >>> names_in("deskew, contrast")
    ['deskew', 'contrast']
    """
    return [name.strip() for name in given.split(",") if name.strip()]


def _engine(options: ReaderOptions) -> Engine:
    parameters: dict[str, str] = {}
    for name, value in options["engine_option"]:
        if name in parameters:
            raise ConfigurationError(f"--engine-option {name} is given twice")
        parameters[name] = value
    max_submissions, price = options["max_submissions"], options["price"]
    if max_submissions is None and price is None:
        return made_engine(options["engine"], parameters)
    if options["engine"] != "aspose":
        raise ConfigurationError("--max-submissions and --price are for --engine aspose")
    ready: dict[str, object] = {}
    if max_submissions is not None:
        ready["max_submissions"] = max_submissions
    if price is not None:
        ready["price"] = CloudPrice.parse(price)
    return made_engine("aspose", parameters, ready)


def _steps(names: str | None) -> list[str] | None:
    if names is None:
        return None
    return [] if names.strip() == "none" else names_in(names)


_OPTIONS = (
    click.option(
        "--engine",
        default="local",
        show_default=True,
        shell_complete=complete_engines,
        help="What reads.",
    ),
    click.option(
        "--engine-option",
        metavar="NAME=VALUE",
        multiple=True,
        callback=name_and_value,
        shell_complete=complete_engine_options,
        help="A parameter of the engine, such as threads=2; may be given several times.",
    ),
    click.option(
        "--converters",
        default=",".join(DEFAULT_CONVERTERS),
        show_default=True,
        shell_complete=complete_converters,
        help="What opens files, with commas; each is asked in turn.",
    ),
    click.option(
        "--preprocess",
        shell_complete=complete_steps,
        help="Steps before the engine, with commas, such as deskew,contrast; none for no step at "
        "all. [default: the engine's own]",
    ),
    click.option(
        "--store",
        type=click.Path(dir_okay=False, path_type=Path),
        help="A file that keeps finished pages, so that a run can be ended and started again.",
    ),
    click.option(
        "--isolate",
        is_flag=True,
        default=None,
        help="Read in processes that may die: for strangers' files.",
    ),
    click.option("--max-file-bytes", type=Amount(), help="The largest file. [default: 1GiB]"),
    click.option("--max-pixels", type=Amount(), help="The largest page. [default: 150M]"),
    click.option("--max-pages", type=Amount(), help="The longest document. [default: 10000]"),
    click.option(
        "--max-memory-bytes",
        type=Amount(),
        help="The memory that a process may take which reads; on Linux. [default: any]",
    ),
    click.option(
        "--max-submissions",
        type=click.IntRange(min=0),
        help="The most pages that a cloud engine is sent in this run. [default: any number]",
    ),
    click.option(
        "--price",
        metavar="PRICE",
        help="What a page costs you, such as '0.015 EUR', for --dry-run.",
    ),
)
