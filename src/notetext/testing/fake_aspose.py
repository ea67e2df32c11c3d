"""Aspose.OCR Cloud on this machine: a real HTTP server that fails when it is told to."""

from __future__ import annotations

import base64
import json
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self, TypeAlias
from urllib.parse import parse_qs

from notetext.engines.aspose.languages import HANDWRITTEN_NAMES, PRINTED_NAMES
from notetext.result import RecognitionResult
from notetext.testing.fake_http import FakeHttpServer, HttpAnswer
from notetext.testing.fake_results import FakeResult
from notetext.testing.faults import Effect, Fault, Phase
from notetext.testing.received import ReceivedRequest

_FLAGS = (
    "makeSkewCorrect",
    "makeBinarization",
    "makeContrastCorrection",
    "makeUpsampling",
    "makeSpellCheck",
)
_NAMES = {"language", "dsrMode", "dsrConfidence", "resultType"}


class Reads(Protocol):
    """Something that reads a picture, such as a `notetext.NoteText`."""

    def recognize(self, path: bytes, mode: str, language: str) -> RecognitionResult:
        """Reads a picture's bytes."""
        ...


FakeAnswer: TypeAlias = "str | Callable[[bytes], str] | Reads"


@dataclass(slots=True)
class _Task:
    path: str
    settings: Mapping[str, object]
    image: bytes = field(repr=False)
    submitted_at: float
    looks: int = 0
    result: FakeResult | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class FakeAsposeServer:
    r"""Speaks the service's protocol on a free port of the loopback interface.

    A context manager. It checks tokens and request bodies as the service's specification has
    them, keeps a log, and lets go wrong what it was told to.

    Example::

        with FakeAsposeServer(answer="Hello") as server:
            server.script(Phase.SUBMIT, Fault.rate_limited(seconds=1))
            engine = AsposeEngine(client_id="any", client_secret="any", base_url=server.url,
                                  waiting=NoWaiting())
            assert NoteText(engine=engine).recognize("note.jpg").text == "Hello\n"

    Args:
        answer: the text of every picture; a function from a picture's bytes to its text; or a
            reader, such as ``NoteText()``, that really reads it.
        credentials: the only client id and client secret that are good; ``None``: any are.
        token_lifetime_s: seconds that a token is good for.
        ready_after_s: seconds from a submission until the task is completed.
        ready_after_looks: looks that come too early before a task is completed.
        idle_close_s: a request on a connection that was idle for longer is dropped unanswered.
        on_request: decides about a fault for each request that the script leaves alone.
        keep_bodies: keep the bodies of requests in the log.

    Attributes:
        requests: all requests, in the order in which they came.
    """

    def __init__(
        self,
        answer: FakeAnswer = "Hello",
        *,
        credentials: tuple[str, str] | None = None,
        token_lifetime_s: float = 3600.0,
        ready_after_s: float = 0.0,
        ready_after_looks: int = 0,
        idle_close_s: float | None = None,
        on_request: Callable[[ReceivedRequest], Fault | None] | None = None,
        keep_bodies: bool = True,
    ) -> None:
        self._answer = answer
        self._credentials = credentials
        self._token_lifetime_s = token_lifetime_s
        self._ready_after_s = ready_after_s
        self._ready_after_looks = ready_after_looks
        self._on_request = on_request
        self._keep_bodies = keep_bodies
        self._lock = threading.Lock()
        self._tokens: dict[str, float] = {}
        self._tasks: dict[str, _Task] = {}
        self._scripts: dict[Phase, deque[Fault | None]] = {phase: deque() for phase in Phase}
        self._http = FakeHttpServer(self._planned, self._answered, idle_close_s)
        self.requests: list[ReceivedRequest] = []

    @property
    def url(self) -> str:
        """The base URL, such as ``"http://127.0.0.1:40312"``."""
        return self._http.url

    @property
    def tokens(self) -> list[str]:
        """The tokens that are good now, if they have not expired."""
        with self._lock:
            return list(self._tokens)

    def accept_token(self, token: str) -> None:
        """Takes a token for good that the server has not given."""
        with self._lock:
            self._tokens[token] = time.monotonic() + self._token_lifetime_s

    @property
    def submissions(self) -> list[bytes]:
        """The pictures of all tasks that were taken, in the order in which they came."""
        with self._lock:
            return [task.image for task in self._tasks.values()]

    @property
    def deleted(self) -> list[str]:
        """The ids of the tasks that clients deleted."""
        return [r.query.get("id", "") for r in self.requests_for(Phase.CANCEL)]

    def requests_for(self, phase: Phase) -> list[ReceivedRequest]:
        """The requests of one phase."""
        with self._lock:
            return [request for request in self.requests if request.phase is phase]

    def script(self, phase: Phase, *faults: Fault | None) -> None:
        """Says what goes wrong with the next requests of a phase.

        Args:
            phase: which requests.
            faults: one for each request to come; ``None`` lets one pass. When they are used up,
                all goes well again.
        """
        with self._lock:
            for fault in faults:
                self._scripts[phase] += [fault] * (1 if fault is None else fault.times)

    def __enter__(self) -> Self:
        self._http.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.stop()

    def _planned(self, request: ReceivedRequest) -> Fault | None:
        """The fault for a request whose headers have come, before its body is read."""
        with self._lock:
            script = self._scripts[request.phase] if request.phase else None
            scripted = bool(script)
            fault = script.popleft() if script else None
        if not scripted and self._on_request is not None:
            fault = self._on_request(request)
        if fault is not None and fault.effect is Effect.RESET_BEFORE_BODY:
            with self._lock:
                self.requests.append(request)
        return fault

    def _answered(self, request: ReceivedRequest, fault: Fault | None) -> HttpAnswer:
        """The answer to a request that has come as a whole."""
        with self._lock:
            kept = request if self._keep_bodies else _without_body(request)
            self.requests.append(kept)
            if fault is not None and fault.effect is Effect.EXPIRE_TOKEN:
                self._tokens.clear()
        refused = fault is not None and fault.effect in {Effect.REPLACE, Effect.EXPIRE_TOKEN}
        if fault is not None and refused and not fault.processed:
            return HttpAnswer.of(fault)
        answer = self._right_answer(request)
        if fault is None or answer.status != 200:
            return answer
        if fault.effect is Effect.REPLACE:
            return HttpAnswer.of(fault)
        if fault.effect is Effect.TRUNCATE:
            return HttpAnswer(200, answer.body[: len(answer.body) // 2])
        if fault.effect is Effect.QUOTE:
            return HttpAnswer(200, b'"' + answer.body + b'"')
        if fault.effect is Effect.WRONG_BASE64:
            return HttpAnswer(200, answer.body.replace(b'"data": "', b'"data": "*'))
        return answer

    def _right_answer(self, request: ReceivedRequest) -> HttpAnswer:
        if request.phase is Phase.TOKEN:
            return self._give_token(request)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            good_until = self._tokens.get(token, 0.0)
        if request.phase is None:
            return _problem(404, "Not Found")
        if scheme != "Bearer" or time.monotonic() >= good_until:
            return _problem(401, "Unauthorized")
        if request.phase is Phase.SUBMIT:
            return self._take_task(request)
        if request.phase is Phase.LOOK:
            return self._show_task(request)
        with self._lock:
            self._tasks.pop(request.query.get("id", ""), None)
        return HttpAnswer(200, b"")

    def _give_token(self, request: ReceivedRequest) -> HttpAnswer:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        pair = (form.get("client_id", ""), form.get("client_secret", ""))
        good = all(pair) if self._credentials is None else pair == self._credentials
        if form.get("grant_type") != "client_credentials" or not good:
            return HttpAnswer.of(Fault.invalid_client())
        token = uuid.uuid4().hex
        with self._lock:
            self._tokens[token] = time.monotonic() + self._token_lifetime_s
        return _json(
            {"access_token": token, "expires_in": self._token_lifetime_s, "token_type": "Bearer"}
        )

    def _take_task(self, request: ReceivedRequest) -> HttpAnswer:
        try:
            body = json.loads(request.body)
            image = base64.b64decode(body.pop("image"), validate=True)
            settings = body.pop("settings")
            wrong = [*body, *_wrong_settings(settings)]
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            wrong = [type(error).__name__]
        if wrong:
            return _problem(400, f"wrong fields: {', '.join(wrong)}")
        task_id = str(uuid.uuid4())
        task = _Task(request.path, settings, image, time.monotonic())
        with self._lock:
            self._tasks[task_id] = task
        return HttpAnswer(200, task_id.encode("ascii"), "text/plain; charset=utf-8")

    def _show_task(self, request: ReceivedRequest) -> HttpAnswer:
        task_id = request.query.get("id", "")
        with self._lock:
            task = self._tasks.get(task_id)
        if task is None or task.path != request.path:
            return HttpAnswer.of(Fault.not_exist())
        with task.lock:
            task.looks += 1
            early = time.monotonic() < task.submitted_at + self._ready_after_s
            if early or task.looks <= self._ready_after_looks:
                return HttpAnswer.of(Fault.pending())
            try:
                entries = self._result(task).entries(str(task.settings["resultType"]), task.image)
            except Exception as error:  # noqa: BLE001 (whatever a reader of the user's raises)
                return HttpAnswer.of(Fault.task_error(str(error)))
        return _json(
            {
                "id": task_id,
                "taskStatus": "Completed",
                "responseStatusCode": "Ok",
                "results": entries,
                "error": None,
            }
        )

    def _result(self, task: _Task) -> FakeResult:
        if task.result is None:
            answer = self._answer
            if isinstance(answer, str):
                task.result = FakeResult(answer)
            elif callable(answer):
                task.result = FakeResult(answer(task.image))
            else:
                mode, language = _mode_and_language(str(task.settings["language"]))
                task.result = FakeResult.of(answer.recognize(task.image, mode, language))
        return task.result


def _mode_and_language(name: str) -> tuple[str, str]:
    """The mode and the language that the service's name of a language stands for."""
    for mode, names in (("handwritten", HANDWRITTEN_NAMES), ("printed", PRINTED_NAMES)):
        for language, known in names.items():
            if known == name:
                return mode, language.value
    raise ValueError(f"there is no language {name!r}")


def _wrong_settings(settings: Mapping[str, object]) -> list[str]:
    """The names of settings that the specification does not allow, or not so."""
    wrong = [name for name in settings if name not in {*_FLAGS, *_NAMES}]
    wrong += [name for name in _FLAGS if not isinstance(settings.get(name, True), bool)]
    wrong += [name for name in _NAMES if not isinstance(settings.get(name, ""), str)]
    return wrong


def _without_body(request: ReceivedRequest) -> ReceivedRequest:
    return ReceivedRequest(
        phase=request.phase,
        method=request.method,
        path=request.path,
        query=request.query,
        headers=request.headers,
        body=b"",
        connection=request.connection,
    )


def _json(value: Mapping[str, object]) -> HttpAnswer:
    return HttpAnswer(200, json.dumps(value).encode())


def _problem(status: int, title: str) -> HttpAnswer:
    return HttpAnswer(status, json.dumps({"title": title, "status": status}).encode())
