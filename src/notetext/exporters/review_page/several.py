"""The review pages of several documents as one page: one below the other, one open at a time."""

from __future__ import annotations

from html import escape
from pathlib import PurePath
from string import Template

from notetext.errors.wording import counted
from notetext.exporters.merging import Merger, text_of
from notetext.exporters.review_page.document import page_scripts, page_style, part, policy
from notetext.result import RecognitionResult


class SeveralPages(Merger):
    """Each document keeps a review page of its own, with its own corrections to be downloaded.

    They stand in frames, and a browser opens one when its document is chosen.
    """

    def __init__(self) -> None:
        self._documents: list[str] = []

    def add(self, result: RecognitionResult, rendered: str | bytes) -> str:
        """Keeps the page; the whole is written at the end."""
        name = escape(PurePath(result.source.name or "note").name)
        pages = counted(len(result.pages), "page")
        is_open = "" if self._documents else " open"
        self._documents.append(
            f'<details name="document"{is_open}>\n'
            f"<summary>{name} <small>{pages}</small></summary>\n"
            f'<iframe title="{name}" loading="lazy" srcdoc="{escape(text_of(rendered))}"></iframe>'
            "\n</details>"
        )
        return ""

    def end(self) -> str:
        """Returns an HTML document."""
        from notetext.model.version import __version__

        style = part("several.css")
        return Template(part("several.html")).substitute(
            policy=escape(policy([style, page_style()], page_scripts())),
            version=escape(__version__),
            title=counted(len(self._documents), "document"),
            style=style,
            documents="\n".join(self._documents),
        )
