"""What an engine is made of: all of it that a pickled engine takes along."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Literal

from notetext.engines import Budget, CloudPrice
from notetext.engines.aspose.settings import RecognizeImageSettings, RecognizePdfSettings
from notetext.engines.cloud.events import EventListener
from notetext.engines.cloud.network import Network
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.transport import Timeouts
from notetext.errors import ConfigurationError
from notetext.errors.checking import check_kind, check_number

_KINDS = {
    "pdf_settings": RecognizePdfSettings,
    "budget": Budget,
    "price": CloudPrice,
    "retry": RetryPolicy,
    "timeouts": Timeouts,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All that an engine is made of but its credentials and its clock.

    `notetext.AsposeEngine` says what each of them means.

    Raises:
        ConfigurationError: they do not fit.
    """

    base_url: str
    image: RecognizeImageSettings
    pdf_settings: RecognizePdfSettings
    pdf: Literal["pages", "native"]
    details: bool
    searchable_pdf: bool
    keep_metadata: bool
    parallel_pages: int
    budget: Budget | None
    price: CloudPrice | None
    resubmit: bool
    task_timeout_s: float
    requests_per_second: float | None
    max_in_flight: int | None
    retry: RetryPolicy
    timeouts: Timeouts
    max_answer_bytes: int
    user_agent: str
    network: Network
    on_event: EventListener | None
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Names the run whose budget it is, in all processes that share it."""

    def __post_init__(self) -> None:
        if self.pdf not in {"pages", "native"}:
            raise ConfigurationError(f"pdf={self.pdf!r} is unknown; choose 'pages' or 'native'")
        for name in ("parallel_pages", "max_answer_bytes", "max_in_flight"):
            check_number(name, getattr(self, name), whole=True)
        for name in ("task_timeout_s", "requests_per_second"):
            check_number(name, getattr(self, name))
        for name, kind in _KINDS.items():
            check_kind(name, getattr(self, name), kind)
        if self.parallel_pages < 1 or self.task_timeout_s <= 0 or self.max_answer_bytes < 1:
            raise ConfigurationError(
                "parallel_pages, task_timeout_s and max_answer_bytes must be positive"
            )


def budget_of(budget: Budget | None, max_submissions: int | None) -> Budget | None:
    """The budget that a caller gave, in whichever form.

    Raises:
        ConfigurationError: both were given, or a negative number.
    """
    if max_submissions is None:
        return budget
    check_number("max_submissions", max_submissions, whole=True)
    if max_submissions < 0:
        raise ConfigurationError("max_submissions cannot be negative")
    if budget is not None:
        raise ConfigurationError("give either budget or max_submissions")
    return Budget(max_submissions)


def with_true_boxes(settings: RecognizeImageSettings) -> RecognizeImageSettings:
    """The settings under which hOCR counts the pixels of the picture that was sent.

    Raises:
        ConfigurationError: they ask for what would move its text.
    """
    moving = {"make_skew_correct", "make_upsampling"}
    asked = sorted(name for name in moving & settings.model_fields_set if getattr(settings, name))
    if asked:
        raise ConfigurationError(
            f"details=True needs the picture as it is, and {' and '.join(asked)} would move its "
            "text; leave one of them out"
        )
    return settings.model_copy(update=dict.fromkeys(moving, False))
