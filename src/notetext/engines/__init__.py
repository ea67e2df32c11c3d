"""Engines read page images. This is the contract; each engine has a room of its own."""

from notetext.engines.budget import Budget, BudgetPeriod
from notetext.engines.engine import DocumentEngine, Engine, Reading
from notetext.engines.ledger import OnUncertain, SubmittedTask, TaskLedger
from notetext.engines.price import CloudPrice
from notetext.engines.request import CancelToken, Request

__all__ = [
    "Budget",
    "BudgetPeriod",
    "CancelToken",
    "CloudPrice",
    "DocumentEngine",
    "Engine",
    "OnUncertain",
    "Reading",
    "Request",
    "SubmittedTask",
    "TaskLedger",
]
