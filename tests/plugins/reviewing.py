"""A review page in a browser: its words and lines, and what is downloaded from it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page

from notetext import RecognitionResult


def word(page: Page, text: str) -> Locator:
    """The word that says this."""
    return page.get_by_role("gridcell", name=text, exact=True)


def lines(page: Page) -> list[str]:
    """What the lines say that were not removed."""
    return page.locator(".line:not(.removed)").all_inner_texts()


def downloaded(page: Page, name: str, folder: Path) -> Path:
    """Where a download lies, by the format that the menu's button names."""
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.locator(f'#downloads [data-format="{name}"]').click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def come_back(page: Page) -> None:
    """Opens the page again, once the browser has written down what the page stored."""
    page.wait_for_timeout(500)  # pages share what they store a moment later
    page.reload()
    page.wait_for_selector("html[data-ready]")


def taken_back(page: Page, folder: Path) -> RecognitionResult:
    """The result with the corrections that were downloaded."""
    return RecognitionResult.from_json(downloaded(page, "json", folder).read_bytes())
