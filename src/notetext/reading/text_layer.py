"""When the text that a document already holds is reused, and how it meets what an engine reads."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notetext.errors.wording import counted
from notetext.model import Box, LeftOut, LeftOutReason, Line, Mode, Word, describe_left_out
from notetext.model.direction import is_from_the_right
from notetext.reading.garbling import Verdict, are_signs, doubtful, verdict
from notetext.reading.options import TextLayerUse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from notetext.converters import TextLayer, TextLayerWord
    from notetext.engines import Reading

ENGINE_NAME = "text_layer"
"""What `Page.engine` says of a page of which no pixel was read."""

_SAMPLES = 16
# In heights of the line: the blank that is usual between two words, the widest one within a line
# (beyond it a column ends), and how far kerned words may overlap.
_USUAL_BLANK = 0.3
_MAX_BLANK = 1.0
_MAX_OVERLAP = 0.3


# Dots and lines on which others are to write.
_LEADER = re.compile(r"[._\u2026]{3,}")
_NO_LANGUAGE = (
    "text of this page is no language, as where a font names other characters than it draws, and "
    "was not borne out by the pixels; compare it with the page, or pass text_layer='ignore'"
)


@dataclass(frozen=True, slots=True)
class TextLayerDecision:
    """What becomes of a page's text layer.

    Attributes:
        words: those that stand as they are, with confidence 1.
        read_pixels: whether an engine is to read the page, or parts of it; then see `merge`.
        places: the parts, in pixels of the page; none: all of it.
        warnings: sentences for the user.
        doubted: those of the words that are no language, a group a font; see `merge`.
        rules: where rules are drawn, in pixels of the page; none where no words are reused.
    """

    words: tuple[Word, ...] = ()
    read_pixels: bool = True
    places: tuple[Box, ...] = ()
    warnings: tuple[str, ...] = ()
    doubted: tuple[tuple[Word, ...], ...] = ()
    rules: tuple[Box, ...] = ()

    @property
    def drawn(self) -> tuple[LeftOut, ...]:
        """The rules, as what is on the page and no text."""
        return tuple(LeftOut(reason=LeftOutReason.RULE, box=box) for box in self.rules)


def decide(layer: TextLayer | None, mode: Mode, use: TextLayerUse) -> TextLayerDecision:
    """Decides whether a page's own text is reused.

    With ``AUTO``, visible words stand, however few. Where the page shows what may be writing beside
    them, and where a font seems to name other characters than it draws, the pixels are read too; a
    page without visible words is read as a whole. Invisible words are what some scanner recognized:
    they are left aside, except in printed mode on a page whose pixels need no reading.

    Args:
        layer: the page's text, or ``None`` if the format has none.
        mode: as the caller asked, `Mode.AUTO` included.
        use: as the caller asked.
    """
    if use is TextLayerUse.IGNORE:
        return TextLayerDecision()
    if use is TextLayerUse.ONLY:
        if layer is None or not layer.words:
            missing = "the page has no text layer, and text_layer='only' reads no pixels"
            warnings = layer.warnings if layer is not None else ()
            return TextLayerDecision(read_pixels=False, warnings=(*warnings, missing))
        warnings = layer.warnings
        if doubtful(layer.words):
            warnings = (*warnings, _NO_LANGUAGE)
        return TextLayerDecision(_as_words(layer.words), False, (), warnings, rules=layer.rules)
    if layer is None:
        return TextLayerDecision()
    visible = [word for word in layer.words if word.visible]
    if not visible:
        return TextLayerDecision(warnings=layer.warnings)
    seen = _as_words(visible)
    doubted = tuple(tuple(seen[each] for each in group) for group in doubtful(visible))
    if not doubted and are_signs(word.text for word in visible):
        doubted = (seen,)
    if doubted:
        return TextLayerDecision(seen, True, (), layer.warnings, doubted, layer.rules)
    if layer.unexplained:
        places = layer.unexplained
        return TextLayerDecision(seen, True, places, layer.warnings, rules=layer.rules)
    stand = layer.words if mode is Mode.PRINTED else visible
    return TextLayerDecision(_as_words(stand), False, (), layer.warnings, rules=layer.rules)


def as_fragments(words: Sequence[Word]) -> tuple[Line, ...]:
    """Joins words that follow each other on one line, in the order given.

    Fragments of whole lines are put in order faster, and more surely, than single words. Their
    words come from left to right, whatever their script; see `notetext.reading.direction`.

    >>> from notetext import Box, Word
    >>> from notetext.reading.text_layer import as_fragments
    >>> places = {"two": 0, "words": 35, "far": 200}
    >>> words = [Word(text=t, box=Box.rectangle(x, 0, x + 30, 10)) for t, x in places.items()]
    >>> [line.text for line in as_fragments(words)]
    ['two words', 'far']

    Args:
        words: with boxes.
    """
    runs: list[list[Word]] = []
    for word in words:
        if runs and _follows(runs[-1][-1], word):
            runs[-1].append(word)
        elif runs and _goes_on_leftwards(runs[-1][0], word):
            runs[-1].insert(0, word)
        else:
            runs.append([word])
    return tuple(Line(words=tuple(run), box=_around(run)) for run in runs)


def merge(
    reading: Reading, words: Sequence[Word], doubted: Iterable[Sequence[Word]] = ()
) -> Reading:
    """Puts a text layer's words beside what an engine read.

    What the engine read in the place of those words gives way to them, and so does what it left out
    there: the words are part of the text. But dots and lines on which something was written give
    way to that. The lines of an engine that gives no places cannot be compared: they stay, the
    words give way, and a warning says so.

    Args:
        reading: in the pixels of the picture that the engine saw.
        words: with boxes, in the same pixels.
        doubted: groups of them that are no language, and give way to what was read if that is
            something else.

    Returns:
        A reading of fragments.
    """
    verdicts = [(group, verdict(reading, group)) for group in doubted]
    garbled = {id(word) for group, said in verdicts if said is Verdict.OTHER for word in group}
    warnings = []
    if garbled:
        warnings.append(
            f"left out of the page's text: {counted(len(garbled), 'word')} of fonts that name "
            "other characters than they draw; the page is read by its pixels instead"
        )
    if any(said is Verdict.UNKNOWN for _, said in verdicts):
        warnings.append(_NO_LANGUAGE)
    if warnings:
        reading = replace(reading, warnings=(*reading.warnings, *warnings))
        words = [word for word in words if id(word) not in garbled]
    if not words:
        return reading
    lines = [line for line in (*reading.fragments, *reading.lines) if line.words]
    if any(line.box is None and _unplaced(line) for line in lines):
        warning = (
            "the engine gives no places, so the page's text layer was left aside for what it read"
        )
        return replace(reading, warnings=(*reading.warnings, warning))
    cover = _Cover(words)
    kept = cover.all_uncovered(lines)
    words = _filled_in(words, kept)
    reading = replace(_without_left_out(reading, cover), struck=cover.all_uncovered(reading.struck))
    return replace(reading, fragments=(*kept, *as_fragments(words)), lines=())


def _without_left_out(reading: Reading, cover: _Cover) -> Reading:
    """Drops what was left out in the place of words; the warnings count the rest."""
    left_out = tuple(p for p in reading.left_out if p.box is None or not cover.covers(p.box))
    counted = describe_left_out(reading.left_out)
    warnings = [warning for warning in reading.warnings if warning not in counted]
    recounted = describe_left_out(left_out) if len(warnings) < len(reading.warnings) else []
    return replace(reading, left_out=left_out, warnings=(*warnings, *recounted))


def regrouped(
    groups: Iterable[Sequence[Word]], words: Sequence[Word], others: Sequence[Word]
) -> list[list[Word]]:
    """Groups of words as groups of others that stand for them; words without one are left out.

    Args:
        groups: of words.
        words: those that others stand for.
        others: as many, in the same order.
    """
    of_word = {id(word): other for word, other in zip(words, others, strict=True)}
    return [[of_word[id(word)] for word in group if id(word) in of_word] for group in groups]


def _as_words(words: Iterable[TextLayerWord]) -> tuple[Word, ...]:
    return tuple(
        Word(text=word.text, box=word.box, confidence=1.0, bold=word.bold) for word in words
    )


def _follows(word: Word, next_word: Word) -> bool:
    """Whether the next word goes on in the same line, right after the word."""
    if word.box is None or next_word.box is None:
        return False
    x1, y1, x2, y2, x3, y3, x4, y4 = word.box
    width, height = math.hypot(x2 - x1, y2 - y1), math.hypot(x4 - x1, y4 - y1)
    if width == 0 or height == 0:
        return False
    # From the middle of the word's end to the middle of the next one's beginning.
    dx = (next_word.box[0] + next_word.box[6] - x2 - x3) / 2
    dy = (next_word.box[1] + next_word.box[7] - y2 - y3) / 2
    cos, sin = (x2 - x1) / width, (y2 - y1) / width
    along, across = dx * cos + dy * sin, dy * cos - dx * sin
    return -_MAX_OVERLAP * height < along < _MAX_BLANK * height and abs(across) < height / 2


def _goes_on_leftwards(word: Word, next_word: Word) -> bool:
    """Whether the next word goes on in a line that is written from right to left."""
    from_the_right = is_from_the_right(word.text) or is_from_the_right(next_word.text)
    return from_the_right and _follows(next_word, word)


def _around(run: Sequence[Word]) -> Box | None:
    """From the corners where the first word begins to those where the last one ends."""
    first, last = run[0].box, run[-1].box
    return None if first is None or last is None else Box((*first[:2], *last[2:6], *first[6:]))


def _filled_in(words: Sequence[Word], read: Sequence[Line]) -> list[Word]:
    """The words without those dots and lines on which something was written."""
    boxes = [word.box for line in read for word in line.words if word.box is not None]
    filled: list[Word] = []
    for word in words:
        text, part = _without_leaders(word)
        if text == word.text or not any(_is_written_on(word, part, box) for box in boxes):
            filled.append(word)
        elif part is not None:
            filled.append(word.model_copy(update={"text": text, "box": part}))
    return filled


def _is_written_on(word: Word, part: Box | None, box: Box) -> bool:
    """Whether what was read stands on a word's leader, no more than a line above it."""
    if word.box is None:
        return False
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    above = word.box.bottom - word.box.top
    on_it = word.box.left <= x <= word.box.right and word.box.top - above <= y <= word.box.bottom
    return on_it and (part is None or not part.left <= x <= part.right)


