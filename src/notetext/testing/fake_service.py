"""A cloud service on this machine, whatever its protocol: tokens, tasks, a log, and faults."""

from __future__ import annotations

import threading
import time
import uuid
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import ClassVar, Protocol, Self, TypeAlias

from notetext.model import Line, Mode, ModeLike
from notetext.result import RecognitionResult
from notetext.testing.fake_http import (
    FakeHttpServer,
    HttpAnswer,
    HttpRequest,
    json_answer,
    problem_answer,
)
from notetext.testing.fake_tokens import FakeTokens, Lockout
from notetext.testing.faults import TASK_EFFECTS, Effect, Fault, Phase
from notetext.testing.received import ReceivedRequest, Submission

__all__ = [
    "FakeAnswer",
    "FakeResult",
    "FakeService",
    "FakeTask",
    "Reads",
    "json_answer",
    "problem_answer",
]


class Reads(Protocol):
    """Something that reads a picture, such as a `notetext.NoteText`."""

    def recognize(self, path: bytes, mode: ModeLike, language: str) -> RecognitionResult:
        """Reads a picture's bytes."""
        ...


FakeAnswer: TypeAlias = "str | Callable[[bytes], str] | Reads"


@dataclass(frozen=True, slots=True)
class FakeResult:
    """What was "recognized".

    Attributes:
        text: with its line breaks.
        lines: with boxes in the picture's pixels, where they are known.
    """

    text: str
    lines: Sequence[Line] = ()


