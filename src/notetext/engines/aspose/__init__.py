"""Aspose.OCR Cloud, over its REST API v5.0: the service reads, notetext sends and waits."""

from notetext.engines.aspose.engine import AsposeEngine
from notetext.engines.aspose.settings import (
    DsrConfidence,
    DsrMode,
    Endpoint,
    RecognizeImageSettings,
    RecognizePdfSettings,
)
from notetext.engines.budget import Budget
from notetext.engines.cloud.events import (
    Event,
    EventListener,
    RequestAnswered,
    RequestFailed,
    RequestSent,
    Retried,
    TaskFinished,
    TaskSubmitted,
    TaskTakenOver,
    TokenNeed,
    TokenRenewed,
    Waited,
    WaitFor,
)
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.transport import Timeouts
from notetext.engines.price import CloudPrice

__all__ = [
    "AsposeEngine",
    "Budget",
    "CloudPrice",
    "DsrConfidence",
    "DsrMode",
    "Endpoint",
    "Event",
    "EventListener",
    "RecognizeImageSettings",
    "RecognizePdfSettings",
    "RequestAnswered",
    "RequestFailed",
    "RequestSent",
    "Retried",
    "RetryPolicy",
    "TaskFinished",
    "TaskSubmitted",
    "TaskTakenOver",
    "Timeouts",
    "TokenNeed",
    "TokenRenewed",
    "WaitFor",
    "Waited",
]
