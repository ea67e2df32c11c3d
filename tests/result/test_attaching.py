"""What a result keeps of its document, and what becomes of it."""

from __future__ import annotations

import copy
import importlib
import io
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import NoteText, RecognitionResult
from notetext.converters import Converter
from notetext.documents import DocumentLike
from notetext.engines import Engine
from notetext.errors import InputNotFoundError, MissingSourceError, UnsupportedFormatError
from notetext.exporters import Exporter, PageImages


class Pixels(Exporter):
    """Renders nothing but the size of each page's pixels, and their mean."""

    name = "pixels"
    suffixes = (".pixels",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        if images is None:
            raise MissingSourceError("no pixels")
        pages = [images.image(page.number) for page in result.pages]
        return " ".join(f"{p.width}x{p.height}:{np.asarray(p).mean():.0f}" for p in pages)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "note.png"
    Image.new("L", (60, 40), 200).save(path)
    return path


GIVEN: list[Callable[[Path], DocumentLike]] = [
    lambda path: path,
    lambda path: path.read_bytes(),
    lambda path: io.BytesIO(path.read_bytes()),
    Image.open,
    lambda path: np.asarray(Image.open(path)),
]


@pytest.mark.parametrize("give", GIVEN)
def test_pixels_are_there_whatever_was_given(
    engine: Engine, path: Path, give: Callable[[Path], DocumentLike]
) -> None:
    result = NoteText(engine=engine).recognize(give(path))
    assert result.to(Pixels()) == "60x40:200"
    assert result.pages[0].overlay().size == (60, 40)


def test_a_page_of_an_iteration_has_its_pixels_too(engine: Engine, path: Path) -> None:
    (page,) = NoteText(engine=engine).iter_pages(path)
    assert page.overlay().size == (60, 40)


def test_the_document_is_no_part_of_the_result(engine: Engine, path: Path) -> None:
    result = NoteText(engine=engine).recognize(path)
    back = RecognitionResult.from_json(result.to_json())
    assert back == result
    assert hash(back.pages[0]) == hash(result.pages[0])
    assert pickle.loads(pickle.dumps(result)) == result
    of_pixels = NoteText(engine=engine).recognize(np.full((1000, 1000), 200, np.uint8))
    assert len(pickle.dumps(of_pixels)) < 10_000


@pytest.mark.parametrize(
    "left_behind",
    [
        lambda result: RecognitionResult.from_json(result.to_json()),
        lambda result: pickle.loads(pickle.dumps(result)),
    ],
)
def test_what_was_left_behind_can_be_attached_again(
    engine: Engine,
    path: Path,
    left_behind: Callable[[RecognitionResult], RecognitionResult],
) -> None:
    result = left_behind(NoteText(engine=engine).recognize(path))
    with pytest.raises(MissingSourceError):
        result.to(Pixels())
    with pytest.raises(MissingSourceError, match=r"result\.attach"):
        result.pages[0].overlay()
    assert result.attach(path) is result
    assert result.to(Pixels()) == "60x40:200"
    assert result.pages[0].overlay().size == (60, 40)


def test_a_copy_in_the_same_process_keeps_the_document(engine: Engine, path: Path) -> None:
    result = NoteText(engine=engine).recognize(path)
    for twin in (copy.copy(result), copy.deepcopy(result), result.model_copy()):
        assert twin.to(Pixels()) == "60x40:200"


def test_a_file_that_changed_is_not_taken_for_the_one_that_was_read(
    engine: Engine, path: Path
) -> None:
    result = NoteText(engine=engine).recognize(path)
    Image.new("L", (60, 40), 100).save(path)
    with pytest.raises(MissingSourceError, match="have changed"):
        result.to(Pixels())
    assert result.to("text") == result.text


def test_a_file_that_has_gone_is_named(engine: Engine, path: Path) -> None:
    result = NoteText(engine=engine).recognize(path)
    path.unlink()
    with pytest.raises(MissingSourceError, match="no such file"):
        result.to(Pixels())
    with pytest.raises(InputNotFoundError):
        result.attach(path)


def test_another_document_is_refused(engine: Engine, path: Path) -> None:
    result = NoteText(engine=engine).recognize(path)
    with pytest.raises(MissingSourceError, match="bytes are others"):
        result.attach(np.zeros((40, 60), np.uint8))
    of_pixels = NoteText(engine=engine).recognize(np.full((40, 60), 9, np.uint8))
    with pytest.raises(MissingSourceError, match="41×60"):
        of_pixels.attach(np.full((60, 41), 9, np.uint8))
    assert of_pixels.attach(np.full((40, 60), 7, np.uint8)).to(Pixels()) == "60x40:7"


def test_a_picture_that_was_closed_can_be_brought_back(engine: Engine, path: Path) -> None:
    image = Image.open(path)
    result = NoteText(engine=engine).recognize(image)
    image.close()
    with pytest.raises(MissingSourceError, match="closed"):
        result.to(Pixels())
    assert result.attach(Image.open(path)).to(Pixels()) == "60x40:200"


def test_text_needs_no_document(engine: Engine, path: Path) -> None:
    result = NoteText(engine=engine).recognize(path)
    path.unlink()
    for name in ("text", "json", "markdown", "hocr", "alto", "csv"):
        assert "60x40" in str(result.to(name))


SEALED = """
from notetext.converters import Converter
from notetext.converters.image import ImageConverter
from notetext.documents import Source


class Sealed(Converter):
    name = "sealed"

    def accepts(self, head):
        return head.startswith(b"SEAL")

    def open(self, source, options):
        picture = Source(source.name, source.read()[4:], options.limits)
        return ImageConverter().open(picture, options)
"""


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Converter]:
    """A converter for pictures in a format of its own, of a module that can be imported."""
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "sealed.py").write_text(SEALED)
    monkeypatch.syspath_prepend(modules)
    converter: Converter = importlib.import_module("sealed").Sealed()
    yield converter
    sys.modules.pop("sealed", None)


