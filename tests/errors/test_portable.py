"""Errors on their way to a process that may not know their class."""

from __future__ import annotations

import pickle
import threading

import pytest

from notetext.errors import (
    AuthenticationError,
    CloudError,
    EngineError,
    QuotaError,
    RecognitionError,
    TaskTimeoutError,
)
from notetext.errors.portable import portable


def of_a_notebook(message: str, kind: type[CloudError] = QuotaError) -> CloudError:
    """An error whose class nobody can import."""

    class OutOfInkError(kind):  # type: ignore[misc, valid-type]
        pass

    error = OutOfInkError(message, engine="x", status_code=402)
    error.lock = threading.Lock()
    return error.located("note.jpg", 3)  # type: ignore[no-any-return]


def test_an_error_that_crosses_stays_itself() -> None:
    error = EngineError("torn", engine="x")
    assert portable(error) is error


def test_one_that_does_not_becomes_the_one_of_ours_that_it_is() -> None:
    error = of_a_notebook("no ink")
    with pytest.raises((pickle.PicklingError, AttributeError, TypeError)):
        pickle.dumps(error)
    other = pickle.loads(pickle.dumps(portable(error)))
    assert type(other) is QuotaError
    assert str(other) == str(error) == "note.jpg, page 3: no ink"
    assert (other.engine, other.status_code) == ("x", 402)


def test_it_does_so_also_where_ours_is_one_of_pythons_own() -> None:
    for kind in (TaskTimeoutError, AuthenticationError):
        assert type(portable(of_a_notebook("no ink", kind))) is kind


def test_so_do_those_that_another_is_made_of() -> None:
    both = RecognitionError("2 pages", failures=[of_a_notebook("a"), EngineError("b", engine="x")])
    other = pickle.loads(pickle.dumps(portable(both)))
    assert [type(failure) for failure in other.failures] == [QuotaError, EngineError]
