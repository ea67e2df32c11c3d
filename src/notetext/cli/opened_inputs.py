"""Standard input and pipes among the files: what is no file on a disk."""

from __future__ import annotations

import stat
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Self

import click

from notetext.cli.inputs import STANDARD_INPUT


class OpenedInputs:
    """Opens what is no file on a disk, when its turn has come; a context manager that closes it."""

    def __init__(self) -> None:
        self._open = ExitStack()

    def source(self, name: str) -> str | BinaryIO:
        """What a reader is given for a name: its path, or something to read from."""
        if name == STANDARD_INPUT:
            return sys.stdin.buffer
        if _is_pipe(name):
            return self._open.enter_context(Path(name).open("rb"))
        return name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()


def check_names(names: Sequence[str]) -> None:
    """Finds out whether names can be those of documents, and standard input can be read.

    Raises:
        click.UsageError: a name is empty, or standard input is a terminal, or to be read twice.
    """
    if "" in names:
        raise click.UsageError("the name of a FILE is empty; . is this folder")
    if STANDARD_INPUT not in names:
        return
    if names.count(STANDARD_INPUT) > 1:
        raise click.UsageError("- is given twice, and standard input can be read once")
    if sys.stdin.isatty():
        raise click.UsageError("standard input is a terminal; pipe a document into it")


def _is_pipe(name: str) -> bool:
    """Whether a name is a pipe's, such as bash makes of ``<(command)``."""
    try:
        return stat.S_ISFIFO(Path(name).stat().st_mode)
    except (OSError, ValueError):
        return False
