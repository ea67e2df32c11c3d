"""The languages of a page, by what its lines say."""

from __future__ import annotations

from measuring.drawn.sentences import paragraph

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.language_telling import PageLanguages, tell_texts
from notetext.engines.local.scripts import told_languages
from notetext.model import Language

EN, FR, DE = Language.ENGLISH, Language.FRENCH, Language.GERMAN
PITCH = 40


class Page:
    """Lines below each other, as they are read."""

    def __init__(self, expected: Language = EN) -> None:
        self.languages = PageLanguages(told_languages([EN]), expected)
        self._top = 0

    def see(self, *texts: str, left: int = 0) -> list[DetectedLine]:
        """Reads lines closely below each other, and leaves a gap below them."""
        lines = []
        for text in texts:
            lines.append(DetectedLine.rectangle(left, self._top, left + 600, self._top + 30))
            self.languages.see(lines[-1], text, sureness=-0.1)
            self._top += PITCH
        self._top += PITCH
        return lines


def test_each_paragraph_has_its_own_language() -> None:
    page = Page()
    english, french = page.see(*paragraph(EN, 0)), page.see(*paragraph(FR, 0))
    assert page.languages.told(english + french) == [EN] * 3 + [FR] * 3


def test_columns_side_by_side_have_their_own_languages() -> None:
    page = Page()
    english = page.see(*paragraph(EN, 0, 5))
    page._top = 0
    french = page.see(*paragraph(FR, 0, 5), left=800)
    assert page.languages.told(english + french) == [EN] * 5 + [FR] * 5


def test_a_new_paragraph_that_no_gap_sets_apart_is_told_too() -> None:
    page = Page()
    lines = page.see(*paragraph(EN, 0), *paragraph(FR, 0))
    assert page.languages.told(lines) == [EN] * 3 + [FR] * 3


def test_quoted_words_do_not_change_the_language_of_their_line_or_paragraph() -> None:
    page = Page()
    lines = page.see(
        "The sign above the door said",
        "défense d'entrer sous peine",
        "so we went back the way that we had come.",
    )
    assert page.languages.told(lines) == [EN] * 3


def test_what_says_little_is_in_the_language_of_the_rest_of_its_page() -> None:
    page = Page()
    page.see(*paragraph(FR, 0))
    (short,) = page.see("Menu 2")
    (number,) = page.see("12.50")
    assert page.languages.told([short, number]) == [FR, FR]


def test_a_page_that_says_nothing_is_in_the_language_that_was_expected() -> None:
    for expected in (EN, DE):
        page = Page(expected)
        assert page.languages.told(page.see("12.50", "Milk 2")) == [expected] * 2


def test_a_page_in_one_language_is_settled_after_its_first_lines() -> None:
    page = Page()
    first = page.see("12.50")
    assert page.languages.settled(first) == [None]
    lines = page.see(*paragraph(FR, 0))
    assert page.languages.settled(lines) == [FR] * 3
    assert page.languages.settled(page.see("42")) == [FR]


def test_nothing_is_settled_any_more_on_a_page_that_turns_out_to_have_two_languages() -> None:
    page = Page()
    assert page.languages.settled(page.see(*paragraph(EN, 0))) == [EN] * 3
    assert page.languages.settled(page.see(*paragraph(FR, 0))) == [None] * 3
    assert page.languages.settled(page.see("Milk")) == [None]


def test_a_line_that_is_read_again_says_nothing_new() -> None:
    page = Page()
    (line,) = page.see("Milk")
    for _ in range(20):
        page.languages.see(line, "ja nein und nicht", sureness=0.0)
    assert page.languages.told([line]) == [EN]


def test_where_no_language_can_be_told_the_one_expected_is_believed() -> None:
    languages = PageLanguages({}, Language.SWAHILI)
    line = DetectedLine.rectangle(0, 0, 100, 20)
    languages.see(line, "habari ya asubuhi", sureness=0.0)
    assert languages.settled([line]) == languages.told([line]) == [Language.SWAHILI]


def test_paragraphs_whose_text_is_known_are_told_as_well() -> None:
    texts = [
        " ".join(paragraph(DE, 0)),
        "7",
        " ".join(paragraph(DE, 2)),
        " ".join(paragraph(EN, 0)),
    ]
    assert tell_texts(texts, PageLanguages(told_languages([EN]), EN)) == [DE, DE, DE, EN]
    assert tell_texts([], PageLanguages(told_languages([EN]), EN)) == []
