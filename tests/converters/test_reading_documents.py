"""Documents on their way through a reader: text layers, page ranges, passwords, one note in all."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from notetext import Limits, NoteText, RecognitionResult
from notetext.engines import Engine
from notetext.errors import EncryptedPdfError, PageRangeError, UnsupportedLanguageError
from notetext.model import Mode, PageStatus
from notetext.reading.options import TextLayerUse

MakePdf = Callable[..., bytes]

SENTENCE = "Printed words of more than thirty-two letters"
TYPED = f"BT /F 12 Tf 40 250 Td ({SENTENCE}) Tj ET "
HIDDEN = f"BT 3 Tr /F 12 Tf 40 200 Td (scanner: {SENTENCE}) Tj ET "
PHOTO = "q 400 0 0 200 0 0 cm /Im Do Q "
SCRIBBLE = "20 20 m " + " ".join(f"{20 + 2 * n} {20 + n % 7 * 15} l" for n in range(180)) + " S "
DPI = 72


def read(engine: Engine, data: bytes, **options: object) -> RecognitionResult:
    reader = NoteText(engine=engine, preprocessors=())
    return reader.recognize(data, dpi=DPI, **options)  # type: ignore[arg-type]


def test_a_page_of_typed_text_is_not_read_again(engine: Engine, make_pdf: MakePdf) -> None:
    page = read(engine, make_pdf(TYPED)).pages[0]
    assert page.engine == "text_layer"
    assert page.text == f"{SENTENCE}\n"
    assert {word.confidence for word in page.words} == {1.0}
    box = page.words[0].box
    assert box is not None
    assert (box.left, box.bottom) == pytest.approx((40, 53), abs=1)
    assert page.warnings == ()


@pytest.mark.parametrize("mode", list(Mode))
def test_a_scanners_own_recognition_is_not_believed(
    engine: Engine, make_pdf: MakePdf, mode: Mode
) -> None:
    page = read(engine, make_pdf(PHOTO + HIDDEN), mode=mode).pages[0]
    assert page.engine == engine.name
    assert "scanner" not in page.text


def test_typed_text_beside_a_photo_joins_what_is_read(engine: Engine, make_pdf: MakePdf) -> None:
    page = read(engine, make_pdf(TYPED + PHOTO + SCRIBBLE)).pages[0]
    assert page.engine == engine.name
    assert SENTENCE in page.text
    assert "400x300" in page.text
    assert {word.confidence for word in page.words} == {0.5, 1.0}


def test_the_text_layer_can_be_ignored_or_be_all_that_counts(
    engine: Engine, make_pdf: MakePdf
) -> None:
    ignored = read(engine, make_pdf(TYPED), text_layer="ignore").pages[0]
    assert (ignored.engine, SENTENCE in ignored.text) == (engine.name, False)
    alone = read(engine, make_pdf(HIDDEN + PHOTO), text_layer=TextLayerUse.ONLY).pages[0]
    assert (alone.engine, SENTENCE in alone.text) == ("text_layer", True)
    nothing = read(engine, make_pdf(PHOTO), text_layer="only").pages[0]
    assert (nothing.engine, nothing.text) == ("text_layer", "")
    assert "no text layer" in nothing.warnings[0]


@pytest.mark.parametrize("use", ["auto", "only"])
def test_text_is_taken_in_languages_that_the_engine_does_not_read(
    engine: Engine, make_pdf: MakePdf, use: str
) -> None:
    page = read(engine, make_pdf(TYPED), language="Thai", text_layer=use).pages[0]
    assert (page.text, page.warnings) == (f"{SENTENCE}\n", ())


def test_what_such_a_language_leaves_unread_is_told(engine: Engine, make_pdf: MakePdf) -> None:
    data = make_pdf([TYPED, TYPED + SCRIBBLE, SCRIBBLE])
    result = read(engine, data, language="Thai", on_error="keep")
    assert [page.text for page in result.pages] == [f"{SENTENCE}\n", f"{SENTENCE}\n", ""]
    assert "does not read th (Thai)" in result.pages[1].warnings[0]
    (error,) = result.errors
    assert (error.page, error.kind) == (3, "UnsupportedLanguageError")
    with pytest.raises(UnsupportedLanguageError, match="Thai"):
        read(engine, make_pdf(SCRIBBLE), language="Thai")
    with pytest.raises(UnsupportedLanguageError, match="Thai"):
        read(engine, data, language="Thai", text_layer="ignore")


def test_of_a_text_layer_only_the_region_counts(engine: Engine, make_pdf: MakePdf) -> None:
    far = "BT /F 12 Tf 40 30 Td (and far below them some other words) Tj ET"
    page = read(engine, make_pdf(TYPED + far), region=(0, 0, 400, 100)).pages[0]
    assert page.text == f"{SENTENCE}\n"


def test_a_page_turned_by_the_file_is_read_upright(engine: Engine, make_pdf: MakePdf) -> None:
    sideways = f"BT /F 12 Tf 0 1 -1 0 200 20 Tm ({SENTENCE}) Tj ET"
    page = read(engine, make_pdf(sideways, Rotate=90)).pages[0]
    assert (page.width, page.height) == (300, 400)
    assert page.text == f"{SENTENCE}\n"
    first, last = page.words[0].box, page.words[-1].box
    assert first is not None
    assert last is not None
    assert first.right < last.left
    assert first.top == pytest.approx(last.top, abs=1)


@pytest.mark.parametrize(
    ("pages", "numbers"), [("2-", [2, 3]), ("3,1", [3, 1]), ([2], [2]), (None, [1, 2, 3])]
)
def test_pages_come_in_the_order_asked_for(
    engine: Engine, make_pdf: MakePdf, pages: str | list[int] | None, numbers: list[int]
) -> None:
    data = make_pdf([TYPED.replace("Printed", f"Page{n}") for n in (1, 2, 3)])
    result = read(engine, data, pages=pages)
    assert [page.number for page in result.pages] == numbers
    assert [page.words[0].text for page in result.pages] == [f"Page{n}" for n in numbers]


def test_a_page_range_beyond_the_end_names_the_document(
    engine: Engine, make_pdf: MakePdf, tmp_path: Path
) -> None:
    path = tmp_path / "three.pdf"
    path.write_bytes(make_pdf(["", "", ""]))
    with pytest.raises(PageRangeError, match=r"three\.pdf: there is no page 4"):
        NoteText(engine=engine).recognize(path, pages="2-4")


def test_a_password_opens_a_document_and_is_nowhere_told(engine: Engine, make_pdf: MakePdf) -> None:
    data = make_pdf(TYPED, password="s3cret")
    with pytest.raises(EncryptedPdfError):
        read(engine, data)
    result = read(engine, data, password="s3cret")
    assert result.pages[0].text == f"{SENTENCE}\n"
    assert "s3cret" not in result.model_dump_json()


def test_a_damaged_page_costs_that_page(engine: Engine, make_pdf: MakePdf) -> None:
    with pikepdf.open(io.BytesIO(make_pdf([TYPED] * 3))) as pdf:
        pdf.pages[1].obj.CropBox = pikepdf.Array([900, 900, 950, 950])
        file = io.BytesIO()
        pdf.save(file)
    result = read(engine, file.getvalue(), on_error="keep")
    assert [page.status for page in result.pages] == [
        PageStatus.READ,
        PageStatus.FAILED,
        PageStatus.READ,
    ]
    (error,) = result.errors
    assert (error.page, error.kind) == (2, "CorruptInputError")
    plan = NoteText(engine=engine).plan(file.getvalue(), text_layer="ignore")
    assert (plan.pages, plan.to_read) == ((1, 2, 3), (1, 3))


def test_a_lowered_resolution_is_told_in_the_result(engine: Engine, make_pdf: MakePdf) -> None:
    reader = NoteText(engine=engine, preprocessors=(), limits=Limits(max_pixels=10_000))
    page = reader.recognize(make_pdf(PHOTO)).pages[0]
    assert page.width * page.height <= 10_000
    assert "instead of 300" in page.warnings[0]


@pytest.mark.slow
def test_the_same_note_gives_the_same_text_in_every_format(notes: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    with Image.open(notes / "shopping.jpg") as image:
        note = image.convert("RGB")
    tiff, pdf, heic = io.BytesIO(), io.BytesIO(), io.BytesIO()
    note.save(tiff, "TIFF", save_all=True, append_images=[note], compression="tiff_lzw")
    note.save(pdf, "PDF", resolution=300, quality=98, save_all=True, append_images=[note])
    file = pillow_heif.from_pillow(note)
    file.save(heic, quality=98)
    with NoteText() as reader:
        expected = reader.recognize(notes / "shopping.jpg").text
        assert expected == (notes / "shopping.txt").read_text()
        for data in (tiff, pdf):
            result = reader.recognize(data.getvalue())
            assert [page.text for page in result.pages] == [expected, expected]
        assert reader.recognize(heic.getvalue()).text == expected
        poppler = NoteText(engine=reader.engine, converters=["poppler"])
        assert poppler.recognize(pdf.getvalue(), pages=2).text == expected
