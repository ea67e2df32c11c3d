"""What messages call a service, and what they advise its users to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """A service in the words of our messages, and how long it keeps what it has read.

    Attributes:
        engine: the engine's name; every error carries it.
        resubmitting: how the engine is made so that it submits again what is uncertain.
        refused_credentials: what to check where the service refuses them; a half-sentence.
        results_kept_h: the hours after a submission during which its result can be fetched.
        refusals_borne: how many requests for a token it may refuse within ``refusal_memory_s``; one
            more, and it locks the credentials out.
        refusal_memory_s: seconds after which it has forgotten a refusal.
    """

    engine: str
    resubmitting: str
    refused_credentials: str
    results_kept_h: int
    refusals_borne: int = 4
    refusal_memory_s: float = 600.0

    def resuming(self, task_id: str) -> str:
        """How a user fetches a task's result later."""
        return f"engine.resume({task_id!r})"
