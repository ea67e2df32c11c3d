"""What kind of writing is read."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias


class Mode(StrEnum):
    """What kind of writing to expect.

    ``AUTO`` is decided line by line where the engine can (`Engine.decides_mode`). With others it is
    ``HANDWRITTEN`` where the engine reads that language by hand, and ``PRINTED`` elsewhere.
    """

    AUTO = "auto"
    HANDWRITTEN = "handwritten"
    PRINTED = "printed"


ModeLike: TypeAlias = Mode | Literal["auto", "handwritten", "printed"]
"""A mode, or its name."""
