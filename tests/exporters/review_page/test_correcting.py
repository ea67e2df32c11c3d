"""Correcting in place, by mouse and by keys, and taking the corrections away."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from correcting import Keyboard, pdf_words
from markdown_it import MarkdownIt
from playwright.sync_api import Locator, Page, expect

from notetext import Box, Correction, Line, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.model import CorrectionKind

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


def word(page: Page, text: str) -> Locator:
    return page.get_by_role("gridcell", name=text, exact=True)


def lines(page: Page) -> list[str]:
    return page.locator(".line:not(.removed)").all_inner_texts()


def downloaded(page: Page, name: str, folder: Path) -> Path:
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.locator(f'#downloads [data-format="{name}"]').click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def taken_back(page: Page, folder: Path) -> RecognitionResult:
    return RecognitionResult.from_json(downloaded(page, "json", folder).read_bytes())


def test_an_alternative_that_is_clicked_is_what_the_word_says(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Thorsday,").click()
    page.get_by_role("button", name="Thursday,").click()
    expect(word(page, "Thursday,")).to_have_attribute(
        "aria-description", "corrected, read as Thorsday,"
    )
    expect(page.locator("#doubts")).to_have_text("2 doubtful")
    result = taken_back(page, tmp_path)
    (correction,) = result.corrections
    assert (correction.page, correction.line, correction.word) == (1, 0, 2)
    assert (correction.old, correction.new) == (("Thorsday,",), ("Thursday,",))
    assert result.lines[0].words[2].box == note.lines[0].words[2].box


def test_keys_go_from_doubt_to_doubt_and_accept(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Meeting").click()
    page.keyboard.press("n")
    expect(word(page, "Thorsday,")).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("n")
    expect(word(page, "Poul.")).to_be_focused()
    page.keyboard.press("p")
    expect(word(page, "three")).to_be_focused()
    page.keyboard.press("a")
    expect(word(page, "Poul.")).to_be_focused()
    expect(page.locator("#doubts")).to_have_text("1 doubtful")
    expect(word(page, "three")).to_have_attribute("aria-description", "confirmed")
    kinds = [correction.kind for correction in taken_back(page, tmp_path).corrections]
    assert kinds == [CorrectionKind.WORDS, CorrectionKind.CONFIRMED]


def test_what_was_done_is_undone_and_done_again(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    before = lines(page)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    page.keyboard.press("d")
    after = lines(page)
    assert len(after) == len(before) - 1
    page.keyboard.press("u")
    page.keyboard.press("Control+z")
    assert lines(page) == before
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    page.keyboard.press("Control+Shift+z")
    assert lines(page) == after
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()


def test_a_line_is_edited_in_place_and_words_keep_their_places(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "libary").dblclick()
    page.keyboard.type("big library")
    page.keyboard.press("Enter")
    expect(word(page, "library")).to_be_focused()
    line = taken_back(page, tmp_path).lines[2]
    assert line.text == "The budget for the big library was agreed: 4,500 in all,"
    old = note.lines[2]
    assert line.words[:4] == old.words[:4]
    assert line.words[6:] == old.words[5:]
    big, library = line.words[4:6]
    assert big.confidence == library.confidence == 1
    assert library.box is not None


def test_escape_gives_up_an_edit_and_leaving_the_field_keeps_it(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    before = lines(page)
    word(page, "libary").click()
    page.keyboard.press("Enter")
    page.keyboard.type("nonsense")
    page.keyboard.press("Escape")
    assert lines(page) == before
    expect(word(page, "libary")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("library")
    page.locator("#title").click()
    expect(word(page, "library")).to_be_visible()


def test_words_are_joined_split_added_and_removed(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Meeting").click()
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("Meet ing on Thorsday,12 10.30 sharp")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert [(c.word, c.old, c.new) for c in result.corrections] == [
        (0, ("Meeting",), ("Meet", "ing")),
        (2, ("Thorsday,", "12"), ("Thorsday,12",)),
        (4, ("March,",), ()),
        (6, (), ("sharp",)),
    ]
    assert result.lines[0].text == "Meet ing on Thorsday,12 10.30 sharp"
    boxes = [w.box for w in result.lines[0].words]
    assert all(box is not None for box in boxes)
    assert [box.left for box in boxes if box] == sorted(box.left for box in boxes if box)


def test_lines_are_added_removed_restored_split_and_joined(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    first, second, third = lines(page)[:3]
    word(page, "Present:").click()
    page.keyboard.press("o")
    page.keyboard.type("A line that was overlooked")
    page.keyboard.press("Enter")
    assert lines(page)[:4] == [first, second, "A line that was overlooked", third]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("s")
    assert lines(page)[1:3] == ["Present:", second.removeprefix("Present: ")]
    page.keyboard.press("j")
    assert lines(page)[1] == second
    word(page, "Meeting").click()
    page.keyboard.press("d")
    assert lines(page)[0] == second
    page.get_by_role("button", name="Restore").click()
    assert lines(page)[0] == first
    page.keyboard.press("Shift+O")
    page.keyboard.type("Minutes")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert [line.text for line in result.lines[:4]] == lines(page)[:4]
    tops = [line.box.top for line in result.lines[2:5] if line.box]
    assert len(tops) == 3
    assert tops == sorted(tops)


def test_a_line_of_new_words_is_split_as_well(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "hall.").click()
    page.keyboard.press("o")
    page.keyboard.type("by Anna and Paul")
    page.keyboard.press("Enter")
    word(page, "and").nth(1).click()
    page.keyboard.press("s")
    assert taken_back(page, tmp_path).text.endswith("hall.\nby Anna\nand Paul\n")


def test_a_paragraph_break_is_set_and_taken(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Present:").click()
    page.keyboard.press("b")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("b")
    text = taken_back(page, tmp_path).text
    assert text.startswith("Meeting on Thorsday, 12 March, 10.30\nPresent:")
    assert "Poul.\n\nThe budget" in text


def test_a_line_above_the_first_of_a_paragraph_belongs_to_it(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Present:").click()
    page.keyboard.press("Shift+O")
    page.keyboard.type("Those who came")
    page.keyboard.press("Enter")
    assert "10.30\n\nThose who came\nPresent:" in taken_back(page, tmp_path).text


def test_a_click_elsewhere_ends_an_edit_and_counts(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    word(page, "libary").click()
    page.keyboard.press("e")
    page.keyboard.type("library")
    word(page, "hall.").click()
    expect(word(page, "hall.")).to_be_focused()
    expect(word(page, "library")).to_be_visible()


def test_a_browser_that_comes_back_has_everything(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    for key in ("1", "s", "ArrowUp", "Home", "Delete"):
        page.keyboard.press(key)
    expected = lines(page)
    marked = page.locator(".corrected").all_inner_texts()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert lines(page) == expected
    assert page.locator(".corrected").all_inner_texts() == marked


def test_the_same_reading_made_anew_gets_them_and_another_does_not(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    later = note.model_copy(update={"timings": note.timings + note.timings})
    later.save(tmp_path / "note.html")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(word(page, "Paul.")).to_be_visible()
    other = note.model_copy(update={"pages": (note.pages[0].model_copy(update={"angle": 1.0}),)})
    other.save(tmp_path / "note.html")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(word(page, "Poul.")).to_be_visible()


@pytest.mark.parametrize("stored", ["{", "{}", '{"corrections": [{"page": 1}]}', "[]"])
def test_what_others_left_in_the_storage_does_no_harm(
    open_page: Open, note: RecognitionResult, stored: str
) -> None:
    page = open_page(note)
    page.evaluate("text => localStorage.setItem(STORAGE_KEY, text)", stored)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert lines(page) == [line.text for line in note.lines]


def test_without_storage_the_page_works_and_says_so(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")
    word(page, "Poul.").click()
    page.keyboard.press("1")
    expect(word(page, "Paul.")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("download before you leave")


def test_text_and_markdown_are_downloaded_as_they_stand(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "libary").click()
    page.keyboard.press("e")
    page.keyboard.type("*library* <b>")
    page.keyboard.press("Enter")
    text = downloaded(page, "text", tmp_path)
    assert text.name == "minutes.txt"
    assert text.read_text("utf-8") == taken_back(page, tmp_path).text
    markdown = downloaded(page, "markdown", tmp_path)
    assert markdown.name == "minutes.md"
    html = MarkdownIt("commonmark").render(markdown.read_text("utf-8"))
    assert html.count("<p>") == len(note.pages[0].paragraphs)
    assert html.count("<br") == len(note.lines) - len(note.pages[0].paragraphs)
    assert "*library* &lt;b&gt;" in html


def test_indentation_and_gaps_are_in_what_is_downloaded(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    data = note.model_dump(mode="json")
    read = data["pages"][0]["paragraphs"][1]["lines"][0]["words"]
    for told, blanks in zip(read, (4, 1, 3), strict=False):
        told["blanks"] = blanks
    first, second, third = [told["text"] for told in read[:3]]
    spaced = RecognitionResult.model_validate(data)
    page = open_page(spaced.attach(str(note.source.name)))
    word(page, first).click()
    page.keyboard.press("e")
    page.keyboard.type("`code")
    page.keyboard.press("Enter")
    text = downloaded(page, "text", tmp_path).read_text("utf-8")
    assert text == taken_back(page, tmp_path).text
    assert f"\n    `code {second}   {third}" in text
    html = MarkdownIt("commonmark").render(
        downloaded(page, "markdown", tmp_path).read_text("utf-8")
    )
    assert f"<pre><code>    `code {second}   {third}" in html


def test_a_corrected_result_opens_as_corrected_and_is_corrected_further(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    once = taken_back(page, tmp_path).attach(str(note.source.name))
    page = open_page(once)
    expect(word(page, "Paul.")).to_have_class("word corrected")
    word(page, "libary").click()
    page.keyboard.press("Delete")
    twice = taken_back(page, tmp_path)
    assert len(twice.corrections) == 2
    assert twice.as_read() == note.model_copy(update={"artifacts": ()})


def test_a_page_is_corrected_with_the_keyboard_alone_and_saved_as_a_searchable_pdf(
    open_page: Open, note: RecognitionResult, tmp_path: Path, notes: Path
) -> None:
    reference = (notes / "minutes.txt").read_text("utf-8")
    keyboard = Keyboard(open_page(note))
    keyboard.correct(reference)
    keyboard.download("json", tmp_path / "corrections.json")
    result = RecognitionResult.from_json((tmp_path / "corrections.json").read_bytes())
    assert result.text == reference
    pdf = result.attach(notes / "minutes.jpg").to("pdf")
    assert isinstance(pdf, bytes)
    assert pdf_words(pdf) == reference.split()


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
      () => lineAdded(draft, line + 1, "an added line", true),
      () => lineAdded(draft, line, "a line on top", false),
    ])(), { line: 0, word: 0 });
  }
  const text = draftText(drafts[0]);
  const corrections = allCorrections();
  const again = draftText(draftOf(readPages[0], corrections));
  return { text, again, corrections };
}
"""


