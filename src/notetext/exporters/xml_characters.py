"""Which characters XML can hold."""

from __future__ import annotations

import re

# XML 1.0, production 2: everything but most control characters, surrogates, U+FFFE and U+FFFF.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal_xml(text: str) -> str:
    r"""Replaces what XML cannot hold by U+FFFD, the sign for a character that was lost.

    >>> from notetext.exporters.xml_characters import legal_xml
    >>> legal_xml("a\x00b\tc")
    'a�b\tc'
    """
    return _ILLEGAL.sub("\ufffd", text)
