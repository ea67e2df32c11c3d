"""``--verbose`` and ``--quiet``: how much is said beside the text."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from notetext.cli.output import say

_Command = TypeVar("_Command", bound=Callable[..., Any])


def verbosity_options(command: _Command) -> _Command:
    """Gives a command ``--verbose`` and ``--quiet``."""
    quiet = click.option(
        "--quiet", "-q", is_flag=True, help="Say only what went wrong, and show no progress."
    )
    verbose = click.option(
        "--verbose", "-v", is_flag=True, help="Say what becomes of each page and each request."
    )
    return verbose(quiet(command))


@contextmanager
def logged(*, verbose: bool, quiet: bool) -> Iterator[None]:
    """A block in which the library's log goes to standard error, if somebody wants it.

    Raises:
        click.UsageError: it is to be said, and not to be said.
    """
    if verbose and quiet:
        raise click.UsageError("give --verbose or --quiet, not both")
    if not verbose:
        yield
        return
    logger = logging.getLogger("notetext")
    handler = _Saying()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


class _Saying(logging.Handler):
    """Says each record on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        say(f"notetext: {record.getMessage()}")
