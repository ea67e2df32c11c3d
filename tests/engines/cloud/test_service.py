"""What messages call a service."""

from __future__ import annotations

from notetext.engines.cloud.service import Service


def test_a_user_is_told_how_to_fetch_a_task_whatever_its_id() -> None:
    service = Service("parrot", "ParrotEngine(resubmit=True)", "ask the parrot", 2)
    assert service.resuming("it's 7") == 'engine.resume("it\'s 7")'
