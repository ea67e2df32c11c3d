"""Form fields and other annotations: what they say is text, wherever a viewer shows it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from notetext.converters import OpenOptions, TextLayer
from notetext.converters.pdf import PdfConverter
from notetext.documents import Source

MakePdf = Callable[..., bytes]

LABEL = "BT /F 12 Tf 20 270 Td (Family name) Tj ET "


def drawn(text: str, before: str = "", size: int = 12) -> str:
    """The appearance of a field of one line."""
    return f"/Tx BMC q BT /F {size} Tf {before} 3 6 Td ({text}) Tj ET Q EMC"


def field(appearance: str | None = None, **entries: Any) -> dict[str, Any]:
    """A text field of 200×20 points at (20, 200), and the content of its appearance."""
    usual = {
        "Type": Name.Annot,
        "Subtype": Name.Widget,
        "FT": Name.Tx,
        "T": String("field"),
        "DA": String("/F 12 Tf 0 g"),
        "Rect": Array([20, 200, 220, 220]),
        "F": 4,
    }
    return {"appearance": appearance, **usual, **entries}


def form(
    data: bytes, *fields: dict[str, Any], xfa: bool = False, catalogued: bool = True, **acro: Any
) -> bytes:
    """A PDF with fields on its first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        font = page.Resources.Font.F
        made = []
        for entries in fields:
            appearance = entries.pop("appearance")
            widget = pdf.make_indirect(Dictionary(**entries))
            if appearance is not None:
                left, bottom, right, top = (float(value) for value in entries["Rect"].as_list())
                stream = pdf.make_stream(
                    appearance.encode("latin-1"),
                    Type=Name.XObject,
                    Subtype=Name.Form,
                    BBox=Array([0, 0, right - left, top - bottom]),
                    Resources=Dictionary(Font=Dictionary(F=font), XObject=page.Resources.XObject),
                )
                widget.AP = Dictionary(N=stream)
            made.append(widget)
        page.Annots = Array(made)
        if catalogued:
            entry = Dictionary(Fields=Array(made), DR=Dictionary(Font=Dictionary(F=font)), **acro)
            if xfa:
                entry.XFA = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
            pdf.Root.AcroForm = entry
        file = io.BytesIO()
        # Newer releases of pikepdf warn of widgets that no catalogue names.
        with warnings.catch_warnings(action="ignore"):
            pdf.save(file)
        return file.getvalue()


def layer_of(data: bytes) -> TextLayer:
    options = OpenOptions(dpi=72)
    with PdfConverter().open(Source(None, data, options.limits), options) as document:
        layer = document.page(1).text_layer()
        assert layer is not None
        return layer


def ink_of(data: bytes) -> tuple[int, int, int, int]:
    """Where a page is dark."""
    options = OpenOptions(dpi=72)
    with PdfConverter().open(Source(None, data, options.limits), options) as document:
        rows, columns = np.nonzero(np.asarray(document.page(1).image().convert("L")) < 128)
    return columns.min(), rows.min(), columns.max(), rows.max()


def texts(layer: TextLayer) -> list[str]:
    return [word.text for word in layer.words if word.visible]


@pytest.mark.parametrize(
    "kind", [{}, {"xfa": True}, {"catalogued": False}], ids=["plain", "xfa beside", "no catalogue"]
)
def test_a_value_is_drawn_and_is_text_whatever_the_form_is(
    make_pdf: MakePdf, kind: dict[str, bool]
) -> None:
    filled = field(drawn("Lindqvist-Okafor Mary"), V=String("Lindqvist-Okafor Mary"))
    layer = layer_of(form(make_pdf(LABEL), filled, **kind))
    assert texts(layer) == ["Family", "name", "Lindqvist-Okafor", "Mary"]
    assert not layer.unexplained
    alone = form(make_pdf(), field(drawn("Lindqvist"), V=String("Lindqvist")), **kind)
    left, top, right, bottom = ink_of(alone)
    (word,) = layer_of(alone).words
    assert word.box.left - 1 <= left <= right <= word.box.right + 1
    assert word.box.top - 1 <= top <= bottom <= word.box.bottom + 1
    assert word.box.right - word.box.left == pytest.approx(right - left, abs=4)


def test_a_value_without_an_appearance_is_drawn_and_read(make_pdf: MakePdf) -> None:
    data = form(make_pdf(LABEL), field(V=String("17 March")), NeedAppearances=True)
    assert texts(layer_of(data)) == ["Family", "name", "17", "March"]


def test_a_comb_of_letters_is_one_word(make_pdf: MakePdf) -> None:
    letters = " ".join(f"1 0 0 1 {3 + 25 * n} 6 Tm ({each}) Tj" for n, each in enumerate("AB12CD"))
    comb = field(f"BT /F 12 Tf {letters} ET", V=String("AB12CD"), Ff=1 << 24, MaxLen=8)
    (word,) = layer_of(form(make_pdf(), comb)).words
    assert word.text == "AB12CD"
    assert word.box.right - word.box.left == pytest.approx(5 * 25 + 9, abs=5)


def test_lines_of_a_value_stand_below_each_other(make_pdf: MakePdf) -> None:
    lines = "BT /F 12 Tf 3 40 Td (one two) Tj 0 -14 Td (three) Tj ET"
    many = field(lines, V=String("one two\rthree"), Ff=1 << 12, Rect=Array([20, 180, 220, 240]))
    one, two, three = layer_of(form(make_pdf(), many)).words
    assert [one.text, two.text, three.text] == ["one", "two", "three"]
    assert one.box.top == two.box.top
    assert three.box.top > one.box.top + 10
    assert three.box.left == pytest.approx(one.box.left, abs=1)


