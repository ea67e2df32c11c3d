"""Ctrl-C while the service says nothing: nobody waits for it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from notetext.testing import FakeAsposeServer, Fault, Phase, ReceivedRequest

SILENCE_S = 30.0
READING = {
    "main thread": "NoteText(engine=engine).recognize(page)",
    "threads": "list(NoteText(engine=engine).recognize_many([page] * 9, workers=4))",
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-C to be sent")
@pytest.mark.parametrize("reading", READING)
@pytest.mark.parametrize("phase", [Phase.TOKEN, Phase.SUBMIT, Phase.LOOK])
def test_an_interrupt_ends_a_wait_for_a_silent_service(reading: str, phase: Phase) -> None:
    def strike(request: ReceivedRequest) -> Fault | None:
        return Fault.silence(SILENCE_S) if request.phase is phase else None

    program = f"""
import numpy as np
from notetext import NoteText
from notetext.engines.aspose import AsposeEngine
page = np.full((30, 40), 200, np.uint8)
engine = AsposeEngine(client_id="an-id", client_secret="a-secret", base_url={{url!r}})
{READING[reading]}
"""
    with FakeAsposeServer("Hello", on_request=strike) as server:
        child = subprocess.Popen(
            [sys.executable, "-c", program.format(url=server.url)], stderr=subprocess.PIPE
        )
        while not server.requests_for(phase):
            assert child.poll() is None
            time.sleep(0.05)
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        sent = time.monotonic()
        _, told = child.communicate(timeout=SILENCE_S)
        took_s = time.monotonic() - sent
    assert told.strip().endswith(b"KeyboardInterrupt")
    # It is less than a second, and some more on a busy machine.
    assert took_s < SILENCE_S / 3, took_s
