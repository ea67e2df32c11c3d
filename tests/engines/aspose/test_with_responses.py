"""The REST client against `responses`, which stands in for the network inside requests."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
import requests
import responses
from responses import matchers

import notetext
from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import EngineUnavailableError, SubmissionUncertainError
from notetext.page_image import PageImage

BASE = "https://api.aspose.cloud"
TASKS = f"{BASE}/v5.0/ocr/RecognizeImage"


@pytest.fixture
def cloud_engine(make_engine: Callable[..., AsposeEngine]) -> AsposeEngine:
    return make_engine(base_url=BASE)


def give_token(mock: responses.RequestsMock) -> None:
    mock.post(
        f"{BASE}/connect/token",
        json={"access_token": "jwt", "expires_in": 3600, "token_type": "Bearer"},
        match=[
            matchers.urlencoded_params_matcher(
                {
                    "grant_type": "client_credentials",
                    "client_id": "an-id",
                    "client_secret": "s3cret-that-nobody-may-see",
                }
            )
        ],
    )


def test_the_documented_conversation(
    cloud_engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    task_id = "a197aade-bba9-4c7a-92c7-46851b3dceaa"
    text = base64.b64encode(b"All men\nare equal").decode()
    authorized = matchers.header_matcher(
        {"Authorization": "Bearer jwt", "User-Agent": f"notetext/{notetext.__version__}"}
    )
    with responses.RequestsMock() as mock:
        give_token(mock)
        mock.post(TASKS, body=task_id, content_type="text/plain", match=[authorized])
        for answer in (
            {"id": task_id, "taskStatus": "Pending", "responseStatusCode": "NotReady"},
            {
                "id": task_id,
                "taskStatus": "Completed",
                "responseStatusCode": "Ok",
                "results": [{"type": "Text", "data": text}],
                "error": None,
            },
        ):
            mock.get(
                TASKS,
                json=answer,
                match=[authorized, matchers.query_param_matcher({"id": task_id})],
            )
        reading = cloud_engine.read(page, by_hand)
        body = mock.calls[1].request.body
        assert body is not None
        sent = json.loads(b"".join(body))  # type: ignore[arg-type]
    assert [line.text for line in reading.lines] == ["All men", "are equal"]
    assert (reading.usage.submissions, reading.usage.looks) == (1, 2)
    assert sent["settings"]["language"] == "HWT_ENG"
    assert base64.b64decode(sent["image"])[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0"}


def test_a_connection_that_fails_is_tried_four_times(
    cloud_engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    with responses.RequestsMock() as mock:
        give_token(mock)
        mock.post(TASKS, body=requests.ConnectionError("refused"))
        with pytest.raises(EngineUnavailableError):
            cloud_engine.read(page, by_hand)
        assert len(mock.calls) == 5


def test_an_error_of_the_gateway_is_not_tried_again(
    cloud_engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    with responses.RequestsMock() as mock:
        give_token(mock)
        mock.post(TASKS, body="<html>", status=502)
        with pytest.raises(SubmissionUncertainError):
            cloud_engine.read(page, by_hand)
        assert len(mock.calls) == 2
