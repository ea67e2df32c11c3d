"""What a review page holds and gives back: a result as it was read, and the corrections."""

from __future__ import annotations

from typing import Final, Literal

from notetext.model import Correction, DocumentData, FrozenModel

FORMAT: Final = "notetext-review"


class Review(FrozenModel):
    """The JSON in a review page, and that of its downloads."""

    format: Literal["notetext-review"]
    result: DocumentData
    """As it was read."""
    corrections: tuple[Correction, ...] = ()


class _Head(FrozenModel):
    format: object = None


def review_in(data: str | bytes) -> Review | None:
    """The review that JSON holds, or ``None`` if it is something else.

    Raises:
        ValidationError: it is damaged.
    """
    if _Head.model_validate_json(data).format != FORMAT:
        return None
    return Review.model_validate_json(data)
