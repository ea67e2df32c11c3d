"""The same plug-in where nobody asked for it by ``--plugin``: ``ocrmypdf --ocr-engine notetext``.

OCRmyPDF loads it wherever notetext is installed (entry point ``notetext`` in the group
``ocrmypdf``). It adds a name and options to OCRmyPDF and changes nothing else: whoever installed
notetext for something else goes on to read with Tesseract. OCRmyPDF then looks for Tesseract also
if notetext is to read; with ``--plugin notetext.ocrmypdf`` it does not.
"""

from __future__ import annotations

from notetext.ocrmypdf.supported import SUPPORTED

if SUPPORTED:
    from notetext.ocrmypdf.hooks_by_name import (
        add_options,
        check_options,
        get_ocr_engine,
        validate,
    )

    __all__ = ["add_options", "check_options", "get_ocr_engine", "validate"]
