"""A program of somebody else's, as type checkers see it; `test_packaging` checks and runs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import assert_type

from PIL import Image

from notetext import (
    AsposeEngine,
    Box,
    CascadeEngine,
    Item,
    Language,
    Limits,
    Line,
    LocalEngine,
    Mode,
    NoteText,
    NoteTextError,
    Page,
    RecognitionResult,
    Store,
    Word,
)
from notetext.engines import Engine, Reading, Request
from notetext.errors import TaskTimeoutError
from notetext.exporters import Exporter
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.testing import FakeAsposeServer, FakeEngine, Fault, NoWaiting, Phase


def posterize(image: Image.Image) -> Image.Image:
    """A step of one's own."""
    return image.quantize(4).convert("L")


class Shouting(Engine):
    """An engine of one's own."""

    name = "shouting"

    def read(self, image: PageImage, request: Request) -> Reading:
        """Reads the same on every page."""
        box = Box.rectangle(0, 0, image.width, image.height)
        return Reading(lines=[Line(words=(Word(text="NOTE", box=box, confidence=1.0),), box=box)])


def readers(store: Path) -> Sequence[NoteText]:
    """Readers of every kind."""
    local = LocalEngine(threads=1, lexicon=["Eleanor"])
    cloud = AsposeEngine(client_id="an-id", client_secret="hush", max_submissions=100)
    return [
        NoteText(),
        NoteText(engine="local", preprocessors=["deskew", posterize]),
        NoteText(engine=CascadeEngine(local, cloud), limits=Limits(max_pixels=50_000_000)),
        NoteText(engine=Shouting(), store=Store(store)),
    ]


def words_of(result: RecognitionResult) -> list[str]:
    """All words, and the types of what leads to them."""
    page = result.pages[0]
    assert_type(page, Page)
    assert_type(page.lines, tuple[Line, ...])
    assert_type(result.text, str)
    assert_type(result.mode, Mode)
    assert_type(result.languages, tuple[Language, ...])
    assert_type(result.to("json"), str)
    assert_type(page.words[0].confidence, float | None)
    assert_type(page.words[0].box, Box | None)
    return [word.text for word in result.words]


def many(reader: NoteText, folder: Path) -> dict[str, str]:
    """The texts of a folder, by path."""
    texts: dict[str, str] = {}
    for item in reader.recognize_many(folder.glob("*.jpg")):
        assert isinstance(item, Item)
        assert_type(item.source, Path)
        assert_type(item.result, RecognitionResult | None)
        if item.result is not None:
            texts[str(item.source)] = item.result.text
    return texts


def with_the_cloud(note: Path) -> str | None:
    """Reads through a fake service, which is slow at first."""
    with FakeAsposeServer("Hello") as server:
        server.script(Phase.LOOK, Fault.pending(looks=2))
        engine = AsposeEngine(
            client_id="an-id", client_secret="hush", base_url=server.url, waiting=NoWaiting()
        )
        try:
            return NoteText(engine=engine).recognize(note, on_error="raise").text
        except TaskTimeoutError as error:
            return error.task_id
        except NoteTextError:
            return None
        finally:
            engine.close()


def kinds(step: Preprocessor, exporter: Exporter) -> tuple[str, str]:
    """The names of parts of one's own."""
    return step.name, exporter.name


def main(note: Path, folder: Path) -> None:
    """Reads a note offline, with a double, and through the fake service."""
    print(" ".join(words_of(NoteText().recognize(note, mode="handwritten", language="en"))))
    print(NoteText(engine=FakeEngine("as told")).recognize(note).text.strip())
    print(len(readers(folder / "notes.db")), (with_the_cloud(note) or "").strip())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
