"""The engine keeps the contract that OCRmyPDF's own engines keep."""

from __future__ import annotations

from pathlib import Path

import pytest
from ocrmypdf.hocrtransform import HocrParser
from PIL import Image

from notetext import NoteText
from notetext.model.version import __version__
from notetext.ocrmypdf.engine import NotetextEngine
from ocrmypdf import OcrElement, OcrEngine, OcrOptions

pytestmark = pytest.mark.slow


@pytest.fixture
def options() -> OcrOptions:
    return OcrOptions(input_file="in.pdf", output_file="out.pdf")


@pytest.fixture
def page(notes: Path, tmp_path: Path) -> Path:
    """A page as OCRmyPDF draws it."""
    path = tmp_path / "page.png"
    Image.open(notes / "shopping.jpg").save(path, dpi=(150, 150))
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "blank.png"
    Image.new("1", (600, 400), 1).save(path, dpi=(150, 150))
    return path


def test_it_says_what_it_is(options: OcrOptions) -> None:
    engine = NotetextEngine()
    assert isinstance(engine, OcrEngine)
    assert engine.version() == __version__
    assert str(engine) == f"notetext {__version__}"
    assert engine.creator_tag(options) == f"notetext {__version__} (local)"
    assert engine.supports_generate_ocr()
    assert {"eng", "fra", "en", "chi_sim"} <= set(engine.languages(options))


def test_a_page_is_a_tree_with_its_text(page: Path, options: OcrOptions) -> None:
    tree, text = NotetextEngine.generate_ocr(page, options, 2)
    assert isinstance(tree, OcrElement)
    assert (tree.ocr_class, tree.page_number) == ("ocr_page", 2)
    assert tree.dpi == pytest.approx(150, 0.01)
    assert tree.bbox
    with Image.open(page) as picture:
        assert (tree.bbox.right, tree.bbox.bottom) == picture.size
    assert text == NoteText().recognize(page).text
    assert " ".join(word.text for word in tree.words) == " ".join(text.split())


def test_a_blank_page_is_a_tree_without_words(
    blank: Path, options: OcrOptions, tmp_path: Path
) -> None:
    tree, text = NotetextEngine.generate_ocr(blank, options)
    assert (tree.words, text) == ([], "")
    pdf, sidecar = tmp_path / "text.pdf", tmp_path / "text.txt"
    NotetextEngine.generate_pdf(blank, pdf, sidecar, options)
    assert (pdf.read_bytes(), sidecar.read_text()) == (b"", "")


def test_a_page_is_hocr_that_ocrmypdf_reads(
    page: Path, options: OcrOptions, tmp_path: Path
) -> None:
    hocr, sidecar = tmp_path / "page.hocr", tmp_path / "page.txt"
    NotetextEngine.generate_hocr(page, hocr, sidecar, options)
    words = [word.text for word in HocrParser(hocr).parse().words]
    assert words == sidecar.read_text(encoding="utf-8").split()


@pytest.mark.parametrize(("turned", "angle"), [(0, 0), (90, 90), (180, 180), (270, 270)])
def test_it_finds_out_which_way_up_a_page_is(
    turned: int, angle: int, page: Path, options: OcrOptions, tmp_path: Path
) -> None:
    path = tmp_path / "turned.jpg"
    Image.open(page).rotate(-turned, expand=True).save(path, dpi=(150, 150))
    found = NotetextEngine.get_orientation(path, options)
    assert found.angle == angle
    # OCRmyPDF believes 14 and more; --rotate-pages-threshold 99 believes nothing.
    assert 15 <= found.confidence <= 30


def test_of_a_blank_page_it_knows_neither(blank: Path, options: OcrOptions) -> None:
    assert NotetextEngine.get_orientation(blank, options) == (0, 0.0)
    assert NotetextEngine.get_deskew(blank, options) == 0.0


@pytest.mark.parametrize("skew", [-6.0, -1.0, 0.0, 2.5])
def test_it_says_how_to_level_a_page(
    skew: float, notes: Path, options: OcrOptions, tmp_path: Path
) -> None:
    path = tmp_path / "skewed.png"
    note = Image.open(notes / "printed.jpg")
    note.rotate(skew, fillcolor=(250, 250, 250), resample=Image.Resampling.BICUBIC).save(path)
    assert NotetextEngine.get_deskew(path, options) == pytest.approx(-skew, abs=0.3)
