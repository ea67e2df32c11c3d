"""A fake service, an engine that talks to it without waiting, and a page to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.store import Store
from notetext.testing import FakeAsposeServer, NoWaiting

SECRET = "s3cret-that-nobody-may-see"


@pytest.fixture
def server() -> Iterator[FakeAsposeServer]:
    """A fake service that answers at once."""
    with FakeAsposeServer(answer="Hello") as server:
        yield server


@pytest.fixture
def clock() -> NoWaiting:
    """The clock of the engine."""
    return NoWaiting()


@pytest.fixture
def make_engine(
    server: FakeAsposeServer, clock: NoWaiting
) -> Iterator[Callable[..., AsposeEngine]]:
    """Makes engines that talk to the fake service, and closes them."""
    made: list[AsposeEngine] = []

    def make(**parameters: object) -> AsposeEngine:
        given: dict[str, object] = {
            "client_id": "an-id",
            "client_secret": SECRET,
            "base_url": server.url,
            "waiting": clock,
        }
        engine = AsposeEngine(**(given | parameters))  # type: ignore[arg-type]
        made.append(engine)
        return engine

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def engine(make_engine: Callable[..., AsposeEngine]) -> AsposeEngine:
    """An engine with all defaults."""
    return make_engine()


@pytest.fixture
def page() -> PageImage:
    """A small page that came from no file."""
    return PageImage(np.full((30, 40), 200, np.uint8))


@pytest.fixture
def page_again() -> PageImage:
    """The same page, as if another run had made it from its file."""
    return PageImage(np.full((30, 40), 200, np.uint8))


@pytest.fixture
def by_hand() -> Request:
    """English handwriting."""
    return Request(Mode.HANDWRITTEN, (Language.ENGLISH,))


@pytest.fixture
def in_print() -> Request:
    """English print."""
    return Request(Mode.PRINTED, (Language.ENGLISH,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "notes.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """The store as this run opened it."""
    with Store(path) as store:
        yield store


@pytest.fixture
def noted(by_hand: Request, store: Store) -> Request:
    """A request of this run, whose tasks are noted in the store."""
    return replace(by_hand, ledger=store.ledger)