def test_the_appearance_counts_where_it_says_something_else(make_pdf: MakePdf) -> None:
    # What is shown of a choice is its label; a script may show a number with its currency.
    choice = field(
        drawn("Germany"),
        FT=Name.Ch,
        Ff=1 << 17,
        V=String("DE"),
        Opt=Array([Array([String("DE"), String("Germany")])]),
    )
    price = field(drawn("1,200.00 EUR"), V=String("1200"), Rect=Array([20, 100, 220, 120]))
    assert texts(layer_of(form(make_pdf(), choice, price))) == ["Germany", "1,200.00", "EUR"]


def test_the_value_counts_where_the_appearance_names_no_characters(make_pdf: MakePdf) -> None:
    unnamed = field(drawn("\\001\\002\\003 \\004"), V=String("Fri day"))
    layer = layer_of(form(make_pdf(), unnamed))
    assert "".join(texts(layer)) == "Friday"
    assert not layer.unexplained


def test_all_options_of_a_list_that_are_shown_are_read(make_pdf: MakePdf) -> None:
    options = field(
        "BT /F 12 Tf 3 40 Td (red) Tj 0 -14 Td (green) Tj 0 -14 Td (blue) Tj ET",
        FT=Name.Ch,
        V=String("green"),
        Opt=Array([String("red"), String("green"), String("blue")]),
        Rect=Array([20, 180, 220, 240]),
    )
    assert texts(layer_of(form(make_pdf(), options))) == ["red", "green", "blue"]


@pytest.mark.parametrize("flag", [2, 32], ids=["hidden", "not viewed"])
def test_a_hidden_field_says_nothing(make_pdf: MakePdf, flag: int) -> None:
    hidden = field(drawn("secret"), V=String("secret"), F=flag)
    assert texts(layer_of(form(make_pdf(LABEL), hidden))) == ["Family", "name"]


def test_a_password_is_not_told(make_pdf: MakePdf) -> None:
    password = field(drawn("****"), V=String("hunter2"), Ff=1 << 13)
    assert texts(layer_of(form(make_pdf(), password))) == ["****"]


@pytest.mark.parametrize("flags", [0, 1 << 15], ids=["check box", "radio button"])
def test_the_state_of_a_box_is_no_word_and_nothing_to_read(make_pdf: MakePdf, flags: int) -> None:
    box = field(
        None,
        FT=Name.Btn,
        Ff=flags,
        V=Name.On,
        AS=Name.On,
        Rect=Array([20, 200, 36, 216]),
    )
    data = form(make_pdf(LABEL), box)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        tick = pdf.make_stream(
            drawn("X").encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 16, 16]),
            Resources=Dictionary(Font=page.Resources.Font),
        )
        page.Annots[0].AP = Dictionary(N=Dictionary(On=tick))
        file = io.BytesIO()
        pdf.save(file)
    filled = form(file.getvalue(), field(drawn("Mary"), V=String("Mary")))
    for each, said in ((file.getvalue(), []), (filled, ["Mary"])):
        layer = layer_of(each)
        assert texts(layer) == ["Family", "name", *said]
        assert not layer.unexplained


def test_an_empty_form_leaves_nothing_to_read(make_pdf: MakePdf) -> None:
    assert not layer_of(form(make_pdf(LABEL), field(drawn("")))).unexplained


def test_a_signature_that_is_a_picture_is_to_be_read(make_pdf: MakePdf) -> None:
    zigzag = "".join(f"{0xFFFFFF ^ 0x800000 >> abs(row % 46 - 23):06X}" for row in range(70))
    inline = f"BI /W 24 /H 70 /BPC 1 /CS /G /F /AHx ID {zigzag}> EI"
    signature = field(f"q 18 0 0 20 0 0 cm {inline} Q", FT=Name.Sig)
    layer = layer_of(form(make_pdf(LABEL), signature))
    assert layer.unexplained
    assert texts(layer) == ["Family", "name"]


def test_what_is_typed_onto_a_page_is_text(make_pdf: MakePdf) -> None:
    note = field(drawn("paid in cash"), Subtype=Name.FreeText, Contents=String("paid in cash"))
    layer = layer_of(form(make_pdf(LABEL), note))
    assert texts(layer) == ["Family", "name", "paid", "in", "cash"]
    assert not layer.unexplained


def test_what_is_drawn_onto_a_page_is_to_be_read(make_pdf: MakePdf) -> None:
    ink = field("0 0 m 9 9 l S", Subtype=Name.Ink, InkList=Array([Array([20, 200, 30, 210])]))
    assert layer_of(form(make_pdf(LABEL), ink)).unexplained


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_value_on_a_turned_page_lies_where_it_is_seen(make_pdf: MakePdf, rotation: int) -> None:
    data = form(
        make_pdf("", Rotate=rotation, CropBox=Array([10, 20, 300, 280])),
        field(drawn("Lindqvist"), V=String("Lindqvist")),
    )
    (word,) = layer_of(data).words
    left, top, right, bottom = ink_of(data)
    assert word.box.left - 1 <= left <= right <= word.box.right + 1
    assert word.box.top - 1 <= top <= bottom <= word.box.bottom + 1


def test_a_form_in_an_encrypted_pdf_is_read(make_pdf: MakePdf) -> None:
    data = form(make_pdf(), field(drawn("Lindqvist"), V=String("Lindqvist")))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        file = io.BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(owner="the owner", user=""))
    assert texts(layer_of(file.getvalue())) == ["Lindqvist"]


@pytest.mark.parametrize("before", ["1 g", "3 Tr"])
def test_a_value_that_nobody_can_see_is_no_text(make_pdf: MakePdf, before: str) -> None:
    unseen = field(drawn("secret", before), V=String("secret"))
    assert texts(layer_of(form(make_pdf(LABEL), unseen))) == ["Family", "name"]
