"""Rules that a PDF draws as lines, thin rectangles and frames."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notetext import NoteText
from notetext.model import Table

from .test_pdf_text import layer_of, show

MakePdf = Callable[..., bytes]

STROKED = "50 100 m 250 100 l S 150 80 m 150 120 l S "
AS_RECTANGLES = "50 99.5 200 1 re f 149.5 80 1 40 re f "


def places(data: bytes) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of each rule, to five pixels."""

    def near(value: float) -> int:
        return round(value / 5) * 5

    return sorted(
        (near(b.left), near(b.top), near(b.right), near(b.bottom)) for b in layer_of(data).rules
    )


@pytest.mark.parametrize("drawn", [STROKED, AS_RECTANGLES])
def test_lines_and_thin_rectangles_are_rules(make_pdf: MakePdf, drawn: str) -> None:
    assert places(make_pdf(show("Word") + drawn)) == [(50, 200, 250, 200), (150, 180, 150, 220)]


def test_a_frame_is_four_rules(make_pdf: MakePdf) -> None:
    assert places(make_pdf(show("Word") + "50 100 200 40 re S ")) == [
        (50, 160, 50, 200), (50, 160, 250, 160), (50, 200, 250, 200), (250, 160, 250, 200),
    ]  # fmt: skip


def test_rules_are_where_matrices_move_them(make_pdf: MakePdf) -> None:
    assert places(make_pdf(show("Word") + f"q 0.5 0 0 0.5 25 150 cm {STROKED} Q")) == [
        (50, 100, 150, 100), (100, 90, 100, 110),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "drawn",
    [
        "50 100 m 250 160 l S",  # aslant
        "1 1 1 rg 50 99.5 200 1 re f",  # white
        "0.8 g 50 60 200 100 re f",  # a coloured ground
        "50 100 m 80 200 200 0 250 100 c S",  # a curve
        "50 100 m 54 100 l S",  # a dot of a dotted line
    ],
)
def test_what_else_is_drawn_is_none(make_pdf: MakePdf, drawn: str) -> None:
    assert places(make_pdf(show("Word") + drawn)) == []


def test_a_page_without_words_is_left_to_its_pixels(make_pdf: MakePdf) -> None:
    assert layer_of(make_pdf(STROKED)).rules == ()


def test_a_table_with_spans_comes_out_of_exact_text(make_pdf: MakePdf) -> None:
    texts = {"Total": (70, 205), "of": (100, 205), "Anna": (60, 185), "12": (160, 185)}
    drawn = "50 180 100 20 re S 150 180 100 20 re S 50 200 200 20 re S "
    data = make_pdf(drawn + "".join(show(text, x, y) for text, (x, y) in texts.items()))
    (page,) = NoteText().recognize(data, "printed", "en").pages
    assert page.engine == "text_layer"
    (table,) = page.blocks
    assert isinstance(table, Table)
    assert [[(cell.text, cell.column_span) for cell in row] for row in table.rows] == [
        [("Total of", 2)], [("Anna", 1), ("12", 1)],
    ]  # fmt: skip
