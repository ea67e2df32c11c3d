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

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray
from PIL import Image

from notetext import Box, Line, NoteText, Page, Paragraph, RecognitionResult, Word
from notetext.errors import ExportError, MissingDependencyError, MissingSourceError
from notetext.model import PageStatus

Rectangle = tuple[float, float, float, float]
ResultOf = Callable[..., RecognitionResult]
MakePdf = Callable[..., bytes]
Render = Callable[..., NDArray[np.uint8]]

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


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


def result_with(reader: NoteText, words: Sequence[Word]) -> RecognitionResult:
    """A white page at 300 dpi, each word a line of its own."""
    paper = Image.new("L", (1500, 2000), "white")
    paper.info["dpi"] = (300, 300)
    lines = tuple(Line(words=(word,), box=word.box) for word in words)
    result = reader.recognize(paper)
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
    # The layout's blanks before a line only show how far it is indented.
    printed = pdftotext(letter_pdf, "-layout").replace("\f", "").split("\n")
    lines = [line.strip() for line in printed if line]
    assert lines == [line for line in letter.text.splitlines() if line]


@pytest.mark.parametrize("angle", [0, 3, 30, 90, 135, 180, 270])
def test_a_word_is_turned_as_it_is_written(reader: NoteText, angle: int) -> None:
    turn = math.radians(angle)
    along = np.array([math.cos(turn), -math.sin(turn)]) * 400
    down = np.array([math.sin(turn), math.cos(turn)]) * 60
    start = np.array([700.0, 1000.0])
    corners = np.array([start, start + along, start + along + down, start + down])
    result = result_with(reader, [Word(text="turned", box=Box(corners.ravel().tolist()))])
    characters = [c for c in pdfium_characters(pdf_of(result)) if not c[0].isspace()]
    assert "".join(character for character, _ in characters) == "turned"
    for n, (_, (left, bottom, right, top)) in enumerate(characters):
        middle = np.array([(left + right) / 2, 480 - (bottom + top) / 2]) * 300 / 72
        assert middle == pytest.approx(start + along * (n + 0.5) / 6 + down / 2, abs=3)


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_is_found(reader: NoteText, text: str) -> None:
    data = pdf_of(result_with(reader, [Word(text=text, box=Box.rectangle(100, 100, 500, 160))]))
    (found,) = pdfium_words(data)
    assert found[0].encode("utf-16", "surrogatepass").decode("utf-16") == text
    # Poppler marks where a line runs from right to left.
    assert pdftotext(data).strip().strip("\u202b\u202c\n\f") == text


def test_nothing_is_drawn_over_the_page(
    rendered: Render, letter: RecognitionResult, letter_pdf: bytes
) -> None:
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
def test_a_word_without_extent_is_found_all_the_same(reader: NoteText, box: Rectangle) -> None:
    (found,) = pdfium_words(
        pdf_of(result_with(reader, [Word(text="thin", box=Box.rectangle(*box))]))
    )
    assert found[0] == "thin"


INK = "1 0 0 1 0 0 cm 0 g 100 120 60 24 re f 2 0 0 2 50 50 cm"
"""A black rectangle; what follows would be moved, were the coordinates not restored."""


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 60, 300, 250)])
def test_a_pdf_keeps_its_page_and_gets_the_words_where_they_are_seen(
    reader: NoteText,
    rendered: Render,
    make_pdf: MakePdf,
    rotation: int,
    crop: Sequence[float] | None,
) -> None:
    entries = {"Rotate": rotation} | ({"CropBox": pikepdf.Array(crop)} if crop else {})
    original = make_pdf(INK, **entries)
    data = pdf_of(reader.recognize(original))
    ((text, place),) = pdfium_words(data)
    assert text == "ink"
    assert place == pytest.approx((100, 120, 160, 144), abs=1.5)
    assert (rendered(data) == rendered(original)).all()


