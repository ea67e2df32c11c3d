"""Doubles for the tests of programs that use notetext: no network, no account, no waiting.

Nothing here is imported by the library itself. ``docs/testing.md`` shows how they go together.
"""

from notetext.testing.fake_aspose import FakeAsposeServer
from notetext.testing.fake_engine import FakeEngine
from notetext.testing.faults import Fault, Phase
from notetext.testing.received import ReceivedRequest
from notetext.testing.waiting import NoWaiting, no_waiting

__all__ = [
    "FakeAsposeServer",
    "FakeEngine",
    "Fault",
    "NoWaiting",
    "Phase",
    "ReceivedRequest",
    "no_waiting",
]
