"""Makes the table of ``docs/security.md``: what was tried, and what did not keep its promise.

    python benchmarks/promises.py

It tries every fault of the cloud anew; what takes longer comes out of ``docs/figures``, where the
commands that are named there have left it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from measuring.figures import Row
from measuring.kept_figures import KeptFigures

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
FIGURES = ROOT / "docs" / "figures"
_ORDER = ("hostile", "faults", "killing", "secrets", "soak")
_BEGIN, _END = "<!-- promises -->\n", "<!-- /promises -->\n"
_TESTS = {
    "faults": (
        "faults of the cloud, in every phase, with another outcome than specified",
        ("tests/engines/aspose/test_faults.py",),
    ),
    "secrets": (
        "tests of the cloud and the command line that show a credential they use, or fail",
        (
            "tests/engines/aspose",
            "tests/engines/cloud",
            "tests/cli",
            "tests/test_credential_watch.py",
        ),
    ),
}


def table() -> str:
    """The table of all figures that there are."""
    lines = ["| what | figure | at most | | measured with |", "|---|--:|--:|---|---|"]
    for name in _ORDER:
        path = FIGURES / f"{name}.json"
        if not path.exists():
            continue
        measured = KeptFigures.load(path)
        for row in measured.rows:
            verdict = "met" if row.is_met else "**missed**"
            figure, most = (_shown(number, row.unit) for number in (row.figure, row.at_most))
            by = f"`{measured.command}`, {measured.day}"
            lines.append(f"| {row.what} | {figure} | {most} | {verdict} | {by} |")
    return "\n".join(lines) + "\n"


def _shown(number: float | None, unit: str) -> str:
    if number is None:
        return ""
    return f"{f'{round(number, 2):,}'.removesuffix('.0')} {unit}".strip()


def measure(name: str) -> None:
    """Runs tests, and keeps how many failed."""
    what, tests = _TESTS[name]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *tests]
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
        (suite,) = ElementTree.parse(report).getroot().iter("testsuite")
    tried, failed = (
        int(suite.attrib["tests"]),
        int(suite.attrib["failures"]) + int(suite.attrib["errors"]),
    )
    row = Row(f"{what}, of {tried:,}", failed, 0, "")
    KeptFigures.today(f"pytest {' '.join(tests)}", [row]).save(FIGURES / f"{name}.json")


def main() -> None:
    for name in _TESTS:
        measure(name)
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(f"{before}{_BEGIN}{table()}{_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