def _without_leaders(word: Word) -> tuple[str, Box | None]:
    """A word and its place without the leaders at its ends; no place if nothing else is there."""
    if word.box is None or _LEADER.search(word.text) is None:
        return word.text, word.box
    bare = _LEADER.sub(lambda match: " " * len(match[0]), word.text)
    if not bare.strip():
        return "", None
    start, end = len(bare) - len(bare.lstrip()), len(bare.rstrip())
    return word.text[start:end], word.box.part(start / len(bare), end / len(bare))


def _unplaced(line: Line) -> bool:
    return any(word.box is None for word in line.words)


class _Cover:
    """The places of a text layer's words."""

    def __init__(self, words: Iterable[Word]) -> None:
        parts = [(word.box, _without_leaders(word)[1]) for word in words]
        self._edges = _edges(part for _, part in parts)
        self._leaders = _edges(whole for whole, part in parts if part != whole)

    def all_uncovered(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """What of lines does not lie on the words."""
        left = map(self.uncovered, lines)
        return tuple(line for line in left if line is not None)

    def uncovered(self, line: Line) -> Line | None:
        """What of a line does not lie on the words, or ``None`` if all of it does."""
        if _unplaced(line):
            covered = line.box is not None and self.covers(line.box)
            return None if covered else line
        kept = tuple(word for word in line.words if not self._covers_word(word))
        if len(kept) == len(line.words):
            return line
        if not kept:
            return None
        return line.model_copy(
            update={"words": kept, "box": Box.around(word.box for word in kept if word.box)}
        )

    def covers(self, box: Box) -> bool:
        """Whether most of the text's middle line lies on the words.

        The middle line, since engines and documents disagree on how high a line is.
        """
        return _lies_on(box, self._edges)

    def _covers_word(self, word: Word) -> bool:
        if word.box is None:
            return False
        # The dots of a leader may have been read as well.
        is_leader = not any(map(str.isalnum, word.text)) and _lies_on(word.box, self._leaders)
        return is_leader or self.covers(word.box)


def _edges(boxes: Iterable[Box | None]) -> NDArray[np.float64]:
    """Left, top, right, bottom of words with half the blanks beside them."""
    import numpy as np

    edges = [
        (box.left - gap, box.top, box.right + gap, box.bottom)
        for box in boxes
        if box is not None
        for gap in [_USUAL_BLANK * min(box.right - box.left, box.bottom - box.top)]
    ]
    return np.array(edges, np.float64).reshape(-1, 4)


def _lies_on(box: Box, edges: NDArray[np.float64]) -> bool:
    """Whether most of a text's middle line lies on rectangles."""
    import numpy as np

    x1, y1, x2, y2, x3, y3, x4, y4 = box
    along = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    x = (x1 + x4) / 2 * (1 - along) + (x2 + x3) / 2 * along
    y = (y1 + y4) / 2 * (1 - along) + (y2 + y3) / 2 * along
    left, top, right, bottom = edges.T[:, :, None]
    on_a_word = ((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).any(axis=0)
    return bool(on_a_word.mean() > 0.5)
