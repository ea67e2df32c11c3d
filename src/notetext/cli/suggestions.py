"""What somebody may have meant who wrote a name wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from notetext.errors import NoteTextError, UnknownNameError

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # click 8.1 knows no types of choices


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """The end of a message that says what is like a name; empty if nothing is.

    >>> from notetext.cli.suggestions import did_you_mean
    >>> did_you_mean("jsn", ["text", "json"])
    "; did you mean 'json'?"
    >>> did_you_mean("docx", ["text", "json"])
    ''
    """
    found = get_close_matches(given.lower(), list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def wrong_usage(error: NoteTextError) -> click.UsageError:
    """What click says of an error that is in what was written on the command line."""
    hint = ""
    if isinstance(error, UnknownNameError) and "did you mean" not in error.message:
        hint = did_you_mean(error.name, error.known)
    return click.UsageError(f"{error}{hint}")


class OneOf(_Choice):
    """One of a few words; of another one it says which is like it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Returns the word.

        Raises:
            click.BadParameter: it is none of them.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            given = str(value)
            known = ", ".join(repr(choice) for choice in self.choices)
            hint = did_you_mean(given, self.choices)
            raise click.BadParameter(
                f"{given!r} is none of {known}{hint}", ctx=ctx, param=param
            ) from error
