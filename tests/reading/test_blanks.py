"""Which blanks of printed lines are kept, and which are not."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from notetext import Kind, NoteText
from notetext.engines import Reading
from notetext.model import Box, Line, Word
from notetext.reading.layout import arrange

CODE = """\
def total(prices):
    result = 0
    for p in prices:
        if p > 0:
            result += p * 1.19
        else:
            log("negative", p)
    return round(result, 2)

class Basket:
    def add(self, price):
        self.prices.append(price)
"""

TABLE = """\
Item           Qty     Price     Total
Apples          12      0.40      4.80
Pears            7      1.25      8.75
Oat milk         3      1.95      5.85
Coffee beans    10      6.50     65.00

Sum                              84.40
"""

LISTING = """\
total 48
drwxr-xr-x  5 ann users  4096 Mar  3 10:12 docs
-rw-r--r--  1 ann users   812 Mar  3 10:12 Makefile
-rw-r--r--  1 ann users 12044 Feb 27 09:01 README.md
drwxr-xr-x 12 ann users  4096 Mar  1 18:40 src
"""

RECEIPT = """\
        HARBOUR CAFE
   Tel +44 20 7946 0958

2 Flat white          $7.80
1 Soup 250g           $6.50
1 Cake #4             $4.25
Tip 10%               $1.86
Total                $20.41
"""

VERSE = """\
Whenever my hands gather her things
           and bend like wheat stalks,
           like a horizon unharvested,
a light passes through me softly,
           its path studded with thorns,
and silence begins to call my name.
"""

PROSE = """\
     The old road ran along the river for a mile, and then
turned up the hill towards the church.  Nobody had walked on
it since the winter, and the grass had grown over the stones.
She knew the way all the same.
     At the gate she stopped and looked back.  The smoke of
the town stood over the trees, and the bells had not begun to
ring.  It was early, and the light lay flat on the fields.
"""

JUSTIFIED = """\
The  old road ran along the river for a  mile,  and  then
turned  up  the  hill  towards  the church.  Nobody was
walking on it since the winter, and the grass  had  all
grown  over the stones.  She knew the way all the same,
and at the gate she  stopped  and  looked  back.  Smoke
of the town  stood over the trees, and not one bell had
"""


def typed(text: str, kind: Kind | None = None) -> list[Line]:
    """A fragment for each word, each character 10 pixels wide and 20 high."""
    fragments = []
    for row, line in enumerate(text.splitlines()):
        at = 0
        for word in line.split():
            at = line.index(word, at)
            box = Box.rectangle(50 + 10 * at, 30 * row, 50 + 10 * (at + len(word)), 20 + 30 * row)
            fragments.append(Line(words=(Word(text=word, box=box, kind=kind),), box=box))
            at += len(word)
    return fragments


def text_of(fragments: list[Line]) -> str:
    return "\n".join(paragraph.text for paragraph in arrange(Reading(fragments=fragments)))


def folded(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


@pytest.mark.parametrize("text", [CODE, TABLE, LISTING, RECEIPT, VERSE])
@pytest.mark.parametrize("kind", [None, Kind.PRINTED])
def test_blanks_that_mean_something_are_kept(text: str, kind: Kind | None) -> None:
    assert text_of(typed(text, kind)) == text


@pytest.mark.parametrize("text", [PROSE, JUSTIFIED])
def test_running_text_has_one_blank_between_words(text: str) -> None:
    assert folded(text_of(typed(text))).replace("\n\n", "\n") == folded(text)
    assert "  " not in text_of(typed(text))


def test_code_keeps_its_blanks_among_prose_of_the_same_pitch() -> None:
    text = text_of(typed(f"{PROSE}\n{CODE}\n{PROSE}"))
    assert f"\n\n{CODE}\n" in text
    assert "  " not in text.replace(CODE, "")


def test_what_is_handwritten_keeps_no_blanks() -> None:
    assert "  " not in text_of(typed(TABLE, Kind.HANDWRITTEN))


def test_a_line_that_is_taken_for_a_hands_keeps_its_place_among_print() -> None:
    fragments = [
        Line(
            words=tuple(w.model_copy(update={"kind": Kind.HANDWRITTEN}) for w in f.words), box=f.box
        )
        if f.text == "else:"
        else f
        for f in typed(CODE, Kind.PRINTED)
    ]
    assert text_of(fragments) == CODE


def test_a_word_that_lacks_a_letter_moves_no_column() -> None:
    fragments = [
        Line(words=(f.words[0].model_copy(update={"text": "Coffe"}),), box=f.box)
        if f.text == "Coffee"
        else f
        for f in typed(TABLE)
    ]
    rows = text_of(fragments).splitlines()
    assert rows[4] == "Coffe beans     10      6.50     65.00"


def test_every_word_is_there_once_and_in_order() -> None:
    for text in (CODE, TABLE, PROSE):
        assert text_of(typed(text)).split() == text.split()


def pdf_of(path: Path, text: str, font: str) -> Path:
    """A page of text in one of the fonts that every reader of PDF has."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 300))
    described = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(font), Encoding=Name.WinAnsiEncoding
    )
    page.obj.Resources = Dictionary(Font=Dictionary(F=described))
    written = [
        f"BT /F 11 Tf 40 {260 - 14 * row} Td ({escaped(line)}) Tj ET"
        for row, line in enumerate(text.splitlines())
    ]
    page.obj.Contents = pdf.make_stream("\n".join(written).encode("latin-1"))
    pdf.save(path)
    return path


def escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def test_the_text_of_a_pdf_in_courier_keeps_its_blanks_and_in_helvetica_not(tmp_path: Path) -> None:
    reader = NoteText()
    for text in (CODE, TABLE):
        courier = reader.recognize(pdf_of(tmp_path / "courier.pdf", text, "/Courier"))
        assert courier.text == text
        helvetica = reader.recognize(pdf_of(tmp_path / "helvetica.pdf", text, "/Helvetica"))
        assert "  " not in helvetica.text


def test_pixels_tell_the_blanks_of_a_fixed_pitch(tmp_path: Path) -> None:
    page = pdf_of(tmp_path / "code.pdf", CODE, "/Courier")
    read = NoteText().recognize(page, mode="printed", text_layer="ignore", dpi=200)
    depths = [len(line.text) - len(line.text.lstrip()) for line in read.lines]
    assert depths == [len(line) - len(line.lstrip()) for line in CODE.splitlines() if line]
