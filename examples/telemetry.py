"""What a cloud engine does, seen from outside: requests, retries and waits, counted and timed.

It talks to a fake service on this machine, which fails now and then; nothing is sent or paid.
"""

from collections import Counter
from pathlib import Path
from threading import Lock

from notetext import AsposeEngine, NoteText
from notetext.engines.aspose import (
    Event,
    RequestAnswered,
    Retried,
    TaskFinished,
    TokenRenewed,
    Waited,
)
from notetext.testing import FakeAsposeServer, Fault, Phase, no_waiting

NOTES = Path(__file__).parent / "notes"


class Totals:
    """Counts events; the engine calls it from several threads."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: Counter[str] = Counter()
        self.answered_s = 0.0

    def __call__(self, event: Event) -> None:
        with self.lock:
            match event:
                case RequestAnswered(method=method, status=status, seconds=seconds):
                    self.counts[f"{method} {status}"] += 1
                    self.answered_s += seconds
                case Retried(attempt=attempt, reason=reason):
                    self.counts["retries"] += 1
                    print(f"attempt {attempt} failed: {reason}")
                case Waited(what=what):
                    self.counts[f"waits for a {what}"] += 1
                case TokenRenewed(need=need):
                    self.counts[f"tokens ({need})"] += 1
                case TaskFinished(completed=True):
                    self.counts["tasks completed"] += 1


totals = Totals()
with FakeAsposeServer(answer="Bread and butter") as server, no_waiting():
    server.script(Phase.SUBMIT, Fault.rate_limited(seconds=2), Fault.unauthorized())
    engine = AsposeEngine(
        client_id="an-id",
        client_secret="a-secret",
        base_url=server.url,
        on_event=totals,
    )
    with NoteText(engine=engine) as reader:
        print(reader.recognize(NOTES / "minutes.jpg").text.strip())
for name, count in sorted(totals.counts.items()):
    print(f"{name}: {count}")
print(f"the service took {totals.answered_s:.1f} s to answer")
