"""Where a PDF page shows what may be writing, beside the words that it holds as text."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext.converters import OpenOptions
from notetext.converters.pdf import PdfConverter
from notetext.documents import Source
from notetext.model import Box

MakePdf = Callable[..., bytes]

TEXT = "BT /F 12 Tf 40 260 Td (A page of text) Tj ET "
SIZE = (400, 300)


def with_picture(data: bytes, picture: Image.Image, place: tuple[float, float, float]) -> bytes:
    """A PDF with a picture on it: from the left, from the bottom, and wide, in points."""
    left, bottom, width = place
    height = width * picture.height / picture.width
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.Resources.XObject.Pasted = pdf.make_stream(
            picture.convert("L").tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
        draw = f"q {width} 0 0 {height} {left} {bottom} cm /Pasted Do Q "
        page.contents_add(draw.encode())
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def writing(text: str, *, ink: int = 20, paper: int = 250) -> Image.Image:
    """A picture of a text, such as a scanned receipt."""
    picture = Image.new("L", (600, 60 * (text.count("\n") + 1) + 40), paper)
    font = ImageFont.load_default(40)
    ImageDraw.Draw(picture).multiline_text((30, 20), text, fill=ink, font=font, spacing=18)
    return picture


def logo() -> Image.Image:
    """A disc with a hole of a triangle."""
    picture = Image.new("L", (200, 200), 255)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 190, 190), fill=90)
    pen.polygon([(100, 30), (40, 150), (160, 150)], fill=255)
    return picture


def unexplained(data: bytes) -> list[Box]:
    options = OpenOptions(dpi=72)
    with PdfConverter().open(Source(None, data, options.limits), options) as document:
        layer = document.page(1).text_layer()
        assert layer is not None
        return list(layer.unexplained)


@pytest.mark.parametrize("width", [30, 120, 300])
def test_a_picture_of_writing_is_to_be_read_however_large(make_pdf: MakePdf, width: float) -> None:
    data = with_picture(make_pdf(TEXT), writing("Fish pie 14.50\nLemonade 3.20"), (50, 20, width))
    (box,) = unexplained(data)
    assert 40 <= box.left < 50 + 0.2 * width
    assert 0.4 * width < box.right - box.left < width + 20
    height = width * 160 / 600
    assert 280 - height - 10 <= box.top < 280 - 0.7 * height
    assert 280 - 0.4 * height < box.bottom <= 290


def test_light_writing_on_a_dark_picture_is_to_be_read(make_pdf: MakePdf) -> None:
    night = writing("Open till late tonight", ink=240, paper=30)
    assert unexplained(with_picture(make_pdf(TEXT), night, (50, 50, 250)))


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        "40 250 m 360 250 l S ",
        "40 20 320 200 re S 40 100 m 360 100 l S 200 20 m 200 220 l S ",
        "0.8 g 30 250 200 30 re f 0 g " + TEXT,
        "".join(f"20 {y} m 380 {y} l S " for y in range(20, 240, 4)),
    ],
    ids=["text alone", "a rule", "a table", "a box behind the text", "ruled paper"],
)
def test_rules_and_boxes_are_no_writing(make_pdf: MakePdf, drawn: str) -> None:
    assert not unexplained(make_pdf(TEXT + drawn))


def test_a_logo_and_an_even_picture_are_no_writing(make_pdf: MakePdf) -> None:
    assert not unexplained(with_picture(make_pdf(TEXT), logo(), (320, 240, 50)))
    assert not unexplained(make_pdf(TEXT + "q 100 0 0 100 40 40 cm /Im Do Q "))


def test_a_pens_stroke_and_letters_that_are_outlines_are_to_be_read(make_pdf: MakePdf) -> None:
    stroke = "200 100 m " + " ".join(f"{200 + n} {100 + (n % 9) * 2} l" for n in range(60))
    (box,) = unexplained(make_pdf(f"{TEXT} {stroke} S "))
    assert box.left <= 200 < 255 <= box.right
    letter = "{x} 80 m {x} 90 {y} 90 {y} 80 c {y} 70 {x} 70 {x} 80 c s "
    outlines = "".join(letter.format(x=60 + 9 * n, y=66 + 9 * n) for n in range(8))
    (box,) = unexplained(make_pdf(TEXT + outlines))
    assert box.left <= 60 < 129 <= box.right


def test_words_in_several_pieces_are_explained_and_so_are_hidden_ones(make_pdf: MakePdf) -> None:
    pieces = "BT /F 12 Tf 40 200 Td (ke) Tj (rn) Tj (ed) Tj 0 Tc ( ) Tj (words) Tj ET "
    hidden = "BT /F 12 Tf 40 100 Td (under the bar) Tj ET 0 g 30 90 200 30 re f "
    assert not unexplained(make_pdf(TEXT + pieces + hidden))


def test_a_link_is_no_writing(make_pdf: MakePdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 50, 50])
    )
    assert not unexplained(make_pdf(TEXT, Annots=pikepdf.Array([link])))


def test_pieces_far_apart_are_read_by_themselves_and_lines_together(make_pdf: MakePdf) -> None:
    data = make_pdf(TEXT, size=SIZE)
    data = with_picture(data, writing("Received"), (20, 20, 90))
    data = with_picture(data, writing("Paid today"), (290, 200, 90))
    assert len(unexplained(data)) == 2
    (both,) = unexplained(with_picture(make_pdf(TEXT), writing("One\n\n\n\nTwo"), (50, 20, 200)))
    assert both.bottom - both.top > 60


def test_a_page_without_visible_words_is_left_to_be_read_as_a_whole(make_pdf: MakePdf) -> None:
    assert not unexplained(with_picture(make_pdf(), writing("Scanned"), (50, 20, 200)))
