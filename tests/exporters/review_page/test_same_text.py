"""Whatever is done in the page, Python makes the same text of it, and the same tasks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from notetext import Box, Correction, Line, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.model import (
    Cell,
    CorrectionKind,
    LeftOut,
    LeftOutReason,
    LinePart,
    ListBlock,
    MarkShape,
    ParagraphBlock,
    Table,
    Task,
)
from notetext.model.rebuilding import all_items

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


SHUFFLE = """
({ seed, read }) => {
  readPages[0] = readPage(read);
  drafts[0] = draftOf(readPages[0], []);
  let state = seed;
  const dice = (n) => { state = (state * 48271) % 2147483647; return state % n; };
  const pick = (list) => list[dice(list.length)];
  for (let n = 0; n < 14; n++) {
    const draft = drafts[0];
    const alive = draft.map((line, k) => (line.removed ? -1 : k)).filter((k) => k >= 0);
    if (alive.length === 0) break;
    const line = pick(alive);
    const texts = textsOf(draft[line]);
    const place = dice(texts.length);
    const page = readPages[0];
    change(pick([
      () => wordReplaced(page, draft, line, place, pick(["x", "new one", texts[place] + "s", ""])),
      () => retyped(page, draft, line, joinWords(texts).replace(" ", "")),
      () => retyped(page, draft, line, joinWords(texts) + " end"),
      () => retyped(page, draft, line, "start " + joinWords(texts)),
      () => wordConfirmed(draft, line, place),
      () => {
        const found = taskAt(page, draft, line, place);
        return found ? taskToggled(page, draft, found.index, found.item) : draft;
      },
      () => lineSplit(draft, line, place),
      () => linesJoined(draft, line),
      () => paragraphToggled(draft, line),
      () => lineRemoved(page, draft, line),
      () => replacedIn(
        page,
        draft,
        matchesOf(patternOf(pick(["o", "note", "s, a", " of", "."]), { wholeWords: dice(2) })),
        pick(["", "$&", "two words", "天"]),
      ),
      () => lineAdded(draft, line + 1, "an added line", true),
      () => lineAdded(draft, line, "a line on top", false),
      ...page.strikes.slice(0, 3).map(() => () => {
        const strike = pick(page.strikes);
        const texts = pick([undefined, ["other"], ["two", "words"]]);
        const stands = lineOfStrike(draft, strike.number) >= 0;
        return stands ? draft : (unstruck(page, draft, strike, texts) ?? draft);
      }),
    ])(), { line: 0, word: 0 });
  }
  const text = draftText(readPages[0], drafts[0]);
  layoutOf(readPages[0], drafts[0]).forEach((laid) => blockElement(readPages[0], drafts[0], laid));
  const corrections = allCorrections();
  const again = draftText(readPages[0], draftOf(readPages[0], corrections));
  return { text, again, corrections };
}
"""


TOGGLE = """
({ seed, read }) => {
  readPages[0] = readPage(read);
  drafts[0] = draftOf(readPages[0], []);
  let state = seed;
  const dice = (n) => { state = (state * 48271) % 2147483647; return state % n; };
  const page = readPages[0];
  for (let n = 0; n < 8; n++) {
    const draft = drafts[0];
    if (draft.length === 0) break;
    const line = dice(draft.length);
    const texts = textsOf(draft[line]);
    const found = taskAt(page, draft, line, dice(texts.length));
    if (found) change(taskToggled(page, draft, found.index, found.item), { line: 0, word: 0 });
    else change(wordReplaced(page, draft, line, texts.length - 1, "new end"), selected);
  }
  const tasksOf = (draft) => draft.flatMap((line) => {
    const items = line.groups.map((group) => homeIn(page, line, group).item);
    return items
      .filter((item, n) => item?.isTask && startOf(line, item) === n)
      .map((item) => taskState(line, item));
  });
  const corrections = allCorrections();
  const text = draftText(page, drafts[0]);
  const again = tasksOf(draftOf(page, corrections));
  return { text, corrections, tasks: tasksOf(drafts[0]), again };
}
"""


FILL = """
({ seed, read }) => {
  readPages[0] = readPage(read);
  drafts[0] = draftOf(readPages[0], []);
  let state = seed;
  const dice = (n) => { state = (state * 48271) % 2147483647; return state % n; };
  const pick = (list) => list[dice(list.length)];
  const page = readPages[0];
  const blanks = page.blocks.flatMap(({ cells }) => cells).filter(({ spans }) => !spans.length);
  for (let n = 0; n < 10; n++) {
    const draft = drafts[0];
    const alive = draft.map((line, k) => (line.removed ? -1 : k)).filter((k) => k >= 0);
    const line = pick(alive);
    const place = dice(textsOf(draft[line]).length);
    const cell = pick(blanks);
    const isFilled = draft.some(({ groups }) => groups.some(({ home }) => home === cell.home));
    const fill = () => (isFilled ? draft : cellFilled(page, draft, cell, pick(["x", "two words"])));
    change(pick([
      fill, fill, fill, fill,
      () => wordReplaced(page, draft, line, place, pick(["y", "new one", ""])),
      () => wordsReplaced(page, draft, line, place, 1, "left", "right"),
      () => wordConfirmed(draft, line, place),
      () => lineSplit(draft, line, place),
      () => linesJoined(draft, line),
      () => paragraphToggled(draft, line),
      () => lineRemoved(page, draft, line),
      () => lineAdded(draft, line + 1, "an added line", true),
    ])() ?? draft, { line: 0, word: 0 });
  }
  const text = draftText(page, drafts[0]);
  layoutOf(page, drafts[0]).forEach((laid) => blockElement(page, drafts[0], laid));
  const corrections = allCorrections();
  const again = draftText(page, draftOf(page, corrections));
  return { text, again, corrections };
}
"""


MOVING_ROWS = {
    CorrectionKind.LINE_ADDED,
    CorrectionKind.PARAGRAPH_ADDED,
    CorrectionKind.LINE_REMOVED,
    CorrectionKind.LINES_JOINED,
}


def table_of(dice: random.Random) -> NotePage:
    """A page with a table, some cells of which are empty, between two lines."""
    lines, rows = [Line(words=(Word(text="above"),))], []
    for row in range(dice.randint(2, 4)):
        held = [dice.random() < 0.6 for _ in range(3)]
        held = [False] * 3 if row and dice.random() < 0.2 else held
        cells: list[Cell] = []
        words: list[Word] = []
        for column, is_held in enumerate(held):
            box = Box.rectangle(200 * column, 50 * row + 50, 200 * column + 190, 50 * row + 95)
            place = Box.rectangle(box.left, box.top, box.left + 60, box.bottom)
            added = [Word(text=f"{row}{column}", box=place)] * (is_held * dice.randint(1, 2))
            first = len(words)
            words += added
            part = LinePart(line=len(lines), first=first, end=len(words), words=tuple(added))
            cells.append(Cell(lines=(part,)) if added else Cell(place=box))
        rows.append(tuple(cells))
        if words:
            lines.append(Line(words=tuple(words)))
    lines.append(Line(words=(Word(text="below"),)))
    ends = [
        ParagraphBlock(lines=(LinePart(line=n, end=1, words=lines[n].words),))
        for n in (0, len(lines) - 1)
    ]
    return NotePage(
        number=1,
        width=800,
        height=500,
        engine="local",
        paragraphs=(Paragraph(lines=tuple(lines)),),
        blocks=(ends[0], Table(rows=tuple(rows)), ends[1]),
    )


def test_whatever_is_written_into_cells_python_makes_the_same_text_and_table_of_it(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    page.evaluate("() => { announce = () => {}; keep = () => {}; }")
    filled = 0
    for seed in range(1, 150):
        drawn = table_of(random.Random(seed))
        drawn_table = next(block for block in drawn.blocks if isinstance(block, Table))
        if len({bool(cell.lines) for row in drawn_table.rows for cell in row}) < 2:
            continue
        read = note.model_copy(update={"pages": (drawn,)})
        given = {"seed": seed * 7919, "read": read.pages[0].model_dump(mode="json")}
        made = page.evaluate(FILL, given)
        result = read.corrected(Correction.model_validate(one) for one in made["corrections"])
        assert result.text == made["text"], (seed, result.corrections)
        assert made["again"] == made["text"], (seed, result.corrections)
        assert result.corrected(result.corrections) == result
        assert_blocks_are_whole(result.pages[0])
        kinds = {correction.kind for correction in result.corrections}
        if not kinds.isdisjoint(MOVING_ROWS):
            continue
        (table,) = (block for block in result.pages[0].blocks if isinstance(block, Table))
        for correction in result.corrections:
            if correction.row is not None and correction.column is not None:
                text = table.texts()[correction.row][correction.column]
                assert text == " ".join(correction.new), (seed, result.corrections)
                filled += 1
    assert filled > 20


def page_of(dice: random.Random, *, places: bool, struck: float = 0.0) -> NotePage:
    """A page of a few paragraphs of a few lines of a few words, some of them doubtful.

    Some lines begin with markers, and some have check boxes drawn before them. A share of the
    words is struck out.
    """
    paragraphs = []
    left_out = []
    top = 10
    for _ in range(dice.randint(1, 3)):
        lines_ = []
        for _ in range(dice.randint(1, 3)):
            top += 40
            texts = dice.choices(
                ["a", "note", "of", "ours,", "yester-", "天気"], k=dice.randint(1, 4)
            )
            texts[:0] = dice.choice([[], [], ["-"], ["☐"], ["[", "]"], ["[x]"]])
            words = tuple(
                Word(
                    text=text,
                    box=Box.rectangle(90 * n + 50, top, 90 * n + 125, top + 30) if places else None,
                    confidence=dice.choice([None, 0.5, 0.9]),
                    struck=dice.random() < struck,
                )
                for n, text in enumerate(texts)
            )
            if places and dice.random() < 0.3:
                left_out.append(
                    LeftOut(
                        reason=LeftOutReason.MARK,
                        box=Box.rectangle(10, top + 4, 32, top + 26),
                        shape=MarkShape.BOX,
                        is_ticked=dice.choice([None, True, False]),
                    )
                )
            lines_.append(Line(words=words))
        paragraphs.append(Paragraph(lines=tuple(lines_)))
    return NotePage(
        number=1,
        width=800,
        height=500,
        engine="local",
        paragraphs=tuple(paragraphs),
        left_out=tuple(left_out),
    )


@pytest.mark.parametrize("struck", [0.0, 0.4], ids=["nothing struck out", "some struck out"])
@pytest.mark.parametrize("places", [True, False], ids=["with places", "without places"])
def test_whatever_is_done_python_makes_the_same_text_of_it(
    open_page: Open, note: RecognitionResult, places: bool, struck: float
) -> None:
    page = open_page(note)
    page.evaluate("() => { announce = () => {}; keep = () => {}; }")  # nothing is shown: it is fast
    for seed in range(1, 150):
        drawn = page_of(random.Random(seed), places=places, struck=struck)
        read = note.model_copy(update={"pages": (drawn,)})
        given = {"seed": seed * 7919, "read": read.pages[0].model_dump(mode="json")}
        made = page.evaluate(SHUFFLE, given)
        result = read.corrected(Correction.model_validate(one) for one in made["corrections"])
        assert result.text == made["text"], result.corrections
        assert made["again"] == made["text"]
        assert result.corrected(result.corrections) == result
        assert all((word.box is not None) is places for word in result.words)
        kinds = {correction.kind for correction in result.corrections}
        if kinds.isdisjoint({CorrectionKind.LINE_REMOVED, CorrectionKind.UNSTRUCK}):
            assert _struck(result) == _struck(read)
        assert_blocks_are_whole(result.pages[0])


def assert_blocks_are_whole(page: NotePage) -> None:
    """Each word is in one block, and blocks have the words of their lines."""
    parts = [part for block in page.blocks for part in block.parts]
    for part in parts:
        assert part.words == page.lines[part.line].words[part.first : part.end]
    places = [(part.line, n) for part in parts for n in range(part.first, part.end)]
    every = [(line, n) for line, each in enumerate(page.lines) for n in range(len(each.words))]
    assert sorted(places) == every


def _struck(result: RecognitionResult) -> Counter[Word]:
    return Counter(word for word in result.words if word.struck)


@pytest.mark.parametrize("struck", [0.0, 0.3], ids=["nothing struck out", "some struck out"])
def test_whatever_is_toggled_python_makes_the_same_tasks_of_it(
    open_page: Open, note: RecognitionResult, struck: float
) -> None:
    page = open_page(note)
    page.evaluate("() => { announce = () => {}; keep = () => {}; }")
    toggled = 0
    for seed in range(1, 100):
        drawn = page_of(random.Random(seed), places=True, struck=struck)
        read = note.model_copy(update={"pages": (drawn,)})
        given = {"seed": seed * 7919, "read": read.pages[0].model_dump(mode="json")}
        made = page.evaluate(TOGGLE, given)
        result = read.corrected(Correction.model_validate(one) for one in made["corrections"])
        assert result.text == made["text"], result.corrections
        assert states(result) == made["tasks"] == made["again"]
        toggled += states(read) != made["tasks"]
    assert toggled > 10


def states(result: RecognitionResult) -> list[bool | None]:
    """Of the tasks in lists; those in tables are not toggled."""
    lists = [block for block in result.pages[0].blocks if isinstance(block, ListBlock)]
    return [
        item.done
        for block in lists
        for item in all_items(block.items)
        if isinstance(item, Task) and item.lines
    ]
