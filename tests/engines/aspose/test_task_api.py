"""How the service is asked for a task."""

from __future__ import annotations

import pytest

from notetext.engines.aspose.settings import Endpoint
from notetext.engines.aspose.task_api import AsposeTaskApi
from notetext.engines.cloud.api_client import ApiRequest


@pytest.mark.parametrize("endpoint", Endpoint)
def test_a_task_is_asked_for_where_it_was_submitted(endpoint: Endpoint) -> None:
    api = AsposeTaskApi(endpoint, max_answer_bytes=99)
    path = f"/v5.0/ocr/{endpoint.value}"
    assert api.poll("7") == ApiRequest("GET", path, query={"id": "7"}, max_bytes=99)
    assert api.cancellation("7") == ApiRequest("DELETE", path, query={"id": "7"})
