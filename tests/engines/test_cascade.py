"""The cascade: the second engine is asked in doubt, and nothing is lost where it fails."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from PIL import Image, ImageDraw

from notetext import AsposeEngine, CascadeEngine, NoteText
from notetext.engines import Engine, Reading, Request
from notetext.errors import ConfigurationError, EngineUnavailableError
from notetext.model import Kind, Language, Line, Mode, Usage, Word
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, FakeEngine

BLANK = np.full((120, 200), 255, np.uint8)


@pytest.fixture
def inked() -> Image.Image:
    page = Image.new("L", (400, 300), 255)
    pen = ImageDraw.Draw(page)
    for x in range(40, 360, 30):
        pen.line((x, 100, x + 15, 160), fill=0, width=5)
    return page


class Second(Engine):
    """Counts what it is asked, and what that costs."""

    name = "second"
    paid = True

    def __init__(self, text: str = "Dear Ann", error: EngineUnavailableError | None = None) -> None:
        self.text = text
        self.error = error
        self.asked = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        self.asked += 1
        if self.error is not None:
            self.error.usage = Usage(submissions=1)
            raise self.error
        words = tuple(Word(text=text, confidence=0.9) for text in self.text.split())
        return Reading(lines=[Line(words=words)], usage=Usage(submissions=1, looks=2))


def test_a_sure_page_is_not_read_again(inked: Image.Image) -> None:
    second = Second()
    reader = NoteText(engine=CascadeEngine(FakeEngine("Dear Ann", confidence=0.8), second))
    result = reader.recognize(inked)
    assert (result.pages[0].engine, second.asked) == ("fake", 0)


@pytest.mark.parametrize("confidence", [0.5, None])
def test_a_doubtful_page_is_read_by_the_second(
    inked: Image.Image, confidence: float | None
) -> None:
    first = FakeEngine("dear Amn", confidence=confidence)
    result = NoteText(engine=CascadeEngine(first, Second())).recognize(inked)
    assert result.text == "Dear Ann\n"
    assert result.engine == "cascade"
    assert result.pages[0].engine == "second"
    assert result.usage == Usage(submissions=1, looks=2)


def test_ink_without_text_is_doubtful_and_blank_paper_is_not(inked: Image.Image) -> None:
    second = Second()
    reader = NoteText(engine=CascadeEngine(FakeEngine(""), second))
    assert reader.recognize(BLANK).text == ""
    assert second.asked == 0
    assert reader.recognize(inked).text == "Dear Ann\n"


def test_the_first_reading_stays_if_the_second_fails_or_finds_nothing(inked: Image.Image) -> None:
    first = FakeEngine("dear Amn", confidence=0.5)
    broken = Second(error=EngineUnavailableError("no connection", engine="second"))
    result = NoteText(engine=CascadeEngine(first, broken)).recognize(inked)
    assert (result.text, result.pages[0].engine) == ("dear Amn\n", "fake")
    assert "'second' failed: no connection" in result.warnings[0]
    assert result.usage == Usage(submissions=1)
    empty = NoteText(engine=CascadeEngine(first, Second(text=""))).recognize(inked)
    assert "'second' found nothing" in empty.warnings[0]
    assert empty.usage == Usage(submissions=1, looks=2)


def test_a_language_that_the_second_does_not_read_is_told(inked: Image.Image) -> None:
    first = FakeEngine("cher ami", confidence=0.5)
    cascade = CascadeEngine(first, AsposeEngine(client_id="i", client_secret="s"))
    result = NoteText(engine=cascade).recognize(inked, mode="handwritten", language="fr")
    assert result.text == "cher ami\n"
    assert "'aspose' does not read fr (French) in handwritten mode" in result.warnings[0]


def test_the_cloud_is_asked_in_doubt(inked: Image.Image) -> None:
    with FakeAsposeServer("Dear Ann") as server:
        cloud = AsposeEngine(base_url=server.url, client_id="i", client_secret="s")
        reader = NoteText(engine=CascadeEngine(FakeEngine("Amn", confidence=0.2), cloud))
        result = reader.recognize(inked)
        reader.engine.close()
    assert (result.text, result.pages[0].engine) == ("Dear Ann\n", "aspose")
    assert result.usage.submissions == 1


def test_a_cascade_is_what_its_engines_are() -> None:
    cascade = CascadeEngine("local", AsposeEngine(client_id="i", client_secret="s"), below=0.5)
    assert cascade.paid
    assert cascade.runs_in == "process"
    assert cascade.fingerprint is not None
    assert cascade.fingerprint != CascadeEngine(cascade.first, cascade.then).fingerprint
    assert CascadeEngine(FakeEngine(), "local").fingerprint is None
    assert cascade.languages(Mode.HANDWRITTEN) == cascade.first.languages(Mode.HANDWRITTEN)
    copy = pickle.loads(pickle.dumps(cascade.for_worker()))
    assert (copy.below, copy.first.name, copy.then.name) == (0.5, "local", "aspose")


def test_a_limit_that_is_no_confidence_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="give 0 to 1"):
        CascadeEngine(FakeEngine(), FakeEngine(), below=75)


@pytest.mark.parametrize("kind", Kind)
def test_the_second_reads_the_page_as_what_the_first_took_most_of_it_for(
    inked: Image.Image, kind: Kind
) -> None:
    class Deciding(Engine):
        name = "deciding"
        decides_mode = True

        def read(self, image: PageImage, request: Request) -> Reading:
            assert request.mode is Mode.AUTO
            return Reading(lines=[Line(words=(Word(text="Amn", confidence=0.2, kind=kind),))])

    second = FakeEngine("Ann")
    NoteText(engine=CascadeEngine(Deciding(), second)).recognize(inked)
    assert [request.mode.value for request in second.requests] == [kind.value]


class Telling(FakeEngine):
    """Takes everything for French."""

    name = "telling"
    tells_languages = True

    def read(self, image: PageImage, request: Request) -> Reading:
        super().read(image, request)
        word = Word(text="Chere Anne", confidence=0.4, language=Language.FRENCH)
        return Reading(lines=[Line(words=(word,))])


def test_the_second_reads_in_the_languages_that_the_first_has_told(inked: Image.Image) -> None:
    second = FakeEngine("Chère Anne")
    reader = NoteText(engine=CascadeEngine(Telling(), second))
    assert reader.recognize(inked).text == "Chère Anne\n"
    (request,) = second.requests
    assert [language.value for language in request.languages] == ["fr"]
    assert not request.tell_languages
