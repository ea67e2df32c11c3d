"""The contract of a service's tasks, as a second service fills it in."""

from __future__ import annotations

import pytest
from parrot import ParrotApi, Said

from notetext.engines.cloud.task_api import TaskApi, TaskState


def test_a_service_has_to_say_everything() -> None:
    missing = {"submission", "task_id", "poll", "progress", "result", "cancellation"}
    assert TaskApi.__abstractmethods__ == missing
    with pytest.raises(TypeError, match="abstract"):
        TaskApi()  # type: ignore[abstract]
    assert ParrotApi().poll("7").path == "/tasks/7"


def test_a_word_that_nobody_knows_is_waited_out() -> None:
    assert Said("moulting", "").state is TaskState.UNDER_WAY
