"""Lists of facts, by hands and in print."""

from __future__ import annotations

from pathlib import Path

from measuring.drawn.fonts import HANDS, PRINTS, Face
from measuring.drawn.noted_facts import KINDS, fact_list
from measuring.drawn.sheet import PENS, Sheet, Writing
from measuring.photographs import KINDS as PHOTOGRAPHS
from measuring.photographs import photograph
from measuring.transcribed import TranscribedImage, kept

_PAGES_A_HAND = 3
_LINES_OF_A_KIND = 5
_WIDTH = 1200
_MARGIN = 90
_TAKEN = {kind.name: kind for kind in PHOTOGRAPHS}
_PAPERS = ("scan", "scan", "ruled", "scan", "desk", "shadow")


def facts(_: Path, made: Path) -> list[TranscribedImage]:
    """Lists of dates, sums, units, addresses, telephone numbers and codes."""
    faces = [(face, True) for face in HANDS for _ in range(_PAGES_A_HAND)]
    faces += [(face, False) for face in PRINTS]
    return [_page(made, number, face, by_hand) for number, (face, by_hand) in enumerate(faces)]


def money_sign(face: Face, number: int) -> str:
    """A sign of money that the font has."""
    return next(sign for sign in "$£€"[number % 3 :] + "$" if face.can_write(sign))


def _page(made: Path, number: int, face: Face, by_hand: bool) -> TranscribedImage:
    colour = PENS[number % len(PENS)] if by_hand else (30, 30, 30)
    how = Writing(face, 26 if by_hand else 19, colour, by_hand)
    names = list(KINDS)
    chosen = (names[number % len(names)], names[(number // 2 + 3) % len(names)])
    sheet = Sheet(_WIDTH, round((2 * _LINES_OF_A_KIND + 4.5) * how.pitch), 100 + number)
    lines: list[str] = []
    base = 2.0 * how.pitch
    for kind in chosen:
        for line in fact_list(sheet.dice, kind, _LINES_OF_A_KIND, money_sign(face, number)):
            sheet.write(_MARGIN, base, line, how)
            lines.append(line)
            base += how.pitch
        base += 0.6 * how.pitch
    paper = _PAPERS[number % len(_PAPERS)] if by_hand else "scan"
    image = (
        sheet.scanned() if paper == "scan" else photograph(sheet.image, _TAKEN[paper], number).image
    )
    path = made / f"facts-{number:02d}-{Path(face.file).stem}-{paper}.jpg"
    return kept(image, path, "\n".join(lines))
