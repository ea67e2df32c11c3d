"""Exporters turn a result into a file's content. This is the contract."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Protocol

from notetext.errors import ConfigurationError
from notetext.registry import Part

if TYPE_CHECKING:
    from PIL import Image
    from pydantic import SecretStr

    from notetext.documents import Source, SourcePage
    from notetext.exporters.merging import Merger
    from notetext.result import RecognitionResult


class PageImages(Protocol):
    """A result's document, opened again when it is asked for.

    Its methods raise `MissingSourceError` if the document has gone or has changed.
    """

    @property
    def source(self) -> Source | None:
        """The document's bytes; ``None`` if the user gave a picture or an array."""
        ...

    @property
    def password(self) -> SecretStr | None:
        """What opens the document, if it is encrypted."""
        ...

    def page(self, number: int) -> SourcePage:
        """A page, counted from 1: its original bytes, its text layer, nothing decoded yet."""
        ...

    def image(self, number: int) -> Image.Image:
        """A page's pixels, upright; ``number`` counts from 1."""
        ...


class Exporter(Part):
    """Renders results in one format. One exporter serves several threads."""

    suffixes: ClassVar[tuple[str, ...]] = ()
    """The endings of file names that mean this format, such as ``(".txt",)``; without any, it goes
    by its name alone."""
    is_text: ClassVar[bool] = True
    """Whether it renders text; bytes are not written to a terminal."""

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

    def merger(self) -> Merger:
        r"""What makes one document of several; the command line asks for it.

        >>> from notetext.exporters.named import exporter
        >>> exporter("json").merger().end()
        '[]\n'

        Raises:
            ConfigurationError: the format is one of single documents.
        """
        raise ConfigurationError(
            f"the format {self.name!r} holds one document; write several into a folder"
        )
