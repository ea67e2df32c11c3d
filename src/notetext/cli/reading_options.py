"""What of each document is read, and how: the options that are keywords of ``recognize``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from notetext.reading.options import ReadKeywords, Region, TextLayerUse

_Command = TypeVar("_Command", bound=Callable[..., Any])

_ASK = "\0"
"""What stands for the value of ``--password`` if it has none; no password holds it."""


def reading_options(command: _Command) -> _Command:
    """Gives a command the options that `read_keywords` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_keywords(
    pages: str | None,
    text_layer: str,
    dpi: float | None,
    region: Region | None,
    password: str | None,
    password_file: Path | None,
) -> ReadKeywords:
    """What the options come to; asks for a password that is to be typed.

    Raises:
        click.UsageError: there are two passwords, or the file of one cannot be read.
    """
    if password is not None and password_file is not None:
        raise click.UsageError("give --password or --password-file, not both")
    if password_file is not None:
        password = _first_line(password_file)
    elif password == _ASK:
        # On standard error, since standard output is for the text.
        password = click.prompt("Password", hide_input=True, err=True, type=str)
    return ReadKeywords(
        pages=pages, text_layer=TextLayerUse(text_layer), dpi=dpi, region=region, password=password
    )


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().rstrip("\n")
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
    click.option("--pages", help="Which pages, such as 1-3,7. [default: all]"),
    click.option(
        "--text-layer",
        type=click.Choice([use.value for use in TextLayerUse]),
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
)
