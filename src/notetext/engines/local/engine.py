"""The offline engine itself."""

from __future__ import annotations

import copy
import os
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from notetext.engines import Engine, Reading, Request
from notetext.errors import ConfigurationError, UnsupportedLanguageError
from notetext.errors.checking import check_number
from notetext.model import (
    Box,
    Language,
    LeftOut,
    LeftOutReason,
    Line,
    Mode,
    Word,
    describe_languages,
    describe_left_out,
    list_languages,
)

if TYPE_CHECKING:
    from notetext.engines.local.detection import Detector
    from notetext.engines.local.language_telling import PageLanguages
    from notetext.engines.local.line_reading import ReadLine
    from notetext.engines.local.marks import CheckBox
    from notetext.engines.local.page_reading import PageReader
    from notetext.engines.local.recognizer_cache import RecognizerCache
    from notetext.engines.local.weights import NetworkFile
    from notetext.page_image import PageImage


@dataclass(frozen=True, slots=True)
class _Networks:
    """The networks in memory, of use in one process only; recognisers by their files."""

    process: int
    detector: Detector
    recognizers: dict[NetworkFile, RecognizerCache]


class LocalEngine(Engine):
    """Reads handwriting and print offline.

    The networks are those of PP-OCRv6; handwriting in the Latin script is read by one that was
    trained further for it, as docs/model-card.md tells.

    Threads may share one engine. The networks are loaded on first use, or by `load`; a pickled
    engine leaves them behind, and a forked process loads its own.

    >>> from notetext import LocalEngine
    >>> LocalEngine(threads=1).name
    'local'
    """

    name = "local"
    version = "16"
    decides_mode = True
    tells_languages = True
    runs_in: Literal["thread", "process"] = "process"

    def __init__(
        self,
        threads: int | None = None,
        language_model: Literal["words"] | None = "words",
        lexicon: Iterable[str] = (),
        weights: Literal["auto", "general"] | str | os.PathLike[str] = "auto",
    ) -> None:
        """Makes an engine; nothing is loaded yet.

        Args:
            threads: the threads that the networks use; if left out, as many as there are cores
                that this process may use, at most 4.
            language_model: ``"words"``: what the pixels leave open, the frequencies of words
                decide, in the languages that there are tables for; ``None``: pixels alone.
            lexicon: words of your own that are as good as frequent ones: names, drugs, products.
            weights: of the recogniser. ``"auto"``: those trained for handwriting, where it is
                handwriting in the Latin script, else ``"general"``: those of PP-OCRv6. Or the path
                of an ONNX file of your own: lines N×3×48×W in, probabilities N×(W/8)×C out, and
                the C - 2 characters between the CTC blank and the blank, a line each, in its
                metadata under ``character``.

        Raises:
            ConfigurationError: ``threads`` is less than 1, the language model is unknown, or
                the file of weights cannot be read.
        """
        from notetext.engines.local.weights import own_weights

        check_number("threads", threads, 1, whole=True)
        if language_model not in {"words", None}:
            raise ConfigurationError(
                f"language_model={language_model!r} is unknown; give 'words' or None"
            )
        if isinstance(lexicon, str):
            raise ConfigurationError("lexicon is one word; give a list of words")
        self.threads = threads
        self.language_model = language_model
        self.lexicon = frozenset(lexicon)
        self.weights = os.fspath(weights)
        self._own_file = None if self.weights in {"auto", "general"} else own_weights(self.weights)
        self._networks: _Networks | None = None
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """The version of the engine, what it knows, and the weights."""
        knowledge = f"language_model={self.language_model!r}, lexicon={sorted(self.lexicon)!r}"
        names = "+".join(file.name for file in self._files())
        return f"{self.name}-{self.version}({knowledge})/{names}"

    @property
    def default_preprocessors(self) -> Sequence[str]:
        """``"auto"``: what a page needs and no more."""
        return ("auto",)

    @property
    def patch_reader(self) -> Engine:
        """Itself: a patch is read in a tenth of a page's time or less."""
        return self

    def languages(self, mode: Mode) -> frozenset[Language]:
        """The languages whose letters the recogniser knows, all of them; the same in both modes.

        Raises:
            EngineUnavailableError: weights of the user's own cannot be read.
        """
        from notetext.engines.local.alphabets import readable_languages
        from notetext.engines.local.scripts import languages_by, languages_of
        from notetext.engines.local.weights import GENERAL

        if self._own_file is not None:
            return readable_languages(self._recognizers_of(self._own_file).characters)
        return languages_of(GENERAL) if self.weights == "general" else languages_by(mode)

    def check(self) -> None:
        """Looks for the weights.

        Raises:
            EngineUnavailableError: the weights are missing or damaged.
        """
        for file in self._files():
            file.read()

    def for_worker(self) -> LocalEngine:
        """A copy whose networks use one thread, unless the user said how many."""
        engine = copy.copy(self)
        engine.threads = self.threads or 1
        return engine

    def load(self) -> None:
        """Loads the networks, well under a second.

        What a language needs of the recogniser is loaded when that language is first read.

        Raises:
            EngineUnavailableError: the weights are missing or cannot be loaded.
        """
        self._loaded()

    def close(self) -> None:
        """Frees the networks. The next `read` loads them again."""
        with self._lock:
            self._networks = None

    def read(self, image: PageImage, request: Request) -> Reading:
        """Reads a page.

        Args:
            image: of any size, upright.
            request: the mode, the languages, when to give up.

        Returns:
            Fragments of written lines, in no particular order, with the words' boxes and
            confidences; apart from them what the writer struck out, as far as it can be read. What
            is no text, or cannot be read, is left out, with a warning.

        Raises:
            UnsupportedLanguageError: a language's letters are not in the recogniser's dictionary.
            EngineUnavailableError: the networks cannot be loaded.
            EngineTimeoutError: the deadline is over.
            CancelledError: the caller gave up.
        """
        from notetext.engines.local.boldness import bold_lines
        from notetext.engines.local.check_boxes import without_check_boxes
        from notetext.engines.local.rules import find_rules, without_columns
        from notetext.engines.local.scripts import shapes_tell
        from notetext.engines.local.single_line import as_single_line
        from notetext.engines.local.sorting_out import sort_out

        self._check_languages(request)
        detected = as_single_line(image, self._loaded().detector.find(image.pixels))
        request.check(self.name)
        rules = find_rules(image.pixels, detected)
        pixels = without_columns(image.pixels, rules)
        boxes: list[CheckBox] = []
        if shapes_tell(request.languages):
            pixels, detected, boxes = without_check_boxes(pixels, detected)
        reader = self._page_reader(request)
        lines = list(reader.read(pixels, detected))
        told = {line.language for line in lines if line.language is not None}
        page = sort_out(lines, told or request.languages, reader.read_as_they_lie, boxes)
        drawn = [LeftOut(reason=LeftOutReason.RULE, box=box) for box in rules.boxes()]
        return Reading(
            fragments=tuple(map(_on_page, page.lines, bold_lines(page.lines))),
            struck=tuple(map(_struck_on_page, page.struck)),
            left_out=(*page.left_out, *drawn),
            warnings=tuple(describe_left_out(page.left_out)),
        )

    def read_line(self, image: PageImage, request: Request) -> Line:
        """Reads a picture that holds one written line and little else, without looking for it.

        Args:
            image: the line, upright, of any height.
            request: the mode, the languages, when to give up.

        Returns:
            The line; without words if nothing is written there.

        Raises:
            UnsupportedLanguageError: a language's letters are not in the recogniser's dictionary.
            EngineUnavailableError: the networks cannot be loaded.
            EngineTimeoutError: the deadline is over.
            CancelledError: the caller gave up.
        """
        from notetext.engines.local.detected_line import DetectedLine

        self._check_languages(request)
        whole = DetectedLine.rectangle(0, 0, image.width, image.height)
        empty = Line(words=(), box=Box.rectangle(0, 0, image.width, image.height))
        read = self._page_reader(request).read(image.pixels, [whole])
        return next((_on_page(line) for line in read if line.words), empty)

    def tell_languages(
        self, paragraphs: Sequence[str], request: Request
    ) -> Sequence[Language | None]:
        """Tells the languages of paragraphs by their words, as it does with those that it reads."""
        from notetext.engines.local.language_telling import tell_texts

        return tell_texts(paragraphs, self._languages_of_page(request))

    def _page_reader(self, request: Request) -> PageReader:
        from notetext.engines.local.page_reading import PageReader

        knows = request.language_model and self.language_model is not None
        return PageReader(
            request,
            self._recognizers_for,
            lexicon=self.lexicon if knows else None,
            languages=self._languages_of_page(request) if request.tell_languages else None,
            tells_kinds=self.weights == "auto",
        )

    def _languages_of_page(self, request: Request) -> PageLanguages:
        """What tells the languages of a page."""
        from notetext.engines.local.language_telling import PageLanguages
        from notetext.engines.local.scripts import told_languages

        known = self.languages(request.mode)
        languages = told_languages(request.languages).items()
        return PageLanguages(
            {table: language for table, language in languages if language in known},
            request.languages[0],
        )

    def _check_languages(self, request: Request) -> None:
        known = self.languages(request.mode)
        unknown = [language for language in request.languages if language not in known]
        if unknown:
            raise UnsupportedLanguageError(
                f"the engine {self.name!r} does not read {describe_languages(unknown)}; it reads "
                + list_languages(sorted(known)),
                known=sorted(language.value for language in known),
            )

    def _files(self) -> list[NetworkFile]:
        """The weights of the detector, and of every recogniser that may read."""
        from notetext.engines.local.scripts import recognizer_weights
        from notetext.engines.local.weights import DETECTION, GENERAL

        if self._own_file is not None:
            recognizers = [self._own_file]
        elif self.weights == "general":
            recognizers = [GENERAL.find()]
        else:
            recognizers = [weights.find() for weights in recognizer_weights()]
        return [DETECTION.find(), *recognizers]

    def _recognizers_for(self, request: Request) -> RecognizerCache:
        """The recognisers that suit the writing."""
        from notetext.engines.local.scripts import script_of
        from notetext.engines.local.weights import GENERAL

        if self._own_file is not None:
            return self._recognizers_of(self._own_file)
        if self.weights == "general":
            return self._recognizers_of(GENERAL.find())
        script = script_of(request.languages)
        return self._recognizers_of(script.weights[request.mode].find())

    def _recognizers_of(self, file: NetworkFile) -> RecognizerCache:
        from notetext.engines.local.network import available_threads
        from notetext.engines.local.recognizer_cache import RecognizerCache

        loaded = self._loaded().recognizers
        with self._lock:
            if file not in loaded:
                loaded[file] = RecognizerCache(file, self.threads or available_threads())
            return loaded[file]

    def _loaded(self) -> _Networks:
        from notetext.engines.local.detection import Detector
        from notetext.engines.local.network import Network, available_threads
        from notetext.engines.local.weights import DETECTION

        with self._lock:
            # The threads of a session do not live on in a forked process.
            if self._networks is None or self._networks.process != os.getpid():
                file = DETECTION.find()
                network = Network(
                    file.read(), self.threads or available_threads(), name=file.path.name
                )
                self._networks = _Networks(os.getpid(), Detector(network), recognizers={})
            return self._networks

    def __getstate__(self) -> dict[str, Any]:
        return {
            "threads": self.threads,
            "language_model": self.language_model,
            "lexicon": self.lexicon,
            "weights": self.weights,
            "_own_file": self._own_file,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._networks = None
        self._lock = threading.Lock()


def _on_page(line: ReadLine, bold: bool | None = None) -> Line:
    """Puts a line's words from its time steps to where they stand on the page."""
    from notetext.engines.local.sorting_out import box_of_word

    words = tuple(
        Word(
            text=word.text,
            box=box_of_word(line, word),
            confidence=word.confidence,
            alternatives=word.alternatives,
            kind=line.kind,
            language=line.language,
            bold=bold,
        )
        for word in line.words
    )
    return Line(words=words, box=Box.of_corners(line.image.line.corners))


def _struck_on_page(line: ReadLine) -> Line:
    """Puts words that are struck out to where they stand on the page."""
    words = tuple(word.model_copy(update={"struck": True}) for word in _on_page(line).words)
    return Line(words=words, box=Box.along([word.box for word in words if word.box is not None]))
