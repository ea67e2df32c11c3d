"""Aspose.OCR Cloud on this machine: its routes, and how it speaks."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from notetext.engines.aspose.languages import HANDWRITTEN_NAMES, PRINTED_NAMES
from notetext.testing.aspose_results import result_entries
from notetext.testing.fake_http import HttpAnswer
from notetext.testing.fake_service import FakeResult, FakeService, FakeTask, json_answer
from notetext.testing.faults import Effect, Fault, Phase
from notetext.testing.received import ReceivedRequest, Submission

_PATHS = frozenset({"/v5.0/ocr/RecognizeImage", "/v5.0/ocr/RecognizePdf"})
_PHASES = {"POST": Phase.SUBMIT, "GET": Phase.LOOK, "DELETE": Phase.CANCEL}
_FLAGS = (
    "makeSkewCorrect",
    "makeBinarization",
    "makeContrastCorrection",
    "makeUpsampling",
    "makeSpellCheck",
)
_NAMES = {"language", "dsrMode", "dsrConfidence", "resultType"}


class FakeAsposeServer(FakeService):
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

    _name: ClassVar[str] = "fake-aspose"

    def _phase(self, method: str, path: str) -> Phase | None:
        if path == "/connect/token":
            return Phase.TOKEN if method == "POST" else None
        return _PHASES[method] if path in _PATHS else None

    def _check_submission(self, body: bytes) -> None:
        try:
            fields = json.loads(body)
            base64.b64decode(fields.pop("image"), validate=True)
            wrong = [*_wrong_settings(fields.pop("settings")), *fields]
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            wrong = [type(error).__name__]
        if wrong:
            raise ValueError(f"wrong fields: {', '.join(wrong)}")

    def _read_submission(self, body: bytes) -> Submission:
        fields = json.loads(body)
        return Submission(base64.b64decode(fields["image"]), fields["settings"])

    def _mode_and_language(self, settings: Mapping[str, object]) -> tuple[str, str]:
        for mode, names in (("handwritten", HANDWRITTEN_NAMES), ("printed", PRINTED_NAMES)):
            for language, known in names.items():
                if known == settings["language"]:
                    return mode, language.value
        raise ValueError(f"there is no language {settings['language']!r}")

    def _task_id(self, request: ReceivedRequest) -> str:
        return request.query.get("id", "")

    def _is_shown(self, task: FakeTask, request: ReceivedRequest) -> bool:
        return task.path == request.path

    def _taken(self, task_id: str) -> HttpAnswer:
        return HttpAnswer(200, task_id.encode("ascii"), "text/plain; charset=utf-8")

    def _completed(self, task_id: str, task: FakeTask, result: FakeResult) -> HttpAnswer:
        kinds = str(task.submission.settings["resultType"])
        return json_answer(
            {
                "id": task_id,
                "taskStatus": "Completed",
                "responseStatusCode": "Ok",
                "results": result_entries(result, kinds, task.submission.image),
                "error": None,
            }
        )

    def _task_state(self, fault: Fault) -> HttpAnswer:
        if fault.effect is Effect.TASK_FAILED:
            error = {"messages": list(fault.words), "warnings": None}
            return json_answer(
                {"taskStatus": "Error", "responseStatusCode": "Error", "error": error}
            )
        status, code = "Pending", "NotReady"
        if fault.effect is Effect.TASK_UNKNOWN:
            status, code = "NotExist", "TaskNotFound"
        elif fault.effect is Effect.TASK_STATUS:
            status, code = fault.words
        return json_answer({"taskStatus": status, "responseStatusCode": code})

    def _without_base64(self, answer: HttpAnswer) -> HttpAnswer:
        return replace(answer, body=answer.body.replace(b'"data": "', b'"data": "*'))


def _wrong_settings(settings: Mapping[str, object]) -> list[str]:
    """The names of settings that the specification does not allow, or not so."""
    wrong = [name for name in settings if name not in {*_FLAGS, *_NAMES}]
    wrong += [name for name in _FLAGS if not isinstance(settings.get(name, True), bool)]
    wrong += [name for name in _NAMES if not isinstance(settings.get(name, ""), str)]
    return wrong
