"""What goes over the wire: bodies out, answers in, whatever they look like."""

from __future__ import annotations

import base64
import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.aspose.settings import RecognizeImageSettings, RecognizePdfSettings
from notetext.engines.aspose.wire import (
    ResultType,
    TaskBody,
    TaskStatus,
    decode_data,
    parse_task,
    parse_task_id,
)
from notetext.engines.cloud.answer_limits import AnswerLimits
from notetext.engines.cloud.task_api import TaskState
from notetext.engines.cloud.transport import Answer
from notetext.errors import BadResponseError


def answer(body: str | bytes, status: int = 200) -> Answer:
    return Answer(status, {}, body.encode() if isinstance(body, str) else body)


def body_of(data: bytes, settings: RecognizeImageSettings | None = None) -> TaskBody:
    return TaskBody(
        lambda: io.BytesIO(data), len(data), settings or RecognizeImageSettings(), "English"
    )


def test_every_flag_is_sent_and_rotation_and_nulls_never() -> None:
    sent = json.loads(b"".join(body_of(b"x")))
    assert set(sent) == {"image", "settings"}
    assert sent["settings"] == {
        "language": "English",
        "makeSkewCorrect": True,
        "makeBinarization": False,
        "makeContrastCorrection": True,
        "makeUpsampling": False,
        "makeSpellCheck": False,
        "dsrMode": "Regions",
        "dsrConfidence": "Default",
        "resultType": "Text",
    }


def test_a_pdf_is_sent_with_its_contrast_left_alone() -> None:
    body = TaskBody(lambda: io.BytesIO(b"x"), 1, RecognizePdfSettings(), "English")
    settings = json.loads(b"".join(body))["settings"]
    assert settings["makeContrastCorrection"] is False
    assert None not in settings.values()


@pytest.mark.parametrize(
    ("hocr", "pdf", "kind"),
    [
        (False, False, "Text"),
        (True, False, "TextAndHocr"),
        (False, True, "TextAndPdf"),
        (True, True, "TextAndPdfAndHocr"),
    ],
)
def test_the_text_always_comes_along(hocr: bool, pdf: bool, kind: str) -> None:
    assert ResultType.of(hocr=hocr, pdf=pdf) == kind


LIMITS = AnswerLimits()
GUID = "a197aade-bba9-4c7a-92c7-46851b3dceaa"


@pytest.mark.parametrize(
    ("body", "task_id"),
    [
        (GUID, GUID),
        (f"{GUID}\r\n", GUID),
        (f'"{GUID}"', GUID),
        (f'\ufeff"{GUID}"', GUID),
        (f'{{"id": "{GUID}"}}', GUID),
        ("TTS01232-9d40", "TTS01232-9d40"),
        ("12345", "12345"),
        ("1e5", "1e5"),
    ],
)
def test_an_id_is_found_however_it_is_wrapped(body: str, task_id: str) -> None:
    assert parse_task_id(answer(body)) == task_id


@pytest.mark.parametrize(
    "body",
    [
        *("", " ", "null", "true", "[]", "{}", '{"id": null}', "<html></html>", '{"id": "a1'),
        *("a b", "x" * 201, "\x00", "[" * 100_000),
    ],
)
def test_what_is_no_id_is_a_bad_response(body: str) -> None:
    with pytest.raises(BadResponseError):
        parse_task_id(answer(body))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"taskStatus": "Completed"}', TaskStatus.COMPLETED),
        ('{"taskStatus": "completed", "new": [1]}', TaskStatus.COMPLETED),
        ('{"taskStatus": "Pausing", "error": null, "results": null}', None),
        ('{"taskStatus": 2, "responseStatusCode": 7}', None),
        ('{"taskStatus": null}', None),
        ("{}", None),
        ('\ufeff{"taskStatus": "Pending", "error": "busy"}', TaskStatus.PENDING),
        ('{"taskStatus": "Error", "results": [null]}', TaskStatus.ERROR),
    ],
)
def test_unknown_words_and_fields_are_no_error(body: str, status: TaskStatus | None) -> None:
    assert parse_task(answer(body), "t", LIMITS).status is status


@pytest.mark.parametrize(
    ("word", "results", "state"),
    [
        ("Pending", [], TaskState.UNDER_WAY),
        ("Processing", [{"type": "Text", "data": "aGk="}], TaskState.UNDER_WAY),
        ("Completed", [], TaskState.COMPLETED),
        ("Error", [], TaskState.FAILED),
        ("NotExist", [], TaskState.UNKNOWN),
        ("Resting", [], TaskState.UNDER_WAY),
        ("Resting", [{"type": "Text", "data": "aGk="}], TaskState.COMPLETED),
    ],
)
def test_results_make_an_unknown_word_mean_completed_and_no_known_one(
    word: str, results: list[object], state: TaskState
) -> None:
    body = json.dumps({"taskStatus": word, "results": results})
    assert parse_task(answer(body), "t", LIMITS).state is state


@pytest.mark.parametrize(
    ("error", "notices"),
    [
        ('{"messages": ["a"], "warnings": ["b"]}', ("a", "b")),
        ('{"messages": null, "warnings": "b"}', ("b",)),
        ('{"messages": [null, 3]}', ("3",)),
        ('"a"', ("a",)),
        ('["a", "b"]', ("a", "b")),
        ("null", ()),
    ],
)
def test_notices_are_found_in_any_shape(error: str, notices: tuple[str, ...]) -> None:
    assert parse_task(answer(f'{{"error": {error}}}'), "t", LIMITS).notices == notices


@pytest.mark.parametrize("body", ["", "null", "[]", '"x"', '{"results": 3}', '{"results": [1]}'])
def test_what_is_no_task_is_a_bad_response_with_its_id(body: str) -> None:
    with pytest.raises(BadResponseError, match="the task t7") as caught:
        parse_task(answer(body), "t7", LIMITS)
    assert caught.value.task_id == "t7"
    assert caught.value.__context__ is None


@given(st.binary(max_size=300))
def test_any_bytes_are_understood_or_a_bad_response(body: bytes) -> None:
    for parse in (parse_task_id, lambda a: parse_task(a, "t", LIMITS)):
        with contextlib.suppress(BadResponseError):
            parse(answer(body))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["taskStatus", "results", "error", "type", "data", "messages", "id"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_json_is_understood_or_a_bad_response(value: object) -> None:
    body = json.dumps(value)
    for parse in (parse_task_id, lambda a: parse_task(a, "t", LIMITS)):
        with contextlib.suppress(BadResponseError):
            parse(answer(body))


@given(st.binary(max_size=100))
def test_base64_is_decoded_with_either_alphabet_with_or_without_padding(data: bytes) -> None:
    for encoded in (base64.b64encode(data), base64.urlsafe_b64encode(data)):
        text = encoded.decode()
        assert decode_data(text) == decode_data(text.rstrip("=")) == data
        assert decode_data("\r\n".join(text)) == data


@given(st.text(max_size=20))
def test_any_text_is_base64_or_not(data: str) -> None:
    decode_data(data)
