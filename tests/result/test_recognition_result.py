"""The result: text, JSON without loss, and what it costs to keep."""

from __future__ import annotations

import copy
import json
import pickle
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from notetext import Box, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.model import Artifact, PageError, SourceInfo, Usage

numbers = st.floats(-1e6, 1e6)
boxes = st.builds(Box, st.tuples(*[numbers] * 8))
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
words = st.builds(
    Word,
    text=texts,
    box=st.none() | boxes,
    confidence=st.none() | st.floats(0, 1),
    alternatives=st.lists(texts, max_size=2).map(tuple),
)
lines = st.builds(Line, words=st.lists(words, max_size=4).map(tuple), box=st.none() | boxes)
paragraphs = st.builds(Paragraph, lines=st.lists(lines, max_size=3).map(tuple))
pages = st.builds(
    Page,
    number=st.integers(1, 99),
    width=st.integers(0, 9999),
    height=st.integers(0, 9999),
    engine=st.just("local"),
    paragraphs=st.lists(paragraphs, max_size=3).map(tuple),
    warnings=st.lists(texts, max_size=1).map(tuple),
    error=st.none() | st.builds(PageError, page=st.integers(1), kind=texts, message=texts),
)
results = st.builds(
    RecognitionResult,
    engine=st.just("local"),
    mode=st.sampled_from(["handwritten", "printed"]),
    languages=st.just((Language.ENGLISH, Language.IRISH)),
    source=st.builds(SourceInfo, name=st.none() | texts),
    usage=st.builds(Usage, looks=st.integers(0)),
    artifacts=st.lists(
        st.builds(Artifact, name=texts, data=st.binary(max_size=40)), max_size=2
    ).map(tuple),
    pages=st.lists(pages, max_size=3).map(tuple),
)


def page_of(*texts_of_paragraphs: list[str], number: int = 1) -> Page:
    return Page(
        number=number,
        width=100,
        height=100,
        engine="local",
        paragraphs=tuple(
            Paragraph(
                lines=tuple(
                    Line(words=tuple(Word(text=word) for word in text.split())) for text in lines
                )
            )
            for lines in texts_of_paragraphs
        ),
    )


def result_of(*pages_of_result: Page) -> RecognitionResult:
    return RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=pages_of_result
    )


@given(results)
def test_json_and_back_is_the_same_result(result: RecognitionResult) -> None:
    assert RecognitionResult.from_json(result.to_json()) == result


@given(results)
def test_a_result_survives_pickle_and_copy(result: RecognitionResult) -> None:
    assert pickle.loads(pickle.dumps(result)) == result
    assert copy.deepcopy(result) == result


def test_lines_paragraphs_and_pages_are_set_apart_in_the_text() -> None:
    first = page_of(["one two", "three"], ["four"])
    second = page_of(["five"], number=2)
    assert result_of(first, second).text == "one two\nthree\n\nfour\n\ffive\n"


def test_a_blank_page_is_an_empty_text() -> None:
    assert result_of(page_of()).text == ""


def test_a_result_is_frozen() -> None:
    with pytest.raises(ValidationError):
        result_of().pages = ()


def test_confidence_is_weighed_by_characters_and_skips_words_without() -> None:
    line = Line(
        words=(
            Word(text="abc", confidence=1.0),
            Word(text="d", confidence=0.2),
            Word(text="unknown"),
        )
    )
    assert line.confidence == pytest.approx(0.8)
    assert Line(words=(Word(text="unknown"),)).confidence is None


def test_doubtful_words_are_those_below_a_limit_or_without_a_confidence() -> None:
    words = [Word(text="sure", confidence=0.9), Word(text="hm", confidence=0.5), Word(text="eh")]
    page = page_of().model_copy(
        update={"paragraphs": (Paragraph(lines=(Line(words=tuple(words)),)),)}
    )
    assert [word.text for word in result_of(page).low_confidence(0.6)] == ["hm", "eh"]
    assert page.low_confidence(0.4) == (words[2],)


def test_errors_and_warnings_of_the_pages_are_the_results() -> None:
    torn = PageError(page=2, kind="CorruptInputError", message="torn")
    first = page_of().model_copy(update={"warnings": ("faint", "small")})
    second = page_of(number=2).model_copy(update={"warnings": ("faint",), "error": torn})
    result = result_of(first, second)
    assert result.warnings == ("faint", "small")
    assert result.errors == (torn,)


def test_a_newer_minor_schema_is_read_and_another_major_one_is_refused() -> None:
    data = json.loads(result_of(page_of(["a"])).to_json())
    data["schema_version"] = "1.9"
    data["from_the_future"] = True
    assert RecognitionResult.from_json(json.dumps(data)).text == "a\n"
    data["schema_version"] = "2.0"
    with pytest.raises(ConfigurationError, match=r"2\.0"):
        RecognitionResult.from_json(json.dumps(data))


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"engine": 3}', b"\xff"])
def test_what_is_no_result_is_refused_with_the_place(data: bytes) -> None:
    with pytest.raises(ConfigurationError, match="no recognition result"):
        RecognitionResult.from_json(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(results, _JSON, st.data())
def test_a_result_with_anything_in_the_place_of_a_part_is_read_or_refused(
    result: RecognitionResult, anything: object, data: st.DataObject
) -> None:
    part = tree = json.loads(result.to_json())
    while isinstance(part, (dict, list)) and part:
        places = list(part) if isinstance(part, dict) else list(range(len(part)))
        place = data.draw(st.sampled_from(places))
        if data.draw(st.booleans()) or not isinstance(part[place], (dict, list)):
            part[place] = anything
            break
        part = part[place]
    try:
        read = RecognitionResult.from_json(json.dumps(tree))
    except ConfigurationError:
        return
    assert RecognitionResult.from_json(read.to_json()) == read
    for name in ("text", "hocr", "alto", "markdown", "csv"):
        read.to(name)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_a_result_or_refused(data: bytes | str) -> None:
    with pytest.raises(ConfigurationError):
        RecognitionResult.from_json(data)


def test_a_result_is_saved_by_the_ending_of_the_name(tmp_path: Path) -> None:
    result = result_of(page_of(["håndskrift"]))
    assert result.save(tmp_path / "note.txt").read_bytes() == "håndskrift\n".encode()
    assert RecognitionResult.from_json((result.save(tmp_path / "n.json")).read_bytes()) == result
    assert result.save(tmp_path / "note.dat", format="text").read_text("utf-8") == "håndskrift\n"
    with pytest.raises(ConfigurationError, match=r"\.json, .*\.txt"):
        result.save(tmp_path / "note.xyz")
    with pytest.raises(UnknownNameError, match="text, json, markdown"):
        result.to("odt")


def test_a_word_costs_less_than_one_and_a_half_kilobytes() -> None:
    count = 2000
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [
        Word(
            text=f"word{n}", box=Box.rectangle(n, n + 0.5, n + 60.25, n + 20), confidence=n / count
        )
        for n in range(count)
    ]
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert used / len(kept) < 1500


def test_a_files_name_that_is_no_text_can_be_written_to_json() -> None:
    result = result_of(page_of(["a"])).model_copy(update={"source": SourceInfo(name="a\udcff.jpg")})
    assert RecognitionResult.from_json(result.to_json()) == result


def test_a_repr_is_short_and_tells_how_much_was_read() -> None:
    result = result_of(page_of(["one two"] * 99))
    assert repr(result) == "RecognitionResult(source=None, pages=1, words=198, confidence=unknown)"
    assert repr(result.pages[0]) == "Page(number=1, words=198, confidence=unknown)"
