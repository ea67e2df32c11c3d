"""From results to lines, with their places where those are known."""

from __future__ import annotations

import base64
import json

import pytest

from notetext.engines.aspose.task_result import (
    PDF_ARTIFACT,
    contents_of,
    page_reading,
    page_readings,
)
from notetext.engines.aspose.wire import TaskAnswer
from notetext.engines.cloud.answer_limits import AnswerLimits
from notetext.errors import BadResponseError, TaskFailedError
from notetext.model import Box

HOCR = (
    "<div class='ocr_page' title='bbox 0 0 100 50'>"
    "<span class='ocr_line'><span class='ocrx_word' title='bbox 0 0 40 20; x_wconf 80'>Dear</span> "
    "<span class='ocrx_word' title='bbox 50 0 100 20'>Ann</span></span>"
    "<span class='ocr_line'><span class='ocrx_word' title='bbox 0 30 40 50'>Bye</span></span></div>"
)


def entry(kind: str | None, data: str | bytes) -> dict[str, object]:
    raw = data.encode() if isinstance(data, str) else data
    return {"type": kind, "data": base64.b64encode(raw).decode()}


def completed(*entries: object, code: str = "Ok", error: object = None) -> TaskAnswer:
    value = {
        "taskStatus": "Completed",
        "responseStatusCode": code,
        "results": list(entries),
        "error": error,
    }
    return TaskAnswer.model_validate_json(json.dumps(value))


def texts(answer: TaskAnswer) -> list[str]:
    return [line.text for line in page_reading(contents_of(answer, "t"), None).lines]


def test_results_are_found_by_their_kind_not_their_place() -> None:
    contents = contents_of(completed(entry("Pdf", b"%PDF-1.4"), entry("text", "Hi")), "t")
    assert contents.texts == ["Hi"]
    assert page_reading(contents, None).artifacts == {PDF_ARTIFACT: b"%PDF-1.4"}


def test_text_may_come_with_a_byte_order_mark() -> None:
    assert texts(completed(entry("Text", b"\xef\xbb\xbfHi"))) == ["Hi"]


@pytest.mark.parametrize(
    "data",
    [
        *("Hi Привет 纸".encode(encoding) for encoding in ("utf-16", "utf-16-le", "utf-32")),
        "Привет".encode("utf-16-be"),
        "Привет".encode("cp1251"),
        b"Hi\0",
        b"\x1b[31mHi",
    ],
)
@pytest.mark.parametrize("kind", ["Text", "Hocr", None])
def test_what_is_not_plain_utf_8_is_no_text(data: bytes, kind: str | None) -> None:
    entries = [entry(kind, data)] if kind != "Hocr" else [entry("Text", "Hi"), entry(kind, data)]
    with pytest.raises(BadResponseError, match="not plain UTF-8"):
        contents_of(completed(*entries), "t7")


@pytest.mark.parametrize("kind", [None, "", "PlainText", "TextAndHocr"])
def test_a_single_result_of_an_unknown_kind_is_the_text_and_a_warning_says_so(
    kind: str | None,
) -> None:
    contents = contents_of(completed(entry(kind, "Hi")), "t")
    assert contents.texts == ["Hi"]
    assert "unknown kind" in contents.warnings[0]


def test_notices_beside_a_completed_task_are_warnings() -> None:
    contents = contents_of(
        completed(entry("Text", "Hi"), error={"messages": ["low contrast"], "warnings": ["old"]}),
        "t",
    )
    assert contents.warnings == ["Aspose.OCR: low contrast", "Aspose.OCR: old"]


def test_an_empty_page_is_an_empty_reading() -> None:
    assert texts(completed(entry("Text", ""))) == []
    assert texts(completed(code="NoAnyResultData")) == []
    nothing = {"type": "Text", "data": None}
    assert texts(completed(nothing, code="NoAnyResultData")) == []


@pytest.mark.parametrize(
    "answer",
    [
        completed({"type": "Text", "data": None}),
        completed({"type": "Text"}),
        completed(entry("Text", "Hi"), None),
        completed(entry("Text", "Hi"), {"type": "Hocr", "data": None}),
    ],
)
def test_a_result_that_is_not_there_is_no_empty_page(answer: TaskAnswer) -> None:
    with pytest.raises(BadResponseError, match="is not there"):
        contents_of(answer, "t7")


@pytest.mark.parametrize(
    "entries",
    [
        [entry("Text", "Hi"), entry("Text", "Hi")],
        [entry("Text", ""), entry("text", "Hi")],
        [entry("Text", "Hi"), entry("Hocr", HOCR), entry("Hocr", HOCR)],
        [entry("Text", "Hi"), entry("Pdf", b"%PDF-1.4"), entry("Pdf", b"%PDF-1.4")],
    ],
)
def test_a_page_has_each_result_once(entries: list[object]) -> None:
    with pytest.raises(BadResponseError, match="twice"):
        contents_of(completed(*entries), "t7")


