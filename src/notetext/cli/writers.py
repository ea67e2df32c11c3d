"""Writing results in one format: to a file each, or all of them as one document."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from notetext.cli.output import say, write
from notetext.errors import NoteTextError
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line
from notetext.exporters import Exporter
from notetext.exporters.merging import Merger
from notetext.result import RecognitionResult


class Writer(ABC):
    """Writes results in one format. What cannot be written is said, and costs no other."""

    @abstractmethod
    def add(self, number: int, result: RecognitionResult) -> bool:
        """Takes a result.

        Args:
            number: which of the run's documents it is, from 0.
            result: what was read.

        Returns:
            Whether it was written, as far as that is known.

        Raises:
            ExportError: nothing more can be written at all.
        """

    def end(self) -> bool:
        """There are no more; returns whether what was left could be written."""
        return True


class OneFileEach(Writer):
    """Each document gets a file of its own.

    Args:
        exporter: the format.
        targets: the files, in the order of the documents.
    """

    def __init__(self, exporter: Exporter, targets: Sequence[Path]) -> None:
        self._exporter = exporter
        self._targets = targets

    def add(self, number: int, result: RecognitionResult) -> bool:
        """Writes the file."""
        try:
            write(result.to(self._exporter), self._targets[number])
        except NoteTextError as error:
            return _told(error, result)
        return True


class OneForAll(Writer):
    """All documents become one: in a file, at the end, or on standard output, as they come.

    Args:
        exporter: the format.
        target: the file; ``None``: standard output.
        merger: what makes one document of several; ``None``: there is only one.

    Raises:
        ConfigurationError: the format holds single documents alone.
    """

    def __init__(self, exporter: Exporter, target: Path | None, merger: Merger | None) -> None:
        self._exporter = exporter
        self._target = target
        self._merger = merger
        self._pieces: list[str | bytes] = []
        self._is_empty = True

    def add(self, number: int, result: RecognitionResult) -> bool:
        """Writes what can be written already."""
        try:
            piece = result.to(self._exporter)
            if self._merger is not None:
                piece = self._merger.add(result, piece)
        except NoteTextError as error:
            return _told(error, result)
        self._is_empty = False
        self._take(piece)
        return True

    def end(self) -> bool:
        """Writes the rest. Of no document at all there is no file, but a list without items."""
        if self._is_empty and (self._target is not None or not self._exporter.is_text):
            return True
        if self._merger is not None:
            self._take(self._merger.end())
        if self._target is None:
            return True
        try:
            write(_joined(self._pieces), self._target)
        except NoteTextError as error:
            say(f"notetext: {error}")
            return False
        return True

    def _take(self, piece: str | bytes) -> None:
        if not piece:
            return
        if self._target is None:
            write(piece, None)
        else:
            self._pieces.append(piece)


def _joined(pieces: Sequence[str | bytes]) -> str | bytes:
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) == len(pieces):
        return "".join(texts)
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def _told(error: NoteTextError, result: RecognitionResult) -> bool:
    name = result.source.name
    place = f"{one_line(name, NAME_CHARACTERS)}: " if name and error.source is None else ""
    say(f"notetext: {place}{error}")
    return False
