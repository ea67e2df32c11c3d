"""Measures review pages: how large they are, how long Chromium takes until keys work, and a key.

    python benchmarks/review_page.py --output review_page.md

The pages are an example note, enlarged to A4 at 300 dpi, each with 500 words. The clock starts when
the file is opened and ends when the page has answered a key. The shortest of several times counts:
what is longer than that is other programs' work. It needs chromium and playwright.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import shutil
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

from measuring.figures import Row, table
from measuring.made_pages import page_of_words
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from notetext import RecognitionResult

NOTE = Path(__file__).parents[1] / "examples" / "notes" / "letter.jpg"
WORDS = 500


def result_of(pages: int) -> RecognitionResult:
    """So many A4 pages of 500 words, of which a fifth is doubtful, with pictures of handwriting."""
    one = page_of_words(WORDS)
    size = (one.pages[0].width, one.pages[0].height)
    picture = Image.open(NOTE).convert("L").resize(size)
    file = io.BytesIO()
    frames = [picture.rotate(n / 10, fillcolor=230) for n in range(pages)]
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:], compression="jpeg")
    numbered = [
        one.pages[0].model_copy(update={"number": n + 1, "dpi": None}) for n in range(pages)
    ]
    source = one.source.model_copy(
        update={"name": "note.tif", "sha256": hashlib.sha256(file.getvalue()).hexdigest()}
    )
    result = one.model_copy(update={"pages": tuple(numbered), "source": source})
    return result.attach(file.getvalue())


def measure(browser: Browser, pages: int, repeats: int, within_s: float) -> Iterator[Row]:
    """The rows of a document of so many pages."""
    name = "1 page" if pages == 1 else f"{pages} pages"
    result = result_of(pages)
    started = time.perf_counter()
    html = result.to("html")
    yield Row(f"{name}: rendering the file", time.perf_counter() - started, None, "s")
    assert isinstance(html, str)
    embedded = sum(len(b64decode(data)) for data in re.findall(r'id="picture-\d+">([^<]+)<', html))
    rest = (len(html.encode()) - 1.4 * embedded) / 1000 / pages
    yield Row(f"{name}: embedded pictures, a page", embedded / 1000 / pages, None, "kB")
    yield Row(f"{name}: the file beyond 1.4 × its pictures, a page", rest, 200, "kB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.html"
        path.write_text(html, encoding="utf-8")
        opened = [until_a_key_is_answered(browser, path) for _ in range(repeats)]
        yield Row(
            f"{name}: until a key is answered", min(ready for ready, _ in opened), within_s, "s"
        )
        yield Row(f"{name}: a correction", 1000 * min(key for _, key in opened), None, "ms")


def until_a_key_is_answered(browser: Browser, path: Path) -> tuple[float, float]:
    """Seconds from opening a file until it answers a key, and those that a correction takes."""
    with browser.new_context() as context:
        page = context.new_page()
        started = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready]")
        page.focus("#lines .word.selected")
        page.keyboard.press("n")
        page.wait_for_function("document.activeElement.matches('.word.doubtful')")
        ready = time.perf_counter() - started
        correction: float = page.evaluate(
            """() => {
                const started = performance.now();
                change(wordReplaced(readPages[0], drafts[0], 0, 0, "other"));
                document.body.getBoundingClientRect();
                return (performance.now() - started) / 1000;
            }"""
        )
        return ready, correction


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--output", type=Path, help="a file for the table")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        rows = [
            *measure(browser, 1, arguments.repeats, within_s=1.0),
            *measure(browser, 50, arguments.repeats, within_s=2.0),
        ]
        browser.close()
    report = table(rows)
    print(report)
    if arguments.output is not None:
        arguments.output.write_text(f"{report}\n", encoding="utf-8")
    missed = [row.what for row in rows if not row.is_met]
    if missed:
        raise SystemExit(f"over the limit: {', '.join(missed)}")


if __name__ == "__main__":
    main()
