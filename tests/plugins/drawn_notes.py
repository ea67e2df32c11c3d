"""Notes that are drawn as they are written here, and what is read of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from notetext import Box, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.model import LeftOut, LeftOutReason, MarkShape, SourceInfo

CHARACTER, HEIGHT, DISTANCE = 12, 26, 44


def result_of(*rows: str, blanks: bool = False) -> RecognitionResult:
    """What is read of a note that is drawn; see `drawn`."""
    page, picture = drawn(rows, blanks=blanks)
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name="note.png", sha256=hashlib.sha256(picture).hexdigest()),
        pages=(page,),
    ).attach(picture)


def drawn(rows: Sequence[str], *, blanks: bool = False) -> tuple[Page, bytes]:
    """A note as it is written here, with its picture; O, X and ? are boxes before their lines.

    A line that begins with # is half as large again.
    """
    picture = Image.new("L", (700, 80 + DISTANCE * len(rows)), 255)
    pen = ImageDraw.Draw(picture)
    paragraphs: list[list[Line]] = [[]]
    left_out = []
    for number, row in enumerate(rows):
        if not row:
            paragraphs.append([])
            continue
        top = 40 + DISTANCE * number
        if row[0] in "OX?":
            box = (60, top + 2, 82, top + 24)
            pen.rectangle(box, outline=0, width=3)
            ticked = {"O": False, "X": True, "?": None}[row[0]]
            left_out.append(
                LeftOut(
                    reason=LeftOutReason.MARK,
                    box=Box.rectangle(*box),
                    shape=MarkShape.BOX,
                    is_ticked=ticked,
                )
            )
            row = " " + row[1:]
        paragraphs[-1].append(_line(row, top, blanks, pen))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return Page(
        number=1,
        width=picture.width,
        height=picture.height,
        engine="local",
        paragraphs=tuple(Paragraph(lines=tuple(each)) for each in paragraphs if each),
        left_out=tuple(left_out),
    ), file.getvalue()


def _line(row: str, top: int, blanks: bool, pen: ImageDraw.ImageDraw) -> Line:
    size = 1.5 if row.startswith("#") else 1.0
    row = row.lstrip("#")
    words, start, end = [], 0, 0
    for text in row.split():
        start = row.index(text, end)
        left = 60 + start * CHARACTER * size
        box = Box.rectangle(left, top, left + len(text) * CHARACTER * size, top + HEIGHT * size)
        pen.text((left, top), text, fill=0, font_size=20 * size)
        words.append(
            Word(text=text, box=box, confidence=0.95, blanks=start - end if blanks else None)
        )
        end = start + len(text)
    return Line(words=tuple(words), box=Box.along([w.box for w in words if w.box is not None]))
