"""Names that moved; see `notetext._FORMER`."""

from notetext.model import Box as Box
from notetext.model import Line as Line
from notetext.model import PageError as PageError
from notetext.model import PageStatus as PageStatus
from notetext.model import Paragraph as Paragraph
from notetext.model import Word as Word
from notetext.result import Page as Page
