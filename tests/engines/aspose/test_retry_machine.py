"""Retries under any course of faults: nothing is lost, nothing is paid twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import CloudError, EngineUnavailableError, SubmissionUncertainError
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase

pytestmark = pytest.mark.slow

REQUEST = Request(Mode.HANDWRITTEN, (Language.ENGLISH,))

# None of them is the fault of the request, so each may pass.
passing = st.sampled_from(
    [
        Fault.rate_limited(),
        Fault.rate_limited(seconds=7),
        Fault.rate_limited(seconds=10_000),
        Fault.unavailable(seconds=3),
        Fault.answer(500),
        Fault.answer(502, "<html>Bad Gateway</html>", media_type="text/html"),
        Fault.reset(after_body=False),
        Fault.reset(after_body=True),
        Fault.truncated_json(),
    ]
)
taken_but_not_said = st.sampled_from([Fault.answer(500, processed=True), Fault.truncated_json()])
looks = st.sampled_from([Fault.pending(looks=3), Fault.task_status("Processing")])


class RetryMachine(RuleBasedStateMachine):
    """A service that fails in any way at any time, and a client that reads a page now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.server = FakeAsposeServer()
        self.server.__enter__()
        self.clock = NoWaiting()
        self.engine = AsposeEngine(
            client_id="an-id",
            client_secret="a-secret",
            base_url=self.server.url,
            waiting=self.clock,
        )

    @rule(phase=st.sampled_from([Phase.TOKEN, Phase.SUBMIT, Phase.LOOK]), fault=passing)
    def something_will_go_wrong(self, phase: Phase, fault: Fault) -> None:
        self.server.script(phase, fault)

    @rule(fault=taken_but_not_said)
    def a_task_will_be_taken_in_secret(self, fault: Fault) -> None:
        self.server.script(Phase.SUBMIT, fault)

    @rule(fault=looks)
    def the_service_will_be_slow(self, fault: Fault) -> None:
        self.server.script(Phase.LOOK, fault)

    @rule()
    def the_token_will_expire(self) -> None:
        self.server.script(Phase.LOOK, Fault.expired_token())

    @rule()
    def hours_pass(self) -> None:
        self.clock.wait(10_000, None)

    @rule()
    def read_a_page(self) -> None:
        self.read()

    def read(self) -> bool:
        """Reads a page; whether that went well."""
        taken, waited = len(self.server.submissions), len(self.clock.waits)
        try:
            reading = self.engine.read(PageImage(np.full((30, 40), 200, np.uint8)), REQUEST)
        except SubmissionUncertainError:
            # It may have been taken, once.
            assert len(self.server.submissions) - taken <= 1
            return False
        except (CloudError, EngineUnavailableError):
            assert len(self.server.submissions) - taken <= 1
            return False
        finally:
            # A pause that is longer than the policy allows is an error, not a wait.
            assert max(self.clock.waits[waited:], default=0) <= 60
        assert [line.text for line in reading.lines] == ["Hello"]
        assert len(self.server.submissions) - taken == 1
        assert (reading.usage.submissions, reading.usage.uncertain) == (1, 0)
        return True

    @invariant()
    def nothing_is_deleted_that_nobody_gave_up(self) -> None:
        assert self.server.deleted == []

    def read_after_the_longest_pause(self) -> bool:
        self.clock.wait(20_000, None)
        return self.read()

    def teardown(self) -> None:
        try:
            # However much went wrong before, it passes; and what comes up only now may ask for
            # another pause.
            assert any(self.read_after_the_longest_pause() for _ in range(30))
        finally:
            self.engine.close()
            self.server.__exit__(None, None, None)


TestRetryMachine = RetryMachine.TestCase
TestRetryMachine.settings = settings(
    max_examples=25,
    stateful_step_count=15,
)
