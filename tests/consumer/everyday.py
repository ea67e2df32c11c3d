"""What the documentation shows, in one program; mypy and pyright find nothing to say about it.

`test_packaging` checks it with both, against the wheel, and runs it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import assert_type

from PIL import Image

from notetext import CascadeEngine, Item, Limits, NoteText, NoteTextError, RecognitionResult, Word
from notetext.batch import FailedItem, ReadItem
from notetext.errors import QuotaError
from notetext.testing import FakeEngine


def blurred(image: Image.Image) -> Image.Image:
    """A step of one's own."""
    return image.reduce(2).resize(image.size)


def where(word: Word) -> str:
    """Where a word stands, and how sure it is, with engines that say neither as well."""
    place = "somewhere"
    if word.box is not None:
        place = f"at {word.box.left:.0f}, {word.box.top:.0f}, {word.box.width:.0f} wide"
    sure = "" if word.confidence is None else f" ({word.confidence:.0%})"
    return f"{word} {place}{sure}"


def described(result: RecognitionResult) -> str:
    """A result as people use it."""
    said = [str(result).strip(), f"{len(result)} page"]
    said += [f"page {page.number}: {page.error or len(page.words)}" for page in result]
    if "told" in result and "told" in result[0]:
        said += map(where, result.words)
    assert_type(result.to("markdown"), str)
    assert RecognitionResult.from_dict(json.loads(json.dumps(result.to_dict()))) == result
    return "\n".join(said)


def saved(result: RecognitionResult) -> bytes:
    """What a binary format gives."""
    return result.to("pdf")


def many(reader: NoteText, folder: Path) -> list[str]:
    """A folder, as the README's loop reads it."""
    said: list[str] = []
    for item in reader.recognize_many(sorted(folder.glob("s*.*")), mode="printed", ordered=True):
        if item.error is not None:
            assert_type(item.error, NoteTextError)
            said.append(f"{item.source.name} cannot be read")
        else:
            assert_type(item.result, RecognitionResult)
            said.append(f"{Path(item.name).stem}: {len(item.result.words)} words")
            said += map(str, item.result.errors)
    return said


def kinds(reader: NoteText, notes: list[str]) -> list[str]:
    """The other ways to tell the two apart."""
    said: list[str] = []
    for item in reader.recognize_many(notes):
        match item:
            case ReadItem(result=result):
                said.append(result.text.strip())
            case FailedItem(error=error):
                said.append(error.message)
        if item.result is None:
            said.append(item.error.message)
        said.append(kept(item))
    return said


def kept(item: Item) -> str:
    """An item that was put aside."""
    return "failed" if item.result is None else str(item.result).strip()


async def awaited(reader: NoteText, note: Path) -> list[str]:
    """The same, awaited."""
    result = await reader.arecognize(note, preprocessors=["grayscale", blurred])
    said = [result.text.strip()]
    async for item in reader.arecognize_many([note]):
        if item.error is None:
            said.append(f"{item.source.stem}: {item.result.text.strip()}")
    return said


def main(note: Path) -> None:
    """Reads with a double, in each of the ways."""
    reader = NoteText(engine=FakeEngine("as told"), limits=Limits(max_pages=3))
    try:
        result = reader.recognize(note, language=["en", "fr"], on_error="raise", preprocessors=())
        print(described(result))
    except QuotaError as error:
        print(error.partial.text if error.partial else "nothing was read")
    except NoteTextError as error:
        print(error)
    for page in reader.iter_pages(Image.open(note), text_layer="ignore", pages="1"):
        print(page)
    print(*many(reader, note.parent), sep="\n")
    print(*kinds(reader, [str(note)]), sep="\n")
    print(*asyncio.run(awaited(reader, note)), sep="\n")
    print(NoteText(engine=CascadeEngine("local", "aspose"), preprocessors=["deskew", "contrast"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
