"""The engine within a budget, with a store and without."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from notetext import CascadeEngine, NoteText
from notetext.engines import Budget, CloudPrice
from notetext.engines.aspose import AsposeEngine
from notetext.errors import ConfigurationError, NoteTextError
from notetext.testing import FakeAsposeServer, FakeEngine

MakeEngine = Callable[..., AsposeEngine]


@pytest.fixture
def files(tmp_path: Path, notes: Path) -> list[Path]:
    """Six documents that are all different."""
    made = []
    for number in range(6):
        made.append(tmp_path / f"{number}.jpg")
        # What follows the end of a JPEG makes another document of it; it is not sent.
        made[-1].write_bytes((notes / "letter.jpg").read_bytes() + bytes([number]))
    return made


def said(reader: NoteText, note: Path) -> str:
    """What a budget says to one more note; nothing if it is read."""
    try:
        reader.recognize(note)
    except NoteTextError as error:
        return error.message
    return ""


@pytest.mark.parametrize("per", ["store", "day"])
def test_runs_share_a_budget_in_their_store(
    make_engine: MakeEngine, server: FakeAsposeServer, notes: Path, tmp_path: Path, per: str
) -> None:
    names = ["letter", "minutes", "printed", "shopping"]
    texts = []
    for name in names:
        engine = make_engine(budget=Budget(2, per=per))
        with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
            texts.append(said(reader, notes / f"{name}.jpg"))
    assert texts[:2] == ["", ""]
    assert all("the budget of 2 pages" in text for text in texts[2:])
    assert len(server.submissions) == 2
    # Another store has another budget.
    with NoteText(engine=engine, store=tmp_path / "other.db") as reader:
        assert reader.recognize(notes / "letter.jpg").text == "Hello\n"


def test_what_is_fetched_takes_nothing_from_the_budget(
    make_engine: MakeEngine, server: FakeAsposeServer, files: list[Path], tmp_path: Path
) -> None:
    engine = make_engine(max_submissions=1)
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        # The same pixels: one task for six documents.
        assert [reader.recognize(path).text for path in files] == ["Hello\n"] * 6
    assert len(server.submissions) == 1


def test_a_stores_budget_without_a_store_sends_nothing(
    make_engine: MakeEngine, server: FakeAsposeServer, notes: Path
) -> None:
    reader = NoteText(engine=make_engine(budget=Budget(2, per="day")))
    assert "give NoteText(store=" in said(reader, notes / "letter.jpg")
    assert server.submissions == []


def test_a_copy_in_another_process_is_the_same_run(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    notes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "an-id")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "a-secret")
    engine = make_engine(max_submissions=1, price=CloudPrice("0.1", "EUR"))
    copy: AsposeEngine = pickle.loads(pickle.dumps(engine))
    assert copy.price == engine.price
    store = tmp_path / "notes.db"
    assert said(NoteText(engine=engine, store=store), notes / "letter.jpg") == ""
    said_by_copy = said(NoteText(engine=copy, store=store), notes / "minutes.jpg")
    assert "max_submissions=1" in said_by_copy
    copy.close()
    assert len(server.submissions) == 1


def test_a_budget_is_given_once(make_engine: MakeEngine) -> None:
    with pytest.raises(ConfigurationError, match="either budget or max_submissions"):
        make_engine(budget=Budget(2), max_submissions=2)


def test_a_plan_tells_what_it_would_cost(make_engine: MakeEngine, notes: Path) -> None:
    engine = make_engine(price=CloudPrice("0.015", "EUR"))
    plan = NoteText(engine=engine).plan(notes / "letter.jpg")
    assert plan.cost == Decimal("0.015")
    assert NoteText(engine=make_engine()).plan(notes / "letter.jpg").cost is None
    doubting = CascadeEngine(FakeEngine("Dear Ann"), engine)
    assert NoteText(engine=doubting).plan(notes / "letter.jpg").cost == Decimal("0.015")
