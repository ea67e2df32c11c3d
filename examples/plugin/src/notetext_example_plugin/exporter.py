"""Loud text."""

from notetext.exporters import Exporter, PageImages
from notetext.result import RecognitionResult


class ShoutExporter(Exporter):
    """The text in capitals."""

    name = "shout"
    suffixes = (".shout",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns the text in capitals."""
        return result.text.upper()
