"""Taking the corrections away: as text, as Markdown, and back into Python."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
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
    assert html.startswith("<h1>Meeting on")
    assert html.count("<p>") == len(note.pages[0].paragraphs) - 1
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


@pytest.mark.parametrize("name", ["minutes.jpg", "-o minutes' (1) $HOME.jpg"])
def test_the_command_that_is_shown_makes_a_searchable_pdf_of_the_corrections(
    open_page: Open, note: RecognitionResult, tmp_path: Path, notes: Path, name: str
) -> None:
    source = note.source.model_copy(update={"name": f"scans/{name}"})
    page = open_page(note.model_copy(update={"source": source}).attach(notes / "minutes.jpg"))
    word(page, "Poul.").click()
    page.keyboard.press("1")
    page.get_by_role("button", name="Download").click()
    page.get_by_role("button", name="Searchable PDF").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the corrections").click()
    downloads = tmp_path / "downloads"
    download.value.save_as(downloads / download.value.suggested_filename)
    shutil.copy(notes / "minutes.jpg", downloads / name)
    shown = page.locator("#pdf-command").inner_text()
    program, *arguments = shlex.split(shown)
    assert program == "notetext"
    subprocess.run([sys.executable, "-m", "notetext", *arguments], cwd=downloads, check=True)
    (pdf,) = downloads.glob("*.pdf")
    words = pdf_words(pdf.read_bytes())
    assert "Paul." in words
    assert "Poul." not in words


def test_the_command_is_copied_or_else_marked(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Download").click()
    page.get_by_role("button", name="Searchable PDF").click()
    shown = page.locator("#pdf-command").inner_text()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == shown
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException()) }"
    )
    page.locator("#copy-command").click()
    expect(page.get_by_role("button", name="Marked: copy it")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == shown


def test_of_a_document_without_a_name_the_command_asks_for_its_path(
    open_page: Open, note: RecognitionResult, notes: Path
) -> None:
    source = note.source.model_copy(update={"name": None})
    page = open_page(note.model_copy(update={"source": source}).attach(notes / "minutes.jpg"))
    assert "--document DOCUMENT" in str(page.locator("#pdf-command").text_content())