@pytest.fixture
def left_behind(engine: Engine, path: Path, sealed: Converter) -> RecognitionResult:
    """A result of such a file that was read with that converter; the file is ``note.sealed``."""
    target = path.with_suffix(".sealed")
    target.write_bytes(b"SEAL" + path.read_bytes())
    result = NoteText(engine=engine, converters=[sealed]).recognize(target)
    assert result.to(Pixels()) == "60x40:200"
    return RecognitionResult.from_json(result.to_json())


@pytest.mark.parametrize("alone", [True, False])
def test_a_format_of_a_third_party_is_attached_with_the_converter_that_opens_it(
    left_behind: RecognitionResult, path: Path, sealed: Converter, alone: bool
) -> None:
    target = path.with_suffix(".sealed")
    with pytest.raises(UnsupportedFormatError):
        left_behind.attach(target)
    converters: Converter | list[Converter | str] = sealed if alone else ["image", sealed]
    assert left_behind.attach(target, converters=converters).to(Pixels()) == "60x40:200"


def install(modules: Path, *converters: str) -> None:
    """Makes a distribution of a folder's modules, with converters at its entry points."""
    info = modules / "sealed-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sealed\nVersion: 1.0\n")
    entry_points = "\n".join(["[notetext.converters]", *converters])
    (info / "entry_points.txt").write_text(entry_points)


def test_a_format_of_a_plug_in_is_attached_by_itself(
    left_behind: RecognitionResult, path: Path
) -> None:
    install(path.parent / "modules", "sealed = sealed:Sealed")
    target = path.with_suffix(".sealed")
    assert left_behind.attach(target).to(Pixels()) == "60x40:200"
    assert left_behind.attach(target, converters="sealed").to(Pixels()) == "60x40:200"


def test_a_broken_plug_in_costs_nobody_the_others(
    left_behind: RecognitionResult, path: Path
) -> None:
    install(path.parent / "modules", "broken = not_there:Converter", "sealed = sealed:Sealed")
    target = path.with_suffix(".sealed")
    with pytest.warns(RuntimeWarning, match=r"'broken' .* is skipped"):
        assert left_behind.attach(target).to(Pixels()) == "60x40:200"


@pytest.mark.parametrize("dpi", [None, 300, 111])
def test_a_pdf_is_attached_at_the_resolution_at_which_it_was_read(
    engine: Engine, tmp_path: Path, dpi: float | None
) -> None:
    path = tmp_path / "scans.pdf"
    pages = [Image.new("L", size, 255) for size in ((500, 300), (400, 700))]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    result = NoteText(engine=engine).recognize(path, dpi=dpi)
    shown = result.to(Pixels())
    back = RecognitionResult.from_json(result.to_json())
    with path.open("rb") as file:
        assert back.attach(file).to(Pixels()) == shown


def test_a_pdf_of_before_is_attached_at_300_dpi(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    Image.new("L", (500, 300), 255).save(path, resolution=150)
    before = NoteText(engine=engine).recognize(path, dpi=300)
    assert (before.pages[0].width, before.pages[0].height) == (1000, 600)
    assert NoteText(engine=engine).recognize(path).pages[0].width == 500
    assert RecognitionResult.from_json(before.to_json()).attach(path).to(Pixels()) == "1000x600:255"
