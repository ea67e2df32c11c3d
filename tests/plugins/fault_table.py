"""The table of `docs/faults.md`: its rows as faults of a service, and what its cells say."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gate import Door
from raw_server import SLOW_ANSWERS
from world import Surroundings

from notetext.testing import Fault

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
PHASES = ("token", "submit", "poll", "fetch", "cancel")


def completed(*results: object, **fields: object) -> Fault:
    """A look finds that the task is completed, in these words."""
    answer = {"taskStatus": "Completed", "responseStatusCode": "Ok", "results": results} | fields
    return Fault.answer(200, json.dumps(answer), processed=True)


def text(data: bytes) -> dict[str, object]:
    return {"type": "Text", "data": base64.b64encode(data).decode()}


ENDLESS: dict[str, Fault | Door | Surroundings] = dict.fromkeys(SLOW_ANSWERS, "endless")
FAULTS: dict[str, Fault | Door | Surroundings] = {
    **ENDLESS,
    "TLS handshake without an end": "mute",
    "certificate that has expired": "expired",
    "certificate for another host": "elsewhere",
    "file of authorities that is not there": "no bundle",
    "a proxy that says nothing": "mute proxy",
    "closed while it was idle": "closing when idle",
    "silence until `limits.timeout_s`": Fault.silence(9),
    "an answer about another task": completed(text(b"Hello"), id="another"),
    "a key twice": Fault.answer(
        200, '{"taskStatus": "Pending", "taskStatus": "Completed"}', processed=True
    ),
    "more values than any answer has": Fault.answer(
        200, f'{{"results": [{"{}," * 50_000}{{}}]}}', processed=True
    ),
    "no result": completed(),
    "a result that is `null`": completed({"type": "Text", "data": None}),
    "a result twice": completed(text(b"Hello"), text(b"Hello")),
    "text in UTF-16": completed(text("Hello".encode("utf-16"))),
    "text with NULs": completed(text(b"Hel\0lo")),
    "connection refused": "shut",
    "TLS handshake broken off": "broken",
    "certificate not trusted": "untrusted",
    "reset before the body was read": Fault.reset(after_body=False),
    "reset before the answer": Fault.reset(after_body=True),
    "reset within the answer": Fault.cut_off(),
    "silence": Fault.silence(9),
    "an answer that trickles": Fault.slow_body(0.05),
    "401": Fault.unauthorized(),
    "401, and all tokens are void": Fault.expired_token(),
    "403, young token": Fault.answer(403),
    "403, token older than a minute": Fault.answer(403),
    "403, a page of HTML": Fault.answer(403, "<html>Forbidden</html>", media_type="text/html"),
    "429": Fault.rate_limited(),
    "429, `Retry-After: 1`": Fault.rate_limited(seconds=1),
    "429, `Retry-After` as a date": Fault.rate_limited(seconds=1, as_date=True),
    "429, `Retry-After: 600`": Fault.rate_limited(seconds=600),
    "500, and yet it was done": Fault.answer(500, processed=True),
    "503": Fault.unavailable(),
    "503, `Retry-After: 1`": Fault.unavailable(seconds=1),
    "503, `Retry-After: 600`": Fault.unavailable(seconds=600),
    "a redirect": Fault.redirect(),
    "200, empty": Fault.answer(200, processed=True),
    "200, a page of HTML": Fault.answer(200, "<html>Welcome</html>", processed=True),
    "200, half of the JSON": Fault.truncated_json(),
    "200, longer than allowed": Fault.answer(200, "x" * (2 << 20), processed=True),
    "the id in quotation marks": Fault.quoted_id(),
    "an unknown status": Fault.task_status("Resting"),
    "the task failed": Fault.task_error("too dark"),
    "the task is unknown": Fault.not_exist(),
    "results that are no Base64": Fault.wrong_base64(),
    **{
        status: Fault.answer(int(status))
        for status in ("400", "402", "404", "408", "410", "413", "500", "502", "504")
    },
}


SLOW = {
    *SLOW_ANSWERS,
    "TLS handshake without an end",
    "a proxy that says nothing",
    "silence",
    "an answer that trickles",
}
UNTIL_THE_DEADLINE = "silence until `limits.timeout_s`"


@dataclass(frozen=True, slots=True)
class Cell:
    """What the table says of a fault in a phase.

    Attributes:
        fault: the row.
        phase: the column.
        how: ``"again"``, ``"renew"``, ``"later"``, or empty if nothing is repeated.
        end: the error's name if the fault goes on; or ``"note"``, ``"done"``, ``"read"``.
    """

    fault: str
    phase: str
    how: str
    end: str

    def __str__(self) -> str:
        return f"{self.fault}-{self.phase}"


def cells() -> Iterator[Cell]:
    """The cells of the table that say something."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines()]
    start = rows.index(["fault", *PHASES])
    for fault, *said in (row for row in rows[start + 2 :] if len(row) > 1):
        for phase, text in zip(PHASES, said, strict=True):
            found = re.fullmatch(r"(?:(again|renew|later), )?`?(\w+)`?", text)
            assert found or text == "–", f"{fault}: {text!r}"
            if found:
                yield Cell(fault, phase, found[1] or "", found[2])


CELLS = list(cells())
