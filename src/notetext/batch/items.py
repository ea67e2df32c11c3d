"""What a batch gives back for each document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeAlias

from notetext.documents import DocumentLike
from notetext.documents.opening import name_of
from notetext.errors import NoteTextError
from notetext.result import RecognitionResult

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    Given = TypeVar("Given", bound=DocumentLike, default=DocumentLike, covariant=True)
    _Source = TypeVar("_Source", bound=DocumentLike)
else:
    from typing import TypeVar

    Given = TypeVar("Given", covariant=True)


@dataclass(frozen=True, slots=True)
class Item(Generic[Given]):
    """A document of a batch and what became of it: either a result or an error.

    A batch gives a `ReadItem` or a `FailedItem`, so that after ``if item.error is None`` type
    checkers know that there is a result.

    Attributes:
        index: its place among the sources, from 0.
        source: the document as it was given.
        result: what was read; pages that failed beside others are in ``result.errors``.
        error: why nothing was read, or not all of it and no page is to blame; what was read all
            the same is in ``error.partial``.
    """

    index: int
    source: Given = field(repr=False)
    result: RecognitionResult | None = None
    error: NoteTextError | None = None

    @property
    def name(self) -> str:
        """The path as given, or the file object's name; of others, such as ``document 3``.

        >>> from notetext import Item
        >>> Item(2, b"%PDF-").name, Item(0, "scans/june.jpg").name
        ('document 3', 'scans/june.jpg')
        """
        return name_of(self.source) or f"document {self.index + 1}"

    @staticmethod
    def of(
        index: int, source: _Source, outcome: RecognitionResult | NoteTextError
    ) -> BatchItem[_Source]:
        """Puts an outcome beside its source, under the name by which the caller knows it."""
        name = name_of(source)
        if isinstance(outcome, NoteTextError):
            outcome.source = name
            return FailedItem(index, source, error=outcome)
        info = outcome.source.model_copy(update={"name": name, "index": index})
        return ReadItem(index, source, result=outcome.model_copy(update={"source": info}))


@dataclass(frozen=True, slots=True)
class ReadItem(Item[Given]):
    """A document of a batch that was read, or most of it.

    Attributes:
        result: what was read; pages that failed beside others are in ``result.errors``.
        error: ``None``.
    """

    result: RecognitionResult = field(kw_only=True)
    error: None = None


@dataclass(frozen=True, slots=True)
class FailedItem(Item[Given]):
    """A document of a batch that was not read.

    Attributes:
        result: ``None``.
        error: why.
    """

    result: None = None
    error: NoteTextError = field(kw_only=True)


BatchItem: TypeAlias = ReadItem[Given] | FailedItem[Given]
"""What a batch gives for each document."""
