"""What goes over the wire, and what comes back."""

from __future__ import annotations

import binascii
import io
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, BinaryIO, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from notetext.engines.aspose.service import ASPOSE
from notetext.engines.aspose.settings import RecognizeImageSettings, RecognizePdfSettings
from notetext.engines.cloud.answer_limits import AnswerLimits
from notetext.engines.cloud.base64_body import Base64Body
from notetext.engines.cloud.bounded_json import bounded_json
from notetext.engines.cloud.problem import NO_JSON, json_of
from notetext.engines.cloud.task_api import TaskState
from notetext.engines.cloud.transport import Answer
from notetext.errors import BadResponseError
from notetext.errors.foreign_text import WORDS_CHARACTERS, one_line

_MOST_NOTICES = 20


class ResultType(StrEnum):
    """Which formats the service shall answer with."""

    TEXT = "Text"
    TEXT_AND_HOCR = "TextAndHocr"
    TEXT_AND_PDF = "TextAndPdf"
    TEXT_AND_PDF_AND_HOCR = "TextAndPdfAndHocr"

    @classmethod
    def of(cls, *, hocr: bool, pdf: bool) -> ResultType:
        """The text, with what else is wanted."""
        if pdf:
            return cls.TEXT_AND_PDF_AND_HOCR if hocr else cls.TEXT_AND_PDF
        return cls.TEXT_AND_HOCR if hocr else cls.TEXT


class TaskBody(Base64Body):
    """The JSON of a submission, its Base64 made while it is sent.

    >>> import json
    >>> from notetext.engines.aspose import RecognizeImageSettings
    >>> from notetext.engines.aspose.wire import TaskBody
    >>> import io
    >>> body = TaskBody(lambda: io.BytesIO(b"picture"), 7, RecognizeImageSettings(), "English")
    >>> json.loads(b"".join(body))["image"]
    'cGljdHVyZQ=='

    Args:
        content: opens the picture or the PDF; called anew for each attempt.
        size: its length in bytes.
        settings: the caller's.
        language: the service's name of the language, unless the settings have one.
        result_type: the formats wanted.
    """

    def __init__(
        self,
        content: Callable[[], BinaryIO],
        size: int,
        settings: RecognizeImageSettings | RecognizePdfSettings,
        language: str,
        result_type: ResultType = ResultType.TEXT,
    ) -> None:
        sent = settings.model_dump(mode="json", by_alias=True)
        sent |= {"language": settings.language or language, "resultType": result_type.value}
        after = b'","settings":' + json.dumps(sent).encode("ascii") + b"}"
        super().__init__(b'{"image":"', content, size, after)


class TaskStatus(StrEnum):
    """How far a task is; the service may know more words."""

    PENDING = "Pending"
    PROCESSING = "Processing"
    COMPLETED = "Completed"
    ERROR = "Error"
    NOT_EXIST = "NotExist"


_LONGEST_WORD = 500
"""Characters; what is longer is no word, and no notice that anybody would read."""

_STATES = {
    TaskStatus.PENDING: TaskState.UNDER_WAY,
    TaskStatus.PROCESSING: TaskState.UNDER_WAY,
    TaskStatus.COMPLETED: TaskState.COMPLETED,
    TaskStatus.ERROR: TaskState.FAILED,
    TaskStatus.NOT_EXIST: TaskState.UNKNOWN,
}


def _word(value: object) -> str:
    word = value if isinstance(value, str) else "" if value is None else str(value)
    return word[:_LONGEST_WORD]


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_word(item) for item in value if item is not None)
    return () if value is None else (_word(value),)


# Words of an open set: an unknown one, a number or nothing at all is no reason to fail.
_Word = Annotated[str, BeforeValidator(_word)]
_Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class _Wire(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, hide_input_in_errors=True
    )


class ResultEntry(_Wire):
    """One format of the result."""

    type: _Word = ""
    data: str | None = Field(default=None, repr=False)


class Notices(_Wire):
    """What the service had to say; with a completed task these are no errors."""

    messages: _Texts = ()
    warnings: _Texts = ()


def _notices(value: object) -> object:
    return {"messages": value} if isinstance(value, str | list) else value


