"""A hook of MkDocs: what the theme leaves out of its pages, and what it should not do.

The dialog of the search gets a name, for those who hear the page. The link to the repository, which
is there once ``pyproject.toml`` names one, asks no other host how many stars it has.
"""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Takes the repository's address from the package's."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    repository = project.get("urls", {}).get("Repository")
    if repository is not None:
        config.repo_url = repository
        config.repo_name = urlsplit(repository).path.strip("/")
    return config


def on_post_page(output: str, **_: Any) -> str:
    """Mends a page."""
    named = output.replace('role="dialog"', 'role="dialog" aria-label="Search"')
    return named.replace(' data-md-component="source"', "")


def on_post_template(output_content: str, **_: Any) -> str:
    """Mends the page of what is not there."""
    return on_post_page(output_content)
