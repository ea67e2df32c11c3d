"""What a cascade does, keeps and says when its second engine fails."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from notetext import AsposeEngine, CascadeEngine, NoteText
from notetext.engines.cloud.retry import RetryPolicy
from notetext.errors import (
    AuthenticationError,
    BatchStoppedError,
    ConfigurationError,
    NoteTextError,
)
from notetext.model import Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, FakeEngine, Fault, NoWaiting, Phase


class Doubting(FakeEngine):
    """Reads every page, and is sure of none."""

    version = "1"

    def __init__(self, confidence: float = 0.2) -> None:
        super().__init__("dear Amn", confidence=confidence)


@pytest.fixture
def server() -> Iterator[FakeAsposeServer]:
    with FakeAsposeServer("Dear Ann", credentials=("id", "good")) as server:
        yield server


@pytest.fixture
def clock() -> NoWaiting:
    return NoWaiting()


@pytest.fixture
def cascade(server: FakeAsposeServer, clock: NoWaiting) -> Iterator[Callable[..., CascadeEngine]]:
    """Makes a cascade of an engine that doubts and the fake service."""
    made: list[CascadeEngine] = []

    def make(secret: str = "good", optional: bool = False, **parameters: object) -> CascadeEngine:
        given: dict[str, object] = {"client_id": "id", "client_secret": secret, "waiting": clock}
        given |= {"base_url": server.url, "retry": RetryPolicy(attempts=1)} | parameters
        cloud = AsposeEngine(**given)  # type: ignore[arg-type]
        made.append(CascadeEngine(Doubting(), cloud, optional=optional, waiting=clock))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def note(tmp_path: Path) -> Callable[[int], Path]:
    """Draws a note, another one for each number."""

    def draw(number: int = 0) -> Path:
        page = Image.new("L", (400, 300), 255)
        pen = ImageDraw.Draw(page)
        for x in range(40, 360, 30):
            pen.line((x, 100 + number, x + 15, 160), fill=0, width=5)
        path = tmp_path / f"{number}.png"
        page.save(path)
        return path

    return draw


PASSING = {
    "no token for now": (Phase.TOKEN, Fault.answer(500)),
    "401": (Phase.SUBMIT, Fault.unauthorized().repeated(2)),
    "402": (Phase.SUBMIT, Fault.answer(402)),
    "429": (Phase.SUBMIT, Fault.rate_limited(seconds=600)),
    "503": (Phase.SUBMIT, Fault.unavailable(seconds=600)),
    "a redirect": (Phase.SUBMIT, Fault.redirect()),
    "reset": (Phase.SUBMIT, Fault.reset(after_body=False)),
    "a poll that fails": (Phase.LOOK, Fault.answer(500)),
}


@pytest.mark.parametrize(("phase", "fault"), PASSING.values(), ids=PASSING)
def test_what_may_pass_is_not_stored(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    tmp_path: Path,
    phase: Phase,
    fault: Fault,
) -> None:
    server.script(phase, fault)
    with NoteText(engine=cascade(optional=True), store=tmp_path / "notes.db") as reader:
        first = reader.recognize(note())
    assert (first.text, first.pages[0].engine) == ("dear Amn\n", "fake")
    (warning,) = first.warnings
    assert "the page is doubtful, but the engine 'aspose' failed: " in warning
    with NoteText(engine=cascade(), store=tmp_path / "notes.db") as reader:
        assert reader.plan(note()).to_read == (1,)
        assert reader.recognize(note()).text == "Dear Ann\n"
        assert reader.plan(note()).to_read == ()


def test_a_task_that_was_paid_is_fetched_by_the_next_run(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    tmp_path: Path,
) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=1000))
    with NoteText(engine=cascade(task_timeout_s=30), store=tmp_path / "notes.db") as reader:
        first = reader.recognize(note())
    assert (first.text, first.usage.submissions) == ("dear Amn\n", 1)
    server._scripts[Phase.LOOK].clear()
    with NoteText(engine=cascade(), store=tmp_path / "notes.db") as reader:
        second = reader.recognize(note())
    assert (second.text, second.usage.submissions) == ("Dear Ann\n", 0)
    assert len(server.submissions) == 1


def test_what_the_service_cannot_read_is_settled_and_stored(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    tmp_path: Path,
) -> None:
    server.script(Phase.LOOK, Fault.task_error("no text"))
    with NoteText(engine=cascade(), store=tmp_path / "notes.db") as reader:
        assert "no text" in reader.recognize(note()).warnings[0]
        assert "no text" in reader.recognize(note()).warnings[0]
    assert len(server.submissions) == 1


def test_missing_credentials_are_told_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, note: Callable[..., Path]
) -> None:
    monkeypatch.delenv("ASPOSE_CLIENT_ID", raising=False)
    monkeypatch.delenv("ASPOSE_CLIENT_SECRET", raising=False)
    first = Doubting(confidence=1.0)
    reader = NoteText(engine=CascadeEngine(first, "aspose"))
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_ID") as caught:
            reader.recognize(note())
    assert caught.value.source == str(note())
    with pytest.raises(ConfigurationError):
        next(reader.iter_pages(note()))
    assert first.requests == []
    with pytest.raises(BatchStoppedError, match="ASPOSE_CLIENT_ID"):
        list(reader.recognize_many([note(n) for n in range(9)]))


def test_refused_credentials_are_the_runs_own_error(
    cascade: Callable[..., CascadeEngine], server: FakeAsposeServer, note: Callable[..., Path]
) -> None:
    reader = NoteText(engine=cascade(secret="wrong"))
    for _ in range(9):
        with pytest.raises(AuthenticationError):
            reader.recognize(note())
    assert len(server.requests) == 1


def test_a_batch_stops_at_refused_credentials(
    cascade: Callable[..., CascadeEngine], server: FakeAsposeServer, note: Callable[..., Path]
) -> None:
    notes = [note(n) for n in range(9)]
    came: list[NoteTextError | None] = []
    with pytest.raises(BatchStoppedError, match="refused"):
        came.extend(i.error for i in NoteText(engine=cascade(secret="wrong")).recognize_many(notes))
    items = NoteText(engine=cascade(secret="wrong")).recognize_many(notes)
    assert isinstance(next(items).error, AuthenticationError)
    with pytest.raises(BatchStoppedError):
        next(items)
    never = NoteText(engine=cascade(secret="wrong")).recognize_many(notes, stop_after=None)
    assert [type(item.error) for item in never] == [AuthenticationError] * 9
    assert len(server.requests) == 3


def test_an_optional_cloud_is_done_without(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ASPOSE_CLIENT_ID", raising=False)
    monkeypatch.delenv("ASPOSE_CLIENT_SECRET", raising=False)
    without = CascadeEngine(Doubting(), "aspose", optional=True)
    for engine in (without, cascade(secret="wrong", optional=True)):
        items = list(NoteText(engine=engine).recognize_many([note(n) for n in range(9)]))
        results = [item.result for item in items if item.result is not None]
        assert [result.text for result in results] == ["dear Amn\n"] * 9
        assert [len(result.warnings) for result in results] == [1] * 9
    assert len(server.requests) == 1


def test_credentials_that_are_refused_after_they_worked_lose_no_page_that_was_read(
    cascade: Callable[..., CascadeEngine], server: FakeAsposeServer, tmp_path: Path
) -> None:
    pages = [Image.fromarray(np.full((40, 60), 9 * n, np.uint8)) for n in (1, 2, 3)]
    pages[0].save(tmp_path / "notes.tiff", save_all=True, append_images=pages[1:])
    server.script(Phase.SUBMIT, None, *[Fault.unauthorized()] * 4)
    with pytest.raises(AuthenticationError) as refused:
        NoteText(engine=cascade()).recognize(tmp_path / "notes.tiff")
    result = refused.value.partial
    assert result is not None
    assert [page.engine for page in result.pages][:1] == ["aspose"]
    assert [error.kind for error in result.errors] == ["AuthenticationError"] * 2
    assert len(server.submissions) == 1


def test_a_service_that_is_down_is_not_asked_for_every_page(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    clock: NoWaiting,
) -> None:
    server.script(Phase.SUBMIT, Fault.unavailable(seconds=1).repeated(1000))
    reader = NoteText(engine=cascade())
    results = [reader.recognize(note(n)) for n in range(20)]
    assert [result.text for result in results] == ["dear Amn\n"] * 20
    assert [len(result.warnings) for result in results] == [1] * 20
    assert "is not asked for another" in results[-1].warnings[0]
    assert len(server.requests_for(Phase.SUBMIT)) == 3
    clock.wait(61, None)
    reader.recognize(note(20))
    reader.recognize(note(21))
    assert len(server.requests_for(Phase.SUBMIT)) == 4
    server._scripts[Phase.SUBMIT].clear()
    clock.wait(61, None)
    assert [reader.recognize(note(n)).text for n in range(3)] == ["Dear Ann\n"] * 3


def test_what_was_not_asked_is_asked_by_the_next_run(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    tmp_path: Path,
) -> None:
    server.script(Phase.SUBMIT, Fault.rate_limited(seconds=600))
    notes = [note(n) for n in range(5)]
    for text in ("dear Amn\n", "Dear Ann\n"):
        with NoteText(engine=cascade(), store=tmp_path / "notes.db") as reader:
            assert [reader.recognize(note).text for note in notes] == [text] * 5


def test_what_was_paid_is_fetched_although_the_quota_is_spent(
    cascade: Callable[..., CascadeEngine],
    server: FakeAsposeServer,
    note: Callable[..., Path],
    tmp_path: Path,
) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=1000))
    with NoteText(engine=cascade(task_timeout_s=30), store=tmp_path / "notes.db") as reader:
        reader.recognize(note(5))
    server._scripts[Phase.LOOK].clear()
    server.script(Phase.SUBMIT, Fault.answer(402).repeated(1000))
    with NoteText(engine=cascade(), store=tmp_path / "notes.db") as reader:
        texts = [reader.recognize(note(n)).text for n in range(6)]
    assert texts == [*["dear Amn\n"] * 5, "Dear Ann\n"]


def test_a_service_that_cannot_be_reached_is_no_answer(
    note: Callable[..., Path], clock: NoWaiting, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    cloud = AsposeEngine(client_id="id", client_secret="good", base_url=url, waiting=clock)
    engine = CascadeEngine(Doubting(), cloud, waiting=clock)
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        results = [reader.recognize(note(n)) for n in range(5)]
        assert reader.plan(note(0)).to_read == (1,)
    assert [result.text for result in results] == ["dear Amn\n"] * 5
    assert ["is not asked" in result.warnings[0] for result in results] == [False] * 3 + [True] * 2


def test_a_page_that_is_out_of_time_is_not_sent(server: FakeAsposeServer) -> None:
    from notetext.engines import Request

    cloud = AsposeEngine(client_id="id", client_secret="good", base_url=server.url)
    engine = CascadeEngine(Doubting(), cloud)
    image = PageImage(np.zeros((40, 60), np.uint8))
    reading = engine.read(image, Request(Mode.HANDWRITTEN, (), deadline=0.0))
    assert reading.provisional
    assert "not done in time" in reading.warnings[0]
    assert server.requests == []
    engine.close()


def test_a_copy_does_without_the_cloud_if_its_original_does(
    cascade: Callable[..., CascadeEngine],
) -> None:
    for optional in (True, False):
        engine = cascade(optional=optional)
        assert engine.for_worker().optional is optional  # type: ignore[attr-defined]
        assert pickle.loads(pickle.dumps(engine)).optional is optional
    assert cascade(optional=True).fingerprint == cascade().fingerprint


@pytest.mark.slow
@pytest.mark.parametrize("how", ["isolated", "workers"])
def test_missing_credentials_are_told_across_processes(
    how: str, monkeypatch: pytest.MonkeyPatch, note: Callable[..., Path]
) -> None:
    monkeypatch.delenv("ASPOSE_CLIENT_ID", raising=False)
    monkeypatch.delenv("ASPOSE_CLIENT_SECRET", raising=False)
    engine = CascadeEngine("local", "aspose")
    with NoteText(engine=engine, isolate=how == "isolated") as reader:
        if how == "isolated":
            with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_ID"):
                reader.recognize(note())
        with pytest.raises(BatchStoppedError, match="ASPOSE_CLIENT_ID"):
            list(reader.recognize_many([note(n) for n in range(4)], workers=2))
