"""What OCRmyPDF calls to have a page read."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from notetext.errors import (
    ConfigurationError,
    EngineTimeoutError,
    EngineUnavailableError,
    NoteTextError,
)
from notetext.exporters.hocr import HocrExporter
from notetext.model import Language, Mode
from notetext.model.version import __version__
from notetext.ocrmypdf.languages import languages_named, names_of
from notetext.ocrmypdf.options import PluginOptions
from notetext.ocrmypdf.readers import patch_reader, reader
from notetext.ocrmypdf.text_pdf import text_pdf
from notetext.ocrmypdf.tree import page_tree
from notetext.page_image import PageImage
from notetext.page_image.pixels import to_pixels
from notetext.preprocessors.deskew import Deskew, skew
from notetext.preprocessors.orient import Orient
from notetext.result import Page, RecognitionResult
from ocrmypdf import (
    BadArgsError,
    ExitCode,
    ExitCodeException,
    MissingDependencyError,
    OcrElement,
    OcrEngine,
    OcrOptions,
    OrientationConfidence,
)

_log = logging.getLogger(__name__)


class ReadingFailedError(ExitCodeException):
    """A page could not be read; the message says why, and what to do about it."""

    exit_code = ExitCode.other_error


class NotetextEngine(OcrEngine):
    """Reads OCRmyPDF's pages with notetext.

    OCRmyPDF makes many of it, in threads or in processes; what is heavy, they share.
    """

    @staticmethod
    def version() -> str:
        """The version of notetext."""
        return __version__

    @staticmethod
    def creator_tag(options: OcrOptions) -> str:
        """What the PDF says that it was made with."""
        return f"notetext {__version__} ({PluginOptions.of(options).engine})"

    def __str__(self) -> str:
        return f"notetext {__version__}"

    @staticmethod
    def languages(options: OcrOptions) -> Set[str]:
        """All names of languages that ``-l`` may have: ISO 639 codes, and Tesseract's variants."""
        return names_of(_known(PluginOptions.of(options)))

    @staticmethod
    def get_orientation(input_file: Path, options: OcrOptions) -> OrientationConfidence:
        """Reads a few lines both ways up.

        Returns:
            How far the page is turned, in degrees; the confidence is 15 or more, which OCRmyPDF
            believes, where one way makes at least twice as much sense as any other, else 0.
        """
        ours = PluginOptions.of(options)
        language = _languages(ours, options)[0]
        with _as_ocrmypdf_says_it():
            orient = Orient(language=language, reader=patch_reader(ours))
            found = orient.way_up(_opened(input_file))
        if found is None:
            return OrientationConfidence(angle=0, confidence=0.0)
        quarters, sureness = found
        return OrientationConfidence(angle=90 * quarters % 360, confidence=30 * sureness)

    @staticmethod
    def get_deskew(input_file: Path, options: OcrOptions) -> float:
        """By how many degrees, counter-clockwise, the page must be turned for its lines to run
        level; 0 where they do, or where nobody can tell."""
        step = Deskew()
        angle = skew(_opened(input_file), step.most)
        return 0.0 if abs(angle) < step.least else -angle

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Yes: words come with their places, and no file stands in between."""
        return True

    @staticmethod
    def generate_ocr(
        input_file: Path, options: OcrOptions, page_number: int = 0
    ) -> tuple[OcrElement, str]:
        """Reads a page.

        Returns:
            Its paragraphs, lines and words with their places in the picture, and its text with
            line breaks.

        Raises:
            ExitCodeException: it could not be read.
        """
        page = _read(input_file, options).pages[0]
        language = options.languages[0] if len(options.languages) == 1 else None
        return page_tree(page, _dpi(input_file)[0], page_number, language), page.text

    @staticmethod
    def generate_hocr(
        input_file: Path, output_hocr: Path, output_text: Path, options: OcrOptions
    ) -> None:
        """Reads a page into an hOCR file, for OCRmyPDF's two steps with a correction in between.

        Raises:
            ExitCodeException: it could not be read.
        """
        result = _read(input_file, options)
        output_hocr.write_text(HocrExporter().render(result, None), encoding="utf-8")
        output_text.write_text(result.text, encoding="utf-8")

    @staticmethod
    def generate_pdf(
        input_file: Path, output_pdf: Path, output_text: Path, options: OcrOptions
    ) -> None:
        """Reads a page into a PDF of nothing but invisible words (``--pdf-renderer sandwich``).

        Raises:
            ExitCodeException: it could not be read.
        """
        result = _read(input_file, options)
        output_pdf.write_bytes(text_pdf(result.pages[0], *_dpi(input_file)))
        output_text.write_text(result.text, encoding="utf-8")


def _read(input_file: Path, options: OcrOptions) -> RecognitionResult:
    ours = PluginOptions.of(options)
    languages = _languages(ours, options)
    with _as_ocrmypdf_says_it():
        try:
            result = reader(ours).recognize(
                input_file, Mode(ours.mode), languages, on_error="raise", timeout_s=ours.timeout
            )
        except EngineTimeoutError:
            _log.warning("took longer than %g s to be read; it stays without text", ours.timeout)
            return _unread(input_file, ours, languages)
    for warning in result.pages[0].warnings:
        _log.info("%s", warning)
    return result


def _unread(input_file: Path, ours: PluginOptions, languages: list[Language]) -> RecognitionResult:
    """A page without words."""
    with Image.open(input_file) as picture:
        page = Page(number=1, width=picture.width, height=picture.height, engine=ours.engine)
    return RecognitionResult(
        engine=ours.engine, mode=Mode(ours.mode), languages=tuple(languages), pages=(page,)
    )


def _known(ours: PluginOptions) -> frozenset[Language]:
    return reader(ours).engine.languages(Mode(ours.mode))


def _languages(ours: PluginOptions, options: OcrOptions) -> list[Language]:
    return languages_named(options.languages, _known(ours))


def _opened(input_file: Path) -> PageImage:
    with Image.open(input_file) as picture:
        return PageImage(to_pixels(picture))


def _dpi(input_file: Path) -> tuple[float, float]:
    """The resolution that OCRmyPDF gave a picture; it is what makes pixels points again."""
    with Image.open(input_file) as picture:
        across, down = picture.info["dpi"]
    return float(across), float(down)


@contextmanager
def _as_ocrmypdf_says_it() -> Iterator[None]:
    """Our errors as those of OCRmyPDF, which end it with a message and a status of its own."""
    try:
        yield
    except ConfigurationError as error:
        raise BadArgsError(str(error)) from error
    except EngineUnavailableError as error:
        raise MissingDependencyError(str(error)) from error
    except NoteTextError as error:
        raise ReadingFailedError(str(error)) from error
