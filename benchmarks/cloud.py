"""Measures what the cloud client costs beside the service itself: time, looks, CPU, memory.

    python benchmarks/cloud.py --output cloud.md

`FakeAsposeServer` runs in a process of its own, and so does each client whose CPU and memory are
measured; the vendor's client (``aspose-ocr-cloud``, a dependency of the tests) does the same work
in the same run. A further row is a further function in ``ROWS``.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib
import io
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from measuring.figures import Row, table
from measuring.machine import peak_mb
from PIL import Image

from notetext import NoteText
from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.engines.cloud.payload import encoded_page
from notetext.errors import CloudError, EngineUnavailableError
from notetext.model import Language, Mode
from notetext.page_image import Encoded, PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

_IN_FLIGHT = 8
_PRINTED = Request(Mode.PRINTED, (Language.ENGLISH,))
_TOKEN = "benchmark"


@dataclass(frozen=True, slots=True)
class Served:
    """What the server saw.

    Attributes:
        submissions: tasks that it took.
        pictures: different pictures among them.
        faulty: requests that went wrong on purpose.
    """

    submissions: int
    pictures: int
    faulty: int


class Server:
    """The server in its process."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url = url
        self._pipe = pipe

    def served(self) -> Served:
        """Asks what it has seen so far."""
        self._pipe.send("served")
        served = self._pipe.recv()
        assert isinstance(served, Served)
        return served


