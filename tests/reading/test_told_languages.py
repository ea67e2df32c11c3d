"""Paragraphs whose language nobody has told yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from measuring.drawn.sentences import paragraph
from pikepdf import Dictionary, Name

from notetext import NoteText
from notetext.engines import Engine, Reading, Request
from notetext.model import Language, Line, Mode, Paragraph, Word
from notetext.page_image import PageImage
from notetext.reading.told_languages import languages_read, with_languages

EN, FR, GERMAN = Language.ENGLISH, Language.FRENCH, Language.GERMAN
TELL = Request(Mode.PRINTED, (EN,), tell_languages=True)


class Teller(Engine):
    """Takes all text for French that it is asked about."""

    name = "teller"
    tells_languages = True

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, image: PageImage, request: Request) -> Reading:
        return Reading()

    def tell_languages(
        self, paragraphs: Sequence[str], request: Request
    ) -> Sequence[Language | None]:
        self.asked += paragraphs
        return [FR] * len(paragraphs)


def paragraph_of(*words: Word) -> Paragraph:
    return Paragraph(lines=(Line(words=words),))


def test_words_of_a_text_layer_get_the_language_of_their_paragraph_and_others_keep_theirs() -> None:
    read, layer = Word(text="yes", language=EN), Word(text="oui")
    teller = Teller()
    first, second = with_languages([paragraph_of(read), paragraph_of(read, layer)], teller, TELL)
    assert teller.asked == ["yes oui\n"]
    assert [word.language for word in first.words] == [EN]
    assert [word.language for word in second.words] == [EN, FR]


def test_where_all_is_told_nobody_is_asked() -> None:
    teller = Teller()
    told = [paragraph_of(Word(text="yes", language=EN))]
    assert with_languages(told, teller, TELL) == tuple(told)
    assert not teller.asked


def test_what_was_read_in_is_what_was_said_or_what_was_told() -> None:
    words = [Word(text="yes"), Word(text="oui", language=FR)]
    assert languages_read(Request(Mode.PRINTED, (EN,)), words) == (EN,)
    assert languages_read(TELL, words) == (FR,)
    assert languages_read(TELL, words[:1]) == ()


def test_the_text_of_a_pdf_is_told_without_reading_a_pixel(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(500, 300))
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/Helvetica"),
        Encoding=Name.WinAnsiEncoding,
    )
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    written = [
        f"BT /F 11 Tf 40 {260 - 14 * row} Td ({line}) Tj ET"
        for row, line in enumerate([*paragraph(EN, 0), "", *paragraph(FR, 3)])
    ]
    page.obj.Contents = pdf.make_stream("\n".join(written).encode("cp1252"))
    pdf.save(tmp_path / "two.pdf")
    with NoteText() as reader:
        told = reader.recognize(tmp_path / "two.pdf", text_layer="only")
        assert reader.recognize(tmp_path / "two.pdf", language="de").languages == (GERMAN,)
    assert set(told.languages) == {EN, FR}
    assert [part.language for part in told.pages[0].paragraphs] == [EN, FR]
