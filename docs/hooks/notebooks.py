"""A hook of MkDocs: the example notebooks are pages of the site, and files to download.

Each page shows a notebook's cells and what they gave; links to a notebook itself download it, under
its name, whatever type the server says that it has.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
FOLDER = Path("examples", "notebooks")
LINK = re.compile(r'href="(?:[^":]*/)?([^"/:]+\.ipynb)"')
FRAME_STYLE = re.compile(r"<style scoped>.*?</style>\s*", re.DOTALL)
FRAME_ATTRIBUTES = re.compile(r'(<t\w+)(?: (?:border|class|style)="[^"]*")+')


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds every notebook, and its page."""
    for path in sorted((ROOT / FOLDER).glob("*.ipynb")):
        uri = (FOLDER / path.name).as_posix()
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, content=path.read_bytes()))
        page = (FOLDER / path.name).with_suffix(".md").as_posix()
        files.append(File.generated(config, page, content=shown(path)))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lets links to notebooks download them."""
    return LINK.sub(lambda link: f'{link[0]} download="{link[1]}"', html)


def shown(path: Path) -> str:
    """A notebook as a page."""
    title, *cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    download = f"[Download the notebook]({path.name}){{ .md-button }}"
    parts = [text_of(title["source"]), download, *(part for cell in cells for part in of(cell))]
    # From the notebook, the documentation lies in another folder than on the site.
    return "\n\n".join(parts).replace("](../../docs/", "](../../") + "\n"


def of(cell: dict[str, Any]) -> Iterator[str]:
    """A cell, and what it gave."""
    source = text_of(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:
        yield given(output)


def given(output: dict[str, Any]) -> str:
    """What a cell gave, in the richest way that it has."""
    data = output.get("data", {})
    if "image/jpeg" in data:
        picture = text_of(data["image/jpeg"]).replace("\n", "")
        return f'<img alt="the picture that the cell shows" src="data:image/jpeg;base64,{picture}">'
    if "text/html" in data:
        html = FRAME_STYLE.sub("", text_of(data["text/html"]))
        # Blank lines would end the block of HTML; without its class a table looks like the others.
        return re.sub(r"\n\s*\n", "\n", FRAME_ATTRIBUTES.sub(r"\1", html))
    text = text_of(output["text"] if output["output_type"] == "stream" else data["text/plain"])
    return f"```text\n{text.rstrip()}\n```"


def text_of(lines: str | list[str]) -> str:
    """A notebook's text, which may be kept line by line."""
    return lines if isinstance(lines, str) else "".join(lines)
