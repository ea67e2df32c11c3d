"""When a batch is given up: the provider's failures in a row."""

from __future__ import annotations

import sys

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest

from notetext import Item, Language, Mode, NoteText, Page, RecognitionResult
from notetext.batch.failures import FailureStreak
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    AuthenticationError,
    BatchStoppedError,
    CloudError,
    ConfigurationError,
    CorruptInputError,
    EngineError,
    EngineUnavailableError,
    InputNotFoundError,
    NoteTextError,
    QuotaError,
    StoreError,
    TaskFailedError,
    UnsupportedLanguageError,
)
from notetext.model import PageStatus
from notetext.page_image import PageImage
from notetext.reading.outcome import page_error

# The worker processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

GREY = np.full((40, 60), 200, np.uint8)


class OutOfInkError(EngineUnavailableError):
    """A plug-in's own."""


class OverBudgetError(CloudError):
    """A plug-in's own."""


class IllegibleError(TaskFailedError):
    """A plug-in's own, of one document."""


PROVIDERS: list[NoteTextError] = [
    EngineUnavailableError("nobody answers", engine="x"),
    AuthenticationError("who are you?", engine="x"),
    QuotaError("all used up", engine="x"),
    ConfigurationError("no credentials"),
    StoreError("the disk is full"),
    OutOfInkError("no ink", engine="x"),
    OverBudgetError("too dear", engine="x"),
]
DOCUMENTS: list[NoteTextError] = [
    CorruptInputError("torn"),
    InputNotFoundError("gone"),
    EngineError("too dark", engine="x"),
    TaskFailedError("unreadable", engine="x"),
    UnsupportedLanguageError("no Klingon", known=["en"]),
    IllegibleError("scribbles", engine="x"),
]


def kind(error: NoteTextError) -> str:
    return type(error).__name__


def item(*outcomes: NoteTextError | None) -> Item:
    """A document with a page for each outcome: read, or failed with an error."""
    pages = tuple(
        Page(
            number=number,
            width=9,
            height=9,
            engine="x",
            status=PageStatus.READ if error is None else PageStatus.FAILED,
            error=None if error is None else page_error(error, number),
        )
        for number, error in enumerate(outcomes, 1)
    )
    result = RecognitionResult(
        engine="x", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=pages
    )
    return Item(0, b"", result=RecognitionResult.from_json(result.to_json()))


def stops(*items: Item, limit: int | None = 2) -> bool:
    streak = FailureStreak(limit)
    try:
        for one in items:
            streak.add(one)
    except BatchStoppedError:
        return True
    return False


@pytest.mark.parametrize("error", PROVIDERS, ids=kind)
def test_what_would_meet_any_other_page_as_well_counts(error: NoteTextError) -> None:
    assert stops(item(error), item(error))
    assert stops(Item(0, b"", error=error), Item(1, b"", error=error))


@pytest.mark.parametrize("error", DOCUMENTS, ids=kind)
def test_what_is_a_documents_own_neither_counts_nor_ends_the_row(error: NoteTextError) -> None:
    assert not stops(item(error), item(error), Item(0, b"", error=error))
    provider = item(EngineUnavailableError("nobody answers", engine="x"))
    assert not stops(provider, item(error))
    assert stops(provider, item(error), provider)


def test_a_page_that_was_read_ends_the_row() -> None:
    failed = EngineUnavailableError("nobody answers", engine="x")
    assert not stops(item(failed), item(None), item(failed))
    assert not stops(item(failed, None, failed))
    assert stops(item(failed, failed, None))


def test_without_a_limit_nothing_stops() -> None:
    failed = item(EngineUnavailableError("nobody answers", engine="x"))
    assert not stops(*[failed] * 50, limit=None)


def test_the_message_says_how_many_and_why() -> None:
    streak = FailureStreak(1)
    with pytest.raises(BatchStoppedError, match=r"after 1 failure in a row.*: all used up"):
        streak.add(item(QuotaError("all used up", engine="x")))


def test_a_result_of_before_that_names_no_base_is_judged_by_its_kind() -> None:
    (page,) = item(QuotaError("all used up", engine="x")).result.pages  # type: ignore[union-attr]
    assert page.error is not None
    old = page.model_copy(update={"error": page.error.model_copy(update={"base": None})})
    result = RecognitionResult(
        engine="x", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(old,)
    )
    assert stops(Item(0, b"", result=result), limit=1)


class PlugIn(Engine):
    """Fails with an error of its own."""

    name = "plug-in"
    runs_in = "process"

    def __init__(self, error: type[EngineError]) -> None:
        self._error = error

    def read(self, page: PageImage, request: Request) -> Reading:
        raise self._error("out of order", engine=self.name)


@pytest.mark.parametrize("error", [OutOfInkError, OverBudgetError])
def test_a_plug_ins_own_error_stops_a_batch(error: type[EngineError]) -> None:
    items = NoteText(engine=PlugIn(error)).recognize_many([GREY] * 9, stop_after=3)
    assert [next(items).index for _ in range(3)] == [0, 1, 2]
    with pytest.raises(BatchStoppedError, match="out of order"):
        next(items)


@pytest.mark.slow
@pytest.mark.parametrize("error", [OutOfInkError, OverBudgetError])
def test_a_plug_ins_own_error_of_a_worker_process_stops_a_batch(error: type[EngineError]) -> None:
    items = NoteText(engine=PlugIn(error)).recognize_many([GREY] * 9, workers=2, stop_after=3)
    with pytest.raises(BatchStoppedError, match="out of order"):
        list(items)


def test_a_plug_ins_own_error_of_a_document_stops_none() -> None:
    items = NoteText(engine=PlugIn(IllegibleError)).recognize_many([GREY] * 9, stop_after=3)
    assert len(list(items)) == 9
