"""What every fake service does, as a client of the Parrot sees it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import pytest
import requests
from parrot import ParrotServer

from notetext.result import RecognitionResult
from notetext.testing import Fault, Phase, ReceivedRequest


class Client:
    """Knows the Parrot's protocol and nothing else."""

    def __init__(self, server: ParrotServer) -> None:
        self.url = server.url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.token()}"

    def token(self, secret: str = "b") -> str:
        form = {"grant_type": "client_credentials", "client_id": "a", "client_secret": secret}
        answer = self.session.post(f"{self.url}/token", data=form, timeout=5).json()
        return str(answer.get("access_token", answer.get("error")))

    def submit(self, content: bytes = b"picture", **more: str) -> requests.Response:
        body = {"file": base64.b64encode(content).decode()} | more
        return self.session.post(f"{self.url}/tasks", json=body, timeout=5)

    def look(self, task_id: str) -> dict[str, str]:
        answer = self.session.get(f"{self.url}/tasks/{task_id}", timeout=5).json()
        assert isinstance(answer, dict)
        return answer

    def read(self) -> dict[str, str]:
        return self.look(self.submit().json()["task"])


@pytest.fixture
def connect() -> Iterator[Callable[[ParrotServer], Client]]:
    made: list[Client] = []

    def connect(server: ParrotServer) -> Client:
        made.append(Client(server))
        return made[-1]

    yield connect
    for client in made:
        client.session.close()


@pytest.fixture
def server() -> Iterator[ParrotServer]:
    with ParrotServer("Hello") as server:
        yield server


@pytest.fixture
def client(server: ParrotServer, connect: Callable[[ParrotServer], Client]) -> Client:
    return connect(server)


Connect = Callable[[ParrotServer], Client]


def test_a_task_goes_its_way(server: ParrotServer, client: Client) -> None:
    task_id = client.submit().json()["task"]
    assert server.submissions == [b"picture"]
    assert client.look(task_id) == {"state": "said", "text": "Hello"}
    client.session.delete(f"{client.url}/tasks/{task_id}", timeout=5)
    assert client.look(task_id)["state"] == "flown"
    assert server.deleted == [task_id]
    phases = [request.phase for request in server.requests]
    assert phases == [Phase.TOKEN, Phase.SUBMIT, Phase.LOOK, Phase.CANCEL, Phase.LOOK]


def test_what_the_specification_does_not_allow_is_refused(
    server: ParrotServer, client: Client
) -> None:
    answer = client.submit(wings="two")
    assert (answer.status_code, "nothing else" in answer.text) == (400, True)
    assert server.submissions == []


def test_its_tokens_expire_and_may_come_from_elsewhere(connect: Connect) -> None:
    with ParrotServer(token_lifetime_s=0) as server:
        assert connect(server).submit().status_code == 401
    with ParrotServer() as server:
        server.accept_token("ours")
        client = connect(server)
        client.session.headers["Authorization"] = "Bearer ours"
        assert client.submit().status_code == 202
        assert "ours" in server.tokens


def test_it_can_know_only_one_client(connect: Connect) -> None:
    with ParrotServer(credentials=("a", "right")) as server:
        client = connect(server)
        assert client.token("wrong") == "invalid_client"
        assert client.token("right") in server.tokens


def test_a_task_is_ready_after_so_many_looks_or_seconds(connect: Connect) -> None:
    with ParrotServer(ready_after_looks=2) as server:
        client = connect(server)
        task_id = client.submit().json()["task"]
        states = [client.look(task_id)["state"] for _ in range(3)]
        assert states == ["listening", "listening", "said"]
    with ParrotServer(ready_after_s=1000) as server:
        assert connect(server).read()["state"] == "listening"


class Reader:
    """Stands for a reader that really reads."""

    def recognize(self, path: bytes, mode: str, language: str) -> RecognitionResult:
        raise ValueError(f"{mode} {language}: {len(path)} bytes are no picture")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda image: f"{len(image)} bytes", {"state": "said", "text": "7 bytes"}),
        (Reader(), {"state": "dumb", "text": "printed en: 7 bytes are no picture"}),
    ],
    ids=["a function", "a reader that fails"],
)
def test_an_answer_may_depend_on_the_picture(
    connect: Connect, answer: Callable[[bytes], str] | Reader, told: dict[str, str]
) -> None:
    with ParrotServer(answer) as server:
        assert connect(server).read() == told


def test_a_script_says_what_goes_wrong_and_in_which_order(
    server: ParrotServer, client: Client
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500), None, Fault.rate_limited(seconds=3).repeated(2))
    answers = [client.submit() for _ in range(5)]
    assert [answer.status_code for answer in answers] == [500, 202, 429, 429, 202]
    assert answers[2].headers["Retry-After"] == "3"


def test_a_function_decides_about_each_request_that_no_script_is_about(connect: Connect) -> None:
    seen: list[ReceivedRequest] = []

    def every_second(request: ReceivedRequest) -> Fault | None:
        seen.append(request)
        return Fault.answer(503) if len(seen) % 2 == 0 else None

    with ParrotServer(on_request=every_second) as server:
        client = connect(server)
        server.script(Phase.SUBMIT, Fault.answer(418))
        assert [client.submit().status_code for _ in range(4)] == [418, 503, 202, 503]


@pytest.mark.parametrize("after_body", [False, True])
def test_a_reset_is_noted_and_a_late_one_comes_after_the_work(
    server: ParrotServer, client: Client, after_body: bool
) -> None:
    server.script(Phase.SUBMIT, Fault.reset(after_body=after_body))
    with pytest.raises(requests.ConnectionError):
        client.submit()
    assert len(server.submissions) == (1 if after_body else 0)
    assert len(server.requests_for(Phase.SUBMIT)) == 1


def test_the_work_may_be_done_and_another_answer_given(
    server: ParrotServer, client: Client
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500, processed=True), Fault.truncated_json())
    assert client.submit().status_code == 500
    assert client.submit().text.startswith("{")
    assert len(server.submissions) == 2


def test_bodies_need_not_be_kept(connect: Connect) -> None:
    with ParrotServer(keep_bodies=False) as server:
        connect(server).submit()
        assert server.requests[-1].body == b""
        assert server.submissions == [b"picture"]
