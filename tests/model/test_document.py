"""What is known of a document: its parts summed up, and files of other versions."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from notetext.model import (
    SCHEMA_VERSION,
    DocumentData,
    Language,
    Line,
    Mode,
    PageData,
    PageError,
    Paragraph,
    SourceInfo,
    Timings,
    Word,
)


def document_of(*pages: PageData) -> DocumentData:
    return DocumentData(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=pages
    )


def page_of(text: str, number: int = 1, confidence: float | None = None) -> PageData:
    words = tuple(Word(text=word, confidence=confidence) for word in text.split())
    lines = (Line(words=words),) if words else ()
    return PageData(
        number=number,
        width=100,
        height=100,
        engine="local",
        paragraphs=(Paragraph(lines=lines),) if lines else (),
    )


def test_pages_are_set_apart_by_form_feeds_and_their_words_are_the_documents() -> None:
    document = document_of(page_of("one two"), page_of("", number=2), page_of("three", number=3))
    assert document.text == "one two\n\f\fthree\n"
    assert [word.text for word in document.words] == ["one", "two", "three"]
    assert len(document.lines) == 2
    assert document_of().text == ""


def test_the_confidence_is_weighed_over_all_pages() -> None:
    document = document_of(page_of("abc", confidence=1.0), page_of("d", confidence=0.2))
    assert document.confidence == pytest.approx(0.8)
    assert [word.text for word in document.low_confidence()] == ["d"]
    assert document_of(page_of("abc")).confidence is None


def test_a_warning_of_several_pages_is_told_once() -> None:
    torn = PageError(page=2, kind="CorruptInputError", message="torn")
    first = page_of("a").model_copy(update={"warnings": ("faint", "small")})
    second = page_of("", number=2).model_copy(update={"warnings": ("small",), "error": torn})
    assert document_of(first, second).warnings == ("faint", "small")
    assert document_of(first, second).errors == (torn,)


def test_times_add_up_part_by_part() -> None:
    first, second = Timings(engine_s=1.5, total_s=2.0), Timings(engine_s=0.25, layout_s=1.0)
    assert first + second == Timings(engine_s=1.75, layout_s=1.0, total_s=2.0)
    assert sum([first, second], Timings()) == first + second


def test_a_files_name_that_is_no_text_is_spelled_out() -> None:
    info = SourceInfo(name="a\udcff.jpg")
    assert info.name == "a\\udcff.jpg"
    assert SourceInfo.model_validate_json(info.model_dump_json()) == info


def test_only_a_schema_of_the_same_generation_is_read() -> None:
    major, minor = SCHEMA_VERSION.split(".")
    data = document_of(page_of("a")).model_dump()
    newer = data | {"schema_version": f"{major}.{int(minor) + 7}"}
    assert DocumentData.model_validate(newer).text == "a\n"
    with pytest.raises(ValidationError, match="version of notetext that wrote it"):
        DocumentData.model_validate(data | {"schema_version": f"{int(major) + 1}.0"})


def test_files_of_before_say_no_language_of_pages_and_words() -> None:
    data = document_of(page_of("a")).model_dump(mode="json") | {"schema_version": "1.2"}
    (page,) = data["pages"]
    del page["languages"], page["paragraphs"][0]["lines"][0]["words"][0]["language"]
    document = DocumentData.model_validate(data)
    assert document.languages == (Language.ENGLISH,)
    assert (document.pages[0].languages, document.words[0].language) == ((), None)


def test_in_files_of_before_nobody_said_what_is_bold() -> None:
    data = document_of(page_of("a")).model_dump(mode="json") | {"schema_version": "1.5"}
    del data["pages"][0]["paragraphs"][0]["lines"][0]["words"][0]["bold"]
    assert DocumentData.model_validate(data).words[0].bold is None


def test_sums_are_written_for_others_and_made_anew_for_us() -> None:
    document = document_of(page_of("one two"))
    data = document.model_dump(mode="json")
    assert data["text"] == "one two\n"
    assert DocumentData.model_validate(data | {"text": "forged"}) == document
