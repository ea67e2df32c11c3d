"""A note that was misread in known ways, and a browser to look at its review page with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import browser as browser
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from notetext import NoteText, RecognitionResult, Word

ROOT = Path(__file__).parents[3]
NOTE = ROOT / "examples" / "notes" / "minutes.jpg"

MISREAD = {
    "Thursday,": Word(text="Thorsday,", confidence=0.41, alternatives=("Thursday,", "Thorsday.")),
    "Paul.": Word(text="Poul.", confidence=0.46, alternatives=("Paul.",)),
    "library": Word(text="libary", confidence=0.93),
    "three": Word(text="three", confidence=0.55, alternatives=("tree",)),
}

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

Open = Callable[..., Page]


def with_words(result: RecognitionResult, words: dict[str, Word]) -> RecognitionResult:
    """The result with other words, at the places of those that they are read instead of.

    The rest are sure, however sure the engine was.
    """
    data = result.model_dump(mode="json")
    for page in data["pages"]:
        for paragraph in page["paragraphs"]:
            for line in paragraph["lines"]:
                for word in line["words"]:
                    sure = Word(text=word["text"], confidence=0.95)
                    other = words.get(word["text"], sure)
                    word |= other.model_dump(mode="json", exclude={"box", "kind", "language"})
    changed = type(result).model_validate(data)
    changed.attach(NOTE)
    return changed


@pytest.fixture(scope="session")
def note() -> RecognitionResult:
    """The minutes, with three words that are wrong and two that are doubtful and one of both."""
    return with_words(NoteText().recognize(NOTE, "handwritten"), MISREAD)


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a result's review page; a request or an error in it fails the test."""
    troubles: list[str] = []
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"said: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            troubles.append(f"asked for {request.url}")

    def opened(result: RecognitionResult | Path, **options: Any) -> Page:
        path = result if isinstance(result, Path) else result.save(tmp_path / "note.html")
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("console", heard)
        page.on("request", asked)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
