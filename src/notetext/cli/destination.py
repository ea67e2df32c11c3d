"""``--output``: standard output, a file or a folder, whatever the number of documents."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import click

from notetext.errors import ConfigurationError
from notetext.exporters import Exporter

STANDARD_OUTPUT = "-"
_SEPARATORS = tuple(separator for separator in (os.sep, os.altsep) if separator)


class Kind(Enum):
    """What is written to."""

    STANDARD_OUTPUT = "standard output"
    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where texts go.

    Attributes:
        kind: what is written to.
        path: of the file or folder; ``None`` for standard output.
    """

    kind: Kind
    path: Path | None = None

    @classmethod
    def of(cls, given: str | None) -> Destination:
        """What a name means: ``-`` is standard output, ``x/`` a folder, ``x.txt`` a file.

        What is there is what it is. What is not there yet and has no ending is a folder.

        Raises:
            click.UsageError: it is no name, or a file where it says that it is a folder.
        """
        if given is None or given == STANDARD_OUTPUT:
            return cls(Kind.STANDARD_OUTPUT)
        if not given:
            raise click.UsageError("--output is empty; - is standard output, . this folder")
        path = Path(given)
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for names that are too long
            return cls(Kind.FOLDER, path)
        is_there = os.path.lexists(path)
        if given.endswith(_SEPARATORS):
            if is_there:
                raise click.UsageError(f"{path} is a file, no folder; leave out the {os.sep}")
            return cls(Kind.FOLDER, path)
        has_ending = bool(path.suffix) or path.name.startswith(".")
        return cls(Kind.FILE if is_there or has_ending else Kind.FOLDER, path)

    @property
    def folder(self) -> Path | None:
        """The folder, if it is one."""
        return self.path if self.kind is Kind.FOLDER else None

    def check(self, exporter: Exporter) -> None:
        """Finds out before anything is read whether a format can be written there.

        Raises:
            ConfigurationError: it is no text and would go to a terminal, or nothing can be
                written there.
        """
        if self.kind is Kind.STANDARD_OUTPUT:
            if not exporter.is_text:
                check_no_terminal()
            return
        assert self.path is not None
        above = self.path if self.kind is Kind.FOLDER else self.path.parent
        while not os.path.lexists(above) and above != above.parent:
            above = above.parent
        if not os.path.isdir(above):  # noqa: PTH112
            raise ConfigurationError(f"{self.path} cannot be written: {above} is no folder")
        is_new = not os.path.lexists(self.path) or self.kind is Kind.FOLDER
        if is_new and not os.access(above, os.W_OK | os.X_OK):
            raise ConfigurationError(f"{self.path} cannot be written: {above} takes no new files")


def check_no_terminal() -> None:
    """Finds out whether standard output takes bytes.

    Raises:
        ConfigurationError: it is a terminal.
    """
    if sys.stdout.isatty():
        raise ConfigurationError(
            "this format is no text and would garble the terminal; write it to a file with "
            "--output, or into a pipe"
        )
