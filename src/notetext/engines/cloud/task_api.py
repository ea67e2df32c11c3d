"""What a service's tasks look like: the contract of a service that is asked, polled and done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum, auto
from typing import Generic, Protocol, Self, TypeVar

from notetext.engines.cloud.api_client import ApiRequest
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.transport import Answer, SentBody
from notetext.errors import TaskFailedError


class TaskState(Enum):
    """How far a task is, as far as it matters to somebody who waits for it."""

    UNDER_WAY = auto()
    """Also where nobody knows the service's word for it: it is waited out."""
    COMPLETED = auto()
    FAILED = auto()
    UNKNOWN = auto()
    """The service does not know the task."""


class UnknownTaskError(TaskFailedError):
    """The service does not know a task; users see the `TaskFailedError` that it is."""

    @classmethod
    def of(cls, service: Service, task_id: str, said: str) -> Self:
        """What is said of it."""
        return cls(
            f"the task {task_id}: the service does not know it ({said}): it was deleted, or is "
            f"older than {service.results_kept_h} hours",
            engine=service.engine,
            task_id=task_id,
            messages=(),
        )

    def as_failure(self) -> TaskFailedError:
        """The error as users see it."""
        failure = TaskFailedError(
            self.message, engine=self.engine, task_id=self.task_id, messages=self.messages
        )
        # The message has it already.
        failure.request_id = self.request_id
        return failure


class Progress(Protocol):
    """What a poll brings."""

    @property
    def state(self) -> TaskState:
        """How far the task is."""
        ...

    @property
    def task_status(self) -> str:
        """The service's own word for that."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What the service had to say; the reasons, if the task failed."""
        ...


ProgressT = TypeVar("ProgressT", bound=Progress)
ResultT = TypeVar("ResultT")


class TaskApi(ABC, Generic[ProgressT, ResultT]):
    """How tasks of one kind are submitted, polled and cancelled; one serves several threads."""

    @abstractmethod
    def submission(self, body: SentBody) -> ApiRequest:
        """The request that submits a task."""

    @abstractmethod
    def task_id(self, answer: Answer) -> str:
        """Reads what the service answers to a submission.

        Raises:
            BadResponseError: there is no id.
        """

    @abstractmethod
    def poll(self, task_id: str) -> ApiRequest:
        """The request that asks how far a task is, and brings what it gave."""

    @abstractmethod
    def progress(self, answer: Answer, task_id: str) -> ProgressT:
        """Reads what the service answers to a poll; its words go through ``answer.hidden``.

        Raises:
            BadResponseError: nobody can understand it; the poll is repeated.
        """

    @abstractmethod
    def result(self, progress: ProgressT, task_id: str) -> ResultT:
        """What a completed task gave.

        Raises:
            TaskFailedError: the service lost it.
            BadResponseError: it cannot be understood.
        """

    @abstractmethod
    def cancellation(self, task_id: str) -> ApiRequest:
        """The request that takes a task out of the service's queue.

        Raises:
            CloudError: the service has none.
        """
