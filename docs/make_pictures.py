"""Makes the pictures of the documentation: what notetext really gives for the example notes.

python docs/make_pictures.py            # writes docs/pictures/
python docs/make_pictures.py --check    # only says whether they are what notetext gives now

The pictures of a notebook and of review pages are a browser's: they are made where there is
``chromium``, and not compared.
"""

import argparse
import html
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from notetext import NoteText
from notetext.page_image import PageImage
from notetext.preprocessors.binarize import Binarize
from notetext.preprocessors.deskew import Deskew
from notetext.preprocessors.tone import Contrast

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURES = Path(__file__).parent / "pictures"
NOTES = Path(__file__).parents[1] / "examples" / "notes"

TOLERANCE = 2.0
"""Levels of colour that two pictures may differ by, on average: JPEG's loss makes 0.5, boxes of
another shape 1, and a page without its boxes 4.5."""


def overlay() -> Image.Image:
    """The letter, and where its words were read."""
    page = NoteText().recognize(NOTES / "letter.jpg").pages[0]
    return side_by_side(Image.open(NOTES / "letter.jpg"), page.overlay())


def doubts() -> Image.Image:
    """A picture of far too few pixels, and how sure the engine is of each word."""
    note = Image.open(NOTES / "minutes.jpg")
    coarse = note.resize((200, 107), Image.Resampling.BOX).resize(note.size)
    return side_by_side(coarse, NoteText().recognize(coarse).pages[0].overlay())


def steps() -> Image.Image:
    """A photo in bad light, as it comes and after each of three steps."""
    page = PageImage(photographed(Image.open(NOTES / "shopping.jpg")))
    pages = [page]
    for step in (Deskew(), Contrast(), Binarize(method="sauvola")):
        pages.append(step(pages[-1]))
    return side_by_side(*(page.image for page in pages))


MADE: dict[str, Callable[[], Image.Image]] = {
    "overlay.jpg": overlay,
    "doubts.jpg": doubts,
    "steps.jpg": steps,
}


def photographed(note: Image.Image) -> NDArray[np.uint8]:
    """A note as somebody holds it under a lamp: turned by five degrees, and grey to one side."""
    turned = note.rotate(5, Image.Resampling.BICUBIC, expand=True, fillcolor=(214, 208, 196))
    width, height = turned.size
    light = np.linspace(0.75, 0.4, width)[None, :, None] * np.ones((height, 1, 1))
    return np.asarray(np.asarray(turned) * light + 20, np.uint8)


def side_by_side(*pictures: Image.Image, width: int = 1200, gap: int = 12) -> Image.Image:
    """Pictures in a row on white, all of one height."""
    shapes = [picture.width / picture.height for picture in pictures]
    height = round((width - gap * (len(pictures) - 1)) / sum(shapes))
    row = Image.new("RGB", (width, height), "white")
    left = 0
    for picture, shape in zip(pictures, shapes, strict=True):
        small = picture.convert("RGB").resize((round(height * shape), height))
        row.paste(small, (left, 0))
        left += small.width + gap
    return row


def make_notebook(browser: str, target: Path) -> None:
    """A result as a notebook shows it."""
    code = 'NoteText().recognize("minutes.jpg", mode="handwritten")'
    result = NoteText().recognize(NOTES / "minutes.jpg", mode="handwritten")
    shown = result._repr_html_().replace(str(NOTES) + "/", "")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "notebook.html"
        page.write_text(CELL.format(code=html.escape(code), output=shown), encoding="utf-8")
        shot = Path(folder) / "shot.png"
        arguments = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,700"]
        subprocess.run(  # noqa: S603
            [browser, *arguments, f"--screenshot={shot}", page.as_uri()],
            check=True,
            capture_output=True,
        )
        trimmed(Image.open(shot)).quantize(128).save(target, optimize=True)


def make_review(browser: str) -> None:
    """A letter of far too few pixels in its review page: on a desk, and on a phone in the dark."""
    from playwright.sync_api import sync_playwright

    note = Image.open(NOTES / "letter.jpg")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        coarse = Path(folder) / "letter.png"
        small = (round(0.15 * note.width), round(0.15 * note.height))
        note.resize(small, Image.Resampling.BOX).resize(note.size).save(coarse)
        read = NoteText().recognize(coarse, mode="handwritten")
        address = read.save(Path(folder) / "letter.html").as_uri()
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        desk = chromium.new_page(viewport={"width": 1280, "height": 800})
        desk.goto(address)
        desk.click(".word.doubtful")
        desk.keyboard.press("1")
        desk.keyboard.press("n")
        desk.locator(".word.selected").hover()
        _photograph(desk, "review.jpg")
        phone = chromium.new_page(
            viewport={"width": 390, "height": 780}, color_scheme="dark", is_mobile=True
        )
        phone.goto(address)
        phone.click(".word.doubtful >> nth=2")
        _photograph(phone, "review-phone.jpg")
        chromium.close()


def _photograph(page: "Page", name: str) -> None:
    page.wait_for_timeout(500)  # until the picture is drawn
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.save(PICTURES / name, quality=85, subsampling=0, optimize=True)


CELL = """<!doctype html><meta charset="utf-8">
<body style="margin:16px;font:14px sans-serif;background:white">
<pre style="background:#f5f5f5;border:1px solid #ddd;padding:8px;margin:0 0 8px">{code}</pre>
{output}
"""


def trimmed(picture: Image.Image) -> Image.Image:
    """The picture without the white beneath and beside it."""
    box = ImageOps.invert(picture.convert("L")).getbbox()
    assert box is not None
    return picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, box[3] + 16)))


def difference(first: Image.Image, second: Image.Image) -> float:
    """Levels between two pictures, on average; infinite if their sizes differ."""
    if first.size != second.size:
        return float("inf")
    coarse = [np.asarray(picture.convert("RGB").reduce(8), float) for picture in (first, second)]
    return float(np.abs(coarse[0] - coarse[1]).mean())


def main() -> None:
    """Makes the pictures, or compares them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args().check
    PICTURES.mkdir(exist_ok=True)
    for name, make in MADE.items():
        picture = make()
        if not check:
            picture.save(PICTURES / name, quality=80, optimize=True)
        elif difference(picture, Image.open(PICTURES / name)) > TOLERANCE:
            raise SystemExit(f"{name} shows something else now; run this without --check")
    browser = shutil.which("chromium")
    if browser and not check:
        make_notebook(browser, PICTURES / "notebook.png")
        make_review(browser)


if __name__ == "__main__":
    main()
