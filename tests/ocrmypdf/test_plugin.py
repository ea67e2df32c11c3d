"""OCRmyPDF reads with notetext."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from ocrmypdf._plugin_manager import get_plugin_manager
from ocrmypdf.api import setup_plugin_infrastructure
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from ocrmypdf.cli import get_parser
from ocrmypdf.pdfa import file_claims_pdfa
from pdf_words import words_of
from PIL import Image

import ocrmypdf
from notetext import NoteText
from notetext.ocrmypdf import hooks
from notetext.ocrmypdf.engine import NotetextEngine
from ocrmypdf import BadArgsError, MissingDependencyError, OcrOptions

ROOT = Path(__file__).parents[2]
PLUGIN = "notetext.ocrmypdf"

Run = Callable[..., CompletedProcess[str]]

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan of two notes, the first on its side and the second askew."""
    notes = [
        Image.open(ROOT / "examples" / "notes" / name).convert("L")
        for name in ("shopping.jpg", "printed.jpg")
    ]
    pages = [notes[0].rotate(90, expand=True), notes[1].rotate(3, expand=True, fillcolor=250)]
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    return path


@slow
def test_a_scan_becomes_a_pdf_a_with_its_words(run: Run, notes: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    sidecar = tmp_path / "letter.txt"
    ran = run("--image-dpi", 150, "--sidecar", sidecar, notes / "letter.jpg", target)
    assert ran.returncode == 0, ran.stderr
    assert file_claims_pdfa(target)["pass"]
    read = NoteText().recognize(notes / "letter.jpg")
    assert sidecar.read_text(encoding="utf-8") == read.text
    assert [text for text, _ in words_of(target)] == [word.text for word in read.words]
    with pikepdf.open(target) as pdf:
        assert "notetext" in str(pdf.docinfo["/Creator"])


@slow
@pytest.mark.parametrize("renderer", ["fpdf2", "sandwich"])
def test_words_lie_where_they_are_seen(renderer: str, notes: Path, tmp_path: Path) -> None:
    tilted, target = tmp_path / "tilted.png", tmp_path / "tilted.pdf"
    note = Image.open(notes / "shopping.jpg")
    note.rotate(4, expand=True, fillcolor="white").save(tilted, dpi=(144, 144))
    ocr(tilted, target, pdf_renderer=renderer)
    words = NoteText().recognize(tilted).words
    drawn = words_of(target)
    assert [text for text, _ in drawn] == [word.text for word in words]
    for (_, box), word in zip(drawn, words, strict=True):
        assert word.box
        height = word.box.bottom - word.box.top
        seen = (word.box.left, word.box.top, word.box.right, word.box.bottom)
        # Words end a little earlier, so that readers see the blank; lines are drawn straight.
        assert [2 * side for side in box] == pytest.approx(seen, abs=height / 4)


@slow
def test_pages_are_turned_and_levelled_and_read_in_processes(
    run: Run, turned: Path, tmp_path: Path
) -> None:
    target, sidecar = tmp_path / "upright.pdf", tmp_path / "upright.txt"
    how = ("--rotate-pages", "--deskew", "--no-use-threads", "--jobs", 2, "--sidecar", sidecar)
    ran = run(*how, turned, target)
    assert ran.returncode == 0, ran.stderr
    first, second = sidecar.read_text(encoding="utf-8").split("\f")
    assert first.startswith("Shopping list\n")
    assert second.startswith("It was a bright morning, and the harbour lay quiet\n")
    with pdfium.PdfDocument(target) as document:
        page = document[0].render(scale=0.5, grayscale=True).to_pil().convert("L")
    note = Image.open(ROOT / "examples/notes/shopping.jpg").convert("L")
    grey = [np.asarray(picture.resize((200, 200)), np.float64).ravel() for picture in (page, note)]
    assert np.corrcoef(grey[0], grey[1])[0, 1] > 0.7
    tops = [box[1] for text, box in words_of(target, 1)][:8]
    assert max(tops) - min(tops) < 2  # points, over a line of 60 characters


@slow
@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("skip_text", "[OCR skipped on page(s) 1]"),
        ("redo_ocr", "Shopping list"),
        ("force_ocr", "Shopping list"),
    ],
)
def test_what_has_text_is_skipped_or_read_again(
    mode: str, text: str, notes: Path, tmp_path: Path
) -> None:
    once, again, sidecar = (tmp_path / name for name in ("once.pdf", "again.pdf", "again.txt"))
    ocr(notes / "shopping.jpg", once, image_dpi=150)
    with pytest.raises(ocrmypdf.PriorOcrFoundError):
        ocr(once, again)
    ocr(once, again, sidecar=sidecar, **{mode: True})
    assert sidecar.read_text(encoding="utf-8").startswith(text)
    assert [word for word, _ in words_of(again)] == [word for word, _ in words_of(once)]


