"""Names that moved; see `notetext._FORMER`."""

from notetext.model import Correction as Correction
from notetext.model import CorrectionKind as CorrectionKind
