"""The scripts of Chinese and Japanese, which the recogniser knows as one."""

from __future__ import annotations

import unicodedata

from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.scripts.script import Script
from notetext.engines.local.weights import GENERAL
from notetext.model import Language, Mode


def _is_east_asian(character: str) -> bool:
    """Whether it is as wide as a Chinese character, and no pictograph."""
    return unicodedata.east_asian_width(character) in "WF" and character < "\U0001f000"


CHINESE_JAPANESE = Script(
    name="Chinese and Japanese",
    letters={Language.CHINESE: "", Language.JAPANESE: ""},
    holds=_is_east_asian,
    borrowed=LATIN.borrowed,
    weights={Mode.PRINTED: GENERAL, Mode.HANDWRITTEN: GENERAL},
    reads_also=(LATIN,),
)
"""Chinese characters, kana, and the punctuation marks and Latin words between them."""
