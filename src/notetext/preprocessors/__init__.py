"""Preprocessors change a page image before it is read. This is the contract."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL import Image

    from notetext.page_image import PageImage

ImageFunction: TypeAlias = "Callable[[Image.Image], Image.Image]"
PreprocessorLike: TypeAlias = "Preprocessor | ImageFunction | str"


class Preprocessor(ABC):
    """A step that gets and returns a `PageImage`. One step serves several threads.

    It moves geometry only through the image's methods (``resized``, ``rotated``, ``warped``,
    ``cropped``), so that boxes land on the original page. Make subclasses frozen dataclasses of
    their parameters: the fingerprint then follows by itself.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Invert(Preprocessor):
    ...     name = "invert"
    ...     version = "1"
    ...
    ...     def __call__(self, page):
    ...         return page.with_pixels(255 - page.pixels)
    >>> Invert().fingerprint
    'invert/1()'
    """

    name: str
    """How errors and results call it; write ``name = "…"`` in the class."""
    version: str | None = None
    """Changes when the same pixels may become others; ``None``: results are not to be stored."""

    @property
    def fingerprint(self) -> str | None:
        """Identifies the step with its parameters; ``None``: results are not to be stored."""
        if self.version is None:
            return None
        parameters = ""
        if dataclasses.is_dataclass(self):
            fields = dataclasses.fields(self)
            parameters = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields)
        return f"{self.name}/{self.version}({parameters})"

    @abstractmethod
    def __call__(self, page: PageImage) -> PageImage:
        """Returns the changed page, or the same object if there is nothing to do.

        Raises:
            PreprocessingError: the step cannot do its work on this page.
        """
