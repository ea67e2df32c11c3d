"""Reads hOCR, however it was written: pages, lines, words, and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from notetext.engines.aspose.markup import Tag, tags_and_texts
from notetext.model import Box, Line, Word

_LINE_CLASSES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_WORD_CLASSES = frozenset({"ocrx_word", "ocr_word"})
_BLOCK_CLASSES = frozenset({"ocr_par", "ocr_carea"})
_VOID_TAGS = frozenset({"br", "hr", "img", "input", "link", "meta"})
_DEEPEST = 10_000
_MOST_PIECES = 100_000
_MARKUP_PER_PIECE = 20
_NUMBER = r"(-?\d{1,7}(?:\.\d{1,6})?)"
_BBOX = re.compile(rf"\bbbox\s+{_NUMBER}\s+{_NUMBER}\s+{_NUMBER}\s+{_NUMBER}")
_CONFIDENCE = re.compile(rf"\bx_wconf\s+{_NUMBER}")


@dataclass(slots=True)
class HocrPage:
    """A page of hOCR.

    Attributes:
        box: left, top, right, bottom of the page, or ``None`` if it has none.
        lines: in the order of the file, in the page's own pixels; one without words stands
            between paragraphs.
    """

    box: tuple[float, float, float, float] | None = None
    lines: list[Line] = field(default_factory=list)

    def lines_on(self, size: tuple[int, int] | None) -> list[Line] | None:
        """The lines on a picture of ``size``, its width and height in pixels.

        Args:
            size: the picture's; ``None``: the page's own, so that nothing is scaled.

        Returns:
            The lines, their boxes scaled; ``None`` if the page has no box to scale by.
        """
        if self.box is None:
            return None
        left, top, right, bottom = self.box
        if right <= left or bottom <= top:
            return None
        width, height = size or (right - left, bottom - top)
        across, down = width / (right - left), height / (bottom - top)

        def placed(box: Box | None) -> Box | None:
            if box is None:
                return None
            return Box.rectangle(
                (box.left - left) * across,
                (box.top - top) * down,
                (box.right - left) * across,
                (box.bottom - top) * down,
            )

        return [
            Line(
                words=tuple(
                    word.model_copy(update={"box": placed(word.box)}) for word in line.words
                ),
                box=placed(line.box),
            )
            for line in self.lines
        ]


def parse_hocr(text: str, most_pieces: int = _MOST_PIECES) -> list[HocrPage]:
    """Reads hOCR; what cannot be understood is skipped, and the caller compares with the text.

    It takes a time that grows with the length of the text, and no faster.

    >>> from notetext.engines.aspose.hocr import parse_hocr
    >>> page, = parse_hocr(
    ...     "<div class='ocr_page' title='bbox 0 0 100 50'><span class='ocr_line' "
    ...     "title='bbox 5 5 50 20'><span class='ocrx_word' "
    ...     "title='bbox 5 5 50 20; x_wconf 87'>Hello</span></span></div>"
    ... )
    >>> page.lines[0].words[0].confidence
    0.87

    Args:
        text: the hOCR.
        most_pieces: words, lines and pages; nothing is read beyond them.
    """
    reader = _Reader()
    for piece in islice(tags_and_texts(text), _MARKUP_PER_PIECE * most_pieces):
        if isinstance(piece, str):
            reader.text(piece)
        elif piece.closing:
            reader.end(piece.name)
        else:
            reader.start(piece)
        if reader.pieces > most_pieces or reader.depth > _DEEPEST:
            break
    reader.end_line()
    return reader.pages


class _Reader:
    """Follows the elements by their classes."""

    def __init__(self) -> None:
        self.pages: list[HocrPage] = []
        self.pieces = 0
        self._open: list[tuple[str, str]] = []
        self._open_tags: Counter[str] = Counter()
        self._line_title: str | None = None
        self._word_title: str | None = None
        self._words: list[Word] = []
        self._text: list[str] = []

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def start(self, tag: Tag) -> None:
        """Takes the beginning of an element."""
        classes = set(tag.attributes.get("class", "").split())
        title = tag.attributes.get("title", "")
        kind = ""
        if "ocr_page" in classes:
            kind = "page"
            self.end_line()
            self.pages.append(HocrPage(_bbox(title)))
        elif classes & _BLOCK_CLASSES:
            kind = "block"
            self.end_line()
            self._end_paragraph()
        elif classes & _LINE_CLASSES:
            kind = "line"
            self.end_line()
            self._line_title = title
        elif classes & _WORD_CLASSES:
            kind = "word"
            self._end_words()
            self._word_title = title
        self.pieces += kind != ""
        if tag.name not in _VOID_TAGS:
            self._open.append((tag.name, kind))
            self._open_tags[tag.name] += 1
            if tag.alone:
                self.end(tag.name)

    def end(self, tag: str) -> None:
        """Takes the end of an element, and of those in it that have none."""
        if not self._open_tags[tag]:
            return
        while self._open:
            opened, kind = self._open.pop()
            self._open_tags[opened] -= 1
            if kind == "word":
                self._end_words()
            elif kind in {"line", "block", "page"}:
                self.end_line()
            if opened == tag:
                break

    def text(self, text: str) -> None:
        """Takes text."""
        if self._line_title is not None or self._word_title is not None:
            self._text.append(text)

    def end_line(self) -> None:
        """Finishes the line under way, if there is one."""
        self._end_words()
        title, self._line_title = self._line_title, None
        words, self._words = tuple(self._words), []
        if words:
            if not self.pages:
                self.pages.append(HocrPage())
            boxes = [word.box for word in words if word.box is not None]
            around = Box.around(boxes) if len(boxes) == len(words) else None
            self.pages[-1].lines.append(Line(words=words, box=_box(title or "") or around))

    def _end_words(self) -> None:
        """Makes a word of the text inside a word's element, or words of a line's bare text."""
        text, self._text = "".join(self._text), []
        title, self._word_title = self._word_title, None
        if title is None:
            parts = text.split()
            self.pieces += len(parts)
            self._words += [Word(text=part) for part in parts]
        elif text.strip():
            word = Word(text=" ".join(text.split()), box=_box(title), confidence=_confidence(title))
            self._words.append(word)

    def _end_paragraph(self) -> None:
        if self.pages and self.pages[-1].lines and self.pages[-1].lines[-1].words:
            self.pages[-1].lines.append(Line())


def _bbox(title: str) -> tuple[float, float, float, float] | None:
    found = _BBOX.search(title)
    if found is None:
        return None
    left, top, right, bottom = (float(number) for number in found.groups())
    return left, top, right, bottom


def _box(title: str) -> Box | None:
    box = _bbox(title)
    return None if box is None or box[2] < box[0] or box[3] < box[1] else Box.rectangle(*box)


def _confidence(title: str) -> float | None:
    found = _CONFIDENCE.search(title)
    return None if found is None else min(1.0, max(0.0, float(found.group(1)) / 100))
