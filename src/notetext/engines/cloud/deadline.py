"""How long one caller waits, whether the caller is still there, and who is told meanwhile."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from notetext.engines import CancelToken, Request
from notetext.engines.cloud.announcer import Announcer
from notetext.engines.cloud.events import Event, Waited, WaitFor
from notetext.engines.cloud.waiting import Waiting
from notetext.errors import CancelledError, EngineTimeoutError

_SLICE_S = 0.05
_UNTOLD_S = 0.001
"""Seconds of a wait that is none."""

_GRACE_S = 0.9
"""Seconds after the deadline in which a last request may still have its answer."""


PATIENCE_S = _GRACE_S
"""Seconds for which a submission that is under way is waited for when the caller gives up."""


class Deadline:
    """When a caller gives up, by the clock or by a token; all that waits, waits through it.

    Args:
        engine: the engine's name, for the errors.
        waiting: the clock.
        at: when the caller gives up, in seconds on that clock; infinite for never.
        cancel: set when the caller gives up before, or ``None``.
        announcer: tells what happens until then; ``None``: in the log alone.
    """

    def __init__(
        self,
        engine: str,
        waiting: Waiting,
        at: float = math.inf,
        cancel: CancelToken | None = None,
        announcer: Announcer | None = None,
    ) -> None:
        self._engine = engine
        self._waiting = waiting
        self._at = at
        self._cancel = cancel
        self._announcer = announcer or Announcer(engine)

    @classmethod
    def of(
        cls,
        request: Request,
        engine: str,
        waiting: Waiting,
        announcer: Announcer | None = None,
    ) -> Deadline:
        """The deadline that came with a request."""
        at = math.inf if request.deadline is None else request.deadline
        return cls(engine, waiting, at, request.cancel, announcer)

    def tell(self, event: Event) -> None:
        """Tells what has happened on the way."""
        self._announcer.tell(event)

    def now(self) -> float:
        """Seconds on the clock."""
        return self._waiting.now()

    def remaining_s(self) -> float:
        """Seconds that are left; infinite if the caller never gives up."""
        return self._at - self.now()

    def request_s(self) -> float:
        """Seconds that a request may take now: to the deadline, or a moment longer.

        A poll at the last moment brings what is paid for, and a submission that is cut off leaves
        it uncertain what became of it, so both get that moment; it is less than a second.
        """
        return max(0.0, self.remaining_s() + _GRACE_S)

    def before(self, at: float) -> Deadline:
        """The same caller, who gives up at ``at``, in seconds on the clock, if not before."""
        return Deadline(
            self._engine, self._waiting, min(at, self._at), self._cancel, self._announcer
        )

    @property
    def cancel(self) -> CancelToken | None:
        """Set when the caller gives up before, or ``None``."""
        return self._cancel

    def check_cancelled(self) -> None:
        """Raises if the caller gave up.

        Raises:
            CancelledError: the caller cancelled.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise CancelledError("the caller cancelled the recognition")

    def check(self) -> None:
        """Raises if the caller gave up or the deadline is over.

        Raises:
            CancelledError: the caller cancelled.
            EngineTimeoutError: the deadline is over.
        """
        self.check_cancelled()
        if self.remaining_s() <= 0:
            raise EngineTimeoutError(
                "the page was not submitted in time; raise timeout_s, or limits.timeout_s",
                engine=self._engine,
            )

    def sleep(
        self, seconds: float, what: WaitFor | None = None, task_id: str | None = None
    ) -> None:
        """Waits, but not on a caller who gives up meanwhile, nor longer than the caller does.

        Args:
            seconds: to wait.
            what: is waited for; it is told when the wait is over. ``None``: it was told before.
            task_id: goes with it.

        Raises:
            CancelledError: the caller cancelled; at once, not after ``seconds``.
        """
        self.check_cancelled()
        with self.told(what, task_id):
            self._waiting.wait(max(0.0, min(seconds, self.request_s())), self._cancel)
        self.check_cancelled()

    def acquire(
        self, lock: threading.Lock | threading.Semaphore, what: WaitFor | None = None
    ) -> None:
        """Takes a lock that other threads may hold while they talk to the service.

        Args:
            lock: to take.
            what: is waited for, if it is not free; it is told then. ``None``: it is not told.

        Raises:
            CancelledError: the caller cancelled.
            EngineTimeoutError: the deadline is over.
        """
        if lock.acquire(blocking=False):
            return
        taken = False
        try:
            with self.told(what):
                while not (taken := lock.acquire(timeout=_SLICE_S)):
                    self.check()
        except BaseException:
            if taken:  # Who was told ended the program.
                lock.release()
            raise

    @contextmanager
    def told(self, what: WaitFor | None, task_id: str | None = None) -> Iterator[None]:
        """A block that waits; it is told at its end, even if the caller gives up in it."""
        start = self.now()
        try:
            yield
        finally:
            waited_s = self.now() - start
            if what is not None and waited_s > _UNTOLD_S:
                self.tell(Waited(what, waited_s, task_id))
