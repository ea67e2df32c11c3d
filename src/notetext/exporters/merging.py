"""Several results as one document: what takes them, one after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notetext.result import RecognitionResult


class Merger(ABC):
    """Takes results that were rendered, and gives the pieces of one document of them all.

    The pieces are to be written one after the other: a format that can be read from its beginning
    gives each document as it comes, another one gives everything at the end. One thread's.
    """

    @abstractmethod
    def add(self, result: RecognitionResult, rendered: str | bytes) -> str | bytes:
        """Takes one more document.

        Args:
            result: what was read.
            rendered: the same, as `Exporter.render` gave it.

        Returns:
            What is to be written next; empty if that is not known yet.

        Raises:
            ExportError: it cannot be one of several; the merger goes on without it.
        """

    @abstractmethod
    def end(self) -> str | bytes:
        """What is left to be written when there are no more documents."""


class Separated(Merger):
    """Texts one after the other, with something between them.

    Args:
        separator: what stands between two documents.
    """

    def __init__(self, separator: str) -> None:
        self._separator = separator
        self._is_first = True

    def add(self, result: RecognitionResult, rendered: str | bytes) -> str:
        """Returns the text, after a separator if it is not the first."""
        before = "" if self._is_first else self._separator
        self._is_first = False
        return before + text_of(rendered)

    def end(self) -> str:
        """Returns nothing."""
        return ""


class Gathered(Merger):
    """One document that is made at the end, since its beginning tells of them all.

    Args:
        render: makes it of all results.
    """

    def __init__(self, render: Callable[[Sequence[RecognitionResult]], str | bytes]) -> None:
        self._render = render
        self._results: list[RecognitionResult] = []

    def add(self, result: RecognitionResult, rendered: str | bytes) -> str | bytes:
        """Returns nothing, of the kind that the format is rendered as."""
        self._results.append(result)
        return rendered[:0]

    def end(self) -> str | bytes:
        """Returns the document."""
        return self._render(self._results)


def text_of(rendered: str | bytes) -> str:
    """What a format of text was rendered as."""
    if isinstance(rendered, bytes):
        raise TypeError("a format of text was rendered as bytes")
    return rendered
