"""Corrects pages of handwriting in their review pages, with the keyboard alone, as a person would.

    python benchmarks/correcting.py --data DIR/dev/notes_en --pages 1

Each page is read, opened in Chromium, corrected to its reference text by keys, downloaded, and
turned into a searchable PDF by ``notetext apply``. It needs chromium, playwright and pikepdf.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from playwright.sync_api import Page, sync_playwright

from notetext import NoteText, RecognitionResult


class Keyboard:
    """A person at a review page who has no pointer: looks at it, and presses keys.

    Attributes:
        presses: how often each key was pressed, and under ``characters`` how much was typed.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.presses: Counter[str] = Counter()

    def press(self, key: str, times: int = 1) -> None:
        """Presses a key."""
        for _ in range(times):
            self._page.keyboard.press(key)
        self.presses[key] += times

    def write(self, text: str) -> None:
        """Types a text."""
        self._page.keyboard.type(text)
        self.presses["characters"] += len(text)

    def correct(self, reference: str) -> None:
        """Makes the first page's text the reference; blank lines set paragraphs apart."""
        self._go_to("#lines .word")
        self._take_readings(reference)
        self._mend_lines(reference)
        self._mend_paragraphs(reference)

    def download(self, name: str, target: Path) -> None:
        """Downloads in the format that the menu's button names."""
        self._go_to("#download")
        self.press("Enter")
        self._go_to(f'#downloads [data-format="{name}"]')
        with self._page.expect_download() as download:
            self.press("Enter")
        download.value.save_as(target)

    def _go_to(self, what: str) -> None:
        for _ in range(60):
            if self._page.evaluate("what => document.activeElement.matches(what)", what):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {what}")

    def _take_readings(self, reference: str) -> None:
        """Goes from doubt to doubt; takes another reading where it is the right word."""
        wanted = set(reference.split())
        self.press("Home")
        self.press("p")
        self.press("n")
        for _ in range(self._page.locator(".word.doubtful").count()):
            shown = self._page.locator("#card strong").inner_text()
            others = self._page.locator(".readings button").all_inner_texts()
            texts = [
                other.split("\n")[-1].removeprefix(str(n)) for n, other in enumerate(others, 1)
            ]
            fitting = [n for n, text in enumerate(texts, 1) if text in wanted]
            # A reading that is taken leads on by itself.
            self.press(str(fitting[0]) if shown not in wanted and fitting else "n")

    def _mend_lines(self, reference: str) -> None:
        """Types the lines anew that are still wrong, and those that are missing."""
        right = [line for line in reference.splitlines() if line.strip()]
        matcher = difflib.SequenceMatcher(a=self._lines(), b=right, autojunk=False)
        done = 0  # lines of the page that are right, from its top
        for _, a1, a2, b1, b2 in matcher.get_opcodes():
            for n in range(b1, b2):
                now = self._lines()
                if n < b1 + (a2 - a1):
                    if now[done] != right[n]:
                        self._go_to_line(done)
                        self._retype(right[n])
                elif done:
                    self._go_to_line(done - 1)
                    self.press("o")
                    self.write(right[n])
                    self.press("Enter")
                else:
                    self._go_to_line(0)
                    self.press("Shift+O")
                    self.write(right[n])
                    self.press("Enter")
                done += 1
            for _ in range((a2 - a1) - (b2 - b1)):
                self._go_to_line(done)
                self.press("d")

    def _retype(self, text: str) -> None:
        """Types over what differs in the selected line, and leaves the rest."""
        self.press("Home")
        self.press("Enter")
        now = self._page.locator(".field").input_value()
        start = _equal(now, text)
        end = _equal(now[start:][::-1], text[start:][::-1])
        self.press("Home")
        self.press("ArrowRight", start)
        self.press("Delete", len(now) - start - end)
        self.write(text[start : len(text) - end])
        self.press("Enter")

    def _mend_paragraphs(self, reference: str) -> None:
        breaks = set()
        count = 0
        for block in reference.strip().split("\n\n"):
            breaks.add(count)
            count += len(block.splitlines())
        for number in range(1, count):
            begins = (
                self._page.locator(".line:not(.removed)")
                .nth(number)
                .evaluate("line => !line.matches('.line:not(.removed) ~ .line')")
            )
            if begins != (number in breaks):
                self._go_to_line(number)
                self.press("b")

    def _go_to_line(self, number: int) -> None:
        for _ in range(200):
            lines = self._page.locator(".line:not(.removed)")
            here = lines.evaluate_all("lines => lines.findIndex(l => l.querySelector('.selected'))")
            if here == number:
                return
            self.press("ArrowDown" if here < number else "ArrowUp")
        raise AssertionError(f"no arrow leads to line {number + 1}")

    def _lines(self) -> list[str]:
        return self._page.locator(".line:not(.removed)").all_inner_texts()


def _equal(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def pdf_words(data: bytes) -> list[str]:
    """The words that PDFium finds in a PDF; it takes a line's last hyphen for a joint."""
    with pypdfium2.PdfDocument(data) as pdf:
        words = []
        for page in pdf:
            textpage = page.get_textpage()
            words += textpage.get_text_range().replace("\ufffe", "-\n").split()
            textpage.close()
        return words


def correct_page(page: Page, picture: Path, folder: Path) -> tuple[Counter[str], RecognitionResult]:
    """Reads a picture, corrects it to the text beside it, and saves it as a PDF."""
    reference = picture.with_suffix(".txt").read_text(encoding="utf-8")
    read = NoteText().recognize(picture, "handwritten", "en")
    page.goto(read.save(folder / "note.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    keyboard = Keyboard(page)
    keyboard.correct(reference)
    corrections = folder / "note.corrections.json"
    keyboard.download("json", corrections)
    result = RecognitionResult.from_json(corrections.read_bytes())
    if result.text.strip() != reference.strip():
        raise SystemExit(f"{picture.name}: the text is not the reference:\n{result.text}")
    pdf = folder / "note.pdf"
    command = [sys.executable, "-m", "notetext", "apply", str(corrections), "--output", str(pdf)]
    subprocess.run(command, check=True, capture_output=True)
    missing = Counter(reference.split()) - Counter(pdf_words(pdf.read_bytes()))
    if missing:
        raise SystemExit(f"{picture.name}: the PDF lacks {', '.join(missing)}")
    return keyboard.presses, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="pictures, each with its text")
    parser.add_argument("--pages", type=int, default=1)
    arguments = parser.parse_args()
    print("| page | words | corrections | keys | characters typed | s |")
    print("|---|--:|--:|--:|--:|--:|")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for picture in sorted(arguments.data.glob("*.jpg"))[: arguments.pages]:
            page = browser.new_page()
            started = time.perf_counter()
            presses, result = correct_page(page, picture, Path(folder))
            typed = presses["characters"]
            print(
                f"| {picture.stem} | {len(result.words)} | {len(result.corrections)} "
                f"| {presses.total() - typed} | {typed} | {time.perf_counter() - started:.1f} |"
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
