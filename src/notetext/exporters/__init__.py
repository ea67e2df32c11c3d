"""Exporters turn a result into a file's content. This is the contract."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from PIL import Image

    from notetext.result import RecognitionResult


class PageImages(Protocol):
    """Gives the pixels of a result's pages again."""

    def image(self, number: int) -> Image.Image:
        """Decodes a page, upright; ``number`` counts from 1."""
        ...


class Exporter(ABC):
    """Renders results in one format. One exporter serves several threads."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    """The endings of file names that mean this format, such as ``(".txt",)``."""

    def check(self) -> None:
        """Finds out whether it can run here, without doing any work; `notetext doctor` asks.

        Raises:
            ConfigurationError: something is missing; the message says what to do about it.
        """

    @abstractmethod
    def render(self, result: RecognitionResult, images: PageImages | None) -> str | bytes:
        """Renders a result.

        Args:
            result: what was read.
            images: the pages' pixels, or ``None`` if they are no longer to be had.

        Returns:
            Text, or bytes where the format is binary.

        Raises:
            MissingSourceError: the format needs pixels and ``images`` is ``None``.
        """
