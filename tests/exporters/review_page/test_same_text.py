"""Whatever is done in the page, Python makes the same text of it, and the same tasks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from notetext import Box, Correction, Line, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.model import CorrectionKind, LeftOut, LeftOutReason, MarkShape

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
        if CorrectionKind.LINE_REMOVED not in kinds:
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
        assert [task.done for task in result.tasks] == made["tasks"] == made["again"]
        toggled += [task.done for task in read.tasks] != made["tasks"]
    assert toggled > 10
