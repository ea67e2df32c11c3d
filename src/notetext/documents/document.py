"""What an open document is: pages on demand, with the text that they hold as text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import SecretStr

from notetext.documents.limits import Limits
from notetext.model import Box
from notetext.page_image import Encoded

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """How to open a document.

    Attributes:
        limits: to be checked before anything is decoded or rendered.
        dpi: the resolution to render at, or to believe instead of the file's tag; ``None``: as
            the file says, of a PDF that of what is on the page.
        password: for an encrypted document.
    """

    limits: Limits = field(default_factory=Limits)
    dpi: float | None = None
    password: SecretStr | None = None


@dataclass(frozen=True, slots=True)
class TextLayerWord:
    """A word that a document holds as text.

    Attributes:
        text: without blanks.
        box: pixels of the page, as wide as the word and as high as its line.
        visible: whether it can be seen: not drawn in an invisible mode, not fully transparent, not
            under a scan or a picture. What is hidden in any other way is no word.
        font: a number that words of the same font have in common.
        bold: whether it is bold, as far as the document says.
    """

    text: str
    box: Box
    visible: bool = True
    font: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What a page holds beside pixels.

    Attributes:
        words: those on the page, in the document's own order.
        unexplained: where on a page with visible words there may be more to read than these, in
            pixels of the page: pictures of writing, strokes, characters that nobody can name.
        warnings: sentences for the user about the text, such as what of it cannot be seen.
        rules: a thin box along each drawn rule, as tables are made of, in pixels of the page.
    """

    words: tuple[TextLayerWord, ...] = ()
    unexplained: tuple[Box, ...] = ()
    warnings: tuple[str, ...] = ()
    rules: tuple[Box, ...] = ()


class SourcePage(ABC):
    """A page of an open document; nothing of it is decoded yet.

    Attributes:
        number: from 1.
        width: pixels, upright (after EXIF orientation or a PDF's /Rotate).
        height: pixels.
        dpi: dots per inch, or ``None`` if the document does not say.
        dpi_y: dots per inch from top to bottom, where pixels are not square and ``dpi`` is from
            left to right; ``None``: the same.
        encoded: the original file where it is just this page, upright, or ``None``.
        warnings: sentences about this page for the user.
    """

    number: int
    width: int
    height: int
    dpi: float | None = None
    dpi_y: float | None = None
    encoded: Encoded | None = None
    warnings: tuple[str, ...] = ()

    @abstractmethod
    def image(self) -> Image.Image:
        """Decodes the page, ``width``×``height``, upright; a new picture at every call.

        Raises:
            CorruptInputError: the bytes are damaged.
        """

    def text_layer(self) -> TextLayer | None:
        """Extracts the text that the page holds as text; ``None`` if its format holds none.

        Raises:
            CorruptInputError: the bytes are damaged.
        """
        return None


class Document(ABC):
    """An open document; a context manager. Pages may be asked for in any order.

    Attributes:
        page_count: how many pages there are.
    """

    page_count: int

    @abstractmethod
    def page(self, number: int) -> SourcePage:
        """Returns a page without decoding it or any other.

        Args:
            number: from 1 to ``page_count``.

        Raises:
            PageRangeError: there is no such page.
            CorruptInputError: the page's header is damaged.
            InputTooLargeError: the page is beyond the limits.
        """

    def close(self) -> None:
        """Closes the document; its pages can no longer be decoded."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
