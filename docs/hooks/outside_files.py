"""A hook of MkDocs: links to the repository's own files work on the site as they do beside them.

The pages of ``docs/`` link to scripts, folders and notebooks outside of it, such as
``../examples/one_page.py``, which anybody who reads them in the repository can follow. On the site
source text that is linked so has a page, and everything else can be downloaded.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?<=\]\()(?:\.\./)+[^)#\s]+")
LANGUAGES = {".md": "markdown", ".toml": "toml", ".py": "python", ".sh": "sh"}
BELOW_THE_REST = "---\nsearch: {boost: 0.1}\n---\n\n"
"""What is found in source text comes after what is found in the documentation."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds every file and folder outside that a page links to."""
    for page in list(files.documentation_pages()):
        for link in LINK.findall(page.content_string):
            path = outside(link, page.src_uri)
            if path is not None and files.get_file_from_path(site_uri(path)) is None:
                files.append(File.generated(config, site_uri(path), content=content(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Points the links at what was added."""

    def moved(link: re.Match[str]) -> str:
        path = outside(link[0], page.file.src_uri)
        if path is None:
            return link[0]
        return posixpath.relpath(site_uri(path), posixpath.dirname(page.file.src_uri) or ".")

    return LINK.sub(moved, markdown)


def outside(link: str, src_uri: str) -> Path | None:
    """The file or folder outside of ``docs`` that a link of a page means, if there is one."""
    here = posixpath.join("docs", posixpath.dirname(src_uri))
    path = ROOT / posixpath.normpath(posixpath.join(here, link))
    return None if path.is_relative_to(ROOT / "docs") or not path.exists() else path


def site_uri(path: Path) -> str:
    """Where it stands on the site."""
    uri = path.relative_to(ROOT).as_posix()
    return f"{uri}.md" if path.is_dir() or path.suffix in LANGUAGES else uri


def content(path: Path) -> str | bytes:
    """The file as it is, or a page of source text: of the file, or of all files in the folder."""
    title = f"{BELOW_THE_REST}# {path.relative_to(ROOT).as_posix()}\n"
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.suffix in LANGUAGES)
        files = sorted(inside, key=lambda file: (list(LANGUAGES).index(file.suffix), file))
        sections = (f"## {file.relative_to(path).as_posix()}\n\n{source(file)}" for file in files)
        return "\n".join([title, *sections])
    return f"{title}\n{source(path)}" if path.suffix in LANGUAGES else path.read_bytes()


def source(path: Path) -> str:
    """A text file between fences."""
    return f"````{LANGUAGES[path.suffix]}\n{path.read_text(encoding='utf-8')}````\n"
