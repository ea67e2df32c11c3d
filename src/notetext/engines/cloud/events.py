"""What happens on the way to a service, for logs, metrics and traces: never secrets or text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class WaitFor(StrEnum):
    """What was waited for."""

    TASK = "task"
    """The time of the next poll."""
    TURN = "turn"
    """``requests_per_second``."""
    PLACE = "place"
    """``max_in_flight``."""
    TOKEN = "token"  # noqa: S105 (a word)
    """Another thread, which fetches a token."""
    PAGE = "page"
    """Another thread or process that shares the store, and has the page under way."""


class TokenNeed(StrEnum):
    """Why a token was fetched."""

    FIRST = "first"
    EXPIRED = "expired"
    REFUSED = "refused"
    """The service took the token before no longer."""


@dataclass(frozen=True, slots=True)
class RequestSent:
    """A request is about to go out.

    Attributes:
        method: of HTTP.
        path: below the service's address, without the query.
        attempt: counts from 1; higher when a request is made again.
    """

    method: str
    path: str
    attempt: int

    def __str__(self) -> str:
        return f"{self.method} {self.path}, attempt {self.attempt}"


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    """A request was answered, whatever the answer.

    Attributes:
        method: of HTTP.
        path: below the service's address, without the query.
        attempt: counts from 1.
        seconds: from before the connection to the end of the answer.
        status: of HTTP.
        request_id: the service's name for the request, if it said one.
    """

    method: str
    path: str
    attempt: int
    seconds: float
    status: int
    request_id: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.status} after {self.seconds:.2f} s"


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """A request had no whole answer.

    Attributes:
        method: of HTTP.
        path: below the service's address, without the query.
        attempt: counts from 1.
        seconds: until it was given up.
        reason: in words.
        sent: it may have reached the service.
    """

    method: str
    path: str
    attempt: int
    seconds: float
    reason: str
    sent: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}: no answer after {self.seconds:.2f} s, {self.reason}"


@dataclass(frozen=True, slots=True)
class Retried:
    """A request failed and will be made again, after a pause that begins now.

    Attributes:
        attempt: the one that failed, from 1.
        attempts: how many there are at most.
        seconds: of the pause.
        reason: what failed, in words; with the service's name for the request, if it said one.
    """

    attempt: int
    attempts: int
    seconds: float
    reason: str

    def __str__(self) -> str:
        return (
            f"attempt {self.attempt} of {self.attempts} failed; "
            f"the next one in {self.seconds:.1f} s: {self.reason}"
        )


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait is over; pauses before a request is made again are `Retried`.

    Attributes:
        what: was waited for.
        seconds: that it took.
        task_id: the task, if it is one that was waited for.
    """

    what: WaitFor
    seconds: float
    task_id: str | None = None

    def __str__(self) -> str:
        reasons = {
            WaitFor.TASK: f"before asking for the task {self.task_id}",
            WaitFor.TURN: "for a turn (requests_per_second)",
            WaitFor.PLACE: "for other tasks to be done (max_in_flight)",
            WaitFor.TOKEN: "for a token that another thread fetched",
            WaitFor.PAGE: "for another thread or process that had the page under way",
        }
        return f"waited {self.seconds:.2f} s {reasons[self.what]}"


@dataclass(frozen=True, slots=True)
class TokenRenewed:
    """The service gave a token.

    Attributes:
        need: why it was fetched.
        seconds: that it took, with attempts that failed.
        lifetime_s: seconds that the token is good for, as the service says.
    """

    need: TokenNeed
    seconds: float
    lifetime_s: float

    def __str__(self) -> str:
        reasons = {
            TokenNeed.FIRST: "there was none",
            TokenNeed.EXPIRED: "the last one was about to expire",
            TokenNeed.REFUSED: "the service refused the last one",
        }
        return (
            f"fetched a token within {self.seconds:.2f} s, since {reasons[self.need]}; "
            f"it is good for {self.lifetime_s:.0f} s"
        )


@dataclass(frozen=True, slots=True)
class TaskSubmitted:
    """The service took a task; it is paid for.

    Attributes:
        task_id: the service's name for it.
        seconds: that the submission took, with attempts that failed.
    """

    task_id: str
    seconds: float

    def __str__(self) -> str:
        return f"submitted the task {self.task_id} within {self.seconds:.2f} s"


@dataclass(frozen=True, slots=True)
class TaskTakenOver:
    """A task that was submitted before is waited for, and not paid again.

    Attributes:
        task_id: the service's name for it.
    """

    task_id: str

    def __str__(self) -> str:
        return f"fetching the result of the task {self.task_id}, which was submitted before"


@dataclass(frozen=True, slots=True)
class TaskFinished:
    """The service is done with a task.

    Attributes:
        task_id: the service's name for it.
        seconds: that its result was waited for.
        completed: there is a result; if not, the service could not do it, or does not know it.
    """

    task_id: str
    seconds: float
    completed: bool

    def __str__(self) -> str:
        end = "was completed" if self.completed else "failed"
        return f"the task {self.task_id} {end} within {self.seconds:.2f} s"


Event: TypeAlias = (
    RequestSent
    | RequestAnswered
    | RequestFailed
    | Retried
    | Waited
    | TokenRenewed
    | TaskSubmitted
    | TaskTakenOver
    | TaskFinished
)
"""Any of them; ``str`` of one is a sentence for people."""

EventListener: TypeAlias = Callable[[Event], object]
"""What is told of events; what it returns does not matter."""
