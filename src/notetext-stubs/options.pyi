"""Names that moved; see `notetext._FORMER`."""

from notetext.documents import Limits as Limits
from notetext.documents import PageSelection as PageSelection
from notetext.engines import CancelToken as CancelToken
from notetext.engines import OnUncertain as OnUncertain
from notetext.engines import Request as Request
from notetext.engines import SubmittedTask as SubmittedTask
from notetext.engines import TaskLedger as TaskLedger
from notetext.model import Language as Language
from notetext.model import LanguageLike as LanguageLike
from notetext.model import Mode as Mode
from notetext.reading.options import OnError as OnError
from notetext.reading.options import ReadKeywords as ReadKeywords
from notetext.reading.options import ReadOptions as ReadOptions
from notetext.reading.options import Region as Region
from notetext.reading.options import TextLayerUse as TextLayerUse
