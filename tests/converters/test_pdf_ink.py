"""Which words of a page can be seen: all that leave ink of their own, however they do it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from notetext.converters import OpenOptions, TextLayer
from notetext.converters.pdf import PdfConverter
from notetext.documents import Source

MakePdf = Callable[..., bytes]

SEEN = "BT /F 14 Tf 30 250 Td (Everybody reads this) Tj ET "
BAR = "25 140 330 24 re f "


def say(text: str = "these words", x: float = 30, y: float = 146, size: float = 14) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET "


def layer_of(data: bytes) -> TextLayer:
    options = OpenOptions(dpi=300)
    with PdfConverter().open(Source(None, data, options.limits), options) as document:
        layer = document.page(1).text_layer()
        assert layer is not None
        return layer


def texts(layer: TextLayer) -> list[str]:
    return [word.text for word in layer.words if word.visible]


def enriched(data: bytes) -> bytes:
    """With a layer that is off (``/Off``), one that is on (``/On``), a shading and a pattern."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        on, off = (
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(each))) for each in ("a", "b")
        )
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([on, off]), D=Dictionary(OFF=Array([off]), Order=Array([on, off]))
        )
        resources = pdf.pages[0].obj.Resources
        resources.Properties = Dictionary(On=on, Off=off)
        blend = Dictionary(
            FunctionType=2, Domain=[0, 1], C0=[0.9, 0.6, 0.1], C1=[0.1, 0.3, 0.8], N=1
        )
        resources.Shading = Dictionary(
            Sh=Dictionary(
                ShadingType=2,
                ColorSpace=Name.DeviceRGB,
                Coords=[0, 0, 400, 0],
                Function=blend,
                Extend=[True, True],
            )
        )
        resources.Pattern = Dictionary(
            P=pdf.make_stream(
                b"0.2 0.4 0.6 rg 0 0 2 4 re f",
                Type=Name.Pattern,
                PatternType=1,
                PaintType=1,
                TilingType=1,
                BBox=[0, 0, 4, 4],
                XStep=4,
                YStep=4,
                Resources=Dictionary(),
            )
        )
        resources.ExtGState.Faint = Dictionary(ca=0.3)
        resources.ExtGState.Darker = Dictionary(BM=Name.Multiply)
        resources.XObject.Said = pdf.make_stream(
            say().encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 400, 300],
            Resources=Dictionary(Font=resources.Font),
        )
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


VISIBLE = {
    "black on white": say(),
    "light grey on white": f"0.85 g {say()}",
    "tiny": say(size=3),
    "huge": say(size=60),
    "white on black": f"{BAR} 1 g {say()}",
    "white on a light ground": f"0.8 g {BAR} 1 g {say()}",
    "red on green of the same lightness": f"0.2 0.6 0.2 rg {BAR} 0.85 0.2 0.2 rg {say()}",
    "on a highlight": f"1 1 0 rg {BAR} 0 g {say()}",
    "under a highlight that darkens": f"{say()} q /Darker gs 1 1 0 rg {BAR} Q",
    "under a half transparent bar": f"{say()} q /Half gs 0.9 g {BAR} Q",
    "faint": f"q /Faint gs {say()} Q",
    "outlined": f"q 1 Tr 0.3 w {say()} Q",
    "filled and outlined": f"q 2 Tr 1 g 0 G 0.5 w {say()} Q",
    "filled, and a clip from then on": f"q 4 Tr {say()} Q",
    "of a pattern": f"/Pattern cs /P scn {say()}",
    "on a shading": f"q 25 140 330 24 re W n /Sh sh Q {say()}",
    "in a clip that leaves it whole": f"q 0 100 400 100 re W n {say()} Q",
    "in a form": "q /Said Do Q",
    "in a form within a white bar's reach": f"1 g {BAR} 0 g q /Said Do Q",
    "in a layer that is on": f"/OC /On BDC {say()} EMC",
    "beside a picture": f"q 60 0 0 20 300 140 cm /Im Do Q {say()}",
    "on a picture": f"q 330 0 0 24 25 140 cm /Im Do Q {say()}",
    "upside down": "BT /F 14 Tf -1 0 0 -1 200 150 Tm (these words) Tj ET ",
    "upwards": "BT /F 14 Tf 0 1 -1 0 200 50 Tm (these words) Tj ET ",
    "aslant": "BT /F 14 Tf 0.8 0.6 -0.6 0.8 100 50 Tm (these words) Tj ET ",
    "drawn in parts": "BT /F 14 Tf 30 146 Td [(th) -10 (ese w) 20 (ords)] TJ ET ",
    "underlined": f"{say()} 30 143 80 1 re f",
    "struck out": f"{say()} 30 150 80 1 re f",
    "crossed by rules": f"{say()} " + "".join(f"0 {y} m 400 {y} l S " for y in range(140, 170, 3)),
    "drawn twice for boldness": say() + say(x=30.4),
    "with a shadow": f"0.7 g {say(x=31.5, y=144.5)} 0 g {say()}",
    "with a glow": "0.9 g "
    + "".join(say(x=30 + dx, y=146 + dy) for dx in (-2, 0, 2) for dy in (-2, 0, 2))
    + f"0 g {say()}",
    "under a stamp of large letters": f"{say()} 1 0 0 rg {say('VOID', 20, 135, 40)}",
}


