"""No secret and no token in the variables of a traceback's frames, as error trackers show them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from credential_watch import variables_of
from gate import Door, Gate

from notetext.documents import Limits, Source
from notetext.engines import CancelToken, Request
from notetext.engines.aspose import AsposeEngine, RetryPolicy, Timeouts
from notetext.errors import CancelledError, ConfigurationError, NoteTextError
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

CLIENT_ID = "an-id-that-nobody-may-see"
SECRET = "s3cret/that+nobody=may&see"
QUOTED = "s3cret%2Fthat%2Bnobody%3Dmay%26see"
TOKEN = "t0ken-that-nobody-may-see"
MakeEngine = Callable[..., AsposeEngine]


def assert_nothing_shown(error: BaseException) -> None:
    shown = variables_of(error)
    assert len(shown) > 100
    for secret in (CLIENT_ID, SECRET, QUOTED, TOKEN):
        assert secret not in shown


@pytest.fixture
def engine(make_engine: MakeEngine) -> AsposeEngine:
    return make_engine(
        client_id=CLIENT_ID,
        client_secret=SECRET,
        timeouts=Timeouts(5, 0.2, 0.5),
        retry=RetryPolicy(attempts=2),
    )


TOKEN_FAULTS = {
    "refused": Fault.invalid_client(),
    "refused by a proxy": Fault.answer(403, "<html>Forbidden</html>"),
    "echoed": Fault.answer(400, f'{{"error": "no client {CLIENT_ID} has {QUOTED}"}}'),
    "500": Fault.answer(500, SECRET),
    "429": Fault.rate_limited(seconds=600),
    "garbage": Fault.answer(200, "<html>"),
    "a token that cannot be used": Fault.answer(200, f'{{"access_token": "{TOKEN}\\r\\n"}}'),
    "half of a token": Fault.answer(200, f'{{"access_token": "{TOKEN}'),
    "silence": Fault.silence(2),
    "an answer that trickles": Fault.slow_body(0.05),
    "a redirect": Fault.redirect(),
    "reset before the body": Fault.reset(after_body=False),
    "reset after the body": Fault.reset(after_body=True),
    "reset within the answer": Fault.cut_off(),
    "too long": Fault.answer(200, f'{{"access_token": "{TOKEN}"}}' + " " * (2 << 20)),
}


@pytest.mark.parametrize("fault", TOKEN_FAULTS.values(), ids=TOKEN_FAULTS)
def test_when_no_token_comes(server: FakeAsposeServer, engine: AsposeEngine, fault: Fault) -> None:
    server.script(Phase.TOKEN, fault.repeated(2))
    with pytest.raises(NoteTextError) as caught:
        engine.load()
    assert_nothing_shown(caught.value)


@pytest.mark.parametrize("door", ["shut", "broken", "untrusted"])
def test_when_there_is_no_connection(
    make_engine: MakeEngine, server: FakeAsposeServer, door: Door
) -> None:
    gate = Gate(int(server.url.rsplit(":", 1)[1]), trustme.CA())
    gate.turn(door)
    engine = make_engine(client_id=CLIENT_ID, client_secret=SECRET, base_url=gate.url)
    with pytest.raises(NoteTextError) as caught:
        engine.load()
    gate.close()
    assert_nothing_shown(caught.value)


@pytest.fixture(params=[Phase.TOKEN, Phase.SUBMIT, Phase.LOOK])
def interrupting(request: pytest.FixtureRequest) -> Iterator[FakeAsposeServer]:
    """A service that says nothing in one phase, where Ctrl-C comes."""

    def interrupt(received: ReceivedRequest) -> Fault | None:
        if received.phase is not request.param:
            return None
        threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT)).start()
        return Fault.silence(3)

    main = threading.get_ident()
    with FakeAsposeServer(on_request=interrupt) as server:
        yield server


def test_when_it_is_interrupted(
    interrupting: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    engine = make_engine(
        client_id=CLIENT_ID, client_secret=SECRET, base_url=interrupting.url, timeouts=Timeouts()
    )
    with pytest.raises(KeyboardInterrupt) as caught:
        engine.read(page, by_hand)
    assert_nothing_shown(caught.value)
    shown = variables_of(caught.value)
    assert not any(token in shown for token in interrupting.tokens)


class Halt(BaseException):
    """What a framework puts an end to a thread with."""


def test_when_something_else_ends_it(server: FakeAsposeServer, engine: AsposeEngine) -> None:
    def halt(number: int, frame: object) -> None:
        try:
            raise ValueError("of the program's own")
        except ValueError as error:
            raise Halt from error

    before = signal.signal(signal.SIGUSR1, halt)
    main = threading.get_ident()
    server.script(Phase.TOKEN, Fault.silence(3))
    timer = threading.Timer(0.1, signal.pthread_kill, (main, signal.SIGUSR1))
    timer.start()
    try:
        with pytest.raises(Halt) as caught:
            engine.load()
    finally:
        timer.join()
        signal.signal(signal.SIGUSR1, before)
    assert_nothing_shown(caught.value)


def test_when_the_caller_gives_up(
    make_engine: MakeEngine, server: FakeAsposeServer, page: PageImage
) -> None:
    cancel: CancelToken = threading.Event()

    class Clock(NoWaiting):
        def wait(self, seconds: float, cancel: CancelToken | None) -> None:
            if cancel is not None:
                cancel.set()  # type: ignore[attr-defined]
            super().wait(seconds, cancel)

    engine = make_engine(client_id=CLIENT_ID, client_secret=SECRET, waiting=Clock())
    server.script(Phase.TOKEN, Fault.answer(500))
    with pytest.raises(CancelledError) as caught:
        engine.read(page, Request(Mode.PRINTED, (Language.ENGLISH,), cancel=cancel))
    assert_nothing_shown(caught.value)


def test_when_the_page_cannot_be_read_while_it_is_sent(
    make_engine: MakeEngine, tmp_path: Path, by_hand: Request
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 ")
    source = Source.of_path(path, Limits())
    engine = make_engine(client_id=CLIENT_ID, client_secret=SECRET, pdf="native")
    opened = source.open

    def gone() -> object:
        path.unlink(missing_ok=True)
        return opened()

    engine.load()
    source.head()
    source.open = gone  # type: ignore[method-assign, assignment]
    source.head = lambda: b"%PDF-"  # type: ignore[method-assign]
    with pytest.raises(NoteTextError, match="no such file") as caught:
        engine.read_document(source, by_hand)
    assert_nothing_shown(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_secret": f"{SECRET}\x07"},
        {"client_secret": ""},
        {"client_secret": None},
        {"client_id": f"{CLIENT_ID}é"},
        {"base_url": "http://elsewhere.invalid"},
        {"pdf": "folded"},
        {"parallel_pages": 0},
    ],
    ids=str,
)
def test_when_an_engine_cannot_be_made(
    wrong: dict[str, object],
) -> None:
    pair: dict[str, object] = {"client_id": CLIENT_ID, "client_secret": SECRET}
    with pytest.raises(ConfigurationError) as caught:
        AsposeEngine(**(pair | wrong))  # type: ignore[arg-type]
    assert_nothing_shown(caught.value)


def test_when_the_environment_holds_bytes_that_are_no_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", CLIENT_ID)
    monkeypatch.setitem(os.environ, "ASPOSE_CLIENT_SECRET", f"{SECRET}\udcff")
    with pytest.raises(ConfigurationError, match="the client_secret holds") as caught:
        AsposeEngine().check()
    assert_nothing_shown(caught.value)
