"""The words that a PDF page holds: where they stand, and whether they can be seen."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest

from notetext.converters import OpenOptions, TextLayer
from notetext.converters.pdf import PdfConverter
from notetext.documents import Source

MakePdf = Callable[..., bytes]


def show(text: str, x: float = 50, y: float = 150, *, before: str = "", matrix: str = "") -> str:
    """A content stream that draws a text of 12 points."""
    place = f"{matrix} Tm" if matrix else f"{x} {y} Td"
    return f"q BT /F 12 Tf {before} {place} ({text}) Tj ET Q "


def picture(left: float, bottom: float, width: float, height: float, name: str = "Im") -> str:
    return f"q {width} 0 0 {height} {left} {bottom} cm /{name} Do Q "


def layer_of(data: bytes, dpi: float = 72) -> TextLayer:
    options = OpenOptions(dpi=dpi)
    with PdfConverter().open(Source(None, data, options.limits), options) as document:
        layer = document.page(1).text_layer()
        assert layer is not None
        return layer


def places(layer: TextLayer) -> list[tuple[float, float, float, float]]:
    """Where there is more to read, upright."""
    return [(box.left, box.top, box.right, box.bottom) for box in layer.unexplained]


def seen(layer: TextLayer) -> list[str]:
    return [word.text for word in layer.words if word.visible]


def test_words_end_at_blanks_and_at_the_ends_of_lines(make_pdf: MakePdf) -> None:
    layer = layer_of(make_pdf(show("Two words") + show("Next", y=130)))
    assert seen(layer) == ["Two", "words", "Next"]


def test_a_page_without_text_has_an_empty_layer(make_pdf: MakePdf) -> None:
    assert layer_of(make_pdf()) == TextLayer()


def test_a_hyphen_at_the_end_of_a_line_stays_there(make_pdf: MakePdf) -> None:
    layer = layer_of(make_pdf(show("a recog-") + show("nition", y=136)))
    assert seen(layer) == ["a", "recog-", "nition"]


def test_letters_beyond_ascii_are_spelled(make_pdf: MakePdf) -> None:
    data = make_pdf(show("na\xefve"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj.Resources.Font.F.Encoding = pikepdf.Name.WinAnsiEncoding
        file = io.BytesIO()
        pdf.save(file)
    assert seen(layer_of(file.getvalue())) == ["naïve"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "matrix",
    ["1 0 0 1 150 150", "0 1 -1 0 150 150", "-1 0 0 -1 150 150", "0 -1 1 0 150 150"],
)
@pytest.mark.parametrize("crop", [[0, 0, 400, 300], [60, 40, 320, 260]])
def test_a_words_box_lies_around_its_ink_and_begins_where_it_begins(
    make_pdf: MakePdf, rotation: int, matrix: str, crop: list[float]
) -> None:
    data = make_pdf(show("TTTT''''", matrix=matrix), Rotate=rotation, CropBox=pikepdf.Array(crop))
    options = OpenOptions(dpi=144)
    with PdfConverter().open(Source(None, data, options.limits), options) as document:
        page = document.page(1)
        layer = page.text_layer()
        dark = np.asarray(page.image().convert("L")) < 128
    assert layer is not None
    (word,) = layer.words
    rows, columns = np.nonzero(dark)
    assert word.box.left - 1 <= columns.min() <= columns.max() <= word.box.right + 1
    assert word.box.top - 1 <= rows.min() <= rows.max() <= word.box.bottom + 1
    # The box is as long as the word, and as high as its line.
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = word.box.corners
    assert np.hypot(x2 - x1, y2 - y1) == pytest.approx(80, abs=2)
    assert np.hypot(x4 - x1, y4 - y1) == pytest.approx(28, abs=3)
    # Most ink is at the word's beginning and at its top.
    middle = np.array([columns.mean(), rows.mean()])

    def far(*corner: float) -> float:
        return float(np.linalg.norm(middle - corner))

    assert far(x1, y1) < min(far(x2, y2), far(x4, y4)) < far(x3, y3)


@pytest.mark.parametrize("before", ["3 Tr", "7 Tr", "/Ghost gs"])
def test_text_that_leaves_no_ink_is_not_visible(make_pdf: MakePdf, before: str) -> None:
    layer = layer_of(make_pdf(show("shown") + show("hidden", y=100, before=before)))
    assert seen(layer) == ["shown"]
    assert [word.text for word in layer.words] == ["shown", "hidden"]


def test_text_that_only_lets_others_through_is_to_be_read(make_pdf: MakePdf) -> None:
    assert not places(layer_of(make_pdf(show("shown"))))
    seen_through = "q BT /F 12 Tf 7 Tr 50 100 Td (letters) Tj ET 0 80 400 50 re f Q"
    assert places(layer_of(make_pdf(show("shown") + seen_through)))


def test_outlined_text_is_visible(make_pdf: MakePdf) -> None:
    assert seen(layer_of(make_pdf(show("outlined", before="1 Tr")))) == ["outlined"]


def test_text_under_a_scan_is_not_visible_but_text_on_it_is(make_pdf: MakePdf) -> None:
    scan = picture(0, 0, 400, 150) + picture(0, 150, 400, 150)
    layer = layer_of(make_pdf(show("under") + scan + show("over", y=100)))
    assert seen(layer) == ["over"]


def test_text_under_a_small_picture_is_no_text_if_that_is_blank(make_pdf: MakePdf) -> None:
    layer = layer_of(make_pdf(show("shown", y=100) + show("hidden") + picture(40, 140, 80, 40)))
    assert [word.text for word in layer.words] == ["shown"]
    (warning,) = layer.warnings
    assert "1 word" in warning


def test_text_under_a_transparent_picture_is_visible(make_pdf: MakePdf) -> None:
    # Such as a signature, whose paper is transparent.
    transparent = f"q /Half gs {picture(40, 140, 80, 40)} Q"
    layer = layer_of(make_pdf(show("signed") + transparent))
    assert seen(layer) == ["signed"]
    assert not layer.warnings


def test_text_off_the_page_or_of_no_size_is_left_out(make_pdf: MakePdf) -> None:
    content = show("here") + show("gone", x=900) + "BT /F 0 Tf 9 9 Td (tiny) Tj ET "
    assert seen(layer_of(make_pdf(content))) == ["here"]
    cropped = make_pdf(content + show("cut", y=20), CropBox=pikepdf.Array([0, 100, 400, 300]))
    assert [word.text for word in layer_of(cropped).words] == ["here"]


def test_glyphs_that_nobody_can_name_are_to_be_read_and_are_no_words(make_pdf: MakePdf) -> None:
    name = pikepdf.Name
    content = show("word") + "BT /Own 12 Tf 50 100 Td (\\001\\001) Tj ET "
    with pikepdf.open(io.BytesIO(make_pdf(content))) as pdf:
        glyph = pdf.make_stream(b"700 0 0 0 600 700 d1 0 0 500 700 re f")
        pdf.pages[0].obj.Resources.Font.Own = pikepdf.Dictionary(
            Type=name.Font,
            Subtype=name.Type3,
            FontBBox=[0, 0, 600, 700],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=pikepdf.Dictionary(g1=glyph),
            Encoding=pikepdf.Dictionary(Type=name.Encoding, Differences=[1, name.g1]),
            FirstChar=1,
            LastChar=1,
            Widths=[700],
            Resources=pikepdf.Dictionary(),
        )
        file = io.BytesIO()
        pdf.save(file)
    layer = layer_of(file.getvalue())
    assert seen(layer) == ["word"]
    ((left, top, right, bottom),) = places(layer)
    assert left < 50 < 60 < right
    assert top < 195 < bottom


def test_a_blank_without_a_name_ends_a_word(make_pdf: MakePdf) -> None:
    assert seen(layer_of(make_pdf(show("two\\001words")))) == ["two", "words"]


def test_columns_of_upright_characters_are_lines_that_run_down(make_pdf: MakePdf) -> None:
    name = pikepdf.Name
    columns = [
        (300, "\u543e\u8f29\u306f\u732b"),
        (260, "\u3069\u3053\u3067"),
        (220, "\u4f55\u3067"),
    ]
    content = "BT /V 16 Tf " + "".join(
        f"1 0 0 1 {x} 250 Tm <{text.encode('utf-16-be').hex()}> Tj " for x, text in columns[::-1]
    )
    with pikepdf.open(io.BytesIO(make_pdf(content + "ET"))) as pdf:
        descendant = pikepdf.Dictionary(
            Type=name.Font,
            Subtype=name.CIDFontType0,
            BaseFont=name("/HeiseiMin-W3"),
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Japan1"), Supplement=2
            ),
        )
        pdf.pages[0].obj.Resources.Font.V = pikepdf.Dictionary(
            Type=name.Font,
            Subtype=name.Type0,
            BaseFont=name("/HeiseiMin-W3-UniJIS-UCS2-V"),
            Encoding=name("/UniJIS-UCS2-V"),
            DescendantFonts=[pdf.make_indirect(descendant)],
        )
        file = io.BytesIO()
        pdf.save(file)
    words = {word.text: word.box for word in layer_of(file.getvalue()).words}
    # Also where no font of this machine has its characters, so that nothing is drawn.
    assert sorted(words) == sorted(text for _, text in columns)
    for x, text in columns:
        (x1, y1), (x2, y2), *_ = words[text].corners
        assert x1 == pytest.approx(x2)
        assert x1 > x
        assert y2 - y1 == pytest.approx(16 * len(text), abs=4)
