"""Searchable PDF, as PDFium, Poppler and qpdf see it."""

from __future__ import annotations

import ctypes
import io
import math
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageDraw, ImageOps

from notetext import Box, Line, NoteText, Page, Paragraph, RecognitionResult, Word
from notetext.engines import Engine, Reading
from notetext.errors import ExportError, MissingDependencyError, MissingSourceError
from notetext.exporters.searchable_pdf.glyphless_font import Fonts, clusters_of
from notetext.options import Request
from notetext.page_image import PageImage, to_pixels
from notetext.result import PageStatus

Rectangle = tuple[float, float, float, float]
ResultOf = Callable[..., RecognitionResult]

SCRIPTS = (
    "plain",
    "naïve",
    "Αθήνα",
    "Привет",
    "天気予報",
    "한국어",
    "𝒜𝓛𝓔𝓟𝓗",
    "שלום",
    "مرحبا",
    "हिन्दी",
    "ไทย",
    "(a\\b)<c>",
    "☐☑",
)


class InkEngine(Engine):
    """Reads one word, ``ink``, where the page is dark."""

    name = "ink"

    def read(self, page: PageImage, request: Request) -> Reading:
        rows, columns = np.nonzero(page.grey() < 128)
        if not rows.size:
            return Reading()
        edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        box = Box.rectangle(*(float(edge) for edge in edges))
        return Reading(lines=[Line(words=(Word(text="ink", box=box, confidence=0.9),), box=box)])


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


def result_with(words: Sequence[Word], size: tuple[int, int] = (1500, 2000)) -> RecognitionResult:
    """A white page at 300 dpi, each word a line of its own."""
    paper = Image.new("L", size, "white")
    paper.info["dpi"] = (300, 300)
    lines = tuple(Line(words=(word,), box=word.box) for word in words)
    result = NoteText(engine=InkEngine()).recognize(paper)
    page = result.pages[0].model_copy(update={"paragraphs": (Paragraph(lines=lines),)})
    return result.model_copy(update={"pages": (page,)})


