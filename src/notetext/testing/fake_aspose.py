"""Aspose.OCR Cloud on this machine: how it speaks."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from notetext.engines.aspose.languages import HANDWRITTEN_NAMES, PRINTED_NAMES
from notetext.model import Language
from notetext.testing.aspose_endpoints import STATUS_PATH, TOKEN_PATH, endpoint_at
from notetext.testing.aspose_requests import Settings, wrong_fields
from notetext.testing.fake_http import HttpAnswer, json_answer, problem_answer
from notetext.testing.fake_service import FakeResult, FakeService, FakeTask
from notetext.testing.fake_tokens import Lockout
from notetext.testing.faults import Effect, Fault, Phase
from notetext.testing.received import ReceivedRequest, Submission

_PHASES = {"POST": Phase.SUBMIT, "GET": Phase.LOOK, "DELETE": Phase.CANCEL}
_SECTIONS = {400: "15.5.1", 401: "15.5.2", 415: "15.5.16"}
"""Where RFC 9110 describes them."""


class FakeAsposeServer(FakeService):
    r"""Speaks the service's protocol on a free port of the loopback interface.

    A context manager. It checks tokens and requests as the service's specification has them,
    keeps a log, and lets go wrong what it was told to. ``docs/testing.md`` has its endpoints, and
    what was compared with the specification and with the vendor's own client.

    >>> from notetext import AsposeEngine, NoteText
    >>> from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase
    >>> with FakeAsposeServer(answer="Hello") as server:
    ...     server.script(Phase.SUBMIT, Fault.rate_limited(seconds=1))
    ...     engine = AsposeEngine(
    ...         client_id="any", client_secret="any", base_url=server.url, waiting=NoWaiting()
    ...     )
    ...     NoteText(engine=engine).recognize("examples/notes/letter.jpg").text
    'Hello\n'

    Args:
        answer: the text of every picture, from which all formats of results are made; a function
            from a picture's bytes to its text; or a reader, such as ``NoteText()``, that really
            reads it.
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

    _name: ClassVar[str] = "fake-aspose"
    _lockout = Lockout(failures=5, seconds=600)

    def _phase(self, method: str, path: str) -> Phase | None:
        if path == TOKEN_PATH:
            return Phase.TOKEN if method == "POST" else None
        if _asks_for_status(path):
            return Phase.LOOK if method == "GET" else None
        return _PHASES[method] if endpoint_at(path) else None

    def _needs_token(self, request: ReceivedRequest) -> bool:
        endpoint = endpoint_at(request.path)
        return endpoint is None or endpoint.needs_token

    def _unauthorized(self, request: ReceivedRequest) -> HttpAnswer:
        told = "the token is unknown or has expired"
        if not request.headers.get("authorization", "").casefold().startswith("bearer "):
            told = "send the header Authorization: Bearer <token>"
        return replace(_problem(401, "Unauthorized", detail=told), media_type="text/plain")

    def _refusal(self, request: ReceivedRequest) -> HttpAnswer | None:
        endpoint = endpoint_at(request.path)
        if request.phase is not Phase.SUBMIT or endpoint is None:
            if self._task_id(request):
                return None
            wrong = {"id": ["the query must have the task's id"]}
        else:
            if request.media_type != "application/json":
                told = f"send application/json, not {request.media_type or 'a body of no type'}"
                return _problem(415, "Unsupported Media Type", detail=told)
            wrong = wrong_fields(request.body, endpoint.body)
        if not wrong:
            return None
        return _problem(400, "One or more validation errors occurred.", errors=wrong)

    def _read_submission(self, body: bytes) -> Submission:
        fields = json.loads(body)
        return Submission(base64.b64decode(fields["image"]), fields.get("settings", {}))

    def _mode_and_language(self, settings: Mapping[str, object]) -> tuple[str, str]:
        name = settings.get("language", "English")
        if name == "Netherlands":
            return "printed", Language.DUTCH.value
        for mode, names in (("handwritten", HANDWRITTEN_NAMES), ("printed", PRINTED_NAMES)):
            for language, known in names.items():
                if known == name:
                    return mode, language.value
        raise ValueError(f"there is no language {name!r}")

    def _task_id(self, request: ReceivedRequest) -> str:
        return request.query.get("id", "")

    def _is_shown(self, task: FakeTask, request: ReceivedRequest) -> bool:
        return _asks_for_status(request.path) or endpoint_at(request.path) == endpoint_at(task.path)

    def _taken(self, task_id: str) -> HttpAnswer:
        return HttpAnswer(200, task_id.encode("ascii"), "text/plain; charset=utf-8")

    def _show_task(self, request: ReceivedRequest) -> HttpAnswer:
        answer = super()._show_task(request)
        if _asks_for_status(request.path):
            return json_answer(json.loads(answer.body) | {"results": None})
        return answer

    def _result(self, task: FakeTask) -> FakeResult:
        endpoint = endpoint_at(task.path)
        return super()._result(task) if endpoint and endpoint.reads else FakeResult("")

    def _completed(self, task_id: str, task: FakeTask, result: FakeResult) -> HttpAnswer:
        submission = task.submission
        settings = Settings.model_validate_json(json.dumps(submission.settings))
        endpoint = endpoint_at(task.path)
        entries = endpoint.entries(result, settings, submission.image) if endpoint else []
        return _task_answer(task_id, "Completed", "Ok", results=entries)

    def _task_state(self, fault: Fault, task_id: str) -> HttpAnswer:
        if fault.effect is Effect.TASK_FAILED:
            error = {"messages": list(fault.words), "warnings": None}
            return _task_answer(task_id, "Error", "Error", error=error)
        status, code = "Pending", "NotReady"
        if fault.effect is Effect.TASK_UNKNOWN:
            status, code = "NotExist", "TaskNotFound"
        elif fault.effect is Effect.TASK_STATUS:
            status, code = fault.words
        return _task_answer(task_id, status, code)

    def _without_base64(self, answer: HttpAnswer) -> HttpAnswer:
        return replace(answer, body=answer.body.replace(b'"data": "', b'"data": "*'))


def _asks_for_status(path: str) -> bool:
    return path.casefold() == STATUS_PATH.casefold()


def _task_answer(
    task_id: str,
    status: str,
    code: str,
    *,
    results: Sequence[Mapping[str, str]] | None = None,
    error: Mapping[str, object] | None = None,
) -> HttpAnswer:
    """An ``OCRResponse``."""
    return json_answer(
        {
            "id": task_id,
            "taskStatus": status,
            "responseStatusCode": code,
            "results": results,
            "error": error,
        }
    )


def _problem(status: int, title: str, **more: object) -> HttpAnswer:
    """A refusal with what ASP.NET adds to problem details."""
    kind = f"https://tools.ietf.org/html/rfc9110#section-{_SECTIONS[status]}"
    trace = f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-00"
    return problem_answer(
        status, title, "application/problem+json", type=kind, traceId=trace, **more
    )
