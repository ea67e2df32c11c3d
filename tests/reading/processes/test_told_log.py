"""What worker processes log is logged here."""

from __future__ import annotations

import logging

import pytest

from notetext.reading.processes.worker import WorkerProcess

pytestmark = pytest.mark.slow

LOGGER = logging.getLogger("notetext")


@pytest.mark.parametrize("tells_log", [True, False])
def test_what_is_logged_there_is_logged_here_if_it_is_told(
    caplog: pytest.LogCaptureFixture, tells_log: bool
) -> None:
    caplog.set_level(logging.DEBUG, "notetext")
    worker = WorkerProcess(tells_log=tells_log)
    try:
        worker.call(LOGGER.debug, "it says %s", "hello")
    finally:
        worker.stop()
    assert [record.getMessage() for record in caplog.records] == ["it says hello"] * tells_log


def test_the_level_holds_there_as_well(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "notetext")
    worker = WorkerProcess(tells_log=True)
    try:
        worker.call(LOGGER.debug, "a detail")
        worker.call(LOGGER.info, "something")
    finally:
        worker.stop()
    assert caplog.messages == ["something"]
