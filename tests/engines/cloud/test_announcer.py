"""Who is told of what happens, and that nobody's failure harms a reading."""

from __future__ import annotations

import logging
import pickle
import threading

import pytest

from notetext.engines.cloud import events
from notetext.engines.cloud.announcer import Announcer, pickled_listener, unpickled_listener
from notetext.engines.cloud.events import Event

LOGGED: list[tuple[Event, str]] = [
    (
        events.Retried(1, 4, 0.44, "the service answered 503"),
        "parrot: attempt 1 of 4 failed; the next one in 0.4 s: the service answered 503",
    ),
    (
        events.Waited(events.WaitFor.TASK, 2.5, "t-1"),
        "parrot: waited 2.50 s before asking for the task t-1",
    ),
    (
        events.Waited(events.WaitFor.TURN, 2.5),
        "parrot: waited 2.50 s for a turn (requests_per_second)",
    ),
    (
        events.TaskTakenOver("t-1"),
        "parrot: fetching the result of the task t-1, which was submitted before",
    ),
    (
        events.TokenRenewed(events.TokenNeed.REFUSED, 0.1, 300),
        (
            "parrot: fetched a token within 0.10 s, since the service refused the last one; it is "
            "good for 300 s"
        ),
    ),
]
NOT_LOGGED: list[Event] = [
    events.RequestSent("GET", "/x", 1),
    events.RequestAnswered("GET", "/x", 1, 0.1, 200, None),
    events.RequestFailed("GET", "/x", 1, 0.1, "silence", True),
    events.TaskSubmitted("t-1", 0.1),
    events.TaskFinished("t-1", 0.1, True),
]


@pytest.mark.parametrize(("event", "message"), LOGGED)
def test_what_takes_time_is_a_record_at_info(
    event: Event, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "notetext")
    Announcer("parrot").tell(event)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", message)
    ]


@pytest.mark.parametrize("event", NOT_LOGGED)
def test_other_events_go_to_the_listener_alone(
    event: Event, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "notetext")
    heard: list[Event] = []
    Announcer("parrot", heard.append).tell(event)
    assert heard == [event]
    assert str(event)
    assert not caplog.records


def test_a_listener_that_fails_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Event] = []

    def fail(event: Event) -> None:
        heard.append(event)
        raise RuntimeError("no\nroom")

    announcer = Announcer("parrot", fail)
    threads = [threading.Thread(target=announcer.tell, args=NOT_LOGGED[:1]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 8
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith(r"parrot: on_event failed with RuntimeError: no\nroom;")


def test_ctrl_c_in_a_listener_ends_the_reading() -> None:
    def interrupt(event: Event) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Announcer("parrot", interrupt).tell(NOT_LOGGED[0])


def test_a_listener_is_pickled_with_the_functions_of_a_notebook() -> None:
    data = pickled_listener(lambda event: f"heard {event}")
    listener = unpickled_listener(pickle.loads(pickle.dumps(data)))
    assert listener is not None
    assert listener(NOT_LOGGED[0]) == "heard GET /x, attempt 1"
    assert unpickled_listener(pickled_listener(None)) is None


def test_a_listener_that_cannot_be_pickled_stays_behind_and_that_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lock = threading.Lock()
    assert pickled_listener(lambda event: lock.locked()) is None
    assert "cannot be pickled" in caplog.text