@contextmanager
def server(*, ready_after_s: float = 0.0, share_of_faults: float = 0.0) -> Iterator[Server]:
    """Starts a server in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs, ready_after_s, share_of_faults)
    )
    process.start()
    try:
        yield Server(ours.recv(), ours)
    finally:
        ours.send("stop")
        process.join()


def _serve(pipe: Connection, ready_after_s: float, share_of_faults: float) -> None:
    chance, faulty = random.Random(7), 0

    def maybe(request: ReceivedRequest) -> Fault | None:
        nonlocal faulty
        faults = _FAULTS.get(request.phase) if request.phase else None
        # A page is two requests or more, so each goes wrong about half as often.
        if faults is None or chance.random() > share_of_faults / 2:
            return None
        faulty += 1
        return chance.choice(faults)

    def digest(image: bytes) -> str:
        return hashlib.sha256(image).hexdigest()

    fake = FakeAsposeServer(
        digest, ready_after_s=ready_after_s, on_request=maybe, keep_bodies=False
    )
    with fake:
        fake.accept_token(_TOKEN)
        pipe.send(fake.url)
        while pipe.recv() == "served":
            pictures = fake.submissions
            pipe.send(Served(len(pictures), len(set(pictures)), faulty))


_FAULTS: Mapping[Phase, list[Fault]] = {
    Phase.SUBMIT: [
        Fault.rate_limited(seconds=1),
        Fault.unavailable(seconds=1, as_date=True),
        Fault.answer(500, processed=True),
        Fault.answer(502),
        Fault.reset(after_body=False),
        Fault.reset(after_body=True),
        Fault.unauthorized(),
        Fault.quoted_id(),
        Fault.answer(400),
    ],
    Phase.LOOK: [
        Fault.answer(500),
        Fault.rate_limited(seconds=1, as_date=True),
        Fault.reset(after_body=True),
        Fault.truncated_json(),
        Fault.unauthorized(),
        Fault.task_status("Resting"),
        Fault.task_error("too dark"),
        Fault.not_exist(),
        Fault.wrong_base64(),
    ],
}


def engine_for(url: str, **parameters: Any) -> AsposeEngine:
    return AsposeEngine(client_id="id", client_secret="secret", base_url=url, **parameters)


def throughput() -> Iterator[Row]:
    """A document of 200 pages, each ready 1.0 s after its submission, eight in flight."""
    pages = 200
    with tempfile.TemporaryDirectory() as folder, server(ready_after_s=1.0) as service:
        path = Path(folder) / "notes.tif"
        sheets = [_sheet(number) for number in range(pages)]
        sheets[0].save(path, save_all=True, append_images=sheets[1:], compression="group4")
        with NoteText(engine=engine_for(service.url, parallel_pages=_IN_FLIGHT)) as reader:
            reader.load()
            start = time.perf_counter()
            result = reader.recognize(path, mode="printed")
            wall_s = time.perf_counter() - start
        assert len(result.words) == pages
    yield Row(
        f"{pages} pages, each ready after 1.0 s, {_IN_FLIGHT} in flight: wall time",
        wall_s,
        1.10 * pages / _IN_FLIGHT,
        "s",
    )
    yield Row("the same: looks a page", result.usage.looks / pages, 4, "")


def lateness() -> Iterator[Row]:
    """How late a result is in hand once ten pages have taught the client."""
    for ready_s in (1.0, 5.0, 20.0):
        with server(ready_after_s=ready_s) as service:
            engine = engine_for(service.url)

            def read(number: int, engine: AsposeEngine = engine) -> tuple[float, int]:
                start = time.perf_counter()
                usage = engine.read(_small_page(number), _PRINTED).usage
                return time.perf_counter() - start, usage.looks

            with ThreadPoolExecutor(10) as pool:
                list(pool.map(read, range(10)))
            with ThreadPoolExecutor(_IN_FLIGHT) as pool:
                measured = list(pool.map(read, range(10, 10 + 3 * _IN_FLIGHT)))
            engine.close()
        late_s = max(taken_s for taken_s, _ in measured) - ready_s
        yield Row(f"ready after {ready_s:g} s: latest in hand", late_s, 0.3 + 0.25 * ready_s, "s")
        yield Row(f"ready after {ready_s:g} s: most looks", max(n for _, n in measured), 4, "")


def faults() -> Iterator[Row]:
    """A thousand pages with a fault on every fifth: a text or one clear error, and no duplicate."""
    pages = 1000
    with server(share_of_faults=0.2) as service:
        engine = engine_for(service.url, waiting=NoWaiting())

        def read(number: int) -> str:
            expected = hashlib.sha256(encoded_page(_small_page(number))).hexdigest()
            try:
                reading = engine.read(_small_page(number), _PRINTED)
            except (CloudError, EngineUnavailableError) as error:
                return type(error).__name__
            return "text" if reading.lines[0].text == expected else "wrong"

        with ThreadPoolExecutor(_IN_FLIGHT) as pool:
            outcomes = Counter(pool.map(read, range(pages)))
        engine.close()
        served = service.served()
    print(f"{served.faulty} requests went wrong; the pages ended as {dict(outcomes)}")
    yield Row("1,000 pages with faults: wrong texts", outcomes["wrong"], 0, "")
    yield Row(
        "1,000 pages with faults: pages without a text or an error", pages - outcomes.total(), 0, ""
    )
    yield Row("the same: duplicate submissions", served.submissions - served.pictures, 0, "")


def requests() -> Iterator[Row]:
    """CPU a request, where there is nothing to encode."""
    with server() as service:
        ours = _measured("small", service.url)
    yield Row("CPU a request, beyond encoding", ours["cpu_s"] / ours["requests"] * 1000, 2, "ms")


def large_pages() -> Iterator[Row]:
    """CPU and memory with pictures of 3 MB, ours and the vendor's client."""
    with server(ready_after_s=1.0) as service:
        ours = _measured("ours", service.url)
        theirs = _measured("vendor", service.url)
    body_mb = ours["body_mb"]
    yield Row("memory a page in flight, by the request's body", ours["mb"] / body_mb, 2.2, "×")
    yield Row(
        "the same, against the vendor's client", ours["mb"] / body_mb, theirs["mb"] / body_mb, "×"
    )
    yield Row(
        "CPU a page of 3 MB, against the vendor's client",
        ours["cpu_s"] / ours["pages"] * 1000,
        theirs["cpu_s"] / theirs["pages"] * 1000,
        "ms",
    )


ROWS: Mapping[str, Callable[[], Iterator[Row]]] = {
    "throughput": throughput,
    "lateness": lateness,
    "faults": faults,
    "requests": requests,
    "large_pages": large_pages,
}


def _sheet(number: int) -> Image.Image:
    """A black and white sheet like no other."""
    pixels = np.full((1100, 800), 255, np.uint8)
    pixels[100:1000:60, 80 : 100 + 3 * number] = 0
    return Image.fromarray(pixels).convert("1")


