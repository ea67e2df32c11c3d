"""Words that are struck out, laid aside while a page is corrected, and put back afterwards.

What a person corrects is the text, and that has no such words. Corrections name places with them,
as they are on the page as read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import count
from typing import Generic, TypeAlias, TypeVar

from notetext.model import Correction, Line, PageData, Paragraph, Word, standing, standing_page
from notetext.result.structure.struck_parts import with_struck_parts

_P = TypeVar("_P", bound=PageData)
_Place: TypeAlias = tuple[int, int]
"""The number of a line on its page, and that of a word in it."""


class StruckAside(Generic[_P]):
    """A page as it was read, without what is struck out.

    Args:
        read: the page.

    Attributes:
        page: without those words; the page itself if there are none.
    """

    def __init__(self, read: _P) -> None:
        self._read = read
        self.page = standing_page(read)
        self._lines = read.lines
        self._standing = [n for n, line in enumerate(self._lines) if not line.is_struck]

    def without(self, correction: Correction) -> Correction:
        """A correction with its place on the page without the words."""
        if self.page is self._read:
            return correction
        line = self._lines[correction.line] if correction.line < len(self._lines) else Line()
        # What is beyond the end of the page or the line stays so.
        number = sum(n < correction.line for n in self._standing)
        number += max(0, correction.line - len(self._lines))
        word = len(standing(line.words[: correction.word]))
        word += max(0, correction.word - len(line.words))
        return correction.model_copy(update={"line": number, "word": word})

    def with_them(self, correction: Correction) -> Correction:
        """A correction of the page without the words, with its place on the page with them."""
        if self.page is self._read:
            return correction
        number, word = correction.line, correction.word
        if number == len(self._standing):
            return correction.model_copy(update={"line": len(self._lines)})
        line = self._standing[number]
        places = [n for n, each in enumerate(self._lines[line].words) if not each.struck]
        behind = places[-1] + 1 if places else 0
        place = places[word] if word < len(places) else behind
        return correction.model_copy(update={"line": line, "word": place})

    def put_back(self, corrected: _P, removed: Collection[int]) -> _P:
        """A corrected page with the words, beside those that they stood beside.

        Args:
            corrected: the page without them, once it was corrected.
            removed: the numbers of its lines that a person took out, with all that was in them.
        """
        if self.page is self._read:
            return corrected
        gone = {self._standing[number] for number in removed}
        paragraphs = _put_back(self._read, corrected, gone)
        blocks = tuple(with_struck_parts(corrected.blocks, paragraphs))
        return corrected.model_copy(update={"paragraphs": paragraphs, "blocks": blocks})


def _put_back(read: PageData, corrected: PageData, gone: Collection[int]) -> tuple[Paragraph, ...]:
    """The paragraphs of a corrected page with the words that are struck out on the page as read."""
    borders = _borders(standing(read.words), corrected.words)
    target = _Target(corrected)
    flat = 0  # the page's next word of those that stand
    for number, line in enumerate(read.lines):
        first = flat
        if line.is_struck and number not in gone:
            target.add_line(borders[flat], line)
        for word in line.words:
            if not word.struck:
                flat += 1
            elif number not in gone and not line.is_struck:
                target.add_word(borders[flat], word, is_after=flat > first)
    return target.paragraphs()


class _Target:
    """A corrected page to which words and lines are added that are struck out."""

    def __init__(self, page: PageData) -> None:
        self._page = page
        self._places = [
            (number, index)
            for number, line in enumerate(page.lines)
            for index, _ in enumerate(line.words)
        ]
        self._words: dict[_Place, list[Word]] = defaultdict(list)
        self._lines: dict[int, list[Line]] = defaultdict(list)

    def add_line(self, border: int, line: Line) -> None:
        """Adds a line below that of the word before a border between the page's words."""
        self._lines[self._places[border - 1][0] if border else -1].append(line)

    def add_word(self, border: int, word: Word, *, is_after: bool) -> None:
        """Adds a word at a border, to the line of the word before it or of that after it."""
        if not self._places:
            self.add_line(0, Line(words=(word,), box=word.box))
        elif border and (is_after or border == len(self._places)):
            number, index = self._places[border - 1]
            self._words[number, index + 1].append(word)
        else:
            self._words[self._places[border]].append(word)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The page's paragraphs with all that was added."""
        if not self._page.paragraphs:
            return (Paragraph(lines=tuple(self._lines[-1])),) if self._lines[-1] else ()
        numbers = count()
        found: list[Paragraph] = []
        for paragraph in self._page.paragraphs:
            lines = [] if found else [*self._lines[-1]]
            for line, number in zip(paragraph.lines, numbers, strict=False):
                lines += [self._with_words(number, line), *self._lines[number]]
            found.append(paragraph.model_copy(update={"lines": tuple(lines)}))
        return tuple(found)

    def _with_words(self, number: int, line: Line) -> Line:
        words: list[Word] = []
        for index in range(len(line.words) + 1):
            words += [*self._words.get((number, index), ()), *line.words[index : index + 1]]
        return (
            line
            if len(words) == len(line.words)
            else line.model_copy(update={"words": tuple(words)})
        )


def _borders(old: Sequence[Word], new: Sequence[Word]) -> list[int]:
    """Where the borders before, between and behind old words are among new ones."""
    before, after = ([(word.text, word.box) for word in words] for words in (old, new))
    borders = [0]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for border in range(i1 + 1, i2 + 1):
            is_last = border == i2 and tag != "equal"
            borders.append(j2 if is_last else min(j1 + border - i1, j2))
    return borders
