"""Preprocessors change a page image before it is read. This is the contract."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from notetext.registry import Part, PreprocessorName

if TYPE_CHECKING:
    from PIL import Image

    from notetext.model import Language, Word
    from notetext.page_image import PageImage

ImageFunction: TypeAlias = "Callable[[Image.Image], Image.Image]"
PreprocessorLike: TypeAlias = "Preprocessor | ImageFunction | PreprocessorName | str"
PreprocessorsLike: TypeAlias = "Sequence[PreprocessorLike] | PreprocessorLike"


class PatchReader(Protocol):
    """Reads patches of a page, for steps that must know what stands there.

    Safe to call from several threads.
    """

    @property
    def fingerprint(self) -> str | None:
        """Identifies all that the text depends on; ``None``: results are not to be stored."""
        ...

    def read(self, patch: PageImage, language: Language) -> Sequence[Word]:
        """Reads a few lines by their pixels alone, without knowledge of the language's words.

        Raises:
            UnsupportedLanguageError: the language is not read.
            EngineError: the engine failed.
        """
        ...


class Preprocessor(Part):
    """A step that gets and returns a `PageImage`. One step serves several threads.

    It moves geometry only through the image's methods (``resized``, ``rotated``, ``warped``,
    ``cropped``), so that boxes land on the original page. Make subclasses frozen dataclasses of
    their parameters: the fingerprint then follows by itself. The version changes when the same
    pixels may become others.

    >>> from notetext.preprocessors import Preprocessor
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Invert(Preprocessor):
    ...     name = "invert"
    ...     version = "1"
    ...
    ...     def __call__(self, image):
    ...         return image.with_pixels(255 - image.pixels)
    >>> Invert().fingerprint
    'invert/1()'
    """

    def with_reader(self, reader: PatchReader) -> Preprocessor:
        """The step as it works where something can be read; itself if it needs nothing read.

        A pipeline asks before every document, and leaves the step itself as it is.
        """
        return self

    def turns_to_try(self, image: PageImage) -> Sequence[int]:
        """Which way up the page may lie after all, should what is read of it be doubtful.

        Args:
            image: the page after all steps, as the engine has seen it.

        Returns:
            Quarter turns, counter-clockwise, the likeliest first; none from steps that leave the
            page as it lies.
        """
        return ()

    @abstractmethod
    def __call__(self, image: PageImage) -> PageImage:
        """Returns the changed picture, or the same object if there is nothing to do.

        Raises:
            PreprocessingError: the step cannot do its work on this page.
        """
