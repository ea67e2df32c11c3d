"""From a result and its pages to a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from notetext.converters import TextLayer
from notetext.documents import Source
from notetext.errors import ExportError, InputError, NoteTextError
from notetext.exporters import PageImages
from notetext.exporters.searchable_pdf.glyphless_font import Fonts
from notetext.exporters.searchable_pdf.picture import page_picture
from notetext.exporters.searchable_pdf.text_layer import ToPdf, add_text_layer
from notetext.exporters.searchable_pdf.word_boxes import BoxedWord, boxed_words
from notetext.model import Box, PageStatus, standing
from notetext.result import Page, RecognitionResult

POINTS_PER_INCH = 72.0
_DPI = 300.0
"""For pictures that do not say how large they are."""
_HEADER_WITHIN = 1024
"""A PDF may have junk before its header; readers look this far for it."""
_A4 = (595.0, 842.0)
_LARGEST = 14_400.0
"""The longest side that a PDF page may have, in points."""


def searchable_pdf(result: RecognitionResult, images: PageImages) -> bytes:
    """Renders a result; see `SearchablePdfExporter`."""
    source = images.source
    if source is not None and b"%PDF-" in source.head()[:_HEADER_WITHIN]:
        return _with_text(result, images, source)
    return _of_pictures(result, images)


def _of_pictures(result: RecognitionResult, images: PageImages) -> bytes:
    with Pdf.new() as pdf:
        fonts = Fonts(pdf)
        for page in result.pages:
            _add_page(pdf, page, images, fonts)
        fonts.finish()
        _describe(pdf, result)
        return _saved(pdf)


def _with_text(result: RecognitionResult, images: PageImages, source: Source) -> bytes:
    password = images.password.get_secret_value() if images.password else ""
    try:
        with pikepdf.open(source.path or io.BytesIO(source.read()), password=password) as pdf:
            _keep_pages(pdf, [page.number for page in result.pages])
            fonts = Fonts(pdf)
            for target, page in zip(pdf.pages, result.pages, strict=True):
                if standing(page.words):
                    words = _unknown_words(page, images.page(page.number).text_layer())
                    add_text_layer(target, words, _map_to(target, page), fonts)
            fonts.finish()
            return _saved(pdf)
    except (NoteTextError, MemoryError):
        raise
    except Exception as error:  # a damaged file makes pikepdf raise anything
        raise ExportError(
            f"the PDF was read, but it is too damaged to be changed ({error}); save it anew in a "
            "PDF viewer, read it again and export it then",
            source=source.name,
        ) from error


def _saved(pdf: Pdf) -> bytes:
    file = io.BytesIO()
    if pdf.is_encrypted:
        pdf.save(file, encryption=True)
    else:
        pdf.save(file, deterministic_id=True)
    return file.getvalue()


def _keep_pages(pdf: Pdf, numbers: list[int]) -> None:
    if numbers == list(range(1, len(pdf.pages) + 1)):
        return
    kept = [pdf.pages[number - 1] for number in numbers]
    del pdf.pages[:]
    pdf.pages.extend(kept)


def _map_to(target: pikepdf.Page, page: Page) -> ToPdf:
    """From a page's pixels to the space of the original, as PDFium showed it."""
    media, crop = _normal(target.mediabox), _normal(target.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    seen = (left, bottom, right, top) if left < right and bottom < top else media
    rotation = int(target.obj.get(Name.Rotate, 0))
    return ToPdf.of_view(seen, rotation % 360, page.width, page.height)


def _normal(box: pikepdf.Array) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(value) for value in box.as_list())
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _unknown_words(page: Page, layer: TextLayer | None) -> Iterator[BoxedWord]:
    """The words that the original does not hold as text in the same place."""
    known: dict[str, list[Box]] = {}
    for word in layer.words if layer is not None else ():
        known.setdefault(word.text, []).append(word.box)
    for placed in boxed_words(page):
        x, y = sum(placed.box[::2]) / 4, sum(placed.box[1::2]) / 4
        if not any(
            box.left <= x <= box.right and box.top <= y <= box.bottom
            for box in known.get(placed.text, ())
        ):
            yield placed


def _add_page(pdf: Pdf, page: Page, images: PageImages, fonts: Fonts) -> None:
    """A new page with a picture and its text; one that could not be decoded stays blank."""
    if not page.width:
        pdf.add_blank_page(page_size=_A4)
        return
    dpi = page.dpi or _DPI
    width = page.width * POINTS_PER_INCH / dpi
    height = page.height * POINTS_PER_INCH / (page.dpi_y or dpi)
    shrink = min(1.0, _LARGEST / max(width, height))
    width, height = width * shrink, height * shrink
    target = pdf.add_blank_page(page_size=(width, height))
    try:
        picture, upright = page_picture(pdf, page, images)
    except InputError:
        if page.status is PageStatus.FAILED:
            return
        raise
    target.resources[Name.XObject] = Dictionary({"/Page": picture})
    turn = " ".join(str(number) for number in upright)
    draw = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm {turn} cm /Page Do Q\n"
    target.contents_add(draw.encode("ascii"))
    to_pdf = ToPdf.of_view((0, 0, width, height), 0, page.width, page.height)
    add_text_layer(target, boxed_words(page), to_pdf, fonts)


def sign(pdf: Pdf) -> None:
    """Says in a PDF what has made it."""
    from notetext.model.version import __version__

    pdf.docinfo[Name.Producer] = f"notetext {__version__}"


def _describe(pdf: Pdf, result: RecognitionResult) -> None:
    sign(pdf)
    if result.source.name is not None:
        pdf.docinfo[Name.Title] = Path(result.source.name).name
    if result.languages:
        pdf.Root.Lang = pikepdf.String(result.languages[0].value)
