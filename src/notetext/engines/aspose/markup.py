"""The tags and texts of HTML or XHTML, in one pass, whatever is missing or does not fit."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

# None of these goes back over what it has passed, and none is tried twice at one place: that makes
# the time grow with the length, and no faster.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}+(?![0-9])|#[xX][0-9a-fA-F]{1,6}+(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,31});?"
)
_START = re.compile(r"<(?=[a-zA-Z/!?])")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<!": ">", "<?": ">"}


class Tag(NamedTuple):
    """A tag.

    Attributes:
        name: in lower case.
        closing: it ends an element.
        alone: it begins an element and ends it.
        attributes: of each name the first.
    """

    name: str
    closing: bool = False
    alone: bool = False
    attributes: Mapping[str, str] = _NO_ATTRIBUTES


def tags_and_texts(markup: str) -> Iterator[Tag | str]:
    """What stands in the markup, one after the other; comments and declarations are left out.

    What comes after a tag or a comment that has no end is left out, too.

    >>> from notetext.engines.aspose.markup import tags_and_texts
    >>> [piece if isinstance(piece, str) else piece.name for piece in tags_and_texts(
    ...     "<B class=x>1 &lt; 2</b><!-- no --> 2 < 3")]
    ['b', '1 < 2', 'b', ' 2 < 3']
    """
    at = 0
    while begun := _START.search(markup, at):
        start = begun.start()
        if start > at:
            yield _text(markup[at:start])
        found = _TAG.match(markup, start)
        if found:
            yield _tag(found)
            at = found.end()
        else:
            ending = next((_ENDS[begin] for begin in _ENDS if markup.startswith(begin, start)), "")
            end = markup.find(ending, start + 2) if ending else -1
            if end < 0:
                return
            at = end + len(ending)
    yield _text(markup[at:])


def _tag(found: re.Match[str]) -> Tag:
    slash, name, rest = found.groups()
    if not rest:
        return Tag(name.lower(), bool(slash))
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest):
        attributes.setdefault(key.lower(), _text("".join(values)))
    return Tag(name.lower(), bool(slash), rest.endswith("/"), attributes)


def _text(text: str) -> str:
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
