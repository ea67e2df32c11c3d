"""The fake service, as a client sees it that is not ours."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator

import pytest
import requests
from PIL import Image

from notetext import NoteText
from notetext.result import RecognitionResult
from notetext.testing import FakeAsposeServer, FakeEngine, Fault, Phase

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
        image = base64.b64encode(picture()).decode()
        wanted = {"language": "English", "resultType": "Text", **settings}
        return self.post({"image": image, "settings": wanted})

    def post(
        self, body: object, media_type: str = "application/json", path: str = PATH
    ) -> requests.Response:
        headers = self.headers | {"Content-Type": media_type}
        return self.session.post(
            self.server.url + path, data=json.dumps(body), headers=headers, timeout=5
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


def test_it_refuses_what_the_specification_does_not_allow(client: Client) -> None:
    answer = client.submit(makeSpelCheck=True, Rotate="upside down")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], "traceId" in problem) == (400, True)
    assert set(problem["errors"]) == {"$.settings.makeSpelCheck", "$.settings.Rotate"}
    assert client.server.submissions == []


def test_it_takes_a_task_that_says_no_more_than_it_must(client: Client) -> None:
    taken = client.post({"image": base64.b64encode(picture()).decode(), "settings": {}})
    assert text_of(client.look(taken.text)) == "Hello\nworld"


@pytest.mark.parametrize(
    ("media_type", "status"),
    [
        ("application/json; charset=utf-8", 200),
        ("Application/JSON", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
    ],
)
def test_a_body_says_that_it_is_json(client: Client, media_type: str, status: int) -> None:
    body = {"image": base64.b64encode(picture()).decode(), "settings": {}}
    answer = client.post(body, media_type)
    assert answer.status_code == status
    if status == 415:
        assert "send application/json" in answer.json()["detail"]


def test_the_status_alone_is_told_elsewhere(server: FakeAsposeServer, client: Client) -> None:
    path = "/v5.0/ocr/Utilities/GetTaskStatus"
    task_id = client.submit().text
    server.script(Phase.LOOK, Fault.pending())
    assert client.look(task_id, path)["taskStatus"] == "Pending"
    answer = client.look(task_id, path)
    assert (answer["id"], answer["taskStatus"], answer["results"]) == (task_id, "Completed", None)
    assert client.look("another", path)["taskStatus"] == "NotExist"
    assert [request.phase for request in server.requests[-3:]] == [Phase.LOOK] * 3


@pytest.mark.parametrize(
    ("settings", "status"),
    [({"language": "Netherlands"}, "Completed"), ({"language": "Palembang"}, "Error")],
)
def test_a_reader_is_asked_in_our_words(settings: dict[str, object], status: str) -> None:
    class Reader:
        def recognize(self, path: bytes, mode: str, language: str) -> RecognitionResult:
            assert (mode, language) == ("printed", "nl")
            return NoteText(engine=FakeEngine("Thee")).recognize(picture())

    with FakeAsposeServer(Reader()) as server:
        client = Client(server)
        answer = client.look(client.submit(**settings).text)
        client.session.close()
    assert answer["taskStatus"] == status
    assert status == "Error" or text_of(answer) == "Thee"


def test_a_picture_that_is_only_changed_is_not_read() -> None:
    def read(image: bytes) -> str:
        raise AssertionError("nobody wants to know")

    path = "/v5.0/ocr/DeskewImage"
    with FakeAsposeServer(read) as server:
        client = Client(server)
        taken = client.post({"image": base64.b64encode(picture()).decode()}, path=path)
        answer = client.look(taken.text, path)
        client.session.close()
    results = answer["results"]
    assert isinstance(results, list)
    assert [entry["type"] for entry in results] == ["ImagePNG"]
    assert base64.b64decode(results[0]["data"]).startswith(b"\x89PNG")


def test_what_cannot_be_made_of_a_picture_is_a_failed_task(client: Client) -> None:
    body = {"image": "cGljdHVyZQ==", "settings": {"resultType": "TextAndHocr"}}
    answer = client.look(client.post(body).text)
    assert answer["taskStatus"] == "Error"
    assert answer["error"] == {"messages": ["the picture cannot be read"], "warnings": None}


def test_a_look_says_which_task_it_is_about(client: Client) -> None:
    path = "/v5.0/ocr/RecognizeImage"
    task_id = client.submit().text
    assert client.look(task_id, path.lower())["id"] == task_id
    url = client.server.url + path
    for method in ("GET", "DELETE"):
        answer = client.session.request(method, url, headers=client.headers, timeout=5)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["id"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v5.0/ocr/IdentifyFont"),
        ("POST", "/v5.0/ocr/Utilities/GetTaskStatus"),
        ("GET", "/connect/token"),
        ("GET", "/"),
    ],
)
def test_what_it_has_not_is_told(client: Client, method: str, path: str) -> None:
    answer = client.session.request(
        method, client.server.url + path, headers=client.headers, timeout=5
    )
    assert answer.status_code == 404
    assert answer.json()["detail"] == f"fake-aspose has no {method} {path}"


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, "send the header Authorization: Bearer"),
        ({"Authorization": "Basic YTpi"}, "send the header Authorization: Bearer"),
        ({"Authorization": "Bearer made-up"}, "unknown or has expired"),
    ],
)
def test_it_wants_a_token(
    server: FakeAsposeServer, client: Client, headers: dict[str, str], told: str
) -> None:
    client.headers = headers
    answer = client.submit()
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "text/plain")
    assert told in answer.json()["detail"]
    assert "made-up" not in answer.text
    assert server.submissions == []


def test_the_trial_wants_no_token(client: Client) -> None:
    client.headers = {}
    path = "/v5.0/ocr/RecognizeImageTrial"
    body = {"image": base64.b64encode(picture()).decode(), "settings": {}}
    assert text_of(client.look(client.post(body, path=path).text, path)) == "Hello\nworld"


def test_five_wrong_pairs_lock_the_pair_out() -> None:
    with FakeAsposeServer(credentials=("a", "right")) as server:
        client = Client(server)
        assert [client.token() for _ in range(4)] == ["invalid_client"] * 4  # and one before
        form = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}
        answer = client.session.post(f"{server.url}/connect/token", data=form, timeout=5)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
        assert client.token("right") in server.tokens
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
    assert client.submit(rotated=90).status_code == 400
    assert server.requests[-1].settings["rotated"] == 90