@pytest.mark.parametrize("content", VISIBLE.values(), ids=VISIBLE)
def test_what_can_be_seen_is_text(make_pdf: MakePdf, content: str) -> None:
    layer = layer_of(enriched(make_pdf(f"{SEEN} q {content} Q")))
    assert [text for text in texts(layer) if text != "VOID"] == [
        *("Everybody", "reads", "this"),
        *("these", "words"),
    ]
    assert not layer.warnings


HIDDEN = {
    "under a black bar": f"{say()} {BAR}",
    "under a white bar": f"{say()} 1 g {BAR}",
    "under a blank picture": f"{say()} q 330 0 0 24 25 140 cm /Im Do Q",
    "in a layer that is off": f"/OC /Off BDC {say()} EMC",
    "white on white": f"1 g {say()}",
    "nearly white on white": f"0.985 g {say()}",
    "black on black": f"{BAR} {say()}",
    "outside of the clip": f"q 0 0 400 100 re W n {say()} Q",
    "in a form outside of the clip": "q 0 0 400 100 re W n /Said Do Q",
    "in a form under a bar": f"q /Said Do Q {BAR}",
    "nearly transparent": "q /Ghost gs " + say() + "Q",
    "behind blocks": f"{say()} 20 w 25 151 m 355 151 l S",
}


@pytest.mark.parametrize("content", HIDDEN.values(), ids=HIDDEN)
def test_what_cannot_be_seen_is_no_text(make_pdf: MakePdf, content: str) -> None:
    layer = layer_of(enriched(make_pdf(f"{SEEN} q {content} Q")))
    assert texts(layer) == ["Everybody", "reads", "this"]


@pytest.mark.parametrize("content", [f"{say()} {BAR}", f"1 g {say()}"])
def test_what_is_left_out_is_counted_in_a_warning(make_pdf: MakePdf, content: str) -> None:
    (warning,) = layer_of(enriched(make_pdf(f"{SEEN} q {content} Q"))).warnings
    assert "2 words" in warning
    assert "nobody can see" in warning


def test_of_what_is_written_over_white_out_only_the_new_is_text(make_pdf: MakePdf) -> None:
    content = say("old price") + f"1 g {BAR} 0 g " + say("new price")
    assert texts(layer_of(make_pdf(SEEN + content))) == [
        *("Everybody", "reads", "this"),
        *("new", "price"),
    ]


