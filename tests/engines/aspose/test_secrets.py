"""No secret and no token in whatever can be looked at; `credential_watch` looks on elsewhere."""

from __future__ import annotations

import base64
import http.client
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import requests
from click.testing import CliRunner

from notetext import NoteText
from notetext.cli import main
from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import NoteTextError
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, Phase

SECRET = "s3cret-that-nobody-may-see"
TOKEN = "t0ken-that-nobody-may-see"

FAULTS = [
    (Phase.TOKEN, Fault.invalid_client()),
    (Phase.TOKEN, Fault.answer(400, f'{{"error": "no client has {SECRET}"}}')),
    (Phase.TOKEN, Fault.answer(200, f'{{"access_token": "{TOKEN}\\r\\nX-Evil: 1"}}')),
    (Phase.TOKEN, Fault.answer(500).repeated(4)),
    (Phase.TOKEN, Fault.reset(after_body=True).repeated(4)),
    (Phase.SUBMIT, Fault.answer(400, f'{{"detail": "Bearer {TOKEN} is not allowed"}}')),
    (Phase.SUBMIT, Fault.answer(500, f"Authorization: Bearer {TOKEN}", media_type="text/plain")),
    (Phase.SUBMIT, Fault.reset(after_body=True)),
    (Phase.SUBMIT, Fault.unauthorized().repeated(2)),
    (Phase.SUBMIT, Fault.redirect()),
    (Phase.LOOK, Fault.answer(500, f"{TOKEN}", media_type="text/plain").repeated(4)),
    (Phase.LOOK, Fault.reset(after_body=False).repeated(4)),
    (Phase.LOOK, Fault.answer(200, "{").repeated(4)),
]


@pytest.mark.parametrize(("phase", "fault"), FAULTS, ids=lambda value: str(value)[:30])
def test_no_error_and_no_log_record_shows_them(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
    caplog: pytest.LogCaptureFixture,
    phase: Phase,
    fault: Fault,
) -> None:
    caplog.set_level(logging.DEBUG)
    engine = make_engine()
    if phase is not Phase.TOKEN:
        server.script(Phase.TOKEN, Fault.answer(200, f'{{"access_token": "{TOKEN}"}}'))
        server.accept_token(TOKEN)
    server.script(phase, fault)
    with pytest.raises(NoteTextError) as caught:
        engine.read(page, by_hand)
    error = caught.value
    pickled = pickle.dumps(error)
    shown = "\n".join([str(error), repr(error), repr(vars(error)), caplog.text])
    shown += "".join(traceback.format_exception(error))
    assert error.__cause__ is error.__context__ is None
    assert str(pickle.loads(pickled)) == str(error)
    for secret in (SECRET, TOKEN):
        assert secret not in shown
        assert secret.encode() not in pickled
    assert "127.0.0.1" in caplog.text


ECHOES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "URL-quoted": lambda text: "".join(f"%{ord(c):02x}" for c in text),
    "JSON-escaped": lambda text: "".join(f"\\u{ord(c):04X}" for c in text),
    "Base64": lambda text: base64.b64encode(f"id:{text}".encode()).decode(),
    "hex": lambda text: text.encode().hex().upper(),
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
@pytest.mark.parametrize("of_whom", [TOKEN, SECRET], ids=["token", "secret"])
@pytest.mark.parametrize("where", ["refusal", "failed task", "warning", "header"])
def test_no_form_of_them_comes_back(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
    caplog: pytest.LogCaptureFixture,
    where: str,
    of_whom: str,
    echo: Callable[[str], str],
) -> None:
    caplog.set_level(logging.DEBUG)
    said = echo(of_whom)
    server.script(Phase.TOKEN, Fault.answer(200, f'{{"access_token": "{TOKEN}"}}'))
    server.accept_token(TOKEN)
    error = f'{{"messages": ["so says {said}"]}}'
    faults = {
        "refusal": (Phase.SUBMIT, Fault.answer(400, f'{{"detail": "so says {said}"}}')),
        "failed task": (
            Phase.LOOK,
            Fault.answer(200, f'{{"taskStatus": "Error", "error": {error}}}'),
        ),
        "warning": (
            Phase.LOOK,
            Fault.answer(
                200,
                '{"taskStatus": "Completed", "responseStatusCode": "Ok", "results": [{"type": '
                f'"Text", "data": "SGVsbG8="}}], "error": {error}}}',
            ),
        ),
        # urllib3 logs what is no header in the head of an answer.
        "header": (
            Phase.SUBMIT,
            Fault.answer(400, headers=[("X-So", f"1\r\n says {said}\r\nnor this {said}")]),
        ),
    }
    server.script(*faults[where])
    engine = make_engine()
    shown = ""
    try:
        shown += repr(engine.read(page, by_hand))
    except NoteTextError as failure:
        shown += f"{failure}{failure!r}{vars(failure)}{pickle.dumps(failure)!r}"
    assert "(hidden)" in shown or where == "header"
    parts = said[4:-4] if echo is ECHOES["Base64"] else said
    assert parts.casefold() not in (shown + caplog.text).casefold()


