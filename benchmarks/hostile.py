"""What becomes of documents that mean no good, as a table.

    python benchmarks/hostile.py --output docs/figures/hostile.json

The cases are in `tests/hostile`. They are tried in processes of their own, within limits of time
and memory; one that kills its process is told by that.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measuring.figures import Row
from measuring.kept_figures import KeptFigures

_SCRIPT = Path(__file__).parents[1] / "tests" / "hostile" / "run.py"

FAMILIES = (
    "pictures",
    "frames",
    "other pictures",
    "PDFs",
    "contents of PDFs",
    "in memory",
    "files",
)


@dataclass(frozen=True)
class Trial:
    """A case and what became of it.

    Attributes:
        name: of the case.
        outcome: ``read``, the name of an error of ours, ``foreign …`` for another exception, or
            ``died …`` for the end of the process.
        message: of the error.
        cpu_s: seconds of computing.
        memory_mb: by how much the process grew.
        complaints: what was not as it should be.
    """

    name: str
    outcome: str
    message: str = ""
    cpu_s: float = 0.0
    memory_mb: int = 0
    complaints: list[str] = field(default_factory=list)


def trials(family: str) -> Iterator[Trial]:
    """Tries the cases of a family."""
    after: list[str] = []
    while True:
        command = [sys.executable, "-W", "ignore", str(_SCRIPT), family, *after]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        name = ""
        for line in ended.stdout.splitlines():
            said = json.loads(line)
            if "name" in said:
                name = said["name"]
            else:
                yield Trial(name, **said)
                name = ""
        if ended.returncode == 0:
            return
        yield Trial(name, f"died {ended.returncode}", complaints=[ended.stderr[-2000:]])
        if not name:
            return
        after = [name]


def main(arguments: Sequence[str] | None = None) -> None:
    """Tries all cases and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, help="a file for the figures, as JSON")
    given = parser.parse_args(arguments)
    print(
        "| family | cases | read | refused | died or hung | foreign exception | most memory "
        "| longest |"
    )
    print("|---|---|---|---|---|---|---|---|")
    everything: list[Trial] = []
    for family in FAMILIES:
        tried = list(trials(family))
        everything += tried
        print(_row(family, tried), flush=True)
    print(_row("**all**", everything))
    for trial in everything:
        for complaint in trial.complaints:
            print(f"\n{trial.name}: {trial.outcome}, but {complaint}")
    if given.output is not None:
        KeptFigures.today("benchmarks/hostile.py", rows(everything)).save(given.output)


def rows(tried: Sequence[Trial]) -> list[Row]:
    """How many of the cases did harm, or ended as they should not."""
    kinds = Counter(trial.outcome.split()[0] for trial in tried)
    harmful = sum(bool(trial.complaints) for trial in tried)
    ends = {
        "kill or hang their process": kinds["died"],
        "end in an exception that is not ours": kinds["foreign"],
        "do not end as they should, or take more memory than they may": harmful,
    }
    return [
        Row(f"hostile documents that {what}, of {len(tried):,}", count, 0, "")
        for what, count in ends.items()
    ]


def _row(name: str, tried: list[Trial]) -> str:
    ends = Counter(
        "refused"
        if trial.outcome.endswith("Error") and " " not in trial.outcome
        else trial.outcome.split()[0]
        for trial in tried
    )
    memory_mb, cpu_s = max(t.memory_mb for t in tried), max(t.cpu_s for t in tried)
    cells = [name, len(tried), *(ends[kind] for kind in ("read", "refused", "died", "foreign"))]
    return f"| {' | '.join(map(str, cells))} | {memory_mb} MB | {cpu_s:.1f} s |"


if __name__ == "__main__":
    main()
