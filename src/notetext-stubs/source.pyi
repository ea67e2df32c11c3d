"""Names that moved; see `notetext._FORMER`."""

from notetext.documents import Source as Source