def pdfium_characters(data: bytes, index: int = 0) -> Iterator[tuple[str, Rectangle]]:
    """Every character of a page, with left, bottom, right and top in points."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[index]
        text = page.get_textpage()
        for n in range(text.count_chars()):
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            if pdfium.FPDFText_GetCharBox(text, n, left, right, bottom, top):
                code = pdfium.FPDFText_GetUnicode(text, n)
                yield chr(code), (left.value, bottom.value, right.value, top.value)
        text.close()
        page.close()


def pdfium_words(data: bytes, index: int = 0) -> list[tuple[str, Rectangle]]:
    words: list[tuple[str, Rectangle]] = []
    parts: list[tuple[str, Rectangle]] = []
    for character, box in [*pdfium_characters(data, index), (" ", (0.0, 0.0, 0.0, 0.0))]:
        if not character.isspace():
            parts.append((character, box))
        elif parts:
            lefts, bottoms, rights, tops = zip(*(box for _, box in parts), strict=True)
            edges = (min(lefts), min(bottoms), max(rights), max(tops))
            words.append(("".join(c for c, _ in parts), edges))
            parts = []
    return words


def pdftotext(data: bytes, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (apt-get install poppler-utils)")
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode("utf-8")


def poppler_words(data: bytes) -> list[tuple[str, Rectangle]]:
    """Every word, with left, top, right and bottom in points from the top."""
    pattern = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    found = re.findall(pattern, pdftotext(data, "-bbox"))
    return [
        (unescape(text), (float(a), float(b), float(c), float(d))) for a, b, c, d, text in found
    ]


def by_text(words: Sequence[tuple[str, Rectangle]]) -> dict[str, list[Rectangle]]:
    places: dict[str, list[Rectangle]] = defaultdict(list)
    for text, box in sorted(words):
        places[text].append(box)
    return places


def rendered(data: bytes, index: int = 0, scale: float = 1.0) -> np.ndarray:
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[index]
        pixels = page.render(scale=scale).to_numpy().copy()
        page.close()
    return np.asarray(pixels[:, :, ::-1] if pixels.ndim == 3 else pixels)


@pytest.fixture(scope="module")
def letter_pdf(letter: RecognitionResult) -> bytes:
    return pdf_of(letter)


@pytest.mark.parametrize("reader", [poppler_words, pdfium_words])
def test_every_word_is_found_at_its_place(
    letter: RecognitionResult,
    letter_pdf: bytes,
    reader: Callable[[bytes], list[tuple[str, Rectangle]]],
) -> None:
    scale = 72 / 150
    height = letter.pages[0].height * scale
    expected = []
    for word in letter.words:
        assert word.box
        left, right = word.box.left * scale, word.box.right * scale
        top, bottom = word.box.top * scale, word.box.bottom * scale
        if reader is pdfium_words:
            top, bottom = height - bottom, height - top
        expected.append((word.text, (left, top, right, bottom)))
    found = by_text(reader(letter_pdf))
    assert found.keys() == by_text(expected).keys()
    for text, boxes in by_text(expected).items():
        for box, place in zip(boxes, found[text], strict=True):
            # Where words touch, one ends a fifth of its height earlier, so that a blank is seen.
            slack = 0.25 * (box[3] - box[1])
            assert place[0] == pytest.approx(box[0], abs=2)
            assert place[1] == pytest.approx(box[1], abs=2)
            assert place[3] == pytest.approx(box[3], abs=2)
            assert box[2] - slack - 1 <= place[2] <= box[2] + 2


def test_the_running_text_is_the_results(letter: RecognitionResult, letter_pdf: bytes) -> None:
    lines = [
        line for line in pdftotext(letter_pdf, "-layout").replace("\f", "").split("\n") if line
    ]
    assert lines == [line for line in letter.text.splitlines() if line]


@pytest.mark.parametrize("angle", [0, 3, 30, 90, 135, 180, 270])
def test_a_word_is_turned_as_it_is_written(angle: int) -> None:
    turn = math.radians(angle)
    along = np.array([math.cos(turn), -math.sin(turn)]) * 400
    down = np.array([math.sin(turn), math.cos(turn)]) * 60
    start = np.array([700.0, 1000.0])
    corners = np.array([start, start + along, start + along + down, start + down])
    result = result_with([Word(text="turned", box=Box(corners.ravel().tolist()))])
    characters = [c for c in pdfium_characters(pdf_of(result)) if not c[0].isspace()]
    assert "".join(character for character, _ in characters) == "turned"
    for n, (_, (left, bottom, right, top)) in enumerate(characters):
        middle = np.array([(left + right) / 2, 480 - (bottom + top) / 2]) * 300 / 72
        assert middle == pytest.approx(start + along * (n + 0.5) / 6 + down / 2, abs=3)


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_is_found(text: str) -> None:
    data = pdf_of(result_with([Word(text=text, box=Box.rectangle(100, 100, 500, 160))]))
    (found,) = pdfium_words(data)
    assert found[0].encode("utf-16", "surrogatepass").decode("utf-16") == text
    # Poppler marks where a line runs from right to left.
    assert pdftotext(data).strip().strip("\u202b\u202c\n\f") == text


def test_more_characters_than_a_font_has_codes_for_go_into_a_second_one() -> None:
    pdf = pikepdf.new()
    fonts = Fonts(pdf)
    characters = [chr(code) for code in range(0x10000, 0x10000 + 70_000)]
    used = {fonts.encode(characters[n : n + 1000])[0].objgen for n in range(0, 70_000, 1000)}
    assert len(used) == 2


def test_marks_stay_with_their_letters_and_numbers_keep_their_order() -> None:
    assert list(clusters_of("e\u0301a")) == ["e\u0301", "a"]
    assert "".join(clusters_of("אב12ג")) == "ג12בא"


def test_nothing_is_drawn_over_the_page(letter: RecognitionResult, letter_pdf: bytes) -> None:
    blank = tuple(page.model_copy(update={"paragraphs": ()}) for page in letter.pages)
    bare = pdf_of(letter.model_copy(update={"pages": blank}))
    assert (rendered(letter_pdf) == rendered(bare)).all()


def test_the_file_is_sound_and_says_its_language(letter_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(letter_pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.Root.Lang) == "en"
        assert pdf.docinfo["/Title"] == "letter.jpg"


def test_the_same_result_gives_the_same_bytes(letter: RecognitionResult, letter_pdf: bytes) -> None:
    assert pdf_of(letter) == letter_pdf


def embedded_jpeg(data: bytes) -> bytes:
    """The picture of the first page as it lies in the file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        image = pdf.pages[0].resources.XObject["/Page"]
        assert image.Filter == pikepdf.Name.DCTDecode
        return image.read_raw_bytes()


def test_an_upright_jpeg_is_embedded_byte_for_byte(letter_pdf: bytes, notes: Path) -> None:
    assert embedded_jpeg(letter_pdf) == (notes / "letter.jpg").read_bytes()


