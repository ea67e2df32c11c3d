"""A process that works for this one, and may die or be ended without harm to it."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from typing import Any, TypeVar
from weakref import WeakSet

from notetext.engines import CancelToken
from notetext.errors import CancelledError, ConfigurationError
from notetext.errors.main_guard import MainGuardError
from notetext.reading.processes.told_log import log_again, log_level, tell_log

_T = TypeVar("_T")

_POLL_S = 0.05
"""How often a cancel token is asked."""
_GRACE_S = 1.0
"""How long a process that was asked to stop may take for it."""
_NAME = "notetext-worker"
_CAME_BY_AGAIN = 86
"""The exit code of a worker that came to start processes itself before it was ready."""


class WorkerDiedError(BrokenExecutor):
    """The process died while it worked.

    Attributes:
        exit_code: its own, or the negative number of the signal that ended it.
    """

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(f"the worker process died ({_cause(exit_code)})")
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[Any, ...]:
        # Made again from the exit code: what is passed on to `BrokenExecutor` is the message.
        return type(self), (self.exit_code,)


class WorkerTimeoutError(Exception):
    """The process was not done in time, and was ended."""


class WorkerProcess:
    """One process, started afresh (never forked) when it is needed, and again when it has died.

    One thread at a time may call it; `give_up` and `stop` may be called from any.

    Args:
        tells_log: whether what is logged there is logged here as well, as it happens.
    """

    def __init__(self, *, tells_log: bool = False) -> None:
        self._tells_log = tells_log
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._cancelled: Event | None = None
        self._owner = os.getpid()
        _living.add(self)

    @property
    def is_alive(self) -> bool:
        """Whether there is a process, with all that earlier calls have left in it."""
        ours = self._owner == os.getpid()
        return ours and self._process is not None and self._process.is_alive()

    def call(
        self,
        function: Callable[..., _T],
        *args: object,
        timeout_s: float | None = None,
        cancel: CancelToken | None = None,
    ) -> _T:
        """Calls a function there.

        Args:
            function: of a module that can be imported there.
            args: whatever pickles.
            timeout_s: after so many seconds the process is ended; ``None``: never.
            cancel: once it is set, the process is asked to stop, and then ended.

        Returns:
            What the function returned; what it raised is raised.

        Raises:
            WorkerDiedError: the process died meanwhile.
            WorkerTimeoutError: it was not done in time.
            CancelledError: ``cancel`` was set.
            MainGuardError: the script has no ``if __name__ == "__main__":``.
            ConfigurationError: this process may not start any.
        """
        if not self.is_alive:
            self._start()
        assert self._connection is not None
        try:
            self._connection.send((function, args))
            deadline = None if timeout_s is None else time.monotonic() + timeout_s
            self._await(deadline, cancel)
            done, value = self._connection.recv()
            while done is None:
                log_again(value)
                self._await(deadline, cancel)
                done, value = self._connection.recv()
        except (EOFError, OSError):
            exit_code = self._ended()
            if exit_code == _CAME_BY_AGAIN:
                raise MainGuardError from None
            raise WorkerDiedError(exit_code) from None
        except (KeyboardInterrupt, SystemExit):
            # Nobody will ask for the answer, and the next one would get it. But what a paid
            # service is taking right now may still get its id.
            if self._connection is not None and self._process is not None:
                self.give_up()
                wait([self._connection, self._process.sentinel], _GRACE_S)
            self.kill()
            raise
        if done:
            result: _T = value
            return result
        raise value

    def leave_after(self, seconds: float) -> None:
        """Lets the process end by itself unless it is called within some seconds; no answer.

        Raises:
            WorkerDiedError: there is no process.
        """
        if not self.is_alive or self._connection is None:
            raise WorkerDiedError(self._ended())
        try:
            self._connection.send((None, seconds))
        except OSError:
            raise WorkerDiedError(self._ended()) from None

    def give_up(self) -> None:
        """Asks the process to stop what it is doing; returns at once."""
        if self._cancelled is not None:
            self._cancelled.set()

    def kill(self) -> None:
        """Ends the process wherever it is."""
        if self.is_alive and self._process is not None:
            self._process.kill()
        self._ended()

    def stop(self) -> None:
        """Lets the process end by itself; one that is at work is ended."""
        if self.is_alive and self._process is not None and self._connection is not None:
            self._connection.close()
            self._process.join(_GRACE_S)
        self.kill()

    def __del__(self) -> None:
        if getattr(self, "_process", None) is not None:
            self.kill()

    def _start(self) -> None:
        _leave_if_run_again()
        context = multiprocessing.get_context("spawn")
        self._owner = os.getpid()
        self._cancelled = context.Event()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve,
            args=(theirs, self._cancelled, log_level() if self._tells_log else None),
            name=_NAME,
        )
        try:
            self._process.start()
        except AssertionError as error:
            self._process = None
            raise ConfigurationError(
                f"no process can be started here: {error}; read with isolate=False, and batches "
                "without workers"
            ) from error
        finally:
            # Once the process has died, nobody else may hold the line open.
            theirs.close()

    def _await(self, deadline: float | None, cancel: CancelToken | None) -> None:
        """Waits for an answer, or for the end of the process."""
        assert self._process is not None
        assert self._connection is not None
        while True:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            poll = _POLL_S if cancel is not None else None
            timeout = min((s for s in (left, poll) if s is not None), default=None)
            if wait([self._connection, self._process.sentinel], timeout):
                return
            if cancel is not None and cancel.is_set():
                self.give_up()
                wait([self._connection, self._process.sentinel], _GRACE_S)
                self.kill()
                raise CancelledError("the caller cancelled the recognition")
            if left == 0:
                self.kill()
                raise WorkerTimeoutError

    def _ended(self) -> int | None:
        """Clears up behind a process that is dead or dying."""
        if self._process is None or self._owner != os.getpid():
            self._process = self._connection = None
            return None
        if self._connection is not None:
            self._connection.close()
        self._process.join()
        exit_code = self._process.exitcode
        self._process = self._connection = None
        return exit_code


_living: WeakSet[WorkerProcess] = WeakSet()


@atexit.register
def _end_all() -> None:
    """Ends what nobody has stopped; `multiprocessing` would wait for it for ever."""
    for worker in list(_living):
        worker.kill()


def cancelled() -> CancelToken | None:
    """In a worker process: set once it is asked to stop."""
    return _asked_to_stop


_asked_to_stop: CancelToken | None = None


def _serve(connection: Connection, asked_to_stop: Event, level: int | None) -> None:
    """The process: answers calls until the line is closed."""
    global _asked_to_stop
    _asked_to_stop = asked_to_stop
    # Ctrl-C reaches every process of a terminal; the one that started this one tells it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    if level is not None:
        tell_log(connection, level)
    patience_s: float | None = None
    while True:
        try:
            if not connection.poll(patience_s):
                return
            function, args = connection.recv()
        except (EOFError, OSError):
            return
        if function is None:
            patience_s = args
            continue
        patience_s = None
        answer: tuple[bool, Any]
        try:
            answer = (True, function(*args))
        # It is raised again where the call came from.
        except Exception as error:  # noqa: BLE001
            answer = (False, error)
        try:
            connection.send(answer)
        # Whatever an object's pickling raises.
        except Exception as error:  # noqa: BLE001
            connection.send((False, TypeError(f"the answer cannot cross: {error}")))


def _end_with_the_parent() -> None:
    """Ends this process when the one that started it was killed: nobody else would."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _leave_if_run_again() -> None:
    """Ends a worker that only runs the main script again, which starts processes there, too.

    Python would raise in each of them, and nobody there could tell which error is the first.
    """
    process = multiprocessing.current_process()
    if process.name == _NAME and getattr(process, "_inheriting", False):
        os._exit(_CAME_BY_AGAIN)


def _cause(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
