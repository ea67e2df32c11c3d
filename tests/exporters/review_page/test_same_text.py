"""Whatever is done in the page, Python makes the same text of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from notetext import Box, Correction, Line, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.model import CorrectionKind

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
  const corrections = allCorrections();
  const again = draftText(readPages[0], draftOf(readPages[0], corrections));
  return { text, again, corrections };
}
"""


def page_of(dice: random.Random, *, places: bool, struck: float) -> NotePage:
    """A page of a few paragraphs of a few lines of a few words, some of them doubtful.

    A share of them is struck out.
    """
    paragraphs = []
    top = 10
    for _ in range(dice.randint(1, 3)):
        lines_ = []
        for _ in range(dice.randint(1, 3)):
            top += 40
            words = tuple(
                Word(
                    text=dice.choice(["a", "note", "of", "ours,", "yester-", "天気"]),
                    box=Box.rectangle(90 * n + 5, top, 90 * n + 80, top + 30) if places else None,
                    confidence=dice.choice([None, 0.5, 0.9]),
                    struck=dice.random() < struck,
                )
                for n in range(dice.randint(1, 4))
            )
            lines_.append(Line(words=words))
        paragraphs.append(Paragraph(lines=tuple(lines_)))
    return NotePage(number=1, width=500, height=500, engine="local", paragraphs=tuple(paragraphs))


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
            parts = [part for block in result.pages[0].blocks for part in block.parts]
            assert Counter(word for part in parts for word in part.words) == Counter(result.words)


def _struck(result: RecognitionResult) -> Counter[Word]:
    return Counter(word for word in result.words if word.struck)
