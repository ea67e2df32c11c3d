"""Taking the corrections away: as text, as Markdown, and back into Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from correcting import Keyboard, pdf_words
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect
from reviewing import downloaded, taken_back, word

from notetext import RecognitionResult

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


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
