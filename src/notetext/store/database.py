"""The SQLite file under the store."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from notetext.errors import StoreError

Value: TypeAlias = "str | bytes | float | int | None"

_APPLICATION = 0x6E_6F_74_65
"""What SQLite calls an application id, at byte 68 of the file: "note"."""
_LAYOUT = 2
"""The generation of the tables, SQLite's user version, at byte 60."""
_LOCKED_S = 60.0

_TABLES = """
CREATE TABLE pages (key BLOB PRIMARY KEY, page TEXT NOT NULL, stored_at REAL NOT NULL);
CREATE INDEX pages_by_age ON pages (stored_at);
CREATE TABLE tasks (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    intended_at REAL NOT NULL,
    task_id TEXT,
    submitted_at REAL,
    finished_at REAL
) WITHOUT ROWID;
CREATE TABLE uncertain (key TEXT NOT NULL, submitted_at REAL NOT NULL);
"""
_SECOND_LAYOUT = """
CREATE TABLE spent (
    engine TEXT NOT NULL,
    period TEXT NOT NULL,
    pages INTEGER NOT NULL,
    changed_at REAL NOT NULL,
    PRIMARY KEY (engine, period)
) WITHOUT ROWID;
"""
"""What the second layout has more than the first."""


class Database:
    """A SQLite file in WAL mode, shared by threads and processes of one machine.

    Threads share one connection, one after the other. A forked or unpickled copy opens its own.

    Args:
        path: the file; made if it is missing or empty.

    Raises:
        StoreError: it is no store, or cannot be opened. It is left as it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._set_up()
        with self._translated():
            self._connected()

    def _set_up(self) -> None:
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._connection: sqlite3.Connection | None = None

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Asks a question.

        Raises:
            StoreError: the file is damaged or cannot be read.
        """
        with self._lock, self._translated():
            return self._connected().execute(sql, values).fetchall()

    @contextlib.contextmanager
    def changes(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is done in the block happens, or nothing.

        Args:
            durable: it also outlives a power cut, which takes a little longer; what outlives the
                end of the process is every transaction.

        Raises:
            StoreError: the file is damaged, full or locked.
        """
        with self._lock, self._translated():
            connection = self._connected()
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            with _transaction(connection):
                yield connection

    def bytes_used(self) -> int:
        """The size of what the file holds, without what is free in it."""
        ((pages, free, size),) = self.rows(
            "SELECT page_count, freelist_count, page_size "
            "FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
        )
        assert isinstance(pages, int)
        assert isinstance(free, int)
        assert isinstance(size, int)
        return (pages - free) * size

    def shrink(self) -> None:
        """Gives free space back to the file system."""
        with self._lock, self._translated():
            self._connected().execute("VACUUM")

    def close(self) -> None:
        """Closes the connection; the next use opens it again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        if getattr(self, "_connection", None) is not None:
            self.close()

    def __getstate__(self) -> Path:
        return self.path

    def __setstate__(self, path: Path) -> None:
        self.path = path
        self._set_up()

    def _connected(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            # SQLite forbids a forked process even to close what it inherited.
            _inherited.append(self._connection)
            self._set_up()
        if self._connection is None:
            self._check_file()
            connection = sqlite3.connect(
                self.path, timeout=_LOCKED_S, isolation_level=None, check_same_thread=False
            )
            try:
                _prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _check_file(self) -> None:
        """Looks at the file without SQLite, which would change files that are not ours."""
        try:
            with self.path.open("rb") as file:
                head = file.read(100)
        except FileNotFoundError:
            return
        application, layout = (int.from_bytes(head[at : at + 4], "big") for at in (68, 60))
        if not head:
            return
        if not head.startswith(b"SQLite format 3\0") or application != _APPLICATION:
            raise StoreError(f"{self.path} is no store of notetext; give another path")
        if not 1 <= layout <= _LAYOUT:
            raise StoreError(
                f"{self.path} was written by another version of notetext (layout {layout}, here "
                f"{_LAYOUT}); give another path, or use that version"
            )

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError(f"the store {self.path} cannot be used: {error}") from error
        except OSError as error:
            raise StoreError(f"the store {self.path} cannot be opened: {error.strerror}") from error


_inherited: list[sqlite3.Connection | None] = []


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the tables that are missing; then readers do not wait for writers."""
    with _transaction(connection):
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if connection.execute("PRAGMA application_id").fetchone() != (_APPLICATION,):
            layout = 0
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        for tables in (_TABLES, _SECOND_LAYOUT)[layout:]:
            for statement in tables.split(";"):
                connection.execute(statement)
        if layout < _LAYOUT:
            connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    # While another process is making the file this is refused; then that process does it.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL").fetchone()


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT")
