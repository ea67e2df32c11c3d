"""Names that moved; see `notetext._FORMER`."""

from notetext.model import Box as Box
