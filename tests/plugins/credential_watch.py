"""Looks at all that a test leaves behind for the credentials that it used, and fails it for one.

Watched are the log records of all libraries, what was printed, every `NoteTextError` with its
traceback, the variables of that traceback's frames and its pickle, every other pickle, and the
files in the test's folder: stores, pages of HTML, results.
"""

from __future__ import annotations

import logging
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator
from functools import wraps
from types import FrameType
from typing import Any

import cloudpickle  # type: ignore[import-untyped]
import pytest
import tblib.pickling_support  # type: ignore[import-untyped]
from pydantic import SecretStr
from requests import Session

from notetext.engines.aspose.credentials import Credentials
from notetext.engines.cloud.auth import BearerAuth
from notetext.errors import NoteTextError

_SHORTEST = 8
"""Characters; "b" and "any" are in every text."""

_LIBRARIES = (
    *("notetext.", "requests.", "urllib3.", "http.", "ssl", "socket", "email."),
    *("tenacity", "pydantic", "pydantic_settings.", "json.", "urllib."),
)
"""Whose frames are looked into; a test's own hold what it uses."""


def variables_of(error: BaseException) -> str:
    """All that an error tracker could show of the variables of an error's frames, however deep.

    Looked into are containers and the attributes of objects, and all errors that hang on the error.
    A `SecretStr` is taken for what it shows, and so is a session: its connections remember the head
    of their last answers.
    """
    shown: list[str] = []
    seen: set[int] = set()
    waiting: deque[object] = deque([error])
    while waiting:
        value = waiting.popleft()
        if id(value) in seen or len(seen) > 50_000:
            continue
        seen.add(id(value))
        if isinstance(value, str | bytes | bytearray | int | float):
            shown.append(str(value) if isinstance(value, str) else repr(value))
        elif not isinstance(value, SecretStr | Session | type | FrameType):
            shown.append(_shown(value))
            waiting += _parts(value)
    return "\n".join(shown)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset | deque):
        yield from value
    yield from getattr(value, "__dict__", {}).values()
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        names = (slots,) if isinstance(slots, str) else slots
        yield from (getattr(value, name, None) for name in names)
    if isinstance(value, BaseException):
        yield from (value.args, value.__cause__, value.__context__)
        for frame, _ in traceback.walk_tb(value.__traceback__):
            if str(frame.f_globals.get("__name__")).startswith(_LIBRARIES):
                yield from frame.f_locals.values()


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001 (anybody's code)
        return type(error).__name__


class CredentialWatch:
    """Remembers, from one test to the next, what was used and what was shown."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._shown: list[tuple[str, str | bytes]] = []
        self._errors: list[NoteTextError] = []
        self._unpickled: list[str] = []

    def start(self) -> None:
        """From now on credentials, records, errors and pickles are noticed."""
        _after(Credentials, "__post_init__", self._uses_pair)
        _after(BearerAuth, "__init__", self._uses_token)
        _after(NoteTextError, "__init__", self._errors.append)
        # As Dask and others do it: an error is pickled with all that hang on it.
        tblib.pickling_support.install()
        make_record = logging.getLogRecordFactory()

        def noticed(*args: Any, **kwargs: Any) -> logging.LogRecord:
            record = make_record(*args, **kwargs)
            self._shown.append((f"a record of {record.name}", _told(record)))
            return record

        logging.setLogRecordFactory(noticed)
        for module in (pickle, cloudpickle):
            vars(module)["dumps"] = self._noticed_pickle(vars(module)["dumps"])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Fails a test that has shown a credential."""
        report = yield
        if report.when == "call":
            self._look_at_errors()
        if report.when != "teardown":
            return report
        self._shown += [(f"what is captured ({name})", text) for name, text in report.sections]
        self._look_at_files(item)
        found = self.found()
        if found and report.passed:
            report.outcome = "failed"
            report.longrepr = "a credential is shown in " + ", ".join(found)
        if self._unpickled and report.passed:
            report.outcome = "failed"
            report.longrepr = "\n".join(self._unpickled)
        self._used.clear()
        self._shown.clear()
        self._errors.clear()
        self._unpickled.clear()
        return report

    def found(self) -> list[str]:
        """Where one of the credentials is shown."""
        return sorted(
            {
                place
                for place, content in self._shown
                for secret in self._used
                if (secret in content if isinstance(content, str) else secret.encode() in content)
            }
        )

    def _uses_pair(self, pair: Credentials) -> None:
        self._use(pair.client_id.get_secret_value())
        self._use(pair.client_secret.get_secret_value())

    def _uses_token(self, auth: BearerAuth) -> None:
        self._use(auth._token.get_secret_value())

    def _use(self, secret: str) -> None:
        if len(secret) >= _SHORTEST:
            self._used.add(secret)

    def _noticed_pickle(self, dumps: Callable[..., bytes]) -> Callable[..., bytes]:
        @wraps(dumps)
        def noticed(*args: Any, **kwargs: Any) -> bytes:
            pickled = dumps(*args, **kwargs)
            if self._used:
                self._shown.append(("a pickle", pickled))
            return pickled

        return noticed

    def _look_at_errors(self) -> None:
        if not self._used:
            return
        for error in list(self._errors):
            name = type(error).__name__
            told = "".join(traceback.format_exception(error))
            self._shown.append((name, f"{error}\n{error!r}\n{vars(error)}\n{told}"))
            self._shown.append((f"the frames of {name}", variables_of(error)))
            self._pickle(name, error)

    def _pickle(self, name: str, error: NoteTextError) -> None:
        try:
            pickled = pickle.dumps(error)
            self._shown.append((f"{name}, pickled", pickled))
            pickle.loads(pickled)
        except Exception as failure:  # noqa: BLE001 (whatever it is, it fails the test)
            self._unpickled.append(f"{name} cannot be pickled: {failure!r}")

    def _look_at_files(self, item: pytest.Item) -> None:
        folder = getattr(item, "funcargs", {}).get("tmp_path")
        if self._used and folder is not None:
            files = [path for path in folder.rglob("*") if path.is_file()]
            self._shown += [(f"the file {path.name}", path.read_bytes()) for path in files]


def _after(kind: type, name: str, seen: Callable[[Any], None]) -> None:
    """Has an object seen each time that one of its class is made."""
    made = getattr(kind, name)

    @wraps(made)
    def noticed(self: object, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        seen(self)

    setattr(kind, name, noticed)


def _told(record: logging.LogRecord) -> str:
    trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
    return record.getMessage() + trace


def pytest_configure(config: pytest.Config) -> None:
    """Starts watching."""
    watch = CredentialWatch()
    watch.start()
    config.pluginmanager.register(watch, "credential_watch")
