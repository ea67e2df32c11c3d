"""Print that is filled in by hand: by fonts that look like hands, and by lines of real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from measuring.drawn import noted_facts
from measuring.drawn.fonts import BOLD_PRINT, HANDS, PRINTS
from measuring.drawn.places import MeasuredPage, Place, measured_pages
from measuring.drawn.prose import paragraphs
from measuring.drawn.sheet import BLACK, PENS, Colour, Sheet, Writing, text_width, wrapped
from measuring.transcribed import TranscribedImage, kept

_WIDTH, _MARGIN = 1400, 100
_TITLES = ("Registration form", "Delivery note", "Report of damage", "Visitors' record")
_QUESTIONS = ("Remarks:", "What happened?", "Reason for the request:")
_FORMS = 8
_ANSWERED = slice(1, None, 4)  # of the English notes: three lines of each
_PAPER_LEVEL = 190  # of a scan of a note, from which on it is paper


def mixed(data: Path, made: Path) -> list[TranscribedImage]:
    """Forms with short answers, and printed letters with lines of handwriting below."""
    forms = [_form(made, number) for number in range(_FORMS)]
    prose = paragraphs(data)
    pages = measured_pages("notes_en")[_ANSWERED]
    return forms + [
        _letter(data, made, number, page, prose[-1 - number]) for number, page in enumerate(pages)
    ]


def _form(made: Path, number: int) -> TranscribedImage:
    """Labels in print, each with its answer on a line beside it."""
    label = Writing(PRINTS[number % len(PRINTS)], 17)
    face = HANDS[number % len(HANDS)]
    hand = Writing(face, 26, PENS[number % len(PENS)], by_hand=True)
    title = Writing(BOLD_PRINT, 24)
    pitch = round(1.25 * hand.pitch)
    rows = 8
    sheet = Sheet(_WIDTH, (rows + 4) * pitch, 300 + number)
    dice = sheet.dice
    name = _TITLES[number % len(_TITLES)]
    sheet.write(_MARGIN, 1.5 * pitch, name, title)
    things = noted_facts.bill(dice, "$", rows)
    day, month = noted_facts.number(dice, 1, 28), noted_facts.number(dice, 1, 12)
    room, count = noted_facts.number(dice, 2, 48), noted_facts.number(dice, 2, 60)
    fields = [
        [("Name:", noted_facts.pick(dice, noted_facts.NAMES))],
        [("Address:", f"{noted_facts.number(dice, 1, 99)} Mill Lane, Dover")],
        [("Date:", f"{day}/{month}/2024"), ("Room:", f"{room}B")],
        [("Telephone:", f"0{noted_facts.digits(dice, 3)} {noted_facts.digits(dice, 6)}")],
        [("Item:", noted_facts.pick(dice, noted_facts.THINGS)), ("Quantity:", str(count))],
        [("Amount:", f"${things[0][1]}")],
        [("Reason:", noted_facts.pick(dice, noted_facts.THINGS_TO_DO))],
        [("Signed:", noted_facts.pick(dice, noted_facts.NAMES))],
    ]
    lines = [name]
    for row, pairs in enumerate(fields):
        base = (row + 3) * pitch
        width = (_WIDTH - 2 * _MARGIN) / len(pairs)
        for column, (what, answer) in enumerate(pairs):
            left = _MARGIN + column * width
            sheet.write(left, base, what, label)
            begin = left + text_width(what, label) + 20
            sheet.rule(begin, left + width - 30, base + 8)
            sheet.write(begin + 15, base, answer, hand)
        lines.append(" ".join(f"{what} {answer}" for what, answer in pairs))
    path = made / f"mixed-form-{number:02d}-{Path(face.file).stem}.jpg"
    return kept(sheet.scanned(), path, "\n".join(lines))


def _letter(
    data: Path, made: Path, number: int, page: MeasuredPage, prose: str
) -> TranscribedImage:
    """A printed paragraph and a question, and lines of a real hand that answer it."""
    how = Writing(PRINTS[number % len(PRINTS)], 17, BLACK)
    printed = wrapped(prose, how, _WIDTH - 2 * _MARGIN)[:5]
    question = _QUESTIONS[number % len(_QUESTIONS)]
    answers = [_ink(data, page, line, PENS[number % len(PENS)]) for line in page.lines]
    pitch = max(answer.height for answer in answers)
    sheet = Sheet(_WIDTH, round(10 * how.pitch + (len(answers) + 0.5) * pitch), 330 + number)
    base = 2.0 * how.pitch
    for line in printed:
        sheet.write(_MARGIN, base, line, how)
        base += how.pitch
    base += 0.6 * how.pitch
    sheet.write(_MARGIN, base, question, how)
    top = round(base + 0.8 * how.pitch)
    for answer in answers:
        whole = Image.new("RGB", sheet.image.size, "white")
        whole.paste(answer, (_MARGIN, top))
        sheet.image.paste(ImageChops.multiply(sheet.image, whole))
        top += pitch
    path = made / f"mixed-letter-{number:02d}-{Path(page.name).stem}.jpg"
    text = page.text_lines(data)
    written = [text[line.line] for line in page.lines]
    return kept(sheet.scanned(), path, "\n".join([*printed, question, *written]))


def _ink(data: Path, page: MeasuredPage, line: Place, pen: Colour) -> Image.Image:
    """A line of handwriting in the colour of a pen, on white."""
    with Image.open(page.picture(data)) as image:
        grey = image.convert("L").crop((line.left, line.top, line.right, line.bottom))
    share = np.clip(np.asarray(grey, np.float64) / _PAPER_LEVEL, 0, 1)[..., None]
    coloured = 255 * share + np.array(pen) * (1 - share)
    picture = Image.fromarray(coloured.astype(np.uint8))
    room = _WIDTH - 2 * _MARGIN
    if picture.width > room:
        height = round(picture.height * room / picture.width)
        picture = picture.resize((room, height), Image.Resampling.LANCZOS)
    return picture