def test_a_services_words_are_bounded_lines(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    words = json.dumps("\x1b[2J\u202e" + "x" * 100_000)
    server.script(
        Phase.LOOK,
        Fault.answer(
            200,
            '{"taskStatus": "Completed", "responseStatusCode": "Ok", "results": [{"type": "Text", '
            f'"data": "SGVsbG8="}}], "error": {{"messages": [{words}, {words}]}}}}',
        ),
    )
    warnings = engine.read(page, by_hand).warnings
    assert len(warnings) == 2
    assert warnings[0].startswith(r"Aspose.OCR: \x1b[2J\u202exxx")
    assert len(warnings[0]) < 400


def test_no_object_shows_them(engine: AsposeEngine, server: FakeAsposeServer) -> None:
    engine.load()
    objects: list[object] = [engine]
    seen: set[int] = set()
    shown = ""
    while objects:
        one = objects.pop()
        if (
            id(one) in seen
            or isinstance(one, type)
            or not type(one).__module__.startswith("notetext")
        ):
            continue
        seen.add(id(one))
        shown += repr(one) + str(one)
        parts = getattr(one, "__dict__", {})
        slots = {name: getattr(one, name, None) for name in getattr(one, "__slots__", ())}
        objects += [*parts.values(), *slots.values()]
        shown += repr({**parts, **slots})
    assert len(seen) > 5
    assert SECRET not in shown
    assert server.tokens[0] not in shown


def test_no_pickle_holds_them(engine: AsposeEngine, server: FakeAsposeServer) -> None:
    engine.load()
    pickled = pickle.dumps(engine)
    assert SECRET.encode() not in pickled
    assert b"an-id" not in pickled
    assert server.tokens[0].encode() not in pickled


def test_no_debugging_of_the_network_shows_them(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    requests.post(f"{server.url}/connect/token", data={"client_secret": SECRET}, timeout=5)
    # That is what it shows of others:
    assert SECRET in capsys.readouterr().out
    engine = make_engine(client_id="an-id-that-nobody-may-see")
    assert engine.read(page, by_hand).lines[0].text == "Hello"
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
    for secret in (SECRET, "an-id-that-nobody-may-see", *server.tokens):
        assert secret not in caplog.text
    assert "RecognizeImage" in caplog.text


def test_no_store_no_format_and_no_page_of_html_shows_them(
    server: FakeAsposeServer, engine: AsposeEngine, tmp_path: Path
) -> None:
    server.script(Phase.TOKEN, Fault.answer(200, f'{{"access_token": "{TOKEN}"}}'))
    server.accept_token(TOKEN)
    shown = b""
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        for number in range(2):
            page = np.full((30 + number, 40), 200, np.uint8)
            result = reader.recognize(page, on_error="keep")
            assert len(result.errors) == number
            rendered = [result.to(name) for name in ("text", "json", "csv", "markdown", "hocr")]
            rendered += [result._repr_html_(), repr(result), repr(reader), str(result.errors)]
            shown += b"".join(r if isinstance(r, bytes) else r.encode() for r in rendered)
            shown += pickle.dumps(result) + pickle.dumps(reader)
            server.script(Phase.SUBMIT, Fault.answer(400, f'{{"detail": "Bearer {TOKEN}"}}'))
    assert b"Bearer (hidden)" in shown
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"tasks" in stored
    for secret in (SECRET, TOKEN):
        assert secret.encode() not in shown + stored


def test_no_report_shows_them(server: FakeAsposeServer) -> None:
    environment = {
        "ASPOSE_CLIENT_ID": "an-id-that-nobody-may-see",
        "ASPOSE_CLIENT_SECRET": SECRET,
        "ASPOSE_BASE_URL": server.url,
    }
    note = str(Path(__file__).parents[3] / "examples" / "notes" / "letter.jpg")
    for arguments in (["doctor"], [note, "--engine", "aspose", "--dry-run"], ["missing.jpg"]):
        ran = CliRunner().invoke(main, arguments, env=environment)
        assert ran.output
        assert SECRET not in ran.output
        assert "an-id-that-nobody-may-see" not in ran.output


def test_a_broken_secret_is_told_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "an-id")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", f"{SECRET}\x07")
    ran = CliRunner().invoke(main, ["doctor"])
    assert "the client_secret holds characters" in ran.output
    assert SECRET not in ran.output
