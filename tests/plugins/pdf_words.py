"""The words of a PDF and where PDFium finds them."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]


def words_of(path: Path, page: int = 0) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The words of a PDF's page, each with its left, top, right and bottom, in points."""
    words: list[tuple[str, tuple[float, float, float, float]]] = []
    with pdfium.PdfDocument(path) as document:
        sheet = document[page]
        text = sheet.get_textpage()
        letters = ""
        boxes: list[tuple[float, float, float, float]] = []
        for index in range(text.count_chars() + 1):
            letter = text.get_text_range(index, 1) if index < text.count_chars() else ""
            if letter.strip():
                letters += letter
                boxes.append(text.get_charbox(index, loose=True))
            elif letters:
                left, bottom, right, top = zip(*boxes, strict=True)
                height = sheet.get_height()
                box = (min(left), height - max(top), max(right), height - min(bottom))
                words.append((letters, box))
                letters, boxes = "", []
    return words