def _small_page(number: int) -> PageImage:
    pixels = np.full((30, 40), 255, np.uint8)
    pixels[:2, :16] = np.frombuffer(number.to_bytes(32, "big"), np.uint8).reshape(2, 16)
    return PageImage(pixels)


def _photo(seed: int) -> bytes:
    """A JPEG of about 3 MB."""
    noise = np.random.default_rng(seed).integers(0, 255, (1760, 1760, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=92)
    return file.getvalue()


def _measured(client: str, url: str) -> dict[str, float]:
    """What a client reports that runs in a process of its own."""
    command = [sys.executable, __file__, "--client", client, "--url", url]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    report: dict[str, float] = json.loads(ran.stdout)
    return report


def _small_requests(url: str) -> dict[str, float]:
    pages = 300
    engine = engine_for(url, waiting=NoWaiting())
    file = io.BytesIO()
    Image.new("L", (60, 40), 255).save(file, "JPEG")
    encoded = Encoded(file.getvalue(), "image/jpeg")

    def read() -> int:
        page = PageImage.lazy(lambda: Image.open(file), 60, 40, encoded=encoded)
        usage = engine.read(page, _PRINTED).usage
        return usage.submissions + usage.looks

    for _ in range(20):
        read()
    start_s = time.process_time()
    requests = sum(read() for _ in range(pages))
    return {"cpu_s": time.process_time() - start_s, "requests": requests}


def _large_requests(read: Callable[[Path], str], pages: int = 3 * _IN_FLIGHT) -> dict[str, float]:
    """Reads files with eight in flight.

    Returns:
        ``mb``: memory a page in flight, in 10^6 bytes; ``cpu_s``: of all pages.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.jpg" for number in range(pages)]
        for number, path in enumerate(paths):
            # In a process of its own: its memory must not count.
            subprocess.run([sys.executable, __file__, "--photo", str(number), path], check=True)
        size = paths[0].stat().st_size
        small = Path(folder) / "small.jpg"
        Image.new("L", (60, 40), 255).save(small)
        with ThreadPoolExecutor(_IN_FLIGHT) as pool:
            list(pool.map(read, [small] * _IN_FLIGHT))
            before_mb, start_s = peak_mb(), time.process_time()
            list(pool.map(read, paths))
        cpu_s = time.process_time() - start_s
    return {
        "mb": (peak_mb() - before_mb) / _IN_FLIGHT,
        "body_mb": size * 4 / 3 / 1e6,
        "cpu_s": cpu_s,
        "pages": pages,
    }


def _ours(url: str) -> dict[str, float]:
    reader = NoteText(engine=engine_for(url))
    return _large_requests(lambda path: reader.recognize(path, mode="printed").text)


def _vendor(url: str) -> dict[str, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        vendor: Any = importlib.import_module("aspose_ocr_cloud")
        models: Any = importlib.import_module("aspose_ocr_cloud.models")
        configuration = vendor.Configuration(host=url, access_token=_TOKEN, retries=False)
    api = vendor.RecognizeImageApi(vendor.ApiClient(configuration))

    def read(path: Path) -> str:
        body = models.OCRRecognizeImageBody(
            image=base64.b64encode(path.read_bytes()).decode(),
            settings=models.OCRSettingsRecognizeImage(
                language=models.Language.ENGLISH, result_type=models.ResultType.TEXT
            ),
        )
        task_id = api.post_recognize_image(body)
        while True:
            time.sleep(1.0)
            answer = api.get_recognize_image(task_id)
            if answer.task_status == "Completed":
                return base64.b64decode(answer.results[0].data).decode()

    return _large_requests(read)


_CLIENTS = {"small": _small_requests, "ours": _ours, "vendor": _vendor}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--row", nargs="+", choices=ROWS, default=list(ROWS), dest="rows")
    parser.add_argument("--output", type=Path, help="a Markdown file to write")
    parser.add_argument("--client", choices=_CLIENTS, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--photo", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.photo:
        Path(options.photo[1]).write_bytes(_photo(int(options.photo[0])))
        return 0
    if options.client:
        print(json.dumps(_CLIENTS[options.client](options.url)))
        return 0
    rows = [row for name in options.rows for row in ROWS[name]()]
    report = table(rows)
    print(report)
    if options.output:
        options.output.write_text(f"{report}\n", encoding="utf-8")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
