"""What several test files need: the example notes and an engine that reads nothing but sizes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from credential_watch import pytest_configure as pytest_configure
from hypothesis import HealthCheck, settings
from shown_code import NOT_RUN

from notetext.engines import Engine, Reading, Request
from notetext.errors import EngineError
from notetext.model import Box, Language, Line, Mode, Word
from notetext.page_image import PageImage

ROOT = Path(__file__).parents[1]

# A busy machine is no failure.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


@pytest.fixture
def notes() -> Path:
    """The folder of example notes."""
    return ROOT / "examples" / "notes"


class MeasuringEngine(Engine):
    """Reads the size and the mean grey of the picture that it gets, over the whole picture.

    A picture that is black throughout makes it fail.
    """

    name = "measuring"

    def languages(self, mode: Mode) -> frozenset[Language]:
        if mode is Mode.HANDWRITTEN:
            return frozenset({Language.ENGLISH})
        return frozenset({Language.ENGLISH, Language.FRENCH})

    def read(self, page: PageImage, request: Request) -> Reading:
        mean = int(page.grey().mean())
        if mean == 0:
            raise EngineError("the page is black", engine=self.name)
        words = [f"{page.width}x{page.height}", str(mean), request.mode.value]
        box = Box.rectangle(0, 0, page.width, page.height)
        line = Line(words=tuple(Word(text=w, box=box, confidence=0.5) for w in words), box=box)
        return Reading(lines=[line])


@pytest.fixture
def engine() -> MeasuringEngine:
    """An engine that needs no weights."""
    return MeasuringEngine()


DATA_MISSING = "the handwriting data are not here"


@pytest.fixture
def handwriting() -> Path:
    """The folder of real handwriting, which is no part of the repository."""
    folder = ROOT.parent / "shared" / "data" / "handwriting"
    if not folder.is_dir():
        pytest.skip(DATA_MISSING)
    return folder


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure, unless only the handwriting data are missing.

    So it is with a block of the documentation, unless its commands are among those not run.
    """
    allowed = (DATA_MISSING, *NOT_RUN.values())
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    for report in reporter.stats.get("skipped", []):
        if not any(reason in str(report.longrepr) for reason in allowed):
            reporter.write_line(f"\nskipped, which is a failure in CI: {report.nodeid}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
