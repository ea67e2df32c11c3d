"""What an engine is asked to do with a page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from notetext.engines.ledger import TaskLedger
from notetext.errors import CancelledError, EngineTimeoutError
from notetext.model import Language, Mode


class CancelToken(Protocol):
    """Tells that the caller no longer wants the result; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Returns whether the work was cancelled; safe to call from any thread."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked to do with a page.

    Attributes:
        mode: `Mode.HANDWRITTEN` or `Mode.PRINTED`; `Mode.AUTO` for engines that decide it
            themselves (`Engine.decides_mode`), and for no others.
        languages: at least one, the likeliest first; what is expected, if the engine tells them.
        deadline: when to give up, on the clock of `time.monotonic`, or ``None``.
        cancel: set when the caller gave up, or ``None``.
        language_model: whether the engine may help the pixels with what it knows of the language;
            it makes words of everything, also of writing that is upside down.
        ledger: where an engine that costs money notes what it submits, or ``None``.
        tell_languages: whether the engine tells the language of each line, and says it of the
            words; only for engines that can (`Engine.tells_languages`).
    """

    mode: Mode
    languages: tuple[Language, ...]
    deadline: float | None = None
    cancel: CancelToken | None = None
    language_model: bool = True
    ledger: TaskLedger | None = None
    tell_languages: bool = False

    def check(self, engine: str) -> None:
        """Raises if the caller gave up or the deadline is over; for engines, between steps.

        Args:
            engine: the engine's name, for the message.

        Raises:
            CancelledError: the caller cancelled.
            EngineTimeoutError: the deadline is over.
        """
        if self.cancel is not None and self.cancel.is_set():
            raise CancelledError("the caller cancelled the recognition")
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise EngineTimeoutError(
                f"the engine {engine!r} was not done in time; raise timeout_s, or limits.timeout_s",
                engine=engine,
            )
