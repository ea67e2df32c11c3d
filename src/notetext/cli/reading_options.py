"""What of each document is read, and how: the options that are keywords of ``recognize``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click
from pydantic import SecretStr

from notetext.cli.completing import complete_languages
from notetext.cli.reader_options import names_in
from notetext.cli.suggestions import OneOf
from notetext.documents import Limits, OpenOptions
from notetext.model import Mode
from notetext.reading.options import ReadKeywords, Region, TextLayerUse

_Command = TypeVar("_Command", bound=Callable[..., Any])

_ASK = "\0"
"""What stands for the value of ``--password`` if it has none; no password holds it."""


class ReadingOptions(TypedDict):
    """What `reading_options` gives a command."""

    mode: str
    language: str | None
    pages: str | None
    text_layer: str
    dpi: float | None
    region: Region | None
    password: str | None
    password_file: Path | None
    timeout: float | None


def reading_options(command: _Command) -> _Command:
    """Gives a command the options that `read_keywords` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def languages_of(options: ReadingOptions) -> list[str] | None:
    """The languages, as they were written; ``None`` if nobody said."""
    language = options["language"]
    return None if language is None else names_in(language)


def read_keywords(options: ReadingOptions) -> ReadKeywords:
    """What the options come to; asks for a password that is to be typed.

    Raises:
        click.UsageError: there are two passwords, or the file of one cannot be read.
    """
    password, password_file = options["password"], options["password_file"]
    if password is not None and password_file is not None:
        raise click.UsageError("give --password or --password-file, not both")
    if password_file is not None:
        password = _first_line(password_file)
    elif password == _ASK:
        # On standard error, since standard output is for the text.
        password = click.prompt("Password", hide_input=True, err=True, type=str)
    return ReadKeywords(
        pages=options["pages"],
        text_layer=TextLayerUse(options["text_layer"]),
        dpi=options["dpi"],
        region=options["region"],
        password=password,
        timeout_s=options["timeout"],
    )


def opening_of(keywords: ReadKeywords, limits: Limits) -> OpenOptions:
    """How documents are opened, by the same keywords."""
    password = keywords.get("password")
    secret = SecretStr(password) if isinstance(password, str) else password
    return OpenOptions(limits=limits, dpi=keywords.get("dpi"), password=secret)


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise click.UsageError(f"{path} cannot be read as UTF-8 text") from error


def _region(_: click.Context, __: click.Parameter, given: str | None) -> Region | None:
    if given is None:
        return None
    try:
        left, top, right, bottom = (float(side) for side in given.split(","))
    except ValueError:
        raise click.BadParameter(
            "give four numbers with commas, such as 200,150,2200,900"
        ) from None
    return left, top, right, bottom


_OPTIONS = (
    click.option(
        "--mode",
        type=OneOf([mode.value for mode in Mode]),
        default=Mode.AUTO.value,
        show_default=True,
        help="What kind of writing to expect.",
    ),
    click.option(
        "--language",
        "-l",
        shell_complete=complete_languages,
        help="ISO 639 code or English name; several with commas, the likeliest first; or auto: the "
        "engine tells. [default: auto, or en if the engine cannot tell]",
    ),
    click.option("--pages", help="Which pages, such as 1-3,7. [default: all]"),
    click.option(
        "--text-layer",
        type=OneOf([use.value for use in TextLayerUse]),
        default=TextLayerUse.AUTO.value,
        show_default=True,
        help="Text that a document holds as text is used where it can be trusted, never, or alone.",
    ),
    click.option(
        "--dpi",
        type=float,
        help="The resolution to draw PDF pages at, or to believe of pictures. "
        "[default: the document's own]",
    ),
    click.option(
        "--region",
        metavar="LEFT,TOP,RIGHT,BOTTOM",
        callback=_region,
        help="The part of each page that is read, in pixels. [default: all of it]",
    ),
    click.option(
        "--password",
        is_flag=False,
        flag_value=_ASK,
        help="For encrypted documents; asked for if nothing follows it. Whoever lists the "
        "machine's processes sees what is written here.",
    ),
    click.option(
        "--password-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file whose first line is the password.",
    ),
    click.option(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help="What a page may take; with --isolate, whatever it does. [default: any time]",
    ),
)
