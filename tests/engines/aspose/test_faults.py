"""Every fault in every phase: what `docs/faults.md` says is what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from fault_table import CELLS, FAULTS, SLOW, Cell
from raw_server import SLOW_ANSWERS
from trouble import SECRET, Trouble
from world import World

from notetext.engines.aspose import AsposeEngine
from notetext.errors import CancelledError, CloudError, NoteTextError, TaskTimeoutError
from notetext.testing import Fault


def test_the_table_has_all_faults_and_no_others() -> None:
    assert sorted({cell.fault for cell in CELLS}) == sorted(FAULTS)
    assert len(CELLS) > 150


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with World(tmp_path, monkeypatch).with_proxy() as world:
        yield world


def tried(chosen: Callable[[Cell], bool]) -> list[ParameterSet]:
    """The chosen cells; those are slow that take seconds, and resemble others that are tried."""
    return [
        pytest.param(
            cell,
            id=str(cell),
            marks=[pytest.mark.slow]
            if cell.fault in SLOW_ANSWERS and cell.fault != "a head that drips"
            else [],
        )
        for cell in CELLS
        if chosen(cell)
    ]


@pytest.mark.parametrize("cell", tried(lambda cell: cell.phase != "cancel"))
def test_a_fault_that_strikes_once(cell: Cell, world: World) -> None:
    trouble = Trouble(cell, 1, world)
    with trouble.engine() as engine:
        if cell.how or cell.end == "read":
            assert trouble.read(engine) == "Hello"
            assert len(trouble.server.submissions) == 1
        else:
            with pytest.raises(NoteTextError) as caught:
                trouble.read(engine)
            assert_as_promised(trouble, engine, caught.value)


@pytest.mark.parametrize("cell", tried(lambda cell: cell.phase != "cancel" and cell.how != ""))
def test_a_fault_that_goes_on(cell: Cell, world: World) -> None:
    trouble = Trouble(cell, 10**6, world)
    with trouble.engine() as engine:
        with pytest.raises(NoteTextError) as caught:
            trouble.read(engine)
        if isinstance(FAULTS[cell.fault], Fault) and cell.how != "later":
            attempts = 4 if cell.how == "again" and cell.fault not in SLOW else 2
            assert trouble.asked == attempts
        assert_as_promised(trouble, engine, caught.value)


def assert_as_promised(trouble: Trouble, engine: AsposeEngine, error: NoteTextError) -> None:
    """The error is the right one, shows nothing, counts what was paid, and leads back to it."""
    cell = trouble.cell
    assert type(error).__name__ == cell.end
    assert SECRET not in repr(error) + str(vars(error))
    assert error.__context__ is None
    taken = len(trouble.server.submissions)
    assert taken <= 1
    if cell.phase == "token":
        return
    assert error.usage is not None
    is_lost = cell.end == "TaskFailedError" and cell.how == "again"
    assert error.usage.uncertain == (cell.end == "SubmissionUncertainError" or is_lost)
    if cell.phase in {"poll", "fetch"}:
        assert isinstance(error, CloudError | TaskTimeoutError)
        assert error.task_id is not None
        assert error.usage.submissions == taken == 1
        if cell.end != "TaskFailedError":
            trouble.end()
            assert engine.resume(error.task_id).lines[0].text == "Hello"
            assert len(trouble.server.submissions) == 1


@pytest.mark.parametrize("cell", tried(lambda cell: cell.phase == "cancel"))
@pytest.mark.parametrize("times", [1, 10**6], ids=["once", "on and on"])
def test_a_fault_while_a_task_is_deleted(cell: Cell, times: int, world: World) -> None:
    trouble = Trouble(cell, times, world)
    with trouble.engine() as engine:
        with pytest.raises(CancelledError) as caught:
            trouble.read(engine)
        notes = getattr(caught.value, "__notes__", [])
        if cell.end == "done" or (cell.how and times == 1):
            assert notes == []
        else:
            (note,) = notes
            assert "could not be deleted" in note
            assert SECRET not in note
        if isinstance(FAULTS[cell.fault], Fault) and not cell.how:
            assert trouble.asked == 1
        assert caught.value.usage is not None
        assert caught.value.usage.submissions == 1
