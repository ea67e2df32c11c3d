"""An exporter of your own: every word once, in the order of the alphabet."""

from pathlib import Path

from notetext import NoteText, RecognitionResult
from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Separated
from notetext.model import standing

NOTES = Path(__file__).parent / "notes"


class WordList(Exporter):
    """A word a line."""

    name = "wordlist"
    suffixes = (".words",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        written = standing(result.words)  # without what the writer struck out
        words = {word.text.strip(".,;:!?").casefold() for word in written}
        return "".join(f"{word}\n" for word in sorted(words))

    def merger(self) -> Separated:
        """How the command line makes one list of several: with an empty line between two."""
        return Separated("\n")


result = NoteText().recognize(NOTES / "shopping.jpg")
print(result.to(WordList()))
