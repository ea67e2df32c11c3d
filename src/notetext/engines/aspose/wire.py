"""What goes over the wire, and what comes back."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated, BinaryIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from notetext.engines.aspose.settings import RecognizeImageSettings, RecognizePdfSettings
from notetext.engines.aspose.transport import Answer, SentBody
from notetext.errors import BadResponseError, CorruptInputError

# A multiple of 3, so that each piece is Base64 by itself.
_PIECE_BYTES = 3 << 14


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


class TaskBody(SentBody):
    """The JSON of a submission, its Base64 made while it is sent.

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
        self._content = content
        self._size = size
        self._before = b'{"image":"'
        self._after = b'","settings":' + json.dumps(sent).encode("ascii") + b"}"

    def __len__(self) -> int:
        """In bytes."""
        return len(self._before) + 4 * -(-self._size // 3) + len(self._after)

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        with self._content() as file:
            left = self._size
            while left:
                piece = file.read(min(_PIECE_BYTES, left))
                # Each piece must be a multiple of 3, and all of them what `len` has promised.
                if len(piece) < min(_PIECE_BYTES, left):
                    raise CorruptInputError("the file became shorter while it was being sent")
                left -= len(piece)
                yield binascii.b2a_base64(piece, newline=False)
        yield self._after


class TaskStatus(StrEnum):
    """How far a task is; the service may know more words."""

    PENDING = "Pending"
    PROCESSING = "Processing"
    COMPLETED = "Completed"
    ERROR = "Error"
    NOT_EXIST = "NotExist"


def _word(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


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

    task_status: _Word = ""
    response_status_code: _Word = ""
    results: tuple[ResultEntry | None, ...] | None = None
    error: Annotated[Notices | None, BeforeValidator(_notices)] = None

    @property
    def status(self) -> TaskStatus | None:
        """The status whatever its capitals; ``None`` if nobody knows that word."""
        spoken = self.task_status.casefold()
        return next((status for status in TaskStatus if status.casefold() == spoken), None)

    @property
    def notices(self) -> tuple[str, ...]:
        """All that the service had to say."""
        return () if self.error is None else self.error.messages + self.error.warnings


class TokenAnswer(_Wire):
    """A token and the seconds that it lasts."""

    model_config = ConfigDict(alias_generator=None)

    access_token: SecretStr
    expires_in: Annotated[float, Field(allow_inf_nan=False)] = 300.0


def parse_task(answer: Answer, task_id: str) -> TaskAnswer:
    """Reads the answer to a look at a task.

    Raises:
        BadResponseError: it is no such answer.
    """
    try:
        return TaskAnswer.model_validate_json(_without_mark(answer.body))
    except ValidationError as error:
        reason = error.errors(include_url=False, include_input=False)[0]["msg"]
    raise BadResponseError(
        f"the service's answer about the task {task_id} cannot be understood: {reason}",
        engine="aspose",
        task_id=task_id,
        status_code=answer.status,
    )


def parse_task_id(answer: Answer) -> str:
    """Reads the answer to a submission: an id, bare, quoted or in an object.

    Raises:
        BadResponseError: there is no id.
    """
    text = _without_mark(answer.body).decode("utf-8", "replace").strip()
    value = _json(answer.body)
    if isinstance(value, dict):
        value = next((value[key] for key in ("id", "taskId", "Id") if key in value), "")
    # A bare id is no JSON, unless it looks like a number.
    bare = value is _NO_JSON or (isinstance(value, int | float) and not isinstance(value, bool))
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
        engine="aspose",
        status_code=answer.status,
    )


def parse_token(answer: Answer) -> TokenAnswer:
    """Reads the answer of the token endpoint.

    Raises:
        BadResponseError: there is no token that a header could carry. The message holds no part
            of it.
    """
    try:
        token = TokenAnswer.model_validate_json(_without_mark(answer.body))
    except ValidationError:
        token = None
    value = token.access_token.get_secret_value() if token else ""
    if token is None or not value or not all("!" <= character <= "~" for character in value):
        raise BadResponseError(
            "the service's token cannot be understood", engine="aspose", status_code=answer.status
        )
    return token


def decode_data(data: str) -> bytes | None:
    r"""Decodes Base64, in either alphabet, with or without its padding and line breaks.

    >>> decode_data("aGk"), decode_data(" aG\nk= "), decode_data("no, not that")
    (b'hi', b'hi', None)
    """
    joined = "".join(data.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(joined + "=" * (-len(joined) % 4), validate=True)
    except ValueError:
        return None


def problem(answer: Answer) -> str:
    """The service's own words for a refusal, cut to a line, or an empty string."""
    value = _json(answer.body)
    text = ""
    if isinstance(value, dict):
        known = ("error_description", "error", "title", "detail", "message", "errors")
        text = ": ".join(_word(value[key]) for key in known if value.get(key))
    elif isinstance(value, str):
        text = value
    elif not answer.body.lstrip().startswith((b"<", b"{", b"[")):
        text = answer.body[:1000].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


_NO_JSON = object()


def _json(body: bytes) -> object:
    try:
        # Unlike `json.loads`, it takes no harm from brackets a thousand deep.
        parsed: object = from_json(_without_mark(body))
    except ValueError:
        return _NO_JSON
    return parsed


def _without_mark(body: bytes) -> bytes:
    return body.removeprefix(b"\xef\xbb\xbf")
