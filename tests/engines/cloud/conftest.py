"""The Parrot, a service that nobody has, and a client that talks to it without waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from parrot import Parrot, ParrotServer, submission

from notetext.engines import Request
from notetext.engines.cloud.base64_body import Base64Body
from notetext.model import Language, Mode
from notetext.testing import NoWaiting


@pytest.fixture
def server() -> Iterator[ParrotServer]:
    """A Parrot that answers at once."""
    with ParrotServer("Hello") as server:
        yield server


@pytest.fixture
def clock() -> NoWaiting:
    """The clock of the client."""
    return NoWaiting()


@pytest.fixture
def make_parrot(server: ParrotServer, clock: NoWaiting) -> Iterator[Callable[..., Parrot]]:
    """Makes clients of the Parrot, and closes them."""
    made: list[Parrot] = []

    def make(**parameters: object) -> Parrot:
        given: dict[str, object] = {"url": server.url, "clock": clock}
        made.append(Parrot(**(given | parameters)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for parrot in made:
        parrot.client.close()


@pytest.fixture
def parrot(make_parrot: Callable[..., Parrot]) -> Parrot:
    """A client with all defaults."""
    return make_parrot()


@pytest.fixture
def body() -> Base64Body:
    """What is submitted."""
    return submission()


@pytest.fixture
def request_() -> Request:
    """What an engine is asked to do."""
    return Request(Mode.PRINTED, (Language.ENGLISH,))
