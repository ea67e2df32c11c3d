"""An engine of your own, by composition: the local engine, with some words always spelled out."""

from pathlib import Path

from notetext import Language, Line, Mode, NoteText
from notetext.engines import Engine, Reading, Request
from notetext.engines.local import LocalEngine
from notetext.page_image import PageImage

NOTES = Path(__file__).parent / "notes"


class SpelledOut(Engine):
    """Reads with another engine and replaces whole words."""

    name = "spelled-out"
    version = "1"

    def __init__(self, inner: Engine, words: dict[str, str]) -> None:
        self.inner = inner
        self.words = words

    def languages(self, mode: Mode) -> frozenset[Language]:
        return self.inner.languages(mode)

    def read(self, image: PageImage, request: Request) -> Reading:
        reading = self.inner.read(image, request)
        return Reading(fragments=[self._spelled(line) for line in reading.fragments])

    def close(self) -> None:
        self.inner.close()

    def _spelled(self, line: Line) -> Line:
        words = tuple(
            word.model_copy(update={"text": self.words.get(word.text, word.text)})
            for word in line.words
        )
        return Line(words=words, box=line.box)


engine = SpelledOut(LocalEngine(), {"March,": "the third month,"})
print(NoteText(engine=engine).recognize(NOTES / "minutes.jpg").lines[0].text)
