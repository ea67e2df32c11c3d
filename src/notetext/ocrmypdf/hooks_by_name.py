"""The plug-in where OCRmyPDF found it by itself: it reads if it is named."""

from __future__ import annotations

from argparse import ArgumentParser

from ocrmypdf.pdfinfo import PdfInfo

from notetext.ocrmypdf.checking import check, share_cores
from notetext.ocrmypdf.engine import NotetextEngine
from notetext.ocrmypdf.options import NAME, add_arguments
from ocrmypdf import OcrEngine, OcrOptions, hookimpl


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """Adds options to the command line."""
    add_arguments(parser)


@hookimpl
def check_options(options: OcrOptions) -> None:
    """Checks the options if notetext is to read.

    Raises:
        ExitCodeException: something is wrong with them, or missing on this machine.
    """
    if options.ocr_engine == NAME:
        check(options)


@hookimpl
def validate(pdfinfo: PdfInfo, options: OcrOptions) -> None:
    """Shares the cores out to the pages that are read at once."""
    if options.ocr_engine == NAME:
        share_cores(len(pdfinfo), options)


@hookimpl
def get_ocr_engine(options: OcrOptions | None) -> OcrEngine | None:
    """Notetext, if it is asked for by its name."""
    return NotetextEngine() if options is not None and options.ocr_engine == NAME else None