def test_a_document_has_one_pdf() -> None:
    twice = completed(entry("Text", "Hi"), *[entry("Pdf", b"%PDF-1.4")] * 2)
    with pytest.raises(BadResponseError, match="twice"):
        contents_of(twice, "t7", whole_document=True)


@pytest.mark.parametrize("text", ["a " * 2000, "\n" * 2000, "x" * 100_000])
def test_more_text_than_any_page_has_is_refused_before_it_is_read(text: str) -> None:
    with pytest.raises(BadResponseError, match="raise max_answer_bytes"):
        contents_of(completed(entry("Text", text)), "t7", AnswerLimits(1000))


def test_no_more_places_are_read_than_a_page_has() -> None:
    many = HOCR.replace("Dear", "</span><span class='ocrx_word'>".join(["Dear"] * 1000))
    contents = contents_of(
        completed(entry("Text", "Bye"), entry("Hocr", many)), "t", AnswerLimits()
    )
    (warning,) = page_reading(contents, (200, 100)).warnings
    assert "places of the words are not known" in warning


def test_a_doubtful_code_beside_a_text_is_a_warning() -> None:
    contents = contents_of(completed(entry("Text", "Hi"), code="PartiallyNotFound"), "t")
    assert contents.warnings == ["Aspose.OCR completed the page as PartiallyNotFound"]


@pytest.mark.parametrize("code", ["ResultDataLost", "TaskNotFound", "Error"])
@pytest.mark.parametrize("entries", [[], [None], [{"type": "Text", "data": None}]])
def test_a_lost_result_is_a_failed_task(code: str, entries: list[object]) -> None:
    with pytest.raises(TaskFailedError, match=code) as caught:
        contents_of(completed(*entries, code=code), "t7")
    assert caught.value.task_id == "t7"


@pytest.mark.parametrize(
    "answer",
    [
        completed(),
        completed(None),
        completed(entry("Pdf", b"%PDF-1.4")),
        completed({"type": "Text", "data": "*no Base64*"}),
        completed(entry("Text", b"\xff\xfa\x80")),
        completed(entry("x", "a"), entry("y", "b")),
    ],
)
def test_what_holds_no_text_is_a_bad_response_with_the_task(answer: TaskAnswer) -> None:
    with pytest.raises(BadResponseError) as caught:
        contents_of(answer, "t7")
    assert caught.value.task_id == "t7"
    assert caught.value.__context__ is None


def test_hocr_gives_the_words_their_places() -> None:
    answer = completed(entry("Text", "Dear Ann\n\nBye"), entry("Hocr", HOCR))
    reading = page_reading(contents_of(answer, "t"), (200, 100))
    first, between, last = reading.lines
    assert first.words[0].box == Box.rectangle(0, 0, 80, 40)
    assert first.words[0].confidence == 0.8
    assert first.box == Box.rectangle(0, 0, 200, 40)
    assert between.words == ()
    assert last.text == "Bye"
    assert reading.warnings == []


@pytest.mark.parametrize(
    ("text", "hocr"),
    [
        ("Dear Ann\nBye now", HOCR),
        ("Dear Ann\nBye", "no hOCR, but ocr_page is mentioned"),
        ("Dear Ann\nBye", HOCR.replace("bbox 0 0 100 50", "")),
        ("Dear Ann\nBye", HOCR * 2),
    ],
    ids=["a word is missing", "not hocr", "page without box", "two pages"],
)
def test_hocr_that_does_not_fit_leaves_the_text_without_places_and_warns(
    text: str, hocr: str
) -> None:
    answer = completed(entry("Text", text), entry("Hocr", hocr))
    reading = page_reading(contents_of(answer, "t"), (200, 100))
    assert "\n".join(line.text for line in reading.lines) == text
    assert all(word.box is None for line in reading.lines for word in line.words)
    (warning,) = reading.warnings
    assert "places of the words are not known" in warning


def test_a_document_is_split_where_the_service_tells_its_pages_apart() -> None:
    feeds = contents_of(completed(entry("Text", "one\ftwo\f\fthree")), "t")
    two = completed(entry("Text", "one"), entry("Text", "two"))
    entries = contents_of(two, "t", whole_document=True)
    whole = contents_of(completed(entry("Text", "one\ntwo"), entry("Pdf", b"%PDF-1")), "t")

    def split(contents: object) -> list[str]:
        readings = page_readings(contents)  # type: ignore[arg-type]
        return ["|".join(line.text for line in reading.lines) for reading in readings]

    assert split(feeds) == ["one", "two", "", "three"]
    assert split(entries) == ["one", "two"]
    assert split(whole) == ["one|two"]
    assert page_readings(whole)[0].artifacts == {PDF_ARTIFACT: b"%PDF-1"}
