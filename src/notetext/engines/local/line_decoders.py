"""Which decoder each recognised line is given to: one for all, or that of its own language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage
from notetext.engines.local.ctc import decode_greedily, sureness
from notetext.engines.local.decoding import LanguageDecoder
from notetext.engines.local.language_telling import PageLanguages
from notetext.model import Language


class RecognizedLine(NamedTuple):
    """A line that was recognised: its image, T×C log-probabilities, and which one of all it was."""

    image: LineImage
    log_probs: NDArray[np.float32]
    number: int


class ToldLine(NamedTuple):
    """A line with what decodes it (``None``: nothing) and its language, if that was told."""

    recognized: RecognizedLine
    decoder: LanguageDecoder | None
    language: Language | None


class LineDecoders(Protocol):
    """Says which decoder lines are given to, as they are recognised."""

    def take(self, batch: Sequence[RecognizedLine], alphabet: Sequence[str]) -> list[ToldLine]:
        """Takes some lines, and gives those that can be decoded now."""
        ...

    def rest(self) -> list[ToldLine]:
        """Gives those that had to wait until all were recognised."""
        ...


class OneDecoder:
    """Gives all lines to one decoder; ``None``: they are read by their pixels alone."""

    def __init__(self, decoder: LanguageDecoder | None) -> None:
        self._decoder = decoder

    def take(self, batch: Sequence[RecognizedLine], alphabet: Sequence[str]) -> list[ToldLine]:
        """All of them."""
        return [ToldLine(line, self._decoder, None) for line in batch]

    def rest(self) -> list[ToldLine]:
        """Nothing."""
        return []


class DecoderByLanguage:
    """Gives each line to the decoder of its language, once that is told."""

    def __init__(
        self, page: PageLanguages, decoder_of: Callable[[Language], LanguageDecoder | None]
    ) -> None:
        """Takes lines of a page in turns with others that tell its languages, in one thread.

        Args:
            page: tells the languages.
            decoder_of: gives the decoder of a language; ``None``: its lines are read by their
                pixels alone.
        """
        self._page = page
        self._decoder_of = decoder_of
        self._waiting: list[RecognizedLine] = []

    def take(self, batch: Sequence[RecognizedLine], alphabet: Sequence[str]) -> list[ToldLine]:
        """Those whose language is settled."""
        for line in batch:
            words = decode_greedily(line.log_probs, alphabet)
            text = " ".join(word.text for word in words)
            self._page.see(line.image.line, text, sureness([line.log_probs]))
        told = self._page.settled([line.image.line for line in batch])
        self._waiting += [line for line, language in zip(batch, told, strict=True) if not language]
        return [
            ToldLine(line, self._decoder_of(language), language)
            for line, language in zip(batch, told, strict=True)
            if language
        ]

    def rest(self) -> list[ToldLine]:
        """Those that waited for the rest of the page."""
        waiting, self._waiting = self._waiting, []
        told = self._page.told([line.image.line for line in waiting]) if waiting else []
        return [
            ToldLine(line, self._decoder_of(language), language)
            for line, language in zip(waiting, told, strict=True)
        ]
