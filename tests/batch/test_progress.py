"""How far a batch is, for whoever wants to know."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from notetext import Item, Language, Mode, NoteText, Page, RecognitionResult
from notetext.batch import BatchState, Progress
from notetext.batch.progress import progress_of
from notetext.engines import Engine
from notetext.errors import CorruptInputError, EngineError
from notetext.model import PageError, PageStatus


def note(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 40), shade).save(file, "PNG")
    return file.getvalue()


class Remembering:
    """Keeps what it was shown."""

    def __init__(self) -> None:
        self.states: list[BatchState] = []
        self.closed = 0

    def update(self, state: BatchState) -> None:
        self.states.append(state)

    def close(self) -> None:
        self.closed += 1


def test_the_state_counts_documents_pages_and_failures() -> None:
    def page(number: int, error: PageError | None = None) -> Page:
        status = PageStatus.FAILED if error else PageStatus.READ
        return Page(number=number, width=9, height=9, engine="x", status=status, error=error)

    failed = PageError(page=2, kind="EngineError", message="too dark")
    result = RecognitionResult(
        engine="x",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        pages=(page(1), page(2, failed), page(3)),
    )
    state = BatchState(total=9).after(Item(0, b"", result=result))
    assert state == BatchState(total=9, documents=1, pages=2, failures=1)
    state = state.after(Item(1, b"", error=CorruptInputError("torn")))
    assert state == BatchState(total=9, documents=2, pages=2, failures=2)


def test_a_function_is_told_at_the_beginning_and_after_every_document(engine: Engine) -> None:
    states: list[BatchState] = []
    list(NoteText(engine=engine).recognize_many([note(9), note(0), b"?"], progress=states.append))
    assert len(states) == 4
    assert states[0] == BatchState(total=3)
    assert states[-1] == BatchState(total=3, documents=3, pages=1, failures=2)


def test_of_a_source_without_an_end_no_total_is_known(engine: Engine) -> None:
    states: list[BatchState] = []
    list(NoteText(engine=engine).recognize_many(iter([note(9)]), progress=states.append))
    assert {state.total for state in states} == {None}


def test_progress_of_the_callers_own_is_closed_however_the_batch_ends(engine: Engine) -> None:
    progress = Remembering()
    assert isinstance(progress, Progress)
    items = NoteText(engine=engine).recognize_many([note(9)] * 3, progress=progress)
    next(items)
    items.close()
    assert progress.closed == 1
    assert progress.states[-1].documents == 1
    failing = NoteText(engine=engine).recognize_many([note(0)], progress=progress, on_error="raise")
    with pytest.raises(EngineError):
        next(failing)
    assert progress.closed == 2


def test_a_bar_goes_to_standard_error(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    list(NoteText(engine=engine).recognize_many(iter([note(9), note(9)]), progress=True))
    out, err = capsys.readouterr()
    assert out == ""
    assert "2doc" in err
    assert "pages=2" in err


def test_without_progress_nothing_is_written(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    list(NoteText(engine=engine).recognize_many([note(9)]))
    progress_of(False).close()
    assert capsys.readouterr() == ("", "")
