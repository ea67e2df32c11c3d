"""The review pages of several documents in one page, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect

from notetext import RecognitionResult
from notetext.exporters.named import exporter

pytestmark = pytest.mark.slow


@pytest.fixture
def both(note: RecognitionResult, tmp_path: Path) -> Path:
    """The minutes, twice."""
    part = exporter("html")
    merger = part.merger()
    pieces = [str(merger.add(note, note.to(part))) for _ in range(2)]
    path = tmp_path / "both.html"
    path.write_text("".join([*pieces, str(merger.end())]), "utf-8")
    return path


def test_each_document_is_opened_and_corrected_by_itself(browser: Browser, both: Path) -> None:
    page = browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(both.as_uri())
    first, second = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    expect(first.get_by_text("Thorsday,").first).to_be_visible()
    assert not page.locator("iframe >> nth=1").is_visible()
    page.locator("summary >> nth=1").click()
    expect(second.get_by_text("Thorsday,").first).to_be_visible()
    assert not page.locator("iframe >> nth=0").is_visible()
    found = Axe().run(page, options={"iframes": False})
    assert [one["id"] for one in found.response["violations"]] == []
    page.close()
    assert troubles == []
