"""A hook of MkDocs: links to the repository's own files work on the site as they do beside them.

The pages of ``docs/`` link to scripts and notebooks outside of it, such as ``../examples/one.py``,
which anybody who reads them in the repository can follow. On the site a text file that is linked
so has a page of its own, and a notebook can be downloaded.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"(?<=\]\()(?:\.\./)+[^)#\s]+")
LANGUAGES = {".py": "python", ".toml": "toml", ".md": "markdown"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds a page or a copy for every file outside that a page links to."""
    for page in list(files.documentation_pages()):
        for link in LINK.findall(page.content_string):
            for path in files_at(outside(link, page.src_uri)):
                uri = site_uri(path)
                if files.get_file_from_path(uri) is None:
                    files.append(File.generated(config, uri, content=content(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Points the links at those pages."""

    def moved(match: re.Match[str]) -> str:
        here = page.file.src_uri
        path = outside(match[0], here)
        found = files_at(path)
        if not found:
            return match[0]
        return posixpath.relpath(site_uri(found[0]), posixpath.dirname(here) or ".")

    return LINK.sub(moved, markdown)


def outside(link: str, src_uri: str) -> str:
    """The file that a link names, from the repository's root."""
    return posixpath.normpath(posixpath.join("docs", posixpath.dirname(src_uri), link))


def files_at(path: str) -> list[Path]:
    """The file itself, or the text files of a folder; nothing within ``docs``."""
    place = ROOT / path
    if Path(path).parts[0] in ("docs", "..") or not place.exists():
        return []
    if place.is_file():
        return [place]
    found = (file for file in place.rglob("*") if file.suffix in LANGUAGES)
    return sorted(found, key=lambda file: (file.suffix != ".md", file))


def site_uri(path: Path) -> str:
    """Where the file stands on the site."""
    uri = path.relative_to(ROOT).as_posix()
    return f"{uri}.md" if path.suffix in LANGUAGES else uri


def content(path: Path) -> str | bytes:
    """The file, as a page if it is text."""
    if path.suffix not in LANGUAGES:
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    title = path.relative_to(ROOT).as_posix()
    return f"# {title}\n\n````{LANGUAGES[path.suffix]}\n{text}````\n"