def page_of(dice: random.Random, *, places: bool) -> NotePage:
    """A page of a few paragraphs of a few lines of a few words, some of them doubtful."""
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
                )
                for n in range(dice.randint(1, 4))
            )
            lines_.append(Line(words=words))
        paragraphs.append(Paragraph(lines=tuple(lines_)))
    return NotePage(number=1, width=500, height=500, engine="local", paragraphs=tuple(paragraphs))


@pytest.mark.parametrize("places", [True, False], ids=["with places", "without places"])
def test_whatever_is_done_python_makes_the_same_text_of_it(
    open_page: Open, note: RecognitionResult, places: bool
) -> None:
    page = open_page(note)
    page.evaluate("() => { announce = () => {}; keep = () => {}; }")  # nothing is shown: it is fast
    for seed in range(1, 150):
        read = note.model_copy(update={"pages": (page_of(random.Random(seed), places=places),)})
        given = {"seed": seed * 7919, "read": read.pages[0].model_dump(mode="json")}
        made = page.evaluate(SHUFFLE, given)
        result = read.corrected(Correction.model_validate(one) for one in made["corrections"])
        assert result.text == made["text"], result.corrections
        assert made["again"] == made["text"]
        assert result.corrected(result.corrections) == result
        assert all((word.box is not None) is places for word in result.words)


def test_a_script_without_blanks_keeps_the_words_that_stay(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    data = note.model_dump(mode="json")
    line = data["pages"][0]["paragraphs"][0]["lines"][0]
    for word_, text in zip(
        line["words"], ["天気", "予報", "は", "晴札", "です", "。"], strict=True
    ):
        word_["text"] = text
    read = RecognitionResult.model_validate(data).attach(str(note.source.name))
    page = open_page(read)
    assert lines(page)[0] == "天気予報は晴札です。"
    word(page, "晴札").click()
    page.keyboard.press("e")
    page.keyboard.type("晴れ")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert [(c.word, c.old, c.new) for c in result.corrections] == [(3, ("晴札",), ("晴れ",))]
    assert result.lines[0].text == "天気予報は晴れです。"
