"""From a result and its pages to one HTML file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import PurePath
from string import Template

from notetext.errors import InputError
from notetext.exporters import PageImages
from notetext.exporters.review_page.measured import MEASURED, is_measured, read_locally
from notetext.model import DOUBTFUL_BELOW, PageStatus
from notetext.page_image import to_pixels
from notetext.result import RecognitionResult
from notetext.result.corrections.review import FORMAT, Review
from notetext.result.display.pictures import small_jpeg

LONGEST_SIDE = 2000
"""Of a page's picture, in pixels: enough to see every stroke, little enough for many pages."""

SCRIPTS = (
    "structure",
    "strikes",
    "reading",
    "alignment",
    "draft",
    "filling",
    "tasks",
    "layout",
    "corrections",
    "keeping",
    "session",
    "viewer",
    "finding",
    "rows",
    "lines",
    "editing",
    "card",
    "thumbnails",
    "popups",
    "threshold",
    "markdown",
    "downloads",
    "pdf_command",
    "printing",
    "find_panel",
    "keys",
    "main",
)
"""In this order; they share their names, as scripts of one page do."""

STYLES = ("base", "bar", "paper", "text", "blocks", "find", "card", "popups", "narrow", "print")
"""In this order: what comes later holds."""


def review_page(result: RecognitionResult, images: PageImages) -> str:
    """Renders a result; see `ReviewPageExporter`."""
    from notetext.model.version import __version__

    read = result.as_read().model_copy(update={"artifacts": ()})
    review = Review(format=FORMAT, result=read, corrections=result.corrections)
    data = _brief(review.model_dump_json(exclude_none=True, exclude={"result": {"text"}}))
    name = PurePath(result.source.name or "note").name
    settings = {
        "digest": _digest(review),
        "doubtfulBelow": DOUBTFUL_BELOW,
        "language": result.languages[0].value if len(result.languages) == 1 else "",
        "isLocal": read_locally(result),
        "measured": MEASURED if is_measured(result) else (),
        "document": name if result.source.name else "",
        "stem": stem(name),
    }
    style = page_style()
    scripts = page_scripts()
    pictures = [*_pictures(result, images)]
    return Template(re.sub(r"(?m)^ +", "", part("page.html"))).substitute(
        policy=escape(policy([style], scripts)),
        version=escape(__version__),
        title=escape(name),
        style=style,
        text=escape(result.text),
        settings=_inert(json.dumps(settings)),
        review=_inert(data),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
        first_picture="".join(pictures[:1]),
        other_pictures="\n".join(pictures[1:]),
    )


def _digest(review: Review) -> str:
    """Names what was read and corrected, by which a browser keeps what is corrected further."""
    told = review.model_dump_json(
        include={"result": {"pages": True, "source": {"sha256"}}, "corrections": True}
    )
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:32]


def stem(name: str) -> str:
    """What downloads are called: no shell takes it for more words than one, or for an option.

    >>> from notetext.exporters.review_page.document import stem
    >>> stem("minutes of 12 March.jpg"), stem("-rf.png"), stem("?.png")
    ('minutes_of_12_March', 'rf', 'note')
    """
    return re.sub(r"[^\w-]+", "_", PurePath(name).stem).strip("-_") or "note"


def page_style() -> str:
    """The style of a review page; that of all pages is the same."""
    style = "\n".join(_bare(part(f"style/{style}.css")) for style in STYLES)
    return re.sub(r"(?<=[\w)-]): |;(?=\})| (?=\{)", lambda found: found[0].strip(" ;"), style)


def page_scripts() -> list[str]:
    """The scripts of a review page; those of all pages are the same."""
    # No text that is shown has these signs.
    blanks = re.compile(r" (=>?|[!=]==|&&|\|\||\?\?) |(?<=\)) (?=\{)|(?<=\{) | (?=\})")
    return [blanks.sub(r"\1", _bare(part(f"script/{script}.js"))) for script in SCRIPTS]


def _bare(code: str) -> str:
    """A script or a style without comments that have lines of their own, without indentation, and
    without line ends that mean nothing: a quarter of it."""
    code = re.sub(r"^[ \t]*(?://.*|/\*(?s:.*?)\*/)\n", "", code, flags=re.MULTILINE)
    code = re.sub(r"^\s+", "", code, flags=re.MULTILINE)
    # Behind a comment at the end of a line, the line end does mean something.
    return re.sub(r"^((?:(?!//).)*)\n(?:(?<=[;{,(\[]\n)|(?=[})\].?:&|]))", r"\1", code, flags=re.M)


def _brief(data: str) -> str:
    """JSON without what most words and cells have, and is the default; no text can look like it."""
    for usual in (',"struck":false', ',"alternatives":[]', ',"boxes":[]'):
        data = data.replace(usual, "")
    return data


@cache
def part(name: str) -> str:
    """A file that lies beside this one."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def policy(styles: list[str], scripts: list[str]) -> str:
    """Only these scripts and styles run, and nothing is asked of any network."""
    allowed = {
        "default-src": ["'none'"],
        "script-src": [_hash(script) for script in scripts],
        "style-src": [_hash(f"\n{style}\n") for style in styles],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in allowed.items())


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _inert(data: str) -> str:
    """JSON that no parser of HTML can see an end or a comment in."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _pictures(result: RecognitionResult, images: PageImages) -> Iterator[str]:
    """The pages' pictures as inert text, so that a browser decodes none before it is seen."""
    from PIL import Image

    for page in result.pages:
        if not page.width:
            continue
        try:
            picture = Image.fromarray(to_pixels(images.image(page.number)))
        except InputError:
            if page.status is PageStatus.FAILED:
                continue
            raise
        data = base64.b64encode(small_jpeg(picture, LONGEST_SIDE)).decode("ascii")
        yield f'<script type="text/plain" id="picture-{page.number}">{data}</script>'
