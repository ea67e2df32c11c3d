"""The fake service, as a client sees it that is not ours."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import pytest
import requests
from PIL import Image

from notetext.testing import FakeAsposeServer, Fault, Phase

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


def test_an_answer_that_fails_is_a_failed_task() -> None:
    def fail(image: bytes) -> str:
        raise ValueError("cannot read that")

    with FakeAsposeServer(fail) as server:
        client = Client(server)
        answer = client.look(client.submit().text)
        assert answer["taskStatus"] == "Error"
        assert answer["error"] == {"messages": ["cannot read that"], "warnings": None}
        client.session.close()


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault.pending(), "Pending", "NotReady"),
        (Fault.task_status("Resting"), "Resting", "NotReady"),
        (Fault.task_status("Completed", code="ResultDataLost"), "Completed", "ResultDataLost"),
        (Fault.not_exist(), "NotExist", "TaskNotFound"),
        (Fault.task_error("too dark"), "Error", "Error"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.effect),
)
def test_the_states_of_a_task_are_told_in_the_services_words(
    server: FakeAsposeServer, client: Client, fault: Fault, status: str, code: str
) -> None:
    task_id = client.submit().text
    server.script(Phase.LOOK, fault)
    answer = client.look(task_id)
    assert (answer["taskStatus"], answer["responseStatusCode"]) == (status, code)
    assert client.look(task_id)["taskStatus"] == "Completed"


def test_an_id_in_quotation_marks_and_results_that_are_no_base64(
    server: FakeAsposeServer, client: Client
) -> None:
    server.script(Phase.SUBMIT, Fault.quoted_id())
    task_id = client.submit().json()
    server.script(Phase.LOOK, Fault.wrong_base64())
    results = client.look(task_id)["results"]
    assert isinstance(results, list)
    assert results[0]["data"].startswith("*")


def test_a_refused_submission_can_still_be_looked_at(
    server: FakeAsposeServer, client: Client
) -> None:
    assert client.submit(rotate=90).status_code == 400
    assert server.requests[-1].settings["rotate"] == 90
