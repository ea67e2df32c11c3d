"""What a batch gives back for each document."""

from __future__ import annotations

from dataclasses import dataclass, field

from notetext.documents import DocumentLike
from notetext.documents.opening import name_of
from notetext.errors import NoteTextError
from notetext.result import RecognitionResult


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a batch and what became of it: either a result or an error.

    Attributes:
        index: its place among the sources, from 0.
        source: the document as it was given.
        result: what was read; pages that failed are in ``result.errors``.
        error: why the document could not be read at all.
    """

    index: int
    source: DocumentLike = field(repr=False)
    result: RecognitionResult | None = None
    error: NoteTextError | None = None

    @classmethod
    def of(
        cls, index: int, source: DocumentLike, outcome: RecognitionResult | NoteTextError
    ) -> Item:
        """Puts an outcome beside its source, under the name by which the caller knows it."""
        name = name_of(source)
        if isinstance(outcome, NoteTextError):
            outcome.source = name
            return cls(index, source, error=outcome)
        info = outcome.source.model_copy(update={"name": name, "index": index})
        return cls(index, source, result=outcome.model_copy(update={"source": info}))
