"""A service and its client with one fault between them, in one phase of a reading."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from fault_table import FAULTS, SLOW, UNTIL_THE_DEADLINE, Cell
from gate import Gate
from raw_server import Endless
from world import World

from notetext.engines import CancelToken, Request
from notetext.engines.aspose import AsposeEngine, RetryPolicy, Timeouts
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

SECRET = "s3cret-that-nobody-may-see"
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
IDLE_S = 0.5  # a busy machine makes shorter pauses anywhere


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
            idle_close_s=IDLE_S if idle else None,
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
            time.sleep(1.2 * IDLE_S)
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
