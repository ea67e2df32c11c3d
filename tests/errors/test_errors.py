"""The errors: one tree, built-ins where users expect them, pickle, and the place in the message."""

from __future__ import annotations

import inspect
import pickle
import re

import pytest

from notetext import errors
from notetext.errors import (
    AuthenticationError,
    EncryptedPdfError,
    EngineTimeoutError,
    EngineUnavailableError,
    InputNotFoundError,
    InputTooLargeError,
    MissingDependencyError,
    NoteTextError,
    PageRangeError,
    RateLimitError,
    RecognitionError,
    TaskFailedError,
    TaskTimeoutError,
    UnknownNameError,
)

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, NoteTextError)
]


@pytest.mark.parametrize(
    ("kind", "built_in"),
    [
        (InputNotFoundError, FileNotFoundError),
        (PageRangeError, ValueError),
        (EncryptedPdfError, PermissionError),
        (UnknownNameError, ValueError),
        (MissingDependencyError, ImportError),
        (EngineTimeoutError, TimeoutError),
        (TaskTimeoutError, TimeoutError),
        (EngineUnavailableError, ConnectionError),
        (AuthenticationError, PermissionError),
    ],
)
def test_an_error_is_also_the_built_in_that_users_would_catch(
    kind: type[Exception], built_in: type[Exception]
) -> None:
    assert issubclass(kind, built_in)


def test_the_tree_in_the_docstring_holds_every_error() -> None:
    drawn = re.findall(r"\b\w+Error\b", inspect.getdoc(errors) or "")
    assert {kind.__name__ for kind in KINDS} <= set(drawn)


@pytest.mark.parametrize(
    "error",
    [
        NoteTextError("broken", source="a.jpg", page=3),
        InputTooLargeError("too large", limit="max_pixels", allowed=1, actual=2),
        UnknownNameError("engine", "x", ["local"]),
        MissingDependencyError("install it", extra="heif"),
        RateLimitError("slow down", engine="aspose", status_code=429, retry_after_s=7.0),
        TaskFailedError("failed", engine="aspose", task_id="1", messages=["no"]),
        RecognitionError("two failed", failures=[NoteTextError("one"), NoteTextError("two")]),
        InputNotFoundError("there is no such file").located("b.jpg"),
        EngineTimeoutError("late", engine="local").located("c.jpg", 2),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_survives_pickle_with_all_that_it_knows(error: NoteTextError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert repr(vars(copy)) == repr(vars(error))
    assert copy.args == error.args


def test_a_message_names_the_document_and_the_page() -> None:
    error = NoteTextError("it is torn").located("a.jpg", 2)
    assert str(error) == "a.jpg, page 2: it is torn"
    assert str(error.located("other.jpg", 9)) == "a.jpg, page 2: it is torn"


def test_a_name_is_shown_on_one_bounded_line_and_kept_as_it_is() -> None:
    name = "a\nb\x1b[2J\udcff\u202e" + "x" * 300 + ".jpg"
    error = NoteTextError("it is torn", source=name)
    assert str(error).startswith(r"a\nb\x1b[2J\udcff\u202exxx")
    assert str(error).endswith("xxx.jpg: it is torn")
    assert len(str(error)) < 250
    assert error.source == name


def test_the_words_of_others_are_lines_in_every_text_of_an_error() -> None:
    words = "no\r\x9b2J\u202e" + "!" * 100_000
    error = TaskFailedError(words, engine="aspose", messages=[words] * 1000)
    copy = pickle.loads(pickle.dumps(error))
    for text in (str(error), error.message, *error.args, *error.messages, str(copy)):
        assert text.startswith(r"no\r\x9b2J\u202e!!")
        assert len(text) <= 4000
    assert len(repr(error.messages)) < 10_000