class TaskAnswer(_Wire):
    """How far a task is, and its results once it is completed."""

    id: _Word = ""
    task_status: _Word = ""
    response_status_code: _Word = ""
    results: tuple[ResultEntry | None, ...] | None = None
    error: Annotated[Notices | None, BeforeValidator(_notices)] = None

    def with_words(self, hidden: Callable[[str], str]) -> Self:
        """The same with all words but the results as lines of bounded length, secrets hidden."""

        def cleaned(word: str) -> str:
            return one_line(hidden(word), WORDS_CHARACTERS)

        def all_cleaned(words: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(cleaned(word) for word in words[:_MOST_NOTICES])

        words = {
            "task_status": cleaned(self.task_status),
            "response_status_code": cleaned(self.response_status_code),
            "results": self.results
            and tuple(
                entry and entry.model_copy(update={"type": cleaned(entry.type)})
                for entry in self.results
            ),
            "error": self.error
            and self.error.model_copy(
                update={
                    "messages": all_cleaned(self.error.messages),
                    "warnings": all_cleaned(self.error.warnings),
                }
            ),
        }
        return self.model_copy(update=words)

    @property
    def status(self) -> TaskStatus | None:
        """The status whatever its capitals; ``None`` if nobody knows that word."""
        spoken = self.task_status.casefold()
        return next((status for status in TaskStatus if status.casefold() == spoken), None)

    @property
    def state(self) -> TaskState:
        """How far the task is; results make an unknown word mean that it is completed."""
        if self.status is None:
            return TaskState.COMPLETED if self.results else TaskState.UNDER_WAY
        return _STATES[self.status]

    @property
    def notices(self) -> tuple[str, ...]:
        """All that the service had to say."""
        return () if self.error is None else self.error.messages + self.error.warnings


def parse_task(answer: Answer, task_id: str, limits: AnswerLimits) -> TaskAnswer:
    """Reads the answer to a poll.

    Args:
        answer: the answer.
        task_id: the task that was asked for.
        limits: what the answer may hold.

    Raises:
        BadResponseError: it is no such answer, or one about another task.
    """
    try:
        task = TaskAnswer.model_validate_json(bounded_json(answer.body, limits))
    except ValidationError as error:
        reason = error.errors(include_url=False, include_input=False)[0]["msg"]
    except ValueError as error:
        reason = str(error)
    else:
        if not task.id or task.id.casefold() == task_id.casefold():
            return task.with_words(answer.hidden)
        reason = "it is about another task"
    raise BadResponseError(
        f"the service's answer about the task {task_id} cannot be understood: {reason}",
        engine=ASPOSE.engine,
        task_id=task_id,
        status_code=answer.status,
    )


def parse_task_id(answer: Answer) -> str:
    """Reads the answer to a submission: an id, bare, quoted or in an object.

    Raises:
        BadResponseError: there is no id.
    """
    text = answer.body.decode("utf-8-sig", "replace").strip()
    value = json_of(answer.body)
    if isinstance(value, dict):
        value = next((value[key] for key in ("id", "taskId", "Id") if key in value), "")
    # A bare id is no JSON, unless it looks like a number.
    bare = value is NO_JSON or (isinstance(value, int | float) and not isinstance(value, bool))
    task_id = text if bare else value.strip() if isinstance(value, str) else ""
    # An id is opaque; but a page of HTML or half an object is none.
    if (
        task_id
        and len(task_id) <= 200
        and task_id.isprintable()
        and not set(task_id) & set('<>{}" ')
    ):
        return task_id
    raise BadResponseError(
        "the service took a task but gave no id that can be understood; its result is lost, "
        "and it may be charged",
        engine=ASPOSE.engine,
        status_code=answer.status,
    )


def decode_data(data: str) -> bytes | None:
    r"""Decodes Base64, in either alphabet, with or without its padding and line breaks.

    >>> from notetext.engines.aspose.wire import decode_data
    >>> decode_data("aGk"), decode_data(" aG\nk= "), decode_data("no, not that")
    (b'hi', b'hi', None)
    """
    end = len(data)
    while end and not (tail := data[max(0, end - _SLICE) : end].rstrip("= \t\r\n")):
        end = max(0, end - _SLICE)
    if end:
        end = max(0, end - _SLICE) + len(tail)
    # Slice by slice, so that there is no second copy of the whole.
    decoded, rest = io.BytesIO(), b""
    try:
        for start in range(0, end, _SLICE):
            piece = data[start : min(start + _SLICE, end)].encode("ascii")
            rest += piece.translate(_STANDARD_ALPHABET, b" \t\r\n")
            whole = len(rest) // 4 * 4
            decoded.write(binascii.a2b_base64(rest[:whole], strict_mode=True))
            rest = rest[whole:]
        decoded.write(binascii.a2b_base64(rest + b"=" * (-len(rest) % 4), strict_mode=True))
    except ValueError:
        return None
    return decoded.getvalue()


_SLICE = 1 << 20
_STANDARD_ALPHABET = bytes.maketrans(b"-_", b"+/")
