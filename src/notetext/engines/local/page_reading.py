"""Reads the lines of one page, each in its language and as what it is: hand or print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notetext.engines import Request
from notetext.engines.local.alphabets import classes
from notetext.engines.local.decoding import LanguageDecoder, language_decoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.kinds import LineReader, read_by_kind
from notetext.engines.local.language_telling import PageLanguages
from notetext.engines.local.line_decoders import DecoderByLanguage, LineDecoders, OneDecoder
from notetext.engines.local.line_reading import ReadLine, read_lines
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.scripts import script_of
from notetext.engines.local.sideways import read_turned
from notetext.model import Kind, Language, Mode


class PageReader:
    """Reads lines of one page; for one thread."""

    def __init__(
        self,
        request: Request,
        recognizers_for: Callable[[Request], RecognizerCache],
        *,
        lexicon: frozenset[str] | None,
        languages: PageLanguages | None,
        tells_kinds: bool,
    ) -> None:
        """Takes what it needs of an engine.

        Args:
            request: how the page is to be read.
            recognizers_for: gives the recognisers that suit a request.
            lexicon: the user's own words; ``None``: nothing is to be known of languages.
            languages: what tells the languages; ``None``: they are those of the request.
            tells_kinds: whether lines by hand and in print are read by different networks, if the
                mode is `Mode.AUTO`.
        """
        self._request = request
        self._recognizers_for = recognizers_for
        self._lexicon = lexicon
        self._languages = languages
        is_asked = tells_kinds and request.mode is Mode.AUTO
        self._kinds = script_of(request.languages).telling if is_asked else None

    def read(
        self, pixels: NDArray[np.uint8], detected: Sequence[DetectedLine]
    ) -> Iterator[ReadLine]:
        """Reads lines, also such as run sideways; each comes once, perhaps without a word."""
        return read_turned(lambda lines: self.read_as_they_lie(pixels, lines), detected)

    def read_as_they_lie(
        self, pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]
    ) -> Iterator[ReadLine]:
        """Reads each line from its start to its end, whichever way it runs."""
        for some in self._batches(pixels, lines):
            self._request.check("local")
            yield from some

    def _batches(
        self, pixels: NDArray[np.uint8], detected: Sequence[DetectedLine]
    ) -> Iterator[list[ReadLine]]:
        """Reads the lines in the mode asked for, or each as what it is."""
        request = self._request
        if self._kinds is not None:
            modes = {kind: replace(request, mode=Mode(kind.value)) for kind in Kind}
            reader_for = lru_cache(lambda kind: self._reader(modes[kind]))
            yield from read_by_kind(reader_for, self._kinds, pixels, detected)
            return
        is_told = request.mode is not Mode.AUTO
        kind = Kind(request.mode.value) if is_told else None
        reader = self._reader(request if is_told else replace(request, mode=Mode.HANDWRITTEN))
        for lines in read_lines(reader.recognizer, reader.decoders, pixels, detected):
            yield [replace(line, kind=kind) for line in lines]

    def _reader(self, request: Request) -> LineReader:
        recognizers = self._recognizers_for(request)
        known = classes(recognizers.characters, request.languages)
        return LineReader(recognizers.recognizer_for(known), self._decoders(request))

    def _decoders(self, request: Request) -> LineDecoders:
        if self._languages is None:
            return OneDecoder(self._decoder(request.mode, *request.languages))
        return DecoderByLanguage(
            self._languages, lambda language: self._decoder(request.mode, language)
        )

    def _decoder(self, mode: Mode, *languages: Language) -> LanguageDecoder | None:
        """What knows the languages, if it is wanted and there is one."""
        if self._lexicon is None:
            return None
        return language_decoder(frozenset(languages), mode, self._lexicon)