@dataclass(slots=True)
class FakeTask:
    """A task that the service took.

    Attributes:
        path: where it was submitted.
        submission: what was submitted.
        submitted_at: on the clock of `time.monotonic`.
        looks: how often it was asked for.
    """

    path: str
    submission: Submission
    submitted_at: float
    looks: int = 0
    result: FakeResult | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class FakeService(ABC):
    """Gives tokens, takes tasks, shows them, and fails as it was told; a context manager.

    A subclass says how the service itself speaks. It listens on a free port of the loopback
    interface.

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

    _name: ClassVar[str]
    """Of its threads."""
    _lockout: ClassVar[Lockout | None] = None
    """When the token endpoint refuses a pair of credentials unseen."""

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
        self._ready_after_s = ready_after_s
        self._ready_after_looks = ready_after_looks
        self._on_request = on_request
        self._keep_bodies = keep_bodies
        self._lock = threading.Lock()
        self._tokens = FakeTokens(credentials, token_lifetime_s, self._lockout)
        self._tasks: dict[str, FakeTask] = {}
        self._scripts: dict[Phase, deque[Fault | None]] = {phase: deque() for phase in Phase}
        self._http = FakeHttpServer(self._name, self._planned, self._answered, idle_close_s)
        self.requests: list[ReceivedRequest] = []

    @property
    def url(self) -> str:
        """The base URL, such as ``"http://127.0.0.1:40312"``."""
        return self._http.url

    @property
    def tokens(self) -> list[str]:
        """The tokens that are good now, if they have not expired."""
        return self._tokens.given

    def accept_token(self, token: str) -> None:
        """Takes a token for good that the server has not given."""
        self._tokens.accept(token)

    @property
    def submissions(self) -> list[bytes]:
        """The pictures of all tasks that were taken, in the order in which they came."""
        with self._lock:
            return [task.submission.image for task in self._tasks.values()]

    @property
    def deleted(self) -> list[str]:
        """The ids of the tasks that clients deleted."""
        return [self._task_id(request) for request in self.requests_for(Phase.CANCEL)]

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

    @abstractmethod
    def _phase(self, method: str, path: str) -> Phase | None:
        """What a request asks for; ``None`` if there is no such endpoint."""

    @abstractmethod
    def _refusal(self, request: ReceivedRequest) -> HttpAnswer | None:
        """The answer to a request that the specification does not allow, else ``None``."""

    def _needs_token(self, request: ReceivedRequest) -> bool:
        """Whether a request is refused without a good token."""
        return True

    def _unauthorized(self, request: ReceivedRequest) -> HttpAnswer:
        """The answer to a request without a good token."""
        return problem_answer(401, "Unauthorized")

    @abstractmethod
    def _read_submission(self, body: bytes) -> Submission:
        """Reads the body of a submission."""

    @abstractmethod
    def _mode_and_language(self, settings: Mapping[str, object]) -> tuple[str, str]:
        """Our words for what a submission's settings ask for; for readers that really read."""

    @abstractmethod
    def _task_id(self, request: ReceivedRequest) -> str:
        """The task that a look or a cancellation is about."""

    def _is_shown(self, task: FakeTask, request: ReceivedRequest) -> bool:
        """Whether a look is at the right place for a task."""
        return True

    @abstractmethod
    def _taken(self, task_id: str) -> HttpAnswer:
        """The answer to a submission."""

    @abstractmethod
    def _completed(self, task_id: str, task: FakeTask, result: FakeResult) -> HttpAnswer:
        """The answer to a look at a task that is completed.

        Raises:
            Exception: the task fails with the exception's words.
        """

    @abstractmethod
    def _task_state(self, fault: Fault, task_id: str) -> HttpAnswer:
        """The answer to a look at a task that is not completed, as one of `TASK_EFFECTS` says."""

    @abstractmethod
    def _without_base64(self, answer: HttpAnswer) -> HttpAnswer:
        """The answer with results that are no Base64."""

    def _received(self, request: HttpRequest, body: bytes) -> ReceivedRequest:
        return ReceivedRequest(
            phase=self._phase(request.method, request.path),
            method=request.method,
            path=request.path,
            query=request.query,
            headers=request.headers,
            body=body,
            connection=request.connection,
            read_submission=self._read_submission,
        )

    def _planned(self, http_request: HttpRequest) -> Fault | None:
        """The fault for a request whose headers have come, before its body is read."""
        request = self._received(http_request, b"")
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

    def _answered(self, http_request: HttpRequest, fault: Fault | None) -> HttpAnswer:
        """The answer to a request that has come as a whole."""
        request = self._received(http_request, http_request.body)
        with self._lock:
            kept = request if self._keep_bodies else replace(request, body=b"")
            self.requests.append(kept)
        if fault is not None and fault.effect is Effect.EXPIRE_TOKEN:
            self._tokens.forget()
        if fault is None:
            return self._right_answer(request)
        if fault.effect in TASK_EFFECTS:
            return self._task_state(fault, self._task_id(request))
        if fault.effect in {Effect.REPLACE, Effect.EXPIRE_TOKEN} and not fault.processed:
            return HttpAnswer.of(fault)
        answer = self._right_answer(request)
        return self._changed(answer, fault) if answer.status < 300 else answer

    def _changed(self, answer: HttpAnswer, fault: Fault) -> HttpAnswer:
        """What a fault makes of the right answer."""
        if fault.effect is Effect.REPLACE:
            return HttpAnswer.of(fault)
        if fault.effect is Effect.TRUNCATE:
            return replace(answer, body=answer.body[: len(answer.body) // 2])
        if fault.effect is Effect.QUOTE:
            return replace(answer, body=b'"' + answer.body + b'"')
        if fault.effect is Effect.WRONG_BASE64:
            return self._without_base64(answer)
        return answer

    def _right_answer(self, request: ReceivedRequest) -> HttpAnswer:
        if request.phase is Phase.TOKEN:
            return self._tokens.answer(request)
        if request.phase is None:
            said = f"{self._name} has no {request.method} {request.path}"
            return problem_answer(404, "Not Found", detail=said)
        authorization = request.headers.get("authorization", "")
        if self._needs_token(request) and not self._tokens.is_good(authorization):
            return self._unauthorized(request)
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        if request.phase is Phase.SUBMIT:
            return self._take_task(request)
        if request.phase is Phase.LOOK:
            return self._show_task(request)
        with self._lock:
            self._tasks.pop(self._task_id(request), None)
        return HttpAnswer(200, b"")

    def _take_task(self, request: ReceivedRequest) -> HttpAnswer:
        submission = self._read_submission(request.body)
        task_id = str(uuid.uuid4())
        with self._lock:
            self._tasks[task_id] = FakeTask(request.path, submission, time.monotonic())
        return self._taken(task_id)

    def _show_task(self, request: ReceivedRequest) -> HttpAnswer:
        task_id = self._task_id(request)
        with self._lock:
            task = self._tasks.get(task_id)
        if task is None or not self._is_shown(task, request):
            return self._task_state(Fault.not_exist(), task_id)
        with task.lock:
            task.looks += 1
            early = time.monotonic() < task.submitted_at + self._ready_after_s
            if early or task.looks <= self._ready_after_looks:
                return self._task_state(Fault.pending(), task_id)
            try:
                return self._completed(task_id, task, self._result(task))
            except Exception as error:  # noqa: BLE001 (whatever a reader of the user's raises)
                return self._task_state(Fault.task_error(str(error)), task_id)

    def _result(self, task: FakeTask) -> FakeResult:
        if task.result is None:
            answer, submission = self._answer, task.submission
            if isinstance(answer, str):
                task.result = FakeResult(answer)
            elif callable(answer):
                task.result = FakeResult(answer(submission.image))
            else:
                mode, language = self._mode_and_language(submission.settings)
                read = answer.recognize(submission.image, Mode(mode), language)
                task.result = FakeResult(read.text.rstrip("\n"), read.lines)
        return task.result
