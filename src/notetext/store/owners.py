"""Who works at the tasks in a store, and whether those processes are alive."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import uuid
from pathlib import Path

from notetext.errors import StoreError


class Owners:
    """The lock files of the processes that work at the tasks in a store, in a folder beside it.

    Each process holds a lock on a file of its own, and the system lets go of it when the process
    ends, however that happens: no clock, no heartbeat. The lock is a transaction in an empty SQLite
    file, since SQLite knows how to lock on every system, in threads and after a fork, and the store
    needs it anyway.

    What makes and deletes files is called within a transaction of the store, one process at a time.

    Args:
        store: the store's file.
    """

    def __init__(self, store: Path) -> None:
        self._folder = store.with_name(f"{store.name}-owners")
        self._guard = threading.Lock()
        self._name: str | None = None
        self._lock: sqlite3.Connection | None = None
        self._process = os.getpid()

    def own(self) -> str:
        """This process's name, with its lock held until `leave` or the end of the process.

        Raises:
            StoreError: the file cannot be made.
        """
        with self._guard:
            if self._process != os.getpid():
                # SQLite forbids a forked process even to close what it inherited.
                _inherited.append(self._lock)
                self._name, self._lock, self._process = None, None, os.getpid()
            if self._name is None:
                name = uuid.uuid4().hex
                try:
                    self._lock = self._new_file(name)
                except (OSError, sqlite3.Error) as error:
                    raise StoreError(f"{self._folder} cannot be written: {error}") from error
                self._name = name
            return self._name

    @property
    def name(self) -> str | None:
        """This process's name, if it has one."""
        return self._name if self._process == os.getpid() else None

    def is_alive(self, name: str) -> bool:
        """Whether the process of that name still runs; when in doubt, it does."""
        path = self._folder / name
        # Before there were lock files, names had a hyphen.
        if not name or not name.isalnum() or not path.exists():
            return False
        try:
            _locked(path, "rw").close()
        except sqlite3.OperationalError:
            return path.exists()
        return False

    def sweep(self) -> None:
        """Deletes the files of processes that have ended."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name.isalnum() and not self.is_alive(path.name):
                    path.unlink(missing_ok=True)
            self._folder.rmdir()

    def leave(self) -> None:
        """Lets go of this process's lock; its name is nobody's from now on."""
        with self._guard:
            if self._lock is None:
                return
            if self._process == os.getpid():
                self._lock.close()
                with contextlib.suppress(OSError):
                    (self._folder / str(self._name)).unlink(missing_ok=True)
                    self._folder.rmdir()
            else:
                _inherited.append(self._lock)
            self._name, self._lock = None, None

    def __del__(self) -> None:
        if getattr(self, "_lock", None) is not None:
            self.leave()

    def _new_file(self, name: str) -> sqlite3.Connection:
        for attempt in range(_ATTEMPTS):
            self._folder.mkdir(exist_ok=True)
            try:
                return _locked(self._folder / name, "rwc")
            except sqlite3.OperationalError:
                # Another process that left the store may have deleted the empty folder.
                if attempt == _ATTEMPTS - 1 or self._folder.exists():
                    raise
        raise AssertionError


_ATTEMPTS = 5
_inherited: list[sqlite3.Connection | None] = []


def _locked(path: Path, mode: str) -> sqlite3.Connection:
    """A connection with a lock on a file; with ``"rwc"`` the file is made.

    Raises:
        sqlite3.OperationalError: somebody else has it, or there is no such file.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=0,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # Nothing is ever written, so there need be no second file for a journal.
        connection.execute("PRAGMA journal_mode = OFF").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection
