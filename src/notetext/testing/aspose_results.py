"""The results of a fake task, in the formats of Aspose.OCR Cloud."""

from __future__ import annotations

import base64
import html
import itertools
import json
import re
from collections.abc import Sequence

from notetext.testing.aspose_requests import Settings
from notetext.testing.fake_service import FakeResult
from notetext.testing.fake_tables import as_csv, as_xlsx
from notetext.testing.placed_text import PlacedRow, as_png, picture_size, placed_rows

_BLANK_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
_HIDDEN_WORD = 10
"""The trial hides every so many words."""


def result_entries(result: FakeResult, result_type: str, image: bytes) -> list[dict[str, str]]:
    """The entries of ``results`` for a ``resultType``, such as ``"TextAndHocr"``."""
    kinds = result_type.split("And")
    entries = []
    if "Text" in kinds:
        entries.append(_entry("Text", result.text.encode()))
    if "Hocr" in kinds:
        size = picture_size(image)
        entries.append(_entry("Hocr", _hocr(placed_rows(result, size), size).encode()))
    if "Pdf" in kinds:
        entries.append(_entry("Pdf", _BLANK_PDF))
    if "JSON" in kinds:
        blocks = [_block(row) for row in placed_rows(result, picture_size(image))]
        entries.append(_entry("JSON", json.dumps(blocks).encode()))
    if "ImagePNG" in kinds:
        entries.append(_entry("ImagePNG", as_png(image)))
    return entries


def read(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """What is read, in the formats of ``resultType``."""
    return result_entries(result, settings.result_type, image)


def read_in_part(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """What the trial reads: stars in place of every tenth word."""
    count = itertools.count(1)

    def masked(word: re.Match[str]) -> str:
        return word[0] if next(count) % _HIDDEN_WORD else "*" * len(word[0])

    return read(FakeResult(re.sub(r"\w+", masked, result.text)), settings, image)


def read_regions(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """What is read in each of the regions, one after the other; in all of the picture without."""
    if not settings.regions:
        return read(result, settings, image)
    rows = placed_rows(result, picture_size(image))
    entries = []
    for region in sorted(settings.regions, key=lambda region: region.order):
        inside = [found for row in rows if (found := row.only(region.rect.holds))]
        part = FakeResult("\n".join(row.text for row in inside), [row.as_line() for row in inside])
        entries += read(part, settings, image)
    return entries


def found_regions(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """Where the lines of the text are."""
    corners = [row.corners for row in placed_rows(result, picture_size(image))]
    return [_entry("Other", json.dumps(corners).encode())]


def read_table(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """What is read, in the formats of ``resultTypeTable``."""
    kinds = settings.result_type_table.split("And")
    contents = {
        "Text": result.text.encode(),
        "Csv": as_csv(result.text).encode(),
        "Excel": as_xlsx(result.text),
    }
    return [_entry(kind, contents[kind]) for kind in kinds]


def read_invoice(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """The text itself, which should be the invoice's JSON."""
    return result_entries(result, "Text", image)


def same_picture(result: FakeResult, settings: Settings, image: bytes) -> list[dict[str, str]]:
    """The picture as a PNG; nothing is done to it."""
    return result_entries(result, "ImagePNG", image)


def _block(row: PlacedRow) -> dict[str, object]:
    names = ("topLeftX", "topLeftY", "bottomRightX", "bottomRightY")
    return {**dict(zip(names, row.corners, strict=True)), "text": row.text}


def _hocr(rows: Sequence[PlacedRow], size: tuple[int, int]) -> str:
    lines = "\n".join(
        "<span class='ocr_line'>"
        + " ".join(
            f"<span class='ocrx_word' title='{_place(word.corners)}; x_wconf 90'>"
            f"{html.escape(word.text)}</span>"
            for word in row.words
        )
        + "</span>"
        for row in rows
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><html><body>"
        f"<div class='ocr_page' title='{_place((0, 0, *size))}'>{lines}</div></body></html>"
    )


def _place(corners: Sequence[int] | None) -> str:
    return "" if corners is None else "bbox " + " ".join(str(corner) for corner in corners)


def _entry(kind: str, data: bytes) -> dict[str, str]:
    return {"type": kind, "data": base64.b64encode(data).decode("ascii")}
