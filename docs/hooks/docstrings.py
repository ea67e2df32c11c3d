"""An extension of Griffe: what docstrings show as code is code on the site, too.

Docstrings hold sessions (``>>> …``) and drawings after a double colon; Markdown would take the
first for quotations.
"""

import re
import textwrap

import griffe

SESSION = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)
BLOCK = re.compile(r"^(.*?)::\n\n((?: {4}.*(?:\n|\Z)|\n(?= {4}))+)", re.MULTILINE)


class CodeInDocstrings(griffe.Extension):
    """Fences the code of every docstring."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Rewrites the object's docstring before it is parsed."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(docstring: str) -> str:
    """The docstring with its code between fences."""
    blocks = BLOCK.sub(_fenced_block, docstring)
    return SESSION.sub(lambda session: f"```pycon\n{session[0]}\n```", blocks)


def _fenced_block(match: re.Match[str]) -> str:
    words, drawing = match[1], textwrap.dedent(match[2]).strip("\n")
    opening = f"{words}:\n\n" if words else ""
    return f"{opening}```text\n{drawing}\n```\n"