def test_a_page_without_content_or_resources_gets_its_text(
    reader: NoteText, make_pdf: MakePdf
) -> None:
    with pikepdf.open(io.BytesIO(make_pdf(""))) as pdf:
        for key in ("/Contents", "/Resources"):
            del pdf.pages[0].obj[key]
        file = io.BytesIO()
        pdf.save(file)
    result = reader.recognize(file.getvalue())
    word = Word(text="added", box=Box.rectangle(100, 100, 400, 150))
    paragraphs = (Paragraph(lines=(Line(words=(word,)),)),)
    page = result.pages[0].model_copy(update={"paragraphs": paragraphs})
    data = pdf_of(result.model_copy(update={"pages": (page,)}))
    assert [text for text, _ in pdfium_words(data)] == ["added"]


def test_a_pdf_that_cannot_be_changed_is_an_error_of_ours(
    reader: NoteText, make_pdf: MakePdf
) -> None:
    result = reader.recognize(make_pdf(INK))
    page = result.pages[0].model_copy(update={"number": 7})
    with pytest.raises(ExportError, match="too damaged"):
        pdf_of(result.model_copy(update={"pages": (page,)}))


def test_pages_that_share_their_resources_share_the_font(
    reader: NoteText, make_pdf: MakePdf
) -> None:
    original = make_pdf([INK] * 3)
    data = pdf_of(reader.recognize(original))
    assert [pdfium_words(data, n)[0][0] for n in range(3)] == ["ink"] * 3
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(pdf.pages[2].resources.Font.keys()) == {"/F", "/Notetext1"}
        assert pdf.check_pdf_syntax() == []


def test_words_that_a_pdf_holds_already_are_not_added_again(
    reader: NoteText,
    make_pdf: MakePdf,
) -> None:
    printed = "BT /F 12 Tf 50 200 Td (These words are printed in the document) Tj ET"
    result = reader.recognize(make_pdf(printed))
    assert result.pages[0].engine == "text_layer"
    assert pdftotext(pdf_of(result)).split() == result.text.split()


def test_exporting_what_was_exported_adds_nothing(reader: NoteText, make_pdf: MakePdf) -> None:
    once = pdf_of(reader.recognize(make_pdf(INK)))
    twice = pdf_of(reader.recognize(once))
    assert [text for text, _ in pdfium_words(twice)] == ["ink"]


def test_only_the_pages_that_were_read_come_in_their_order(
    reader: NoteText, make_pdf: MakePdf
) -> None:
    original = make_pdf([f"0 g {n}0 100 50 20 re f" for n in (1, 5, 9)])
    result = reader.recognize(original, pages=[3, 1])
    data = pdf_of(result)
    assert [round(pdfium_words(data, n)[0][1][0]) for n in range(2)] == [90, 10]
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 2


def test_an_encrypted_pdf_stays_encrypted(reader: NoteText, make_pdf: MakePdf) -> None:
    original = make_pdf(INK, password="secret")
    data = pdf_of(reader.recognize(original, password="secret"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password="secret") as pdf:
        assert "/Notetext1" in pdf.pages[0].resources.Font


def test_a_page_that_failed_keeps_its_picture(reader: NoteText, rendered: Render) -> None:
    pages = [Image.new("L", (60, 40), shade) for shade in (200, 90)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(72, 72))
    result = reader.recognize(file.getvalue())
    torn = result.pages[1].model_copy(update={"status": PageStatus.FAILED, "paragraphs": ()})
    lost = Page(number=2, width=0, height=0, engine="ink", status=PageStatus.FAILED)
    for failed, shade in ((torn, 90), (lost, 255)):
        data = pdf_of(result.model_copy(update={"pages": (result.pages[0], failed)}))
        assert rendered(data, 1)[20, 20].min() == shade


def test_a_very_large_page_fits_a_pdf(reader: NoteText) -> None:
    image = Image.new("1", (20_000, 40), 1)
    image.info["dpi"] = (72, 72)
    data = pdf_of(reader.recognize(image))
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
