"""Paragraphs whose language nobody has told yet."""

from __future__ import annotations

from collections.abc import Sequence

from notetext.engines import Engine, Reading, Request
from notetext.model import Language, Line, Mode, Paragraph, Word
from notetext.page_image import PageImage
from notetext.reading.told_languages import languages_read, with_languages

EN, FR = Language.ENGLISH, Language.FRENCH
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
