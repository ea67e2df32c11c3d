"""Submissions: sent again where they certainly failed, and nowhere else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine, RetryPolicy, Timeouts
from notetext.errors import (
    BadResponseError,
    CloudError,
    EngineTimeoutError,
    EngineUnavailableError,
    QuotaError,
    RateLimitError,
    ServerError,
    SubmissionUncertainError,
)
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase

MakeEngine = Callable[..., AsposeEngine]


def small_page() -> PageImage:
    return PageImage(np.full((30, 40), 200, np.uint8))


def sent(server: FakeAsposeServer) -> int:
    return len(server.requests_for(Phase.SUBMIT))


@pytest.mark.parametrize(
    "fault",
    [
        Fault.rate_limited(),
        Fault.rate_limited(seconds=7),
        Fault.rate_limited(seconds=7, as_date=True),
        Fault.unavailable(seconds=7),
        Fault.unavailable(seconds=7, as_date=True),
    ],
    ids=repr,
)
def test_what_was_refused_for_now_is_sent_again(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    clock: NoWaiting,
    page: PageImage,
    by_hand: Request,
    fault: Fault,
) -> None:
    server.script(Phase.SUBMIT, fault.repeated(2))
    usage = engine.read(page, by_hand).usage
    assert (usage.submissions, usage.uncertain) == (1, 0)
    assert sent(server) == 3
    assert len(server.submissions) == 1
    if fault.retry_after_s:
        assert clock.waits[:2] == pytest.approx([7, 7], abs=1)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.answer(408),
        Fault.answer(500),
        Fault.answer(500, processed=True),
        Fault.answer(502, "<html>Bad Gateway</html>", media_type="text/html"),
        Fault.answer(503, headers=[("Retry-After", "soon")]),
        Fault.unavailable(),
        Fault.answer(504),
        Fault.reset(after_body=False),
        Fault.reset(after_body=True),
        Fault.answer(200, "x" * (1 << 21), processed=True),
    ],
    ids=lambda fault: f"{fault.effect}-{fault.status}-{fault.processed}",
)
def test_what_may_have_been_processed_is_not_sent_again(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    fault: Fault,
) -> None:
    server.script(Phase.SUBMIT, fault)
    with pytest.raises(SubmissionUncertainError, match="resubmit=True") as caught:
        engine.read(page, by_hand)
    assert sent(server) == 1
    assert caught.value.usage is not None
    assert (caught.value.usage.submissions, caught.value.usage.uncertain) == (1, 1)
    assert caught.value.__context__ is None


def test_silence_after_a_submission_is_uncertain(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.silence(5))
    engine = make_engine(timeouts=Timeouts(read_s=0.2))
    with pytest.raises(SubmissionUncertainError, match=r"no whole answer came within 0\.2 s"):
        engine.read(page, by_hand)
    assert sent(server) == len(server.submissions) == 1


def test_an_answer_that_trickles_is_given_up_and_uncertain(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.slow_body(0.05))
    engine = make_engine(timeouts=Timeouts(read_s=5, answer_s=0.3))
    with pytest.raises(SubmissionUncertainError):
        engine.read(page, by_hand)
    assert sent(server) == len(server.submissions) == 1


def test_a_slow_answer_is_waited_for(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.slow_body(0.005))
    assert engine.read(page, by_hand).usage.submissions == 1


def test_resubmit_sends_again_what_is_uncertain_and_counts_it(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500, processed=True), Fault.reset(after_body=True))
    usage = make_engine(resubmit=True).read(page, by_hand).usage
    assert (usage.submissions, usage.uncertain) == (3, 2)
    assert len(server.submissions) == 3


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        (Fault.answer(400, '{"title": "Wrong image"}'), CloudError, "400.*Wrong image"),
        (Fault.answer(402), QuotaError, "402.*quota"),
        (Fault.answer(404, "<html>"), CloudError, "404.*no reason given"),
        (Fault.answer(413), CloudError, "413.*smaller picture"),
        (Fault.answer(415, "not that", media_type="text/plain"), CloudError, "415.*not that"),
        (Fault.redirect(), BadResponseError, "307.*redirects are not followed"),
        (Fault.answer(200, ""), BadResponseError, "no id"),
        (Fault.answer(200, "<html><body>Welcome</body></html>"), BadResponseError, "no id"),
    ],
    ids=["400", "402", "404", "413", "415", "redirect", "empty", "html"],
)
def test_a_refusal_is_one_clear_error(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    fault: Fault,
    kind: type[CloudError],
    said: str,
) -> None:
    server.script(Phase.SUBMIT, fault)
    with pytest.raises(kind, match=said) as caught:
        engine.read(page, by_hand)
    assert type(caught.value) is kind
    assert caught.value.status_code == fault.status
    assert sent(server) == 1


def test_truncated_json_in_place_of_an_id_is_a_bad_response(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(200, '{"id": "a197aade', processed=True))
    with pytest.raises(BadResponseError, match="may be charged") as caught:
        engine.read(page, by_hand)
    assert caught.value.usage is not None
    assert caught.value.usage.submissions == 1
    assert sent(server) == 1


def test_a_quoted_id_is_as_good_as_a_bare_one(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.quoted_id(), None)
    assert engine.read(page, by_hand).lines[0].text == "Hello"
    (looked,) = server.requests_for(Phase.LOOK)
    assert '"' not in looked.query["id"]


def test_a_pause_longer_than_allowed_is_an_error_at_once(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.rate_limited(seconds=600))
    with pytest.raises(RateLimitError) as caught:
        engine.read(page, by_hand)
    assert caught.value.retry_after_s == 600
    assert sent(server) == 1


def test_a_service_that_stays_busy_is_given_up_after_the_attempts(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.unavailable(seconds=1).repeated(9))
    with pytest.raises(ServerError, match="503"):
        make_engine(retry=RetryPolicy(attempts=3)).read(page, by_hand)
    assert sent(server) == 3


def test_the_deadline_ends_the_attempts_as_well(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    clock: NoWaiting,
    page: PageImage,
) -> None:
    server.script(Phase.SUBMIT, Fault.rate_limited(seconds=50).repeated(9))
    wanted = Request(Mode.HANDWRITTEN, (Language.ENGLISH,), deadline=clock.now() + 70)
    with pytest.raises(RateLimitError):
        engine.read(page, wanted)
    assert sent(server) == 2
    assert sum(clock.waits) <= 70


def test_nothing_is_submitted_after_the_deadline(
    server: FakeAsposeServer, engine: AsposeEngine, clock: NoWaiting, page: PageImage
) -> None:
    wanted = Request(Mode.HANDWRITTEN, (Language.ENGLISH,), deadline=clock.now() - 1)
    with pytest.raises(EngineTimeoutError):
        engine.read(page, wanted)
    assert sent(server) == 0


def test_a_refused_connection_is_tried_again_and_nothing_was_submitted(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    engine = make_engine(base_url=f"http://127.0.0.1:{port}", max_submissions=1)
    with pytest.raises(EngineUnavailableError, match="refused"):
        engine.read(page, by_hand)


def test_a_name_that_cannot_be_resolved_is_said_so(
    make_engine: MakeEngine, clock: NoWaiting
) -> None:
    engine = make_engine(base_url="https://nowhere.invalid")
    with pytest.raises(EngineUnavailableError, match="cannot be resolved"):
        engine.load()
    assert len(clock.waits) == 3


class Broken:
    """A listener that treats each connection as told, and counts them."""

    def __init__(self, treat: Callable[[socket.socket], None]) -> None:
        self.connections = 0
        self._treat = treat
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self.connections += 1
                self._treat(connection)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def test_a_failed_tls_handshake_is_tried_again(make_engine: MakeEngine) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.recv(1000)

    broken = Broken(hang_up)
    try:
        engine = make_engine(base_url=f"https://127.0.0.1:{broken.port}")
        with pytest.raises(EngineUnavailableError, match=r"TLS|connection"):
            engine.load()
        assert broken.connections == 4
    finally:
        broken.close()


def test_max_submissions_stops_before_more_is_spent(
    server: FakeAsposeServer, make_engine: MakeEngine, in_print: Request
) -> None:
    engine = make_engine(max_submissions=3)

    def read(_: int) -> str:
        try:
            return engine.read(small_page(), in_print).lines[0].text
        except QuotaError as error:
            return error.message

    with ThreadPoolExecutor(4) as pool:
        texts = sorted(pool.map(read, range(8)))
    assert (
        texts == ["Hello"] * 3 + ["max_submissions=3 allows no more tasks; raise it to go on"] * 5
    )
    assert sent(server) == 3


def test_what_was_refused_does_not_count_against_max_submissions(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.rate_limited(seconds=1).repeated(2), Fault.answer(400))
    engine = make_engine(max_submissions=1)
    with pytest.raises(CloudError, match="400"):
        engine.read(page, by_hand)
    assert engine.read(small_page(), by_hand).usage.submissions == 1
