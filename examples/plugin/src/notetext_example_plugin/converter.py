"""Netpbm pictures (PBM, PGM, PPM)."""

from PIL import Image, PpmImagePlugin

from notetext.converters import Converter, Document, OpenOptions, SourcePage
from notetext.documents import Source
from notetext.documents.pictures import check_pixels, damaged


class NetpbmConverter(Converter):
    """Opens PBM, PGM and PPM."""

    name = "netpbm"
    version = "1"

    def accepts(self, head: bytes) -> bool:
        """Looks for P1 to P6 and white space."""
        return len(head) > 2 and head[:1] == b"P" and head[1:2] in b"123456" and head[2:3].isspace()

    def open(self, source: Source, options: OpenOptions) -> Document:
        """Reads the header."""
        return NetpbmDocument(source, options)


class NetpbmDocument(Document):
    """A document of one page."""

    page_count = 1

    def __init__(self, source: Source, options: OpenOptions) -> None:
        self._page = NetpbmPage(source, options)

    def page(self, number: int) -> SourcePage:
        """Returns the only page."""
        return self._page


class NetpbmPage(SourcePage):
    """The picture."""

    number = 1

    def __init__(self, source: Source, options: OpenOptions) -> None:
        self._source = source
        self.dpi = options.dpi
        with source.open() as file:
            try:
                self.width, self.height = PpmImagePlugin.PpmImageFile(file).size
            except Exception as error:
                raise damaged(error) from error
        check_pixels(self.width, self.height, options)

    def image(self) -> Image.Image:
        """Decodes the picture."""
        with self._source.open() as file:
            try:
                return PpmImagePlugin.PpmImageFile(file).copy()
            except Exception as error:
                raise damaged(error) from error
