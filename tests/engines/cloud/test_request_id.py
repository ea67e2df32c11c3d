"""By what name the operators of a service find a request again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from parrot import Parrot, ParrotServer
from requests.structures import CaseInsensitiveDict

from notetext.engines import Request
from notetext.engines.cloud.base64_body import Base64Body
from notetext.engines.cloud.request_id import request_id, told_by
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.transport import Answer
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import (
    AuthenticationError,
    BadResponseError,
    CloudError,
    NoteTextError,
    SubmissionUncertainError,
    TaskFailedError,
    TaskTimeoutError,
)
from notetext.testing import Fault, Phase

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"


def answer(headers: Mapping[str, str], body: bytes = b"", status: int = 400) -> Answer:
    return Answer(status, CaseInsensitiveDict(headers), body)


@pytest.mark.parametrize(
    ("headers", "body", "found"),
    [
        ({"X-Request-ID": "abc"}, b"", "abc"),
        ({"Request-Id": "abc", "traceparent": TRACE}, b"", "abc"),
        ({"traceparent": TRACE}, b"", TRACE),
        ({}, b'{"traceId": "abc"}', "abc"),
        ({"X-Request-Id": " "}, b'{"traceId": 7}', None),
        ({}, b'["traceId"]', None),
        ({"X-Request-Id": "a\x1b[2Jb c" + "d" * 500}, b"", "a[2Jbc" + "d" * 94),
    ],
)
def test_an_id_is_found_in_headers_and_problem_details(
    headers: Mapping[str, str], body: bytes, found: str | None
) -> None:
    assert request_id(answer(headers, body)) == found


def test_the_body_of_a_success_is_not_looked_into() -> None:
    assert request_id(answer({}, b'{"traceId": "abc"}', status=200)) is None


def test_an_error_names_the_first_request_that_it_is_told_of() -> None:
    error = CloudError("no", engine="parrot").about_request(None)
    assert (str(error), error.request_id) == ("no", None)
    error.about_request("abc").about_request("xyz")
    assert (str(error), error.message, error.request_id) == (*["no (request abc)"] * 2, "abc")


def test_what_is_made_of_an_answer_names_it_when_it_fails() -> None:
    with (
        pytest.raises(BadResponseError, match=r"^no \(request abc\)$"),
        told_by(answer({"X-Request-Id": "abc"}, status=200)),
    ):
        raise BadResponseError("no", engine="parrot")


def named(status: int, body: str = "{}") -> Fault:
    return Fault.answer(status, body, headers=[("X-Request-Id", "abc-1")])


@pytest.mark.parametrize(
    ("phase", "fault", "kind"),
    [
        (Phase.TOKEN, named(400, '{"error": "invalid_client"}'), AuthenticationError),
        (Phase.TOKEN, named(200), BadResponseError),
        (Phase.TOKEN, named(500), CloudError),
        (Phase.SUBMIT, named(413), CloudError),
        (Phase.SUBMIT, named(500), SubmissionUncertainError),
        (Phase.SUBMIT, named(200, "[]"), BadResponseError),
        (Phase.LOOK, named(500), CloudError),
        (Phase.LOOK, named(200, "[]"), BadResponseError),
    ],
)
def test_errors_of_every_phase_name_the_request(
    server: ParrotServer,
    make_parrot: Callable[..., Parrot],
    body: Base64Body,
    request_: Request,
    phase: Phase,
    fault: Fault,
    kind: type[CloudError],
) -> None:
    parrot = make_parrot(retry=RetryPolicy(attempts=1))
    server.script(phase, fault)
    with pytest.raises(kind, match=r"\(request abc-1\)$") as caught:
        parrot.tasks.result(body, request_, UsageCounter())
    assert caught.value.request_id == "abc-1"


def test_credentials_that_were_refused_name_that_request_until_they_are_asked_for_again(
    server: ParrotServer, parrot: Parrot
) -> None:
    server.script(Phase.TOKEN, named(400, '{"error": "invalid_client"}'))
    for _ in range(2):
        with pytest.raises(AuthenticationError) as caught:
            parrot.tokens.token(parrot.deadline)
        assert caught.value.request_id == "abc-1"
        assert str(caught.value).count("abc-1") == 1
    assert len(server.requests) == 1


def test_an_error_without_an_answer_names_none(
    server: ParrotServer, make_parrot: Callable[..., Parrot], body: Base64Body, request_: Request
) -> None:
    parrot = make_parrot(retry=RetryPolicy(attempts=1))
    server.script(Phase.LOOK, Fault.reset(after_body=True))
    with pytest.raises(TaskTimeoutError) as caught:
        parrot.tasks.result(body, request_, UsageCounter())
    assert caught.value.request_id is None
    assert isinstance(caught.value, NoteTextError)


def test_a_task_that_the_service_does_not_know_names_the_last_request(
    server: ParrotServer, parrot: Parrot, body: Base64Body, request_: Request
) -> None:
    server.script(Phase.LOOK, named(404).repeated(9))
    with pytest.raises(TaskFailedError) as caught:
        parrot.tasks.result(body, request_, UsageCounter())
    assert caught.value.request_id == "abc-1"
    assert str(caught.value).count("abc-1") == 1
