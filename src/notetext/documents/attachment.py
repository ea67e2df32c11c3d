"""The document that a result was read from, kept so that its pages can be seen again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from notetext.documents.source import Source
from notetext.errors import CorruptInputError, MissingSourceError, NoteTextError

if TYPE_CHECKING:
    from PIL import Image
    from pydantic import SecretStr

    from notetext.documents.document import Document, SourcePage
    from notetext.documents.opening import GivenDocument


class Attachment:
    """A reference to a document; a path, or the bytes or pixels that the user gave.

    It is no part of a result's value: any two are equal, and pickle leaves the document behind.
    """

    __slots__ = ("_document", "_sha256")

    def __init__(self, document: GivenDocument | None = None, sha256: str | None = None) -> None:
        """Keeps a document without opening it.

        Args:
            document: what was read, or ``None`` if it is not to be had.
            sha256: of its bytes, in hex; ``None`` if it has none.
        """
        self._document = document
        self._sha256 = sha256

    @property
    def is_empty(self) -> bool:
        """Whether there is no document."""
        return self._document is None

    def open(self) -> DocumentImages | None:
        """Gives the pages' pixels; nothing is opened before they are asked for."""
        if self._document is None:
            return None
        return DocumentImages(self._document, self._sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attachment)

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[Any, ...]:
        return Attachment, ()

    def __deepcopy__(self, memo: object) -> Attachment:
        return self


class DocumentImages:
    """A document that is opened again when a page is asked for; a context manager.

    It is what exporters know as `notetext.exporters.PageImages`. One serves one thread.
    """

    def __init__(self, given: GivenDocument, sha256: str | None) -> None:
        self._given = given
        self._sha256 = sha256
        self._document: Document | None = None

    @property
    def source(self) -> Source | None:
        """The document's bytes, checked to be those that were read; ``None`` for pixels."""
        self._opened()
        return self._given.content if isinstance(self._given.content, Source) else None

    @property
    def password(self) -> SecretStr | None:
        """What opens the document, if it is encrypted."""
        return self._given.options.password

    def page(self, number: int) -> SourcePage:
        """A page, from 1; nothing of it is decoded yet.

        Raises:
            MissingSourceError: the document has gone or has changed.
        """
        return self._opened().page(number)

    def image(self, number: int) -> Image.Image:
        """A page's pixels, upright.

        Raises:
            MissingSourceError: the document has gone or has changed.
        """
        try:
            image = self.page(number).image()
            image.load()
        except CorruptInputError as error:
            if self.source is not None:
                raise
            # It could be read once, so it was closed since.
            raise MissingSourceError(
                f"the picture can no longer be used ({error.__cause__}); bring it back with "
                "result.attach(…)"
            ) from error
        return image

    def close(self) -> None:
        """Closes the document; it is opened anew when it is needed again."""
        document, self._document = self._document, None
        if document is not None:
            document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> Document:
        if self._document is None:
            try:
                info, document = self._given.open()
            except NoteTextError as error:
                raise MissingSourceError(
                    f"the document cannot be opened again: {error.message}; if it was moved, "
                    "say where it is with result.attach(…)",
                    source=error.source,
                ) from error
            if info.sha256 != self._sha256:
                document.close()
                raise MissingSourceError(
                    "the document is not the one that was read: its bytes have changed; "
                    "read it again, or bring the old one back with result.attach(…)",
                    source=info.name,
                )
            self._document = document
        return self._document