def picture() -> Image.Image:
    """A picture without any symmetry, in soft colours."""
    image = Image.new("RGB", (120, 80), (250, 240, 200))
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, 60, 24), fill=(40, 60, 120))
    pen.rectangle((8, 40, 24, 72), fill=(200, 80, 60))
    return image


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_on_its_side_stays_as_it_is_and_is_seen_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture().save(file, "JPEG", quality=95, exif=exif, dpi=(72, 72))
    result = NoteText(engine=InkEngine()).recognize(file.getvalue())
    data = pdf_of(result)
    assert embedded_jpeg(data) == file.getvalue()
    upright = np.asarray(ImageOps.exif_transpose(Image.open(file)).convert("RGB"), float)
    assert np.abs(rendered(data) - upright).mean() < 3


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "CMYK", "I;16"])
def test_a_lossless_picture_stays_as_it_is(mode: str) -> None:
    image = (
        picture().convert("L").convert("I").convert(mode)
        if mode == "I;16"
        else (picture().convert(mode))
    )
    image.info["dpi"] = (72, 72)
    data = pdf_of(NoteText(engine=InkEngine()).recognize(image))
    expected = to_pixels(image)
    seen = rendered(data).reshape(expected.shape[0], expected.shape[1], -1)
    assert (seen == expected.reshape(*expected.shape[:2], -1)).all()


def test_a_jpeg_in_inks_has_the_colours_that_its_maker_meant(tmp_path: Path) -> None:
    path = tmp_path / "inks.jpg"
    picture().convert("CMYK").save(path, quality=95, dpi=(72, 72))
    data = pdf_of(NoteText(engine=InkEngine()).recognize(path))
    assert embedded_jpeg(data) == path.read_bytes()
    assert np.abs(rendered(data) - np.asarray(Image.open(path).convert("RGB"), float)).mean() < 12


def test_a_picture_compressed_with_loss_stays_small(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(200, 20, (400, 600, 3)).clip(0, 255)
    path = tmp_path / "photo.webp"
    Image.fromarray(noise.astype(np.uint8)).save(path, quality=50)
    data = pdf_of(NoteText(engine=InkEngine()).recognize(path))
    assert len(embedded_jpeg(data)) < noise.size / 2


def test_words_without_places_are_found_in_their_order(result_of: ResultOf) -> None:
    texts = [[["first line here", "second line"], ["third"]]]
    paper = Image.new("L", (600, 800), "white")
    result = result_of(texts)
    source = result.source.model_copy(update={"sha256": None})
    result = result.model_copy(update={"source": source}).attach(paper)
    assert pdftotext(pdf_of(result)).split() == result.text.split()
    # A line that has a place lends it to its words.
    box = Box.rectangle(60, 60, 540, 100)
    line = Line(words=(Word(text="ab"), Word(text="cdefg")), box=box)
    page = result.pages[0].model_copy(update={"paragraphs": (Paragraph(lines=(line,)),)})
    ab, rest = pdfium_words(pdf_of(result.model_copy(update={"pages": (page,)})))
    assert ab[1][0] == pytest.approx(60 * 0.24, abs=1)
    assert rest[1][2] == pytest.approx(540 * 0.24, abs=1)


@pytest.mark.parametrize("box", [(300, 300, 300, 340), (300, 300, 400, 300), (300, 300, 300, 300)])
def test_a_word_without_extent_is_found_all_the_same(box: Rectangle) -> None:
    (found,) = pdfium_words(pdf_of(result_with([Word(text="thin", box=Box.rectangle(*box))])))
    assert found[0] == "thin"


INK = "1 0 0 1 0 0 cm 0 g 100 120 60 24 re f 2 0 0 2 50 50 cm"
"""A black rectangle; what follows would be moved, were the coordinates not restored."""


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 60, 300, 250)])
def test_a_pdf_keeps_its_page_and_gets_the_words_where_they_are_seen(
    make_pdf: Callable[..., bytes], rotation: int, crop: Sequence[float] | None
) -> None:
    entries = {"Rotate": rotation} | ({"CropBox": pikepdf.Array(crop)} if crop else {})
    original = make_pdf(INK, **entries)
    data = pdf_of(NoteText(engine=InkEngine()).recognize(original))
    ((text, place),) = pdfium_words(data)
    assert text == "ink"
    assert place == pytest.approx((100, 120, 160, 144), abs=1.5)
    assert (rendered(data) == rendered(original)).all()


