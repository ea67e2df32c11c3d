"""Names that moved; see `notetext._FORMER`."""

from notetext.reading.plan import Plan as Plan
