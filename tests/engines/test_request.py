"""What an engine is asked, and when it is to stop."""

from __future__ import annotations

import threading
import time

import pytest

from notetext import Language, Mode
from notetext.engines import Request
from notetext.errors import CancelledError, EngineTimeoutError


def test_a_request_ends_when_it_is_cancelled_or_late() -> None:
    cancel = threading.Event()
    request = Request(Mode.PRINTED, (Language.ENGLISH,), cancel=cancel)
    request.check("local")
    cancel.set()
    with pytest.raises(CancelledError):
        request.check("local")
    late = Request(Mode.PRINTED, (Language.ENGLISH,), deadline=time.monotonic() - 1)
    with pytest.raises(EngineTimeoutError, match=r"limits\.timeout_s"):
        late.check("local")
