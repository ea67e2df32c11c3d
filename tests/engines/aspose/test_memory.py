"""What reading an answer takes: at most three times what the answer may be long."""

from __future__ import annotations

import base64
import json
import subprocess
import sys

import pytest

from notetext.testing import FakeAsposeServer, Fault, Phase, ReceivedRequest

ALLOWED = 20_000_000
CHILD = """
import resource, sys
import numpy as np
from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine, RetryPolicy
from notetext.errors import NoteTextError
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import NoWaiting

def kilobytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name))

engine = AsposeEngine(
    client_id="an-id", client_secret="a-secret", base_url=sys.argv[1], waiting=NoWaiting(),
    details=True, searchable_pdf=True, max_answer_bytes=int(sys.argv[2]),
    retry=RetryPolicy(attempts=1),
)
page = PageImage(np.full((30, 40), 200, np.uint8))
request = Request(Mode.PRINTED, (Language.ENGLISH,))
engine.read(page, request)
before = kilobytes("VmRSS")
try:
    engine.read(page, request)
    end = "read"
except NoteTextError as error:
    end = f"{type(error).__name__}: {error}"
print((kilobytes("VmHWM") - before) * 1024 / int(sys.argv[2]), end)
"""


def result(kind: str, data: bytes) -> dict[str, object]:
    return {"type": kind, "data": base64.b64encode(data).decode()}


def answer(*results: object, **fields: object) -> str:
    known = {"taskStatus": "Completed", "responseStatusCode": "Ok", "results": results}
    return json.dumps(known | fields)


def filled(begin: str, piece: str, end: str, length: int = ALLOWED) -> str:
    return begin + piece * ((length - len(begin) - len(end)) // len(piece)) + end


DATA = '{"taskStatus": "Completed", "results": [{"type": "Pdf", "data": "'
HOCR = "<div class='ocr_page' title='bbox 0 0 9 9'>"
PLACED = "<a class=ocr_word title='bbox 1 1 2 2'>a</a>"
TEXT_BYTES = ALLOWED // 16
ANSWERS = {
    "objects": filled('{"results": [', "{},", "{}]}"),
    "results": filled('{"results": [', '{"data":""},', "{}]}"),
    "lists": filled('{"x": [', "[],", "[]]}"),
    "numbers": filled('{"x": [', "1,", "1]}"),
    "depth": filled("", '{"x":', ""),
    "keys": "{" + ",".join(f'"{number}":0' for number in range(1_500_000)) + "}",
    "digits": filled('{"taskStatus": ', "9", "}"),
    "messages": answer(taskStatus="Error", error={"messages": ["x" * (ALLOWED - 200)]}),
    "a large PDF": answer(result("Text", b"Hello"), result("Pdf", bytes(ALLOWED // 4 * 3 - 300))),
    "escaped": filled(DATA, r"QUJ\/", '"}, {"type": "Text", "data": "SGk="}]}'),
    "spaced": filled(DATA, "Q Q B B ", '"}, {"type": "Text", "data": "SGk="}]}'),
    "padded": filled(DATA, "=", '"}, {"type": "Text", "data": "SGk="}]}'),
    "words": answer(result("Text", b"a " * (TEXT_BYTES // 2))),
    "lines": answer(result("Text", b"\n" * TEXT_BYTES)),
    "as many words as there may be": answer(result("Text", b"ab " * (ALLOWED // 520))),
    "wide letters": answer(result("Text", b"a" * (TEXT_BYTES - 9) + "\U0001f600".encode())),
    "places": answer(
        result("Text", b"a"),
        result("Hocr", filled(HOCR, PLACED, "", TEXT_BYTES - 1).encode()),
    ),
    "as many places as there may be": answer(
        result("Text", b"a " * (ALLOWED // 2200)),
        result("Hocr", (HOCR + PLACED * (ALLOWED // 2200)).encode()),
    ),
    "unclosed": answer(
        result("Text", b"a"), result("Hocr", filled(HOCR, "<b>", "", TEXT_BYTES - 1).encode())
    ),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the memory is read from /proc")
@pytest.mark.parametrize(
    ("kind", "status"), [*((kind, 200) for kind in ANSWERS), ("objects", 400), ("messages", 400)]
)
def test_an_answer_takes_no_more_than_three_times_what_it_may_be_long(
    kind: str, status: int
) -> None:
    looks = 0

    def strike(request: ReceivedRequest) -> Fault | None:
        nonlocal looks
        if request.phase is not Phase.LOOK:
            return None
        looks += 1
        return Fault.answer(status, ANSWERS[kind], processed=True) if looks > 1 else None

    assert len(ANSWERS[kind]) <= ALLOWED
    with FakeAsposeServer("Hello", on_request=strike) as server:
        child = subprocess.run(
            [sys.executable, "-c", CHILD, server.url, str(ALLOWED)],
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert child.returncode == 0, child.stderr
    share, end = child.stdout.strip().split(" ", 1)
    assert float(share) <= 3
    assert len(end) < 1500
