"""The plug-in where it was asked for: it reads in the place of Tesseract."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from ocrmypdf.builtin_plugins import tesseract_ocr
from ocrmypdf.pdfinfo import PdfInfo
from PIL.Image import Image
from pluggy import PluginManager
from pydantic import BaseModel

from notetext.ocrmypdf import by_name
from notetext.ocrmypdf.checking import check, share_cores
from notetext.ocrmypdf.engine import NotetextEngine
from notetext.ocrmypdf.options import NAME, add_arguments
from ocrmypdf import OcrEngine, OcrOptions, PageContext, hookimpl

# Its functions have no types.
_tesseract: Any = tesseract_ocr

# OCRmyPDF calls these by their names, with arguments by theirs.


@hookimpl
def initialize(plugin_manager: PluginManager) -> None:
    """Takes Tesseract's place, and that of the same plug-in by its entry point."""
    plugin_manager.set_blocked(tesseract_ocr.__name__)
    for registered in plugin_manager.get_plugins():
        if registered is by_name:
            plugin_manager.unregister(registered)


@hookimpl
def register_options() -> dict[str, type[BaseModel]]:
    """Keeps Tesseract's options known: OCRmyPDF looks at them whatever reads."""
    models: dict[str, type[BaseModel]] = _tesseract.register_options()
    return models


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """Adds options to the command line, and keeps Tesseract's, so that scripts go on to work."""
    _tesseract.add_options(parser)
    add_arguments(parser)


@hookimpl
def check_options(options: OcrOptions) -> None:
    """Checks the options of what reads.

    Raises:
        ExitCodeException: something is wrong with them, or missing on this machine.
    """
    if _is_tesseract(options):
        _tesseract.check_options(options)
    elif _is_ours(options):
        check(options)


@hookimpl
def validate(pdfinfo: PdfInfo, options: OcrOptions) -> None:
    """Shares the cores out to the pages that are read at once."""
    if _is_tesseract(options):
        _tesseract.validate(pdfinfo, options)
    elif _is_ours(options):
        share_cores(len(pdfinfo), options)


@hookimpl
def filter_ocr_image(page: PageContext, image: Image) -> Image | None:
    """Makes pages small enough for Tesseract, if that reads; ours takes them as they are."""
    if not _is_tesseract(page.options):
        return None
    fitting: Image = _tesseract.filter_ocr_image(page, image)
    return None if fitting is image else fitting


@hookimpl
def get_ocr_engine(options: OcrOptions | None) -> OcrEngine | None:
    """What reads."""
    if options is None or _is_ours(options):
        return NotetextEngine()
    if _is_tesseract(options):
        tesseract: OcrEngine = _tesseract.get_ocr_engine(options)
        return tesseract
    return None


def _is_ours(options: OcrOptions) -> bool:
    return options.ocr_engine in {"auto", NAME}


def _is_tesseract(options: OcrOptions) -> bool:
    return options.ocr_engine == "tesseract"