def test_a_page_without_content_or_resources_gets_its_text(make_pdf: Callable[..., bytes]) -> None:
    with pikepdf.open(io.BytesIO(make_pdf(""))) as pdf:
        for key in ("/Contents", "/Resources"):
            del pdf.pages[0].obj[key]
        file = io.BytesIO()
        pdf.save(file)
    result = NoteText(engine=InkEngine()).recognize(file.getvalue())
    word = Word(text="added", box=Box.rectangle(100, 100, 400, 150))
    paragraphs = (Paragraph(lines=(Line(words=(word,)),)),)
    page = result.pages[0].model_copy(update={"paragraphs": paragraphs})
    data = pdf_of(result.model_copy(update={"pages": (page,)}))
    assert [text for text, _ in pdfium_words(data)] == ["added"]


def test_a_pdf_that_cannot_be_changed_is_an_error_of_ours(make_pdf: Callable[..., bytes]) -> None:
    result = NoteText(engine=InkEngine()).recognize(make_pdf(INK))
    page = result.pages[0].model_copy(update={"number": 7})
    with pytest.raises(ExportError, match="too damaged"):
        pdf_of(result.model_copy(update={"pages": (page,)}))


def test_pages_that_share_their_resources_share_the_font(make_pdf: Callable[..., bytes]) -> None:
    original = make_pdf([INK] * 3)
    data = pdf_of(NoteText(engine=InkEngine()).recognize(original))
    assert [pdfium_words(data, n)[0][0] for n in range(3)] == ["ink"] * 3
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(pdf.pages[2].resources.Font.keys()) == {"/F", "/Notetext1"}
        assert pdf.check_pdf_syntax() == []


def test_words_that_a_pdf_holds_already_are_not_added_again(
    make_pdf: Callable[..., bytes],
) -> None:
    printed = "BT /F 12 Tf 50 200 Td (These words are printed in the document) Tj ET"
    result = NoteText(engine=InkEngine()).recognize(make_pdf(printed))
    assert result.pages[0].engine == "text_layer"
    assert pdftotext(pdf_of(result)).split() == result.text.split()


def test_exporting_what_was_exported_adds_nothing(make_pdf: Callable[..., bytes]) -> None:
    reader = NoteText(engine=InkEngine())
    once = pdf_of(reader.recognize(make_pdf(INK)))
    twice = pdf_of(reader.recognize(once))
    assert [text for text, _ in pdfium_words(twice)] == ["ink"]


def test_only_the_pages_that_were_read_come_in_their_order(make_pdf: Callable[..., bytes]) -> None:
    original = make_pdf([f"0 g {n}0 100 50 20 re f" for n in (1, 5, 9)])
    result = NoteText(engine=InkEngine()).recognize(original, pages=[3, 1])
    data = pdf_of(result)
    assert [round(pdfium_words(data, n)[0][1][0]) for n in range(2)] == [90, 10]
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 2


def test_an_encrypted_pdf_stays_encrypted(make_pdf: Callable[..., bytes]) -> None:
    original = make_pdf(INK, password="secret")
    data = pdf_of(NoteText(engine=InkEngine()).recognize(original, password="secret"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password="secret") as pdf:
        assert "/Notetext1" in pdf.pages[0].resources.Font


def test_a_page_that_failed_keeps_its_picture() -> None:
    pages = [Image.new("L", (60, 40), shade) for shade in (200, 90)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(72, 72))
    result = NoteText(engine=InkEngine()).recognize(file.getvalue())
    torn = result.pages[1].model_copy(update={"status": PageStatus.FAILED, "paragraphs": ()})
    lost = Page(number=2, width=0, height=0, engine="ink", status=PageStatus.FAILED)
    for failed, shade in ((torn, 90), (lost, 255)):
        data = pdf_of(result.model_copy(update={"pages": (result.pages[0], failed)}))
        assert rendered(data, 1)[20, 20].min() == shade


def test_a_very_large_page_fits_a_pdf() -> None:
    image = Image.new("1", (20_000, 40), 1)
    image.info["dpi"] = (72, 72)
    data = pdf_of(NoteText(engine=InkEngine()).recognize(image))
    with pypdfium2.PdfDocument(data) as pdf:
        assert pdf.get_page_size(0)[0] == pytest.approx(14_400)


def test_without_the_document_the_way_to_it_is_named(letter: RecognitionResult) -> None:
    bare = RecognitionResult.from_json(letter.to_json())
    with pytest.raises(MissingSourceError, match=r"result\.attach"):
        bare.to("pdf")


def test_without_pikepdf_the_extra_is_named(
    letter: RecognitionResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(MissingDependencyError, match=r"notetext\[searchable-pdf\]") as caught:
        letter.to("pdf")
    assert caught.value.extra == "searchable-pdf"
