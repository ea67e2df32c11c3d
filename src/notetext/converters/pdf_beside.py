"""What a PDF holds beside its pages, which is not read: attached files, a form made of XFA."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.errors.foreign_text import one_line

if TYPE_CHECKING:
    import pypdfium2

# A warning names so many files, and so many characters of each name.
_MOST_NAMES = 3
_NAME_CHARACTERS = 60


def beside_pages(pdf: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """Sentences that name what is not read; the caller holds PDFium's lock.

    Args:
        pdf: of pypdfium2.
    """
    warnings = []
    if pdfium.FPDF_GetFormType(pdf) == pdfium.FORMTYPE_XFA_FULL:
        warnings.append(
            "this PDF is a dynamic XFA form: its fields and their values are no part of its "
            "pages, and are not read; print it to a new PDF with a program that shows them, "
            "such as Acrobat"
        )
    count = pdfium.FPDFDoc_GetAttachmentCount(pdf)
    if count > 0:
        names = ", ".join(_name(pdf, index) for index in range(min(count, _MOST_NAMES)))
        more = ", …" if count > _MOST_NAMES else ""
        files = "1 attached file" if count == 1 else f"{count:,} attached files"
        warnings.append(
            f"this PDF holds {files} ({names}{more}), not read; in a PDF portfolio the attached "
            "files are the document: save them, and read them one by one"
        )
    return tuple(warnings)


def _name(pdf: pypdfium2.PdfDocument, index: int) -> str:
    attachment = pdfium.FPDFDoc_GetAttachment(pdf, index)
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0) if attachment else 0
    units = (ctypes.c_ushort * (size // 2 + 1))()
    if attachment:
        pdfium.FPDFAttachment_GetName(attachment, units, size)
    name = bytes(units)[: max(0, size - 2)].decode("utf-16-le", "replace")
    return f"'{one_line(name, _NAME_CHARACTERS)}'" if name else "one without a name"
