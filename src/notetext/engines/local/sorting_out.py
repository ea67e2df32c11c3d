"""What of a page's lines is text, and what is told of as left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from notetext.engines.local.bullets import find_bullets, without_reading
from notetext.engines.local.crops import LINE_HEIGHT
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.first_numbers import counted_from_one
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.marks import CheckBox, mark_at_start
from notetext.engines.local.recognition import STEP
from notetext.engines.local.scribbles import scribbled_words
from notetext.engines.local.scripts import o_is_a_word, shapes_tell
from notetext.engines.local.show_through import Reader, shown_through
from notetext.engines.local.strikes import struck_words, with_struck_parts
from notetext.model import Box, Language, LeftOut, LeftOutReason, MarkShape

# Lines that begin with a circle are a list from so many of them on, and of all the page's lines.
_LEAST_BULLETS, _LEAST_BULLET_SHARE = 2, 1 / 3


@dataclass(frozen=True, slots=True)
class SortedPage:
    """A page's lines, sorted out.

    Attributes:
        lines: those with words.
        struck: words of them that are struck out, a run of neighbours each, and whole lines.
        left_out: everything else that was found, and where those words stand.
    """

    lines: tuple[ReadLine, ...]
    struck: tuple[ReadLine, ...]
    left_out: tuple[LeftOut, ...]


def sort_out(
    read: Iterable[ReadLine],
    languages: Collection[Language],
    read_again: Reader,
    boxes: Iterable[CheckBox] = (),
) -> SortedPage:
    """Sorts out what is text.

    Args:
        read: every piece that was found on the page and read.
        languages: that the text may be in.
        read_again: reads lines as those were read.
        boxes: the check boxes that were taken off them before.
    """
    lines = []
    left_out = [
        LeftOut(
            reason=LeftOutReason.MARK,
            box=Box.of_corners(box.place.corners),
            shape=MarkShape.BOX,
            is_ticked=box.is_ticked,
        )
        for box in boxes
    ]
    for line in read:
        if line.is_hopeless:
            left_out.append(_left_out(line, LeftOutReason.HOPELESS))
        elif not line.words:
            left_out.append(_left_out(line, LeftOutReason.NO_WORD))
        else:
            lines.append(line)
    for line in shown_through(lines, read_again):
        lines.remove(line)
        left_out.append(_left_out(line, LeftOutReason.SHOW_THROUGH))
    told_by_shape = shapes_tell(languages)
    bulleted = 0
    if told_by_shape:
        lines, marks, bulleted = _without_bullets(lines, languages, left_out, read_again)
        left_out += marks
    bullets = []
    if told_by_shape and not o_is_a_word(languages):
        bullets = [line for line in lines[bulleted:] if _begins_with_bullet(line)]
    if len(bullets) >= max(_LEAST_BULLETS, _LEAST_BULLET_SHARE * len(lines)):
        for line in bullets:
            place = box_of_word(line, line.words[0])
            left_out.append(LeftOut(reason=LeftOutReason.MARK, box=place, shape=MarkShape.CIRCLE))
            lines[lines.index(line)] = replace(line, words=line.words[1:])
    struck: list[ReadLine] = []
    if told_by_shape:
        lines, struck, places = _without_struck_words(lines)
        left_out += places
    return SortedPage(tuple(counted_from_one(lines)), tuple(struck), tuple(left_out))


def _without_bullets(
    lines: Sequence[ReadLine],
    languages: Collection[Language],
    left_out: Iterable[LeftOut],
    read_again: Reader,
) -> tuple[list[ReadLine], list[LeftOut], int]:
    """The lines without what bullets were read as, and those bullets.

    The lines that have them come first, and the third is how many these are.
    """
    known = [piece.box for piece in left_out if piece.reason is LeftOutReason.MARK and piece.box]
    bullets = find_bullets(lines, languages, known, read_again)
    with_bullets = [without_reading(lines[bullet.number], bullet) for bullet in bullets]
    taken = {number for bullet in bullets for number in (bullet.number, *bullet.pieces)}
    rest = [line for number, line in enumerate(lines) if number not in taken]
    boxes = (Box.of_corners(bullet.place.corners) for bullet in bullets)
    marks = [
        LeftOut(reason=LeftOutReason.MARK, box=box, shape=bullet.shape, number=bullet.says)
        for bullet, box in zip(bullets, boxes, strict=True)
    ]
    return [*with_bullets, *rest], marks, len(bullets)


def _without_struck_words(
    lines: Sequence[ReadLine],
) -> tuple[list[ReadLine], list[ReadLine], list[LeftOut]]:
    """The lines without the words that are struck out; those, and where they stand."""
    kept, runs, left_out = [], [], []
    lines = with_struck_parts(lines)
    for line, stroked, scribbled in zip(
        lines, struck_words(lines), scribbled_words(lines), strict=True
    ):
        struck = [any(ways) for ways in zip(stroked, scribbled, strict=True)]
        words = [word for word, is_struck in zip(line.words, struck, strict=True) if not is_struck]
        if not words:
            runs.append(line)
            left_out.append(_left_out(line, LeftOutReason.STRUCK_OUT))
            continue
        for is_struck, run in groupby(zip(struck, line.words, strict=True), itemgetter(0)):
            if is_struck:
                runs.append(replace(line, words=[word for _, word in run]))
        left_out += [
            LeftOut(reason=LeftOutReason.STRUCK_OUT, box=box_of_word(line, word))
            for word, is_struck in zip(line.words, struck, strict=True)
            if is_struck
        ]
        kept.append(replace(line, words=words) if any(struck) else line)
    return kept, runs, left_out


def box_of_word(line: ReadLine, word: DecodedWord) -> Box:
    """Where a word of a line stands on the page."""
    image = line.image
    left, right = min(word.start * STEP, image.width), min(word.end * STEP, image.width)
    corners = [(left, 0.0), (right, 0.0), (right, LINE_HEIGHT), (left, LINE_HEIGHT)]
    return Box.of_corners(image.to_page(corners))


def _begins_with_bullet(line: ReadLine) -> bool:
    """Whether a line begins with a circle that stands by itself before a word."""
    if len(line.words) < 2 or len(line.words[0].text) > 1 or not line.words[1].text[0].isalpha():
        return False
    mark = mark_at_start(line.image.page_pixels, line.image.line)
    return mark is not None and mark.shape is MarkShape.CIRCLE


def _left_out(line: ReadLine, reason: LeftOutReason) -> LeftOut:
    return LeftOut(reason=reason, box=Box.of_corners(line.image.line.corners))
