"""A plug-in for OCRmyPDF: ``ocrmypdf --plugin notetext.ocrmypdf scan.pdf out.pdf``.

Named by ``--plugin``, it reads in the place of Tesseract, which then need not be installed; with
``--ocr-engine tesseract`` Tesseract reads after all. Where notetext is installed beside OCRmyPDF,
``--ocr-engine notetext`` means it too (`notetext.ocrmypdf.by_name`).

It needs OCRmyPDF 17: ``pip install "notetext[ocrmypdf]"``. `hooks` are what OCRmyPDF calls it by,
`options` what can be said to it, `languages` goes from OCRmyPDF's names of languages to ours,
`checking` looks at it all before anything begins, `readers` keeps what reads, `engine` reads a
page, `tree` and `text_pdf` hand over the words with their places.
"""

from __future__ import annotations

from notetext.ocrmypdf.supported import SUPPORTED

if SUPPORTED:
    from notetext.ocrmypdf.hooks import (
        add_options,
        check_options,
        filter_ocr_image,
        get_ocr_engine,
        initialize,
        register_options,
        validate,
    )

    __all__ = [
        "add_options",
        "check_options",
        "filter_ocr_image",
        "get_ocr_engine",
        "initialize",
        "register_options",
        "validate",
    ]
else:
    from notetext.ocrmypdf.refusing import initialize

    __all__ = ["initialize"]
