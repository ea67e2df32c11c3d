"""A command that is written wrongly looks like a file that is not there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

import click

from notetext.cli.suggestions import did_you_mean

COMMANDS = ("read", "apply", "watch", "doctor", "languages", "store", "completion")


def check_no_mistaken_command(files: Sequence[str]) -> None:
    """Finds out whether the first name is a command's, but for a mistake.

    Raises:
        click.UsageError: there is no such file, and its name is much like a command's.
    """
    first = files[0]
    if PurePath(first).name != first or PurePath(first).suffix or os.path.lexists(first):
        return
    if hint := did_you_mean(first, COMMANDS):
        raise click.UsageError(f"there is no command and no file {first!r}{hint}")
