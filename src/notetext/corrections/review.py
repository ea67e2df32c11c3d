"""What a review page holds and gives back: a result as it was read, and the corrections."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from notetext.corrections import Correction
from notetext.page import FrozenModel
from notetext.result import RecognitionResult

FORMAT = "notetext-review"

Result = TypeVar("Result", bound=RecognitionResult)


class Review(FrozenModel, Generic[Result]):
    """The content of a ``corrections.json``."""

    format: Literal["notetext-review"]
    result: Result
    """As it was read."""
    corrections: tuple[Correction, ...] = ()


class _Head(FrozenModel):
    format: object = None


def result_of_review(kind: type[Result], data: str | bytes) -> Result | None:
    """The corrected result that a review page gave back, or ``None`` if the JSON is none of it.

    Raises:
        ValidationError: it is damaged.
        CorrectionError: the corrections do not fit the result beside them.
    """
    if _Head.model_validate_json(data).format != FORMAT:
        return None
    review = Review[kind].model_validate_json(data)  # type: ignore[valid-type]
    return review.result.corrected(review.corrections)
