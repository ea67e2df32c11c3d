"""Results as people type them: text that is printed and searched, pages that are looped over."""

from __future__ import annotations

import json

import pytest

from notetext import Box, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.errors import ConfigurationError
from notetext.model import Artifact

MARTHA = Word(text="Martha,", box=Box.rectangle(10, 20, 60, 35), confidence=0.5)
LETTER = Line(words=(Word(text="Dear"), MARTHA))


def page_of(number: int, *lines: Line) -> Page:
    return Page(
        number=number,
        width=100,
        height=100,
        engine="x",
        paragraphs=(Paragraph(lines=lines),) if lines else (),
    )


RESULT = RecognitionResult(
    engine="x",
    mode=Mode.HANDWRITTEN,
    languages=(Language.ENGLISH,),
    pages=(page_of(1, LETTER), page_of(2)),
    artifacts=(Artifact(name="x.pdf", data=b"\x00\xff"),),
)
EMPTY = RESULT.model_copy(update={"pages": ()})


def test_everything_that_was_read_prints_as_its_text() -> None:
    parts = (RESULT, RESULT[0], RESULT[0].paragraphs[0], LETTER, MARTHA)
    for part in parts:
        assert str(part) == f"{part}" == part.text
    assert f"{MARTHA:>9}" == "  Martha,"
    assert repr(MARTHA).startswith("Word(text='Martha,'")


def test_words_are_looked_for_in_all_of_it() -> None:
    for part in (RESULT, RESULT[0], RESULT[0].paragraphs[0], LETTER, MARTHA):
        assert "Martha" in part
        assert "Eleanor" not in part
    assert "Dear Martha" in RESULT
    assert 5 not in RESULT
    assert RESULT[1] in RESULT
    assert page_of(3) not in RESULT


def test_a_result_is_its_pages_one_after_another() -> None:
    assert len(RESULT) == 2
    assert [page.number for page in RESULT] == [1, 2]
    assert list(reversed(list(RESULT))) == [RESULT[1], RESULT[0]]
    assert RESULT[-1] is RESULT.pages[1]
    assert RESULT[:1] == RESULT.pages[:1]
    with pytest.raises(IndexError):
        RESULT[2]


def test_a_result_without_pages_is_a_result_all_the_same() -> None:
    assert len(EMPTY) == 0
    assert bool(EMPTY)
    assert (EMPTY or None) is EMPTY


def test_a_word_says_where_it_stands() -> None:
    box = RESULT.words[1].box
    assert box is not None
    assert (box.left, box.top, box.width, box.height) == (10, 20, 50, 15)


def test_a_dictionary_holds_what_the_json_holds_and_comes_back() -> None:
    data = RESULT.to_dict()
    assert data == json.loads(RESULT.to_json())
    assert json.loads(json.dumps(data)) == data
    assert RecognitionResult.from_dict(data) == RESULT
    with pytest.raises(ConfigurationError, match="no recognition result"):
        RecognitionResult.from_dict({"pages": []})


@pytest.mark.parametrize("part", [RESULT, RESULT[0], LETTER, MARTHA, RESULT.source])
def test_completion_shows_our_names_and_none_of_pydantics(part: object) -> None:
    names = [name for name in dir(part) if not name.startswith("_")]
    pydantics = {"copy", "dict", "json", "construct", "parse_obj", "schema", "validate", "from_orm"}
    assert not pydantics & set(names)
    assert not [name for name in names if name.startswith("model_")]
    assert all(hasattr(part, name) for name in names)


def test_what_is_meant_to_be_used_is_completed() -> None:
    assert {"text", "pages", "words", "save", "to_dict", "errors", "show"} <= set(dir(RESULT))
    assert {"text", "confidence", "box", "is_doubtful"} <= set(dir(MARTHA))
