"""A service that nobody has, the Parrot: its fake, its tasks, and a client put together for it.

It is what a second service takes, and nothing of the first is needed for it.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import SecretStr

from notetext.engines import Budget
from notetext.engines.cloud.api_client import ApiClient, ApiRequest, AuthorizedClient
from notetext.engines.cloud.base64_body import Base64Body
from notetext.engines.cloud.client_credentials import ClientCredentialsGrant
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.problem import json_of
from notetext.engines.cloud.purse import Purse
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.task_api import TaskApi, TaskState
from notetext.engines.cloud.task_client import TaskClient
from notetext.engines.cloud.tasks import Tasks
from notetext.engines.cloud.tokens import TokenSource
from notetext.engines.cloud.transport import Answer, SentBody, Timeouts, Transport
from notetext.errors import BadResponseError
from notetext.testing import Fault, NoWaiting, Phase, ReceivedRequest
from notetext.testing.fake_http import HttpAnswer
from notetext.testing.fake_service import (
    FakeResult,
    FakeService,
    FakeTask,
    json_answer,
    problem_answer,
)
from notetext.testing.faults import Effect
from notetext.testing.received import Submission

PARROT = Service(
    engine="parrot",
    resubmitting="ParrotEngine(resubmit=True)",
    refused_credentials="ask the parrot",
    results_kept_h=2,
)
SECRET = "s3cret-that-nobody-may-see"


class ParrotServer(FakeService):
    """Speaks as the Parrot does."""

    _name = "fake-parrot"

    def _phase(self, method: str, path: str) -> Phase | None:
        if path == "/token":
            return Phase.TOKEN
        phases = {"POST": Phase.SUBMIT, "GET": Phase.LOOK, "DELETE": Phase.CANCEL}
        return phases[method] if path.startswith("/tasks") else None

    def _refusal(self, request: ReceivedRequest) -> HttpAnswer | None:
        if request.phase is Phase.SUBMIT and set(json.loads(request.body)) != {"file"}:
            return problem_answer(400, "send a file and nothing else")
        return None

    def _read_submission(self, body: bytes) -> Submission:
        return Submission(base64.b64decode(json.loads(body)["file"]), {})

    def _mode_and_language(self, settings: Mapping[str, object]) -> tuple[str, str]:
        return "printed", "en"

    def _task_id(self, request: ReceivedRequest) -> str:
        return request.path.rpartition("/")[2]

    def _taken(self, task_id: str) -> HttpAnswer:
        return replace(json_answer({"task": task_id}), status=202)

    def _completed(self, task_id: str, task: FakeTask, result: FakeResult) -> HttpAnswer:
        return json_answer({"state": "said", "text": result.text})

    def _task_state(self, fault: Fault, task_id: str) -> HttpAnswer:
        if fault.effect is Effect.TASK_FAILED:
            return json_answer({"state": "dumb", "text": " ".join(fault.words)})
        states = {Effect.TASK_PENDING: "listening", Effect.TASK_UNKNOWN: "flown"}
        return json_answer({"state": states.get(fault.effect) or fault.words[0], "text": ""})

    def _without_base64(self, answer: HttpAnswer) -> HttpAnswer:
        return answer


@dataclass(frozen=True)
class Said:
    """What the Parrot answers to a poll."""

    task_status: str
    text: str

    @property
    def state(self) -> TaskState:
        states = {
            "said": TaskState.COMPLETED,
            "dumb": TaskState.FAILED,
            "flown": TaskState.UNKNOWN,
        }
        return states.get(self.task_status, TaskState.UNDER_WAY)

    @property
    def notices(self) -> tuple[str, ...]:
        return (self.text,) if self.text else ()


class ParrotApi(TaskApi[Said, str]):
    """How the Parrot is asked."""

    def submission(self, body: SentBody) -> ApiRequest:
        return ApiRequest("POST", "/tasks", body=body)

    def task_id(self, answer: Answer) -> str:
        return str(self._fields(answer)["task"])

    def poll(self, task_id: str) -> ApiRequest:
        return ApiRequest("GET", f"/tasks/{task_id}")

    def progress(self, answer: Answer, task_id: str) -> Said:
        fields = self._fields(answer)
        return Said(str(fields["state"]), str(fields["text"]))

    def result(self, progress: Said, task_id: str) -> str:
        return progress.text

    def cancellation(self, task_id: str) -> ApiRequest:
        return ApiRequest("DELETE", f"/tasks/{task_id}")

    def _fields(self, answer: Answer) -> dict[str, object]:
        value = json_of(answer.body)
        if not isinstance(value, dict):
            raise BadResponseError("that is no word of a parrot", engine="parrot")
        return value


@dataclass(frozen=True)
class Pair:
    """Credentials."""

    client_id: SecretStr = field(default_factory=lambda: SecretStr("an-id"))
    client_secret: SecretStr = field(default_factory=lambda: SecretStr(SECRET))


@dataclass
class Parrot:
    """The parts of a client, put together as an engine does it."""

    url: str
    clock: NoWaiting
    rate_limit: RateLimit = field(default_factory=lambda: RateLimit(None, None))
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    budget: Budget | None = None
    resubmit: bool = False

    def __post_init__(self) -> None:
        self.transport = Transport("parrot/1", Timeouts())
        self.api = ApiClient(self.url, self.transport, self.rate_limit)
        self.grant = ClientCredentialsGrant(PARROT, self.api, "/token", Pair, self.retry)
        self.tokens = TokenSource(self.grant.fetch)
        self.client = AuthorizedClient(self.api, self.tokens)
        self.task_client = TaskClient(
            PARROT,
            self.client,
            self.retry,
            Purse("parrot", self.budget),
            resubmit=self.resubmit,
        )
        self.tasks = Tasks(
            PARROT,
            ParrotApi(),
            f"{self.url}/tasks",
            self.task_client,
            self.clock,
            self.rate_limit,
            timeout_s=60,
        )

    @property
    def deadline(self) -> Deadline:
        """A caller who never gives up."""
        return Deadline("parrot", self.clock)


def submission(content: bytes = b"picture") -> Base64Body:
    """What is submitted to a Parrot."""
    return Base64Body(b'{"file":"', lambda: io.BytesIO(content), len(content), b'"}')