@slow
def test_a_page_that_takes_too_long_stays_without_text(
    notes: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    target = tmp_path / "late.pdf"
    for renderer in ("fpdf2", "sandwich"):
        ocr(
            notes / "shopping.jpg",
            target,
            image_dpi=150,
            notetext_timeout=1e-6,
            pdf_renderer=renderer,
        )
        assert words_of(target) == []
    assert "stays without text" in caplog.text


@slow
def test_it_corrects_hocr_in_between(notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hocr"
    folder.mkdir()
    options: dict[str, Any] = {"plugins": [PLUGIN], "progress_bar": False}
    ocrmypdf.api._pdf_to_hocr(notes_pdf(notes, tmp_path), folder, **options)
    (page,) = folder.glob("*.hocr")
    page.write_text(page.read_text(encoding="utf-8").replace("Shopping", "Groceries"))
    ocrmypdf.api._hocr_to_ocr_pdf(folder, tmp_path / "out.pdf", **options)
    assert [text for text, _ in words_of(tmp_path / "out.pdf")][:2] == ["Groceries", "list"]


@slow
def test_its_options_are_in_the_help(run: Run) -> None:
    told = run("--help").stdout
    for option in ("mode", "engine", "weights", "preprocess", "timeout"):
        assert f"--notetext-{option} " in told
    assert "--tesseract-timeout" in told  # scripts that name it go on to work


@slow
def test_a_language_that_is_not_read_ends_it(run: Run, notes: Path, tmp_path: Path) -> None:
    ran = run("-l", "eng+xyz", "--image-dpi", 150, notes / "letter.jpg", tmp_path / "out.pdf")
    assert ran.returncode == ocrmypdf.ExitCode.missing_dependency
    assert "notetext does not read xyz; of -l it takes ISO 639 codes" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"notetext_mode": "handwriting"}, "handwriting"),
        ({"notetext_mdoe": "printed"}, "no option notetext_mdoe"),
        ({"notetext_engine": "nobody's"}, "no engine named"),
        ({"notetext_weights": "/nowhere.onnx"}, "cannot be read"),
        ({"notetext_engine": "aspose", "notetext_weights": "general"}, "is for"),
        ({"notetext_preprocess": "deskw"}, "no preprocessor named"),
        ({"user_words": "/nowhere.txt"}, "--user-words"),
    ],
)
def test_an_option_that_is_wrong_ends_it(option: dict[str, str], message: str) -> None:
    with pytest.raises(BadArgsError, match=message):
        hooks.check_options(options_of(**option))


def test_a_service_without_credentials_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASPOSE_CLIENT_ID", raising=False)
    monkeypatch.delenv("ASPOSE_CLIENT_SECRET", raising=False)
    with pytest.raises(MissingDependencyError, match="ASPOSE_CLIENT_ID"):
        hooks.check_options(options_of(notetext_engine="aspose"))


@pytest.mark.parametrize(("pages", "jobs", "threads"), [(1, 2, 2), (8, 2, 1), (1, 16, 4)])
def test_pages_share_the_cores(pages: int, jobs: int, threads: int) -> None:
    options = options_of(jobs=jobs)
    hooks.validate([None] * pages, options)  # type: ignore[arg-type]
    assert options.extra_attrs["notetext_threads"] == threads


# OCRmyPDF finds the entry point by itself, in whatever environment this is installed in.


def test_by_its_entry_point_it_reads_only_if_it_is_named() -> None:
    manager = setup_plugin_infrastructure([])
    parser = parser_of_ocrmypdf()
    manager.add_options(parser=parser)
    named = parser.parse_args(["--ocr-engine", "notetext", "in.pdf", "out.pdf"]).ocr_engine
    assert isinstance(manager.get_ocr_engine(options=options_of(ocr_engine=named)), NotetextEngine)
    assert isinstance(manager.get_ocr_engine(options=options_of()), TesseractOcrEngine)


@pytest.mark.parametrize(
    ("engine", "kind"), [("auto", NotetextEngine), ("tesseract", TesseractOcrEngine)]
)
def test_by_plugin_it_reads_unless_another_is_named(engine: str, kind: type[object]) -> None:
    manager = setup_plugin_infrastructure([PLUGIN])
    manager.add_options(parser=parser_of_ocrmypdf())  # once, or argparse would complain
    assert isinstance(manager.get_ocr_engine(options=options_of(ocr_engine=engine)), kind)
    # In the processes of --no-use-threads plug-ins are loaded, and not initialised.
    worker = get_plugin_manager([PLUGIN])
    assert isinstance(worker.get_ocr_engine(options=options_of(ocr_engine=engine)), kind)


@slow
@pytest.mark.parametrize(
    ("plugins", "said"),
    [([PLUGIN], "needs OCRmyPDF 17, and this is 16.13"), ([], "loaded")],
)
def test_an_ocrmypdf_that_it_does_not_go_with_is_told_so_only_where_it_was_asked_for(
    plugins: list[str], said: str
) -> None:
    code = (
        "import ocrmypdf; ocrmypdf.__version__ = '16.13'\n"
        "from ocrmypdf.api import setup_plugin_infrastructure\n"
        f"try: setup_plugin_infrastructure({plugins}); print('loaded')\n"
        "except ocrmypdf.MissingDependencyError as error: print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said in ran.stdout


def parser_of_ocrmypdf() -> ArgumentParser:
    parser: ArgumentParser = get_parser()  # type: ignore[no-untyped-call]
    return parser


def ocr(source: Path, target: Path, **options: object) -> None:
    """Runs OCRmyPDF in this process."""
    ocrmypdf.ocr(source, target, plugins=[PLUGIN], progress_bar=False, **options)  # type: ignore[call-overload]


def notes_pdf(notes: Path, folder: Path) -> Path:
    path = folder / "shopping.pdf"
    Image.open(notes / "shopping.jpg").save(path, resolution=150)
    return path


def options_of(**given: object) -> OcrOptions:
    """OCRmyPDF's options as its Python interface makes them."""
    ours = {name: given.pop(name) for name in list(given) if name.startswith("notetext_")}
    options = OcrOptions(input_file="in.pdf", output_file="out.pdf", **given)  # type: ignore[arg-type]
    options.extra_attrs.update(ours)
    return options
