"""Engines read page images. This is the contract; each engine has a room of its own."""

from notetext.engines.engine import DocumentEngine, Engine, Reading
from notetext.engines.ledger import OnUncertain, SubmittedTask, TaskLedger
from notetext.engines.request import CancelToken, Request

__all__ = [
    "CancelToken",
    "DocumentEngine",
    "Engine",
    "OnUncertain",
    "Reading",
    "Request",
    "SubmittedTask",
    "TaskLedger",
]
