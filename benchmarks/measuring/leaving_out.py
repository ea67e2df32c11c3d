"""`Auto` without one of the steps among which it chooses, to measure what that step is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from unittest.mock import patch

from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor, auto
from notetext.preprocessors.auto import Auto


def _as_it_is(image: PageImage) -> PageImage:
    return image


def _makes_no_step() -> Callable[[PageImage], PageImage]:
    return _as_it_is


_LEFT_OUT: dict[str, tuple[object, str, Callable[..., object]]] = {
    "invert": (auto, "Invert", _makes_no_step),
    "crop_to_page": (auto, "CropToPage", _makes_no_step),
    "levelling": (Auto, "_levelled", lambda _, image, __: image),
    "remove_ruling": (auto, "find_ruling", lambda _: None),
    "orient": (auto, "_may_be_upside_down", lambda _: False),
    "remove_slivers": (auto, "RemoveSlivers", _makes_no_step),
    "flatten_background": (auto, "is_shaded", lambda _: False),
}
"""Where a step is taken, and what is put there instead."""

STEPS = tuple(_LEFT_OUT)
"""The names of the steps that can be left out."""


@dataclass(frozen=True)
class AutoWithout(Preprocessor):
    """`Auto`, but for one of its steps.

    Args:
        left_out: one of `STEPS`.
        auto: with its reader.
    """

    left_out: str
    auto: Auto = field(default_factory=Auto)

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"without {self.left_out}"

    @property
    def fingerprint(self) -> None:
        """Nothing of it is to be stored."""
        return

    def __call__(self, image: PageImage) -> PageImage:
        where, name, instead = _LEFT_OUT[self.left_out]
        with patch.object(where, name, instead):
            return self.auto(image)