def test_of_a_word_that_is_partly_covered_the_rest_is_text(make_pdf: MakePdf) -> None:
    # Five letters of Helvetica, 14 points high, take 35.8 points.
    layer = layer_of(make_pdf(SEEN + say("Maria-Lindqvist") + "29 140 39 24 re f"))
    *_, rest = layer.words
    assert rest.text == "-Lindqvist"
    assert rest.box.left == pytest.approx(65 * 300 / 72, abs=3)


def test_what_is_drawn_several_times_is_told_once(make_pdf: MakePdf) -> None:
    glow = "".join(say("Title page", 30 + dx, 146 + dy, 24) for dx in (0, 3) for dy in (0, 3))
    layer = layer_of(make_pdf(f"0.9 g {glow} 0 g {say('Title page', 31, 147, 24)}"))
    assert texts(layer) == ["Title", "page"]
    assert not layer.warnings


def test_words_under_a_picture_of_writing_are_unseen_but_kept(make_pdf: MakePdf) -> None:
    # As some scanners put what they have read; here, a part of the page is a scan.
    picture = b"\xff" * 40 * 20 + b"\x00" * 40 * 20
    data = make_pdf(SEEN + say() + "q 330 0 0 24 25 140 cm /Lines Do Q")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj.Resources.XObject.Lines = pdf.make_stream(
            picture,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=40,
            Height=40,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        file = io.BytesIO()
        pdf.save(file)
    layer = layer_of(file.getvalue())
    assert texts(layer) == ["Everybody", "reads", "this"]
    assert [word.text for word in layer.words if not word.visible] == ["these", "words"]


def test_glyphs_that_this_machine_cannot_draw_are_taken_for_seen(make_pdf: MakePdf) -> None:
    # The font is not in the file; where no font for Japanese is installed, nothing is drawn.
    data = make_pdf(SEEN + "BT /J 14 Tf 30 146 Td <65E5672C> Tj ET")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj.Resources.Font.J = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/HeiseiMin-W3"),
            Encoding=Name("/UniJIS-UCS2-H"),
            DescendantFonts=Array(
                [
                    Dictionary(
                        Type=Name.Font,
                        Subtype=Name.CIDFontType0,
                        BaseFont=Name("/HeiseiMin-W3"),
                        CIDSystemInfo=Dictionary(
                            Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2
                        ),
                        DW=1000,
                    )
                ]
            ),
        )
        file = io.BytesIO()
        pdf.save(file)
    assert texts(layer_of(file.getvalue())) == ["Everybody", "reads", "this", "日本"]


def test_a_note_s_icon_hides_nothing(make_pdf: MakePdf) -> None:
    with pikepdf.open(io.BytesIO(make_pdf(SEEN))) as pdf:
        icon = pdf.make_stream(
            b"1 1 0 rg 0 0 24 24 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 24, 24]
        )
        found = []
        for kind in (Name.Text, Name.Square):
            note = Dictionary(
                Type=Name.Annot,
                Subtype=kind,
                Rect=Array([60, 244, 84, 268]),
                AP=Dictionary(N=icon),
            )
            pdf.pages[0].obj.Annots = Array([note])
            file = io.BytesIO()
            pdf.save(file)
            found.append(texts(layer_of(file.getvalue())))
    assert found[0] == ["Everybody", "reads", "this"]
    assert found[1] != found[0]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_what_is_hidden_on_a_turned_page_is_found_too(make_pdf: MakePdf, rotation: int) -> None:
    data = make_pdf(SEEN + say() + BAR, Rotate=rotation, CropBox=pikepdf.Array([10, 20, 390, 280]))
    assert texts(layer_of(data)) == ["Everybody", "reads", "this"]


@pytest.mark.filterwarnings("error")
def test_letters_as_large_as_a_stranger_likes_do_no_harm(make_pdf: MakePdf) -> None:
    giant = "BT /F 14 Tf 9e8 0 0 9e8 -2e10 -2e9 Tm (giant) Tj ET "
    assert texts(layer_of(make_pdf(SEEN + giant + say() + BAR)))[:3] == [
        *("Everybody", "reads", "this")
    ]
