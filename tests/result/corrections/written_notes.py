"""Notes that are written as they would be read, and what became of them once corrected."""

from __future__ import annotations

from collections.abc import Sequence

from notetext import Box, Correction, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.model import Block, LeftOut, LeftOutReason, MarkShape, Table
from notetext.model import CorrectionKind as K

DISTANCE, CHARACTER = 40.0, 10.0

TO_DO = ("To do", "", "Ocall the bank", "Xpost the letter", "Obuy a new lamp", "", "That is all.")
TABLE = ("Day  Height  Leaves", " 1     12      4", " 5     15      4", " 9     19      9")


def result_of(*rows: str) -> RecognitionResult:
    """A note with an empty line between paragraphs, and boxes where lines begin with O or X."""
    paragraphs: list[list[Line]] = [[]]
    left_out = []
    for number, row in enumerate(rows):
        if not row:
            paragraphs.append([])
            continue
        middle = 100 + DISTANCE * number
        if row[0] in "OX":
            left_out.append(
                LeftOut(
                    reason=LeftOutReason.MARK,
                    box=Box.rectangle(60, middle - 11, 82, middle + 11),
                    shape=MarkShape.BOX,
                    is_ticked=row[0] == "X",
                )
            )
        paragraphs[-1].append(_line(row.lstrip("OX"), middle))
    page = Page(
        number=1,
        width=1000,
        height=1000,
        engine="local",
        paragraphs=tuple(Paragraph(lines=tuple(lines)) for lines in paragraphs),
        left_out=tuple(left_out),
    )
    return RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )


def _line(row: str, middle: float) -> Line:
    words, start = [], 0
    for text in row.split():
        start = row.index(text, start)
        left, width = 100 + start * CHARACTER, len(text) * CHARACTER
        box = Box.rectangle(left - 3, middle - 15, left + width + 3, middle + 15)
        words.append(Word(text=text, box=box, confidence=0.9))
        start += len(text)
    return Line(words=tuple(words), box=Box.along([w.box for w in words if w.box is not None]))


def blocks(result: RecognitionResult) -> tuple[Block, ...]:
    return result.pages[0].blocks


def outline(blocks: Sequence[Block]) -> list[str]:
    return [f"{block.kind}: {' / '.join(block.text.splitlines())}" for block in blocks]


def states(result: RecognitionResult) -> list[tuple[str, bool | None]]:
    return [(task.text, task.done) for task in result.tasks]


def tick(line: int, word: int = 0, *, done: bool = True) -> Correction:
    return Correction(kind=K.TASK_DONE if done else K.TASK_OPEN, page=1, line=line, word=word)


def words(line: int, word: int, old: str, new: str) -> Correction:
    return Correction(page=1, line=line, word=word, old=tuple(old.split()), new=tuple(new.split()))


def line_removed(read: RecognitionResult, line: int) -> Correction:
    old = tuple(word.text for word in read.lines[line].words)
    return Correction(kind=K.LINE_REMOVED, page=1, line=line, old=old)


def table_in(result: RecognitionResult) -> Table:
    return next(block for block in blocks(result) if isinstance(block, Table))
