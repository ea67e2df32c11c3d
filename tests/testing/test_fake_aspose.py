"""The fake service, as a client sees it that is not ours."""

from __future__ import annotations

import base64
import io
import threading
from collections.abc import Iterator

import pytest
import requests
from PIL import Image

from notetext.testing import FakeAsposeServer, Fault, Phase, ReceivedRequest

PATH = "/v5.0/ocr/RecognizeImage"


class Client:
    """Knows the protocol and nothing else."""

    def __init__(self, server: FakeAsposeServer) -> None:
        self.server = server
        self.session = requests.Session()
        self.headers = {"Authorization": f"Bearer {self.token()}"}

    def token(self, secret: str = "b") -> str:
        form = {"grant_type": "client_credentials", "client_id": "a", "client_secret": secret}
        answer = self.session.post(f"{self.server.url}/connect/token", data=form, timeout=5)
        return str(answer.json().get("access_token", answer.json().get("error")))

    def submit(self, **settings: object) -> requests.Response:
        body = {
            "image": base64.b64encode(picture()).decode(),
            "settings": {"language": "English", "resultType": "Text", **settings},
        }
        return self.session.post(
            f"{self.server.url}{PATH}", json=body, headers=self.headers, timeout=5
        )

    def look(self, task_id: str, path: str = PATH) -> dict[str, object]:
        answer = self.session.get(
            f"{self.server.url}{path}", params={"id": task_id}, headers=self.headers, timeout=5
        )
        value = answer.json()
        assert isinstance(value, dict)
        return value


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 40), 255).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def server() -> Iterator[FakeAsposeServer]:
    with FakeAsposeServer("Hello\nworld") as server:
        yield server


@pytest.fixture
def client(server: FakeAsposeServer) -> Iterator[Client]:
    client = Client(server)
    yield client
    client.session.close()


def text_of(answer: dict[str, object]) -> str:
    results = answer["results"]
    assert isinstance(results, list)
    return base64.b64decode(results[0]["data"]).decode()


def test_it_answers_as_the_service_does(client: Client) -> None:
    submitted = client.submit()
    assert submitted.headers["Content-Type"].startswith("text/plain")
    answer = client.look(submitted.text)
    assert (answer["taskStatus"], answer["responseStatusCode"]) == ("Completed", "Ok")
    assert text_of(answer) == "Hello\nworld"


def test_it_keeps_a_log(server: FakeAsposeServer, client: Client) -> None:
    task_id = client.submit(makeSpellCheck=True).text
    client.look(task_id)
    token, submitted, looked = server.requests
    assert [token.phase, submitted.phase, looked.phase] == [
        Phase.TOKEN,
        Phase.SUBMIT,
        Phase.LOOK,
    ]
    assert submitted.image == picture()
    assert submitted.settings["makeSpellCheck"] is True
    assert looked.query == {"id": task_id}
    assert server.submissions == [picture()]


@pytest.mark.parametrize(
    "settings", [{"rotate": 90}, {"makeSpellCheck": "yes"}, {"language": None}, {"x": 1}]
)
def test_it_refuses_what_the_specification_does_not_allow(
    client: Client, settings: dict[str, object]
) -> None:
    answer = client.submit(**settings)
    assert answer.status_code == 400
    assert "wrong fields" in answer.text


def test_it_wants_a_token(server: FakeAsposeServer, client: Client) -> None:
    client.headers = {"Authorization": "Bearer made-up"}
    assert client.submit().status_code == 401
    assert server.submissions == []


def test_its_tokens_expire() -> None:
    with FakeAsposeServer(token_lifetime_s=0) as server:
        client = Client(server)
        assert client.submit().status_code == 401
        client.session.close()


def test_it_can_know_only_one_client() -> None:
    with FakeAsposeServer(credentials=("a", "right")) as server:
        client = Client(server)
        assert client.token("wrong") == "invalid_client"
        assert client.token("right") in server.tokens
        client.session.close()


def test_a_task_is_ready_after_so_many_looks() -> None:
    with FakeAsposeServer(ready_after_looks=2) as server:
        client = Client(server)
        task_id = client.submit().text
        states = [client.look(task_id)["taskStatus"] for _ in range(3)]
        assert states == ["Pending", "Pending", "Completed"]
        client.session.close()


def test_a_deleted_task_does_not_exist(server: FakeAsposeServer, client: Client) -> None:
    task_id = client.submit().text
    client.session.delete(
        f"{server.url}{PATH}", params={"id": task_id}, headers=client.headers, timeout=5
    )
    assert client.look(task_id)["taskStatus"] == "NotExist"
    assert server.deleted == [task_id]


def test_a_task_belongs_to_its_endpoint(client: Client) -> None:
    task_id = client.submit().text
    assert client.look(task_id, "/v5.0/ocr/RecognizePdf")["taskStatus"] == "NotExist"


def test_answers_may_depend_on_the_picture() -> None:
    with FakeAsposeServer(lambda image: f"{len(image)} bytes") as server:
        client = Client(server)
        assert text_of(client.look(client.submit().text)) == f"{len(picture())} bytes"
        client.session.close()


def test_an_answer_that_fails_is_a_failed_task() -> None:
    def fail(image: bytes) -> str:
        raise ValueError("cannot read that")

    with FakeAsposeServer(fail) as server:
        client = Client(server)
        answer = client.look(client.submit().text)
        assert answer["taskStatus"] == "Error"
        assert answer["error"] == {"messages": ["cannot read that"], "warnings": None}
        client.session.close()


def test_a_script_says_what_goes_wrong_and_in_which_order(
    server: FakeAsposeServer, client: Client
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500), None, Fault.rate_limited(seconds=3).repeated(2))
    answers = [client.submit() for _ in range(5)]
    assert [answer.status_code for answer in answers] == [500, 200, 429, 429, 200]
    assert answers[2].headers["Retry-After"] == "3"


def test_a_function_may_decide_about_each_request() -> None:
    seen: list[ReceivedRequest] = []

    def every_second(request: ReceivedRequest) -> Fault | None:
        seen.append(request)
        return Fault.answer(503) if len(seen) % 2 == 0 else None

    with FakeAsposeServer(on_request=every_second) as server:
        client = Client(server)
        server.script(Phase.SUBMIT, Fault.answer(418))
        assert [client.submit().status_code for _ in range(4)] == [418, 503, 200, 503]
        client.session.close()


@pytest.mark.parametrize("after_body", [False, True])
def test_a_reset_is_a_reset(server: FakeAsposeServer, client: Client, after_body: bool) -> None:
    server.script(Phase.SUBMIT, Fault.reset(after_body=after_body))
    with pytest.raises(requests.ConnectionError):
        client.submit()
    assert len(server.submissions) == (1 if after_body else 0)
    assert len(server.requests_for(Phase.SUBMIT)) == 1


def test_bodies_need_not_be_kept() -> None:
    with FakeAsposeServer(keep_bodies=False) as server:
        client = Client(server)
        client.submit()
        assert server.requests[-1].body == b""
        client.session.close()


def test_it_stops_at_once_even_with_open_connections() -> None:
    with FakeAsposeServer() as server:
        client = Client(server)
    client.session.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "fake-aspose"]
