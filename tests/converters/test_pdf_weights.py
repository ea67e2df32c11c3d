from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from notetext import NoteText
from notetext.converters.pdf_weights import is_bold_name
from notetext.model import Heading

MakePdf = Callable[..., bytes]

TEXT = ("The library is open from nine to five on", "weekdays, and on Saturdays until noon.")


@pytest.mark.parametrize(
    "name",
    [
        "Helvetica-Bold", "ABCDEF+Arial-BoldMT", "TimesNewRoman,BoldItalic", "OpenSans-Semibold",
        "Arial-Black", "NimbusRomNo9L-Medi", "URWGothic-Demi", "FrutigerLT-Bd", "CMBX12",
        "ABCDEF+CMSSBX10", "SFBX1200", "SFSX1000", "Avenir-Heavy",
    ],
)  # fmt: skip
def test_a_bold_font_is_known_by_its_name(name: str) -> None:
    assert is_bold_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "Helvetica", "ArialMT", "ABCDEF+Arial-ItalicMT", "CMR10", "CMBright-Roman", "CMBR10",
        "Roboto-Medium", "BlackadderITC-Regular", "SFRM1000", "NimbusRomNo9L-Regu", "Demiurge",
    ],
)  # fmt: skip
def test_any_other_font_is_not_bold(name: str) -> None:
    assert not is_bold_name(name)


def page_of(make_pdf: MakePdf, heading: str) -> bytes:
    """Text of 12 points in Helvetica, and above it a line that a content stream draws."""
    rows = [f"BT /F 12 Tf 50 {200 - 16 * row} Td ({text}) Tj ET" for row, text in enumerate(TEXT)]
    data = make_pdf(f"q BT {heading} 50 216 Td (Opening hours) Tj ET Q " + " ".join(rows))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        name = pikepdf.Name
        fonts.B = pikepdf.Dictionary(
            Type=name.Font, Subtype=name.Type1, BaseFont=name("/Helvetica-Bold")
        )
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize("heading", ["/B 12 Tf", "/F 12 Tf 2 Tr 0.4 w"], ids=["font", "outlined"])
def test_a_line_in_bold_letters_above_a_text_is_its_heading(
    make_pdf: MakePdf, heading: str
) -> None:
    result = NoteText().recognize(page_of(make_pdf, heading), language="en", text_layer="only")
    first, second = result.pages[0].blocks
    assert isinstance(first, Heading)
    assert (first.text, second.kind) == ("Opening hours\n", "paragraph")
    assert [word.text for word in result.words if word.bold] == ["Opening", "hours"]


def test_a_line_in_the_letters_of_the_text_is_none(make_pdf: MakePdf) -> None:
    data = page_of(make_pdf, "/F 12 Tf 0 Tr")
    result = NoteText().recognize(data, language="en", text_layer="only")
    assert not any(word.bold for word in result.words)
