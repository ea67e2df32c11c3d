"""What was read and where it stands. The model knows nothing above itself.

Values only: frozen, and the same again after JSON or pickle. What can be done with them is told
in `notetext.result`.
"""

from notetext.model.block import (
    AnyItem,
    Block,
    Cell,
    CheckBox,
    Figure,
    FormField,
    Heading,
    LinePart,
    ListBlock,
    ListItem,
    ParagraphBlock,
    Preformatted,
    Role,
    Table,
    Task,
)
from notetext.model.box import Box
from notetext.model.choice import parse_choice
from notetext.model.correction import Correction, CorrectionKind
from notetext.model.document import SCHEMA_VERSION, Artifact, DocumentData, SourceInfo, Timings
from notetext.model.frozen import FrozenModel
from notetext.model.language import (
    Language,
    LanguageLike,
    describe_languages,
    list_languages,
    parse_languages,
)
from notetext.model.left_out import LeftOut, LeftOutReason, MarkShape, describe_left_out
from notetext.model.mode import Mode, ModeLike
from notetext.model.page import (
    Line,
    PageData,
    PageError,
    PageStatus,
    Paragraph,
    languages_told,
    mean_confidence,
    mode_read,
    summary,
    usual_kind,
)
from notetext.model.standing import standing_page, standing_paragraphs
from notetext.model.usage import Usage
from notetext.model.word import DOUBTFUL_BELOW, Confidence, Kind, Word, standing

__all__ = [
    "DOUBTFUL_BELOW",
    "SCHEMA_VERSION",
    "AnyItem",
    "Artifact",
    "Block",
    "Box",
    "Cell",
    "CheckBox",
    "Confidence",
    "Correction",
    "CorrectionKind",
    "DocumentData",
    "Figure",
    "FormField",
    "FrozenModel",
    "Heading",
    "Kind",
    "Language",
    "LanguageLike",
    "LeftOut",
    "LeftOutReason",
    "Line",
    "LinePart",
    "ListBlock",
    "ListItem",
    "MarkShape",
    "Mode",
    "ModeLike",
    "PageData",
    "PageError",
    "PageStatus",
    "Paragraph",
    "ParagraphBlock",
    "Preformatted",
    "Role",
    "SourceInfo",
    "Table",
    "Task",
    "Timings",
    "Usage",
    "Word",
    "describe_languages",
    "describe_left_out",
    "languages_told",
    "list_languages",
    "mean_confidence",
    "mode_read",
    "parse_choice",
    "parse_languages",
    "standing",
    "standing_page",
    "standing_paragraphs",
    "summary",
    "usual_kind",
]
