"""Every fault in every phase: what `docs/faults.md` says is what happens."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from _pytest.mark import ParameterSet
from gate import Door, Gate
from raw_server import SLOW_ANSWERS, Endless
from world import Surroundings, World

from notetext.engines import CancelToken, Request
from notetext.engines.aspose import AsposeEngine, RetryPolicy, Timeouts
from notetext.errors import CancelledError, CloudError, NoteTextError, TaskTimeoutError
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

PAGE = Path(__file__).parents[3] / "docs" / "faults.md"
SECRET = "s3cret-that-nobody-may-see"
PHASES = ("token", "submit", "poll", "fetch", "cancel")
ASKED = {
    "token": Phase.TOKEN,
    "submit": Phase.SUBMIT,
    "poll": Phase.LOOK,
    "fetch": Phase.LOOK,
    "cancel": Phase.CANCEL,
}
# A busy machine must not take that long for an answer, nor a test much longer.
GIVEN_UP_S = 1.0
AGED_S = 120.0
PATIENCE_S = 1000.0
LEFT_S = 0.1


def completed(*results: object, **fields: object) -> Fault:
    """A look finds that the task is completed, in these words."""
    answer = {"taskStatus": "Completed", "responseStatusCode": "Ok", "results": results} | fields
    return Fault.answer(200, json.dumps(answer), processed=True)


def text(data: bytes) -> dict[str, object]:
    return {"type": "Text", "data": base64.b64encode(data).decode()}


ENDLESS: dict[str, Fault | Door | Surroundings] = dict.fromkeys(SLOW_ANSWERS, "endless")
FAULTS: dict[str, Fault | Door | Surroundings] = {
    **ENDLESS,
    "TLS handshake without an end": "mute",
    "certificate that has expired": "expired",
    "certificate for another host": "elsewhere",
    "file of authorities that is not there": "no bundle",
    "a proxy that says nothing": "mute proxy",
    "closed while it was idle": "closing when idle",
    "silence until `limits.timeout_s`": Fault.silence(9),
    "an answer about another task": completed(text(b"Hello"), id="another"),
    "a key twice": Fault.answer(
        200, '{"taskStatus": "Pending", "taskStatus": "Completed"}', processed=True
    ),
    "more values than any answer has": Fault.answer(
        200, f'{{"results": [{"{}," * 50_000}{{}}]}}', processed=True
    ),
    "no result": completed(),
    "a result that is `null`": completed({"type": "Text", "data": None}),
    "a result twice": completed(text(b"Hello"), text(b"Hello")),
    "text in UTF-16": completed(text("Hello".encode("utf-16"))),
    "text with NULs": completed(text(b"Hel\0lo")),
    "connection refused": "shut",
    "TLS handshake broken off": "broken",
    "certificate not trusted": "untrusted",
    "reset before the body was read": Fault.reset(after_body=False),
    "reset before the answer": Fault.reset(after_body=True),
    "reset within the answer": Fault.cut_off(),
    "silence": Fault.silence(9),
    "an answer that trickles": Fault.slow_body(0.05),
    "401": Fault.unauthorized(),
    "401, and all tokens are void": Fault.expired_token(),
    "403, young token": Fault.answer(403),
    "403, token older than a minute": Fault.answer(403),
    "403, a page of HTML": Fault.answer(403, "<html>Forbidden</html>", media_type="text/html"),
    "429": Fault.rate_limited(),
    "429, `Retry-After: 1`": Fault.rate_limited(seconds=1),
    "429, `Retry-After` as a date": Fault.rate_limited(seconds=1, as_date=True),
    "429, `Retry-After: 600`": Fault.rate_limited(seconds=600),
    "500, and yet it was done": Fault.answer(500, processed=True),
    "503": Fault.unavailable(),
    "503, `Retry-After: 1`": Fault.unavailable(seconds=1),
    "503, `Retry-After: 600`": Fault.unavailable(seconds=600),
    "a redirect": Fault.redirect(),
    "200, empty": Fault.answer(200, processed=True),
    "200, a page of HTML": Fault.answer(200, "<html>Welcome</html>", processed=True),
    "200, half of the JSON": Fault.truncated_json(),
    "200, longer than allowed": Fault.answer(200, "x" * (2 << 20), processed=True),
    "the id in quotation marks": Fault.quoted_id(),
    "an unknown status": Fault.task_status("Resting"),
    "the task failed": Fault.task_error("too dark"),
    "the task is unknown": Fault.not_exist(),
    "results that are no Base64": Fault.wrong_base64(),
    **{
        status: Fault.answer(int(status))
        for status in ("400", "402", "404", "408", "410", "413", "500", "502", "504")
    },
}


SLOW = {
    *SLOW_ANSWERS,
    "TLS handshake without an end",
    "a proxy that says nothing",
    "silence",
    "an answer that trickles",
}
UNTIL_THE_DEADLINE = "silence until `limits.timeout_s`"


@dataclass(frozen=True, slots=True)
class Cell:
    """What the table says of a fault in a phase.

    Attributes:
        fault: the row.
        phase: the column.
        how: ``"again"``, ``"renew"``, ``"later"``, or empty if nothing is repeated.
        end: the error's name if the fault goes on; or ``"note"``, ``"done"``, ``"read"``.
    """

    fault: str
    phase: str
    how: str
    end: str

    def __str__(self) -> str:
        return f"{self.fault}-{self.phase}"


def cells() -> Iterator[Cell]:
    """The cells of the table that say something."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines()]
    start = rows.index(["fault", *PHASES])
    for fault, *said in (row for row in rows[start + 2 :] if len(row) > 1):
        for phase, text in zip(PHASES, said, strict=True):
            found = re.fullmatch(r"(?:(again|renew|later), )?`?(\w+)`?", text)
            assert found or text == "–", f"{fault}: {text!r}"
            if found:
                yield Cell(fault, phase, found[1] or "", found[2])


