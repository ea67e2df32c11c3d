"""The results of a fake task, in the formats of Aspose.OCR Cloud."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence

from notetext.testing.fake_service import FakeResult

_BLANK_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def result_entries(result: FakeResult, result_type: str, image: bytes) -> list[dict[str, str]]:
    """The entries of ``results`` for a ``resultType``, such as ``"TextAndHocr"``."""
    kinds = result_type.split("And")
    entries = []
    if "Text" in kinds:
        entries.append(_entry("Text", result.text.encode()))
    if "Hocr" in kinds:
        entries.append(_entry("Hocr", _hocr(result, image).encode()))
    if "Pdf" in kinds:
        entries.append(_entry("Pdf", _BLANK_PDF))
    return entries


def _hocr(result: FakeResult, image: bytes) -> str:
    width, height = _size(image)
    rows: list[list[tuple[str, str]]] = []
    if result.lines:
        rows = [
            [(word.text, _bbox(word.box)) for word in line.words]
            for line in result.lines
            if line.words
        ]
    else:
        texts = [row.split() for row in result.text.splitlines() if row.strip()]
        for number, words in enumerate(texts):
            top, bottom = (height * place // len(texts) for place in (number, number + 1))
            edges = [width * place // len(words) for place in range(len(words) + 1)]
            rows.append(
                [
                    (word, f"bbox {edges[place]} {top} {edges[place + 1]} {bottom}")
                    for place, word in enumerate(words)
                ]
            )
    lines = "\n".join(
        "<span class='ocr_line'>"
        + " ".join(
            f"<span class='ocrx_word' title='{box}; x_wconf 90'>{html.escape(word)}</span>"
            for word, box in row
        )
        + "</span>"
        for row in rows
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><html><body>"
        f"<div class='ocr_page' title='bbox 0 0 {width} {height}'>{lines}</div></body></html>"
    )


def _entry(kind: str, data: bytes) -> dict[str, str]:
    return {"type": kind, "data": base64.b64encode(data).decode("ascii")}


def _bbox(box: Sequence[float] | None) -> str:
    if box is None:
        return ""
    xs, ys = [round(x) for x in box[::2]], [round(y) for y in box[1::2]]
    return f"bbox {min(xs)} {min(ys)} {max(xs)} {max(ys)}"


def _size(image: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(image), formats=("JPEG", "PNG")) as picture:
        return picture.size
