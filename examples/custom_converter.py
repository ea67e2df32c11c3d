"""A converter of your own: a ZIP archive of pictures is a document, each picture a page."""

import io
import zipfile
from pathlib import Path

from PIL import Image

from notetext import NoteText
from notetext.converters import Converter, Document, OpenOptions, SourcePage
from notetext.converters.image import ImageConverter
from notetext.documents import Source

NOTES = Path(__file__).parent / "notes"


class ZipConverter(Converter):
    """Opens ZIP archives; their pictures are the pages, by name."""

    name = "zip"
    version = "1"

    def accepts(self, head: bytes) -> bool:
        return head.startswith(b"PK\x03\x04")

    def open(self, source: Source, options: OpenOptions) -> Document:
        return ZipDocument(source, options)


class ZipDocument(Document):
    """An open archive; a page is unpacked when it is asked for."""

    def __init__(self, source: Source, options: OpenOptions) -> None:
        self._archive = zipfile.ZipFile(source.open())
        self._options = options
        self._names = sorted(self._archive.namelist())
        self.page_count = len(self._names)

    def page(self, number: int) -> SourcePage:
        picture = Source(None, self._archive.read(self._names[number - 1]), self._options.limits)
        return ZipPage(number, ImageConverter().open(picture, self._options).page(1))

    def close(self) -> None:
        self._archive.close()


class ZipPage(SourcePage):
    """A picture with its number in the archive."""

    def __init__(self, number: int, picture: SourcePage) -> None:
        self._picture = picture
        self.number = number
        self.width, self.height, self.dpi = picture.width, picture.height, picture.dpi

    def image(self) -> Image.Image:
        return self._picture.image()


archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as file:
    file.write(NOTES / "shopping.jpg", "1.jpg")
    file.write(NOTES / "minutes.jpg", "2.jpg")

reader = NoteText(converters=[ZipConverter(), "image", "pdf"])
for page in reader.iter_pages(archive.getvalue()):
    print(f"page {page.number}: {page.lines[0].text}")