CELLS = list(cells())


def test_the_table_has_all_faults_and_no_others() -> None:
    assert sorted({cell.fault for cell in CELLS}) == sorted(FAULTS)
    assert len(CELLS) > 150


class Clock(NoWaiting):
    """Tells before each wait that it comes, and which it is, from 1."""

    def __init__(self, before_wait: Callable[[int], None]) -> None:
        super().__init__()
        self._before_wait = before_wait

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        self._before_wait(len(self.waits) + 1)
        super().wait(seconds, cancel)
        self.after_wait()

    def after_wait(self) -> None:
        """What happens then."""

    def jump(self, seconds: float) -> None:
        self._skipped += seconds


class Trouble:
    """The service, the client, and one fault that strikes in one phase.

    The waits of the client tell where it is: it waits once before the first look, which finds the
    task not ready, and once more before the second.

    Args:
        cell: the fault and the phase.
        times: how often the fault strikes.
        world: the client's.
    """

    def __init__(self, cell: Cell, times: int, world: World) -> None:
        self.cell = cell
        self.left = times
        self.asked = 0
        self.cancel = threading.Event()
        self.clock = Clock(self._before_wait)
        self._fault = FAULTS[cell.fault]
        self._begun = False
        self._world = world
        self._gate: Gate | None = None
        self._deadline = self.clock.now() + PATIENCE_S
        if cell.fault == UNTIL_THE_DEADLINE:
            self.clock.after_wait = self._nearly_over  # type: ignore[method-assign]

    @contextmanager
    def engine(self) -> Iterator[AsposeEngine]:
        """The client of that service."""
        slow = self.cell.fault in SLOW
        attempts = 2 if slow and self.left > 1 else 4
        idle = self._fault == "closing when idle"
        with FakeAsposeServer(
            "Hello",
            ready_after_looks=1,
            on_request=self._strikes,
            idle_close_s=0.05 if idle else None,
        ) as server:
            self.server = server
            if isinstance(self._fault, str) and not idle:
                port = int(server.url.rsplit(":", 1)[1])
                answer = Endless(self.cell.fault) if self._fault == "endless" else ()
                self._gate = Gate(port, self._world.authority, answer)
            engine = AsposeEngine(
                client_id="an-id",
                client_secret=SECRET,
                base_url=server.url if self._gate is None else self._gate.url,
                waiting=self.clock,
                timeouts=self._timeouts(),
                retry=RetryPolicy(attempts=attempts),
                max_answer_bytes=1 << 20,
            )
            try:
                yield engine
            finally:
                engine.close()
                self._world.mend()
                if self._gate is not None:
                    self._gate.close()

    def read(self, engine: AsposeEngine) -> str:
        """Reads a page, with trouble on the way."""
        if self.cell.phase != "token":
            engine.load()
        if self.cell.phase in {"token", "submit"}:
            self._begin()
        page = PageImage(np.full((30, 40), 200, np.uint8))
        request = Request(
            Mode.PRINTED,
            (Language.ENGLISH,),
            deadline=self._deadline if self.cell.fault == UNTIL_THE_DEADLINE else None,
            cancel=self.cancel,
        )
        return engine.read(page, request).lines[0].text

    def end(self) -> None:
        """From now on all goes well."""
        self.left = 0
        self.cancel.clear()
        self._world.mend()
        if self._gate is not None:
            self._gate.turn("open")

    def _begin(self) -> None:
        self._begun = True
        if self.cell.fault == "403, token older than a minute":
            self.clock.jump(AGED_S)
        if self.cell.phase in {"token", "submit"}:
            self.clock.after_wait()
        if self._fault in {"no bundle", "mute proxy"}:
            self._world.spoil(self._fault)
        elif self._gate is not None:
            self._gate.turn(self._fault)  # type: ignore[arg-type]

    def _timeouts(self) -> Timeouts:
        if self.cell.fault not in SLOW:
            return Timeouts()
        early = self._fault in {"mute", "mute proxy"}
        return Timeouts(GIVEN_UP_S if early else 5, GIVEN_UP_S, GIVEN_UP_S)

    def _nearly_over(self) -> None:
        """Lets the time pass until next to nothing is left to the caller."""
        if self._begun:
            self.clock.jump(max(0.0, self._deadline - self.clock.now() - LEFT_S))

    def _before_wait(self, number: int) -> None:
        if self._gate is not None and self._begun:
            # The gate strikes whatever knocks between two waits.
            self.left -= 1
            if self.left == 0:
                self._world.mend()
                self._gate.turn("open")
        elif self._fault == "closing when idle":
            time.sleep(0.1)
        starts = {"poll": 1, "fetch": 2, "cancel": 1}
        if not self._begun and starts.get(self.cell.phase) == number:
            self._begin()
            if self.cell.phase == "cancel":
                self.cancel.set()

    def _strikes(self, request: ReceivedRequest) -> Fault | None:
        if not self._begun or request.phase is not ASKED[self.cell.phase]:
            return None
        self.asked += 1
        if self.left <= 0 or not isinstance(self._fault, Fault):
            return None
        self.left -= 1
        return self._fault


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
