"""Words that were taken for struck out stand."""

from __future__ import annotations

import pytest

from notetext import Correction, RecognitionResult, Word
from notetext.errors import CorrectionError
from notetext.model import CorrectionKind as K

from .written_notes import result_of as written

NOTE = ("- milk and ~ten eggs", "~- ~tea", "- apples", "", "~Bye")


def result_of(*rows: str) -> RecognitionResult:
    """A note in which words are struck out that begin with ``~``."""
    read = written(*rows)

    def told(word: Word) -> Word:
        text = word.text.removeprefix("~")
        return word.model_copy(update={"text": text, "struck": word.text.startswith("~")})

    page = read.pages[0]
    data = page.model_dump(mode="json", exclude={"blocks"})
    data["paragraphs"] = [
        paragraph.model_copy(
            update={
                "lines": tuple(
                    line.model_copy(update={"words": tuple(map(told, line.words))})
                    for line in paragraph.lines
                )
            }
        ).model_dump(mode="json")
        for paragraph in page.paragraphs
    ]
    return read.model_copy(update={"pages": (type(page).model_validate(data),)})


def stand(line: int, word: int, *old: str) -> Correction:
    return Correction(kind=K.UNSTRUCK, page=1, line=line, word=word, old=old)


def test_a_word_stands_in_its_line_and_was_looked_at() -> None:
    read = result_of(*NOTE)
    result = read.corrected([stand(0, 3, "ten")])
    assert result.text == "- milk and ten eggs\n- apples\n"
    (ten,) = (word for word in result.words if word.text == "ten")
    assert (ten.struck, ten.confidence) == (False, 1)
    assert result.to("markdown") == result.text
    assert [word.text for word in result.words if word.struck] == ["-", "tea", "Bye"]
    assert result.as_read() == read
    assert RecognitionResult.from_json(result.to_json()) == result
    assert result.corrected(result.corrections) == result


def test_a_line_of_a_list_stands_as_an_item_and_a_paragraph_by_itself() -> None:
    result = result_of(*NOTE).corrected([stand(1, 0, "-", "tea"), stand(3, 0, "Bye")])
    assert result.text == "- milk and eggs\n- tea\n- apples\n\nBye\n"
    assert result.to("markdown") == "- milk and eggs\n- tea\n- apples\n\nBye\n"


def test_it_is_corrected_as_a_word_that_was_read() -> None:
    changes = [
        stand(0, 3, "ten"),
        Correction(page=1, line=0, word=3, old=("ten",), new=("twelve", "fresh")),
        Correction(page=1, line=2, word=1, old=("apples",), new=("pears",)),
    ]
    result = result_of(*NOTE).corrected(changes)
    assert result.text == "- milk and twelve fresh eggs\n- pears\n"
    assert result.corrected(result.corrections) == result


def test_it_is_found_where_it_stands_when_the_page_was_read_anew() -> None:
    read = result_of(*NOTE)
    change = stand(0, 3, "ten").model_copy(update={"box": read.lines[0].words[3].box})
    anew = result_of("-milk and ~ten eggs", *NOTE[1:])
    assert "ten" in anew.corrected([change]).text


@pytest.mark.parametrize(
    "changes",
    [
        [stand(0, 3, "tin")],
        [stand(0, 1, "milk")],  # it stands already
        [stand(0, 3, "ten"), stand(0, 3, "ten")],
        [stand(9, 0, "ten")],
    ],
)
def test_what_is_not_struck_out_there_is_refused(changes: list[Correction]) -> None:
    with pytest.raises(CorrectionError):
        result_of(*NOTE).corrected(changes)
