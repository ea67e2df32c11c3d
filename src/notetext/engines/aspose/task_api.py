"""The service's tasks: their paths, and how its answers are read."""

from __future__ import annotations

from notetext.engines.aspose.settings import Endpoint
from notetext.engines.aspose.task_result import Contents, contents_of
from notetext.engines.aspose.wire import TaskAnswer, parse_task, parse_task_id
from notetext.engines.cloud.answer_limits import AnswerLimits
from notetext.engines.cloud.api_client import ApiRequest
from notetext.engines.cloud.task_api import TaskApi
from notetext.engines.cloud.transport import Answer, SentBody


class AsposeTaskApi(TaskApi[TaskAnswer, Contents]):
    """The tasks of one endpoint.

    Args:
        endpoint: what they are submitted to, and asked for at.
        max_answer_bytes: the largest result, decoded.
    """

    def __init__(self, endpoint: Endpoint, max_answer_bytes: int) -> None:
        self._path = endpoint.path
        self._whole_document = endpoint is Endpoint.PDF
        self._limits = AnswerLimits(max_answer_bytes)

    def submission(self, body: SentBody) -> ApiRequest:
        """The request that submits a task; its answer is bare text."""
        return ApiRequest("POST", self._path, body=body, accept="text/plain, application/json")

    def task_id(self, answer: Answer) -> str:
        """Reads what the service answers to a submission.

        Raises:
            BadResponseError: there is no id.
        """
        return parse_task_id(answer)

    def poll(self, task_id: str) -> ApiRequest:
        """The request that asks how far a task is, and brings its results."""
        return ApiRequest(
            "GET", self._path, query={"id": task_id}, max_bytes=self._limits.max_bytes
        )

    def progress(self, answer: Answer, task_id: str) -> TaskAnswer:
        """Reads what the service answers to a poll.

        Raises:
            BadResponseError: it is no such answer.
        """
        return parse_task(answer, task_id, self._limits)

    def result(self, progress: TaskAnswer, task_id: str) -> Contents:
        """Decodes a completed task's results.

        Raises:
            TaskFailedError: the service lost them.
            BadResponseError: there is no text among them, or it cannot be decoded.
        """
        return contents_of(progress, task_id, self._limits, whole_document=self._whole_document)

    def cancellation(self, task_id: str) -> ApiRequest:
        """The request that takes a task out of the service's queue."""
        return ApiRequest("DELETE", self._path, query={"id": task_id})
