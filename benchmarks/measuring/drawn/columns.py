"""Two and three columns with a heading above them, and lists whose prices stand far off."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from measuring.drawn.facts import money_sign
from measuring.drawn.fonts import BOLD_PRINT, HANDS, PRINTS, Face
from measuring.drawn.noted_facts import bill
from measuring.drawn.prose import paragraphs
from measuring.drawn.sheet import BLACK, PENS, Sheet, Writing, text_width, wrapped
from measuring.transcribed import TranscribedImage, dev_pages, kept

_WIDTH, _MARGIN = 1400, 100
_HEADINGS = ("On the nature of rivers", "A short report", "Letters to the editor", "Two views")
_SPREADS = ((0, 3), (8, 12), (15, 17))
_GAP_OF_A_SPREAD = 50


def columns(data: Path, made: Path) -> list[TranscribedImage]:
    """Prose in columns, pages of handwriting side by side, and bills."""
    prose = paragraphs(data)
    images = [
        _prose(made, number, " ".join(prose[3 * number : 3 * number + 4]), face, count)
        for number, (face, count) in enumerate(
            [(face, 2) for face in PRINTS[:4]] + [(face, 3) for face in PRINTS[:2]]
        )
    ]
    images += [
        _prose(
            made,
            6 + number,
            face.writable(" ".join(prose[12 + number :: 6])),
            face,
            2,
            by_hand=True,
        )
        for number, face in enumerate(HANDS[:2])
    ]
    images += [_spread(data, made, left, right) for left, right in _SPREADS]
    bills = [(face, True) for face in HANDS] + [(face, False) for face in PRINTS[:3]]
    return images + [_bill(made, number, *face) for number, face in enumerate(bills)]


def _prose(
    made: Path, number: int, text: str, face: Face, count: int, *, by_hand: bool = False
) -> TranscribedImage:
    """Columns as far apart as LaTeX sets them, which is as wide as the letters' size is high."""
    ink = PENS[number % len(PENS)] if by_hand else BLACK
    how = Writing(face, 22 if by_hand else 13, ink, by_hand)
    gap = how.font.size * (2 if by_hand else 1)
    width = (_WIDTH - 2 * _MARGIN - gap * (count - 1)) / count
    # A hand drifts, and keeps off the next column.
    lines = wrapped(text, how, width)
    rows = -(-len(lines) // count)
    title = Writing(face if by_hand else BOLD_PRINT, 1.3 * how.x_height, how.colour, by_hand)
    heading = _HEADINGS[number % len(_HEADINGS)]
    top = 2 * title.pitch
    sheet = Sheet(_WIDTH, round(top + (rows + 3.5) * how.pitch), 200 + number)
    sheet.write((_WIDTH - text_width(heading, title)) / 2, top, heading, title)
    for index, line in enumerate(lines):
        column, row = divmod(index, rows)
        left = _MARGIN + column * (width + gap)
        base = top + (row + 2) * how.pitch
        if by_hand or index == len(lines) - 1:
            sheet.write(left, base, line, how)
        else:
            _justify(sheet, left, base, line, how, width)
    path = made / f"columns-{count}-{number:02d}-{Path(face.file).stem}.jpg"
    return kept(sheet.scanned(), path, "\n".join([heading, *lines]))


def _justify(sheet: Sheet, left: float, base: float, line: str, how: Writing, width: float) -> None:
    """Sets a line as wide as its column."""
    words = line.split(" ")
    ink = sum(how.font.getlength(word) for word in words)
    blank = (width - ink) / max(1, len(words) - 1)
    for word in words:
        sheet.write(left, base, word, how)
        left += how.font.getlength(word) + blank


def _spread(data: Path, made: Path, left: int, right: int) -> TranscribedImage:
    """Two pages of handwriting side by side, which is read one after the other."""
    pages = [dev_pages(data, "notes_en")[number] for number in (left, right)]
    pictures = []
    for page in pages:
        with Image.open(page.path) as image:
            pictures.append(image.convert("L"))
    width = sum(picture.width for picture in pictures) + _GAP_OF_A_SPREAD
    spread = Image.new("L", (width, max(picture.height for picture in pictures)), 250)
    spread.paste(pictures[0], (0, 0))
    spread.paste(pictures[1], (pictures[0].width + _GAP_OF_A_SPREAD, 0))
    path = made / f"columns-spread-{left:02d}-{right:02d}.jpg"
    return kept(spread, path, "\n".join(page.text for page in pages))


def _bill(made: Path, number: int, face: Face, by_hand: bool) -> TranscribedImage:
    """A list of things, each with its price at the other edge of the page."""
    ink = PENS[number % len(PENS)] if by_hand else BLACK
    how = Writing(face, 26 if by_hand else 19, ink, by_hand)
    count = 8
    heading = ("Shopping", "Expenses in May", "For the workshop", "Bill")[number % 4]
    sheet = Sheet(_WIDTH, round((count + 6) * how.pitch), 250 + number)
    sheet.write(_MARGIN, 2 * how.pitch, heading, how)
    rows = bill(sheet.dice, money_sign(face, number), count)
    for row, (thing, price) in enumerate(rows):
        base = (row + 3.5) * how.pitch
        sheet.write(_MARGIN, base, thing, how)
        sheet.write_right(_WIDTH - _MARGIN, base, price, how)
    path = made / f"columns-bill-{number:02d}-{Path(face.file).stem}.jpg"
    return kept(sheet.scanned(), path, "\n".join([heading, *map(" ".join, rows)]))
