"""The recipes do what they say, each called as the program that it is for would call it."""

from __future__ import annotations

import asyncio
import base64
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import httpx
import pikepdf
import pytest
from fakeredis import FakeStrictRedis
from PIL import Image
from rq import Queue, SimpleWorker

ROOT = Path(__file__).parents[1]
RECIPES = ROOT / "examples" / "recipes"

slow = pytest.mark.slow


def recipe(name: str) -> ModuleType:
    """A recipe as a module."""
    path = RECIPES / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Workers find what they are to do by the name of its module.
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def run(name: str, *arguments: object, **environment: str) -> str:
    paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    ran = subprocess.run(
        [sys.executable, RECIPES / name, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **environment},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@slow
def test_the_endpoint_reads_and_refuses(notes: Path) -> None:
    endpoint = recipe("upload_endpoint.py")

    async def asked() -> None:
        transport = httpx.ASGITransport(app=endpoint.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            note = (notes / "shopping.jpg").read_bytes()
            read = await client.post("/notes?language=en,fr", content=note)
            assert read.status_code == 200
            assert read.json()["text"].startswith("Shopping list\n")
            assert read.json()["confidence"] > 0.8
            too_large = bytes(endpoint.LIMITS.max_file_bytes + 1)
            for query, body, status in [
                ("", too_large, 413),
                ("", b"no document", 415),
                ("?language=klingon", b"any", 422),
                ("?mode=typed", b"any", 422),
            ]:
                assert (await client.post(f"/notes{query}", content=body)).status_code == status
            assert endpoint.waiting == 0
            vars(endpoint)["waiting"] = endpoint.MOST_WAITING
            busy = await client.post("/notes", content=b"any")
            assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
        async with endpoint.lifespan(endpoint.app):
            pass

    asyncio.run(asked())


@slow
def test_the_page_shows_what_was_read(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Gradio itself is larger than all that the tests need; the page uses these names of it.
    class ShownError(Exception):
        pass

    gradio = SimpleNamespace(
        Error=ShownError,
        Image=SimpleNamespace,
        Interface=lambda function, **_: function,
        Radio=lambda *_, **__: None,
        Textbox=lambda *_, **__: None,
    )
    monkeypatch.setitem(sys.modules, "gradio", gradio)
    page = recipe("web_page.py")
    with Image.open(notes / "shopping.jpg") as note:
        overlay, text = page.page(note, "auto", "en")
        assert overlay.size == note.size
        assert text.startswith("Shopping list\n")
        with pytest.raises(ShownError, match="klingon"):
            page.page(note, "auto", "klingon")


@slow
def test_a_worker_reads_what_is_enqueued(notes: Path, tmp_path: Path) -> None:
    worker = recipe("queue_worker.py")
    connection = FakeStrictRedis()
    queue = Queue("notes", connection=connection)
    job = queue.enqueue(worker.read_note, str(notes / "shopping.jpg"), str(tmp_path / "out.md"))
    lost = queue.enqueue(worker.read_note, str(tmp_path / "lost.jpg"), str(tmp_path / "lost.md"))
    SimpleWorker([queue], connection=connection).work(burst=True)
    assert job.return_value() == 17
    assert (tmp_path / "out.md").read_text(encoding="utf-8").startswith("Shopping list")
    assert lost.is_failed
    assert worker.reader.cache_info().misses == 1


@slow
def test_the_watcher_reads_what_arrives_and_nothing_twice(notes: Path, tmp_path: Path) -> None:
    scans, texts = tmp_path / "scans", tmp_path / "texts"
    scans.mkdir()
    shutil.copy(notes / "shopping.jpg", scans)
    (scans / "broken.pdf").write_bytes(b"%PDF-")
    first = run("watch_folder.py", scans, texts, "--pause", 0.1, "--once")
    assert "shopping.jpg: 17 words" in first
    assert "broken.pdf: " in first
    assert (texts / "shopping.jpg.txt").read_text(encoding="utf-8").startswith("Shopping list\n")
    assert "shopping.jpg" not in run("watch_folder.py", scans, texts, "--pause", 0.1, "--once")


@slow
def test_paperless_gets_a_scan_with_its_words(notes: Path, tmp_path: Path) -> None:
    scan, picture = tmp_path / "scan.pdf", tmp_path / "picture.jpg"
    with Image.open(notes / "shopping.jpg") as note:
        note.save(scan, resolution=150)
    shutil.copy(notes / "shopping.jpg", picture)
    script = "paperless_pre_consume.py"
    assert os.access(RECIPES / script, os.X_OK)
    assert "has 17 words" in run(script, DOCUMENT_WORKING_PATH=str(scan))
    with pikepdf.open(scan) as pdf:
        assert "/Notetext1" in pdf.pages[0].resources["/Font"]
    assert "stays as it is" in run(script, DOCUMENT_WORKING_PATH=str(picture))
    assert picture.read_bytes() == (notes / "shopping.jpg").read_bytes()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-")
    assert run(script, DOCUMENT_WORKING_PATH=str(tmp_path / "broken.pdf")) == ""


@slow
def test_the_function_answers_as_its_url_wants_it(notes: Path) -> None:
    function = recipe("serverless/handler.py")
    note = base64.b64encode((notes / "shopping.jpg").read_bytes()).decode()
    asked = {"mode": "handwritten", "language": "en"}
    event = {"body": note, "isBase64Encoded": True, "queryStringParameters": asked}
    answer = function.handler(event, None)
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["text"].startswith("Shopping list\n")
    refused = function.handler({"body": "no document"}, None)
    assert refused["statusCode"] == 422
    assert json.loads(refused["body"])["error"]


@pytest.mark.parametrize(
    "dockerfile", sorted(RECIPES.rglob("Dockerfile")), ids=lambda p: p.parent.name
)
def test_an_image_is_made_of_what_is_there(dockerfile: Path) -> None:
    text = dockerfile.read_text(encoding="utf-8")
    assert f"-f {dockerfile.relative_to(ROOT).as_posix()} " in text
    for source in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / source).exists()


@slow
def test_a_machine_without_a_network_is_given_all_it_needs(tmp_path: Path) -> None:
    pytest.importorskip("pip")
    script = RECIPES / "air_gapped.sh"
    wheels, environment = tmp_path / "wheels", tmp_path / "environment"
    wheels.mkdir()
    # Of the dependencies the environment of the tests is full; gathered here is notetext itself.
    made = {**os.environ, "PYTHON": sys.executable, "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}
    made |= {"PIP_NO_BUILD_ISOLATION": "0", "NOTETEXT": str(ROOT)}
    subprocess.run([script, "gather", wheels], env=made, check=True, cwd=ROOT)
    assert [path.suffix for path in wheels.iterdir()] == [".whl"]
    ran = subprocess.run(
        [script, "install", wheels, environment], env=made, capture_output=True, text=True
    )
    assert (environment / "bin" / "notetext").exists(), ran.stderr
    assert subprocess.run([script], capture_output=True, check=False).returncode == 2
