"""What README and docs show, as tests: Sybil finds the blocks of a page, these run each kind.

A page's blocks run from the first to the last, in one folder that holds nothing but the examples:
Python in one namespace, commands by bash. What a block of `text` shows is what the block before it
printed. Of data the syntax is checked.
"""

from __future__ import annotations

import configparser
import contextlib
import io
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.example import NotEvaluated
from sybil.parsers.markdown import CodeBlockParser

NOT_RUN = {
    r"python3 -m venv|pip install": "the environment of the tests stands for one made anew",
    r"docker ": ".ci/run builds and runs the image, where Docker is",
}
"""Commands of the pages that are left out, each with the reason why."""

_RUN = PythonEvaluator()


class Page(Document):
    """A page of the documentation, and what the last of its blocks printed."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__(text, path)
        self.printed = ""
        self._begun: set[int] = set()
        self.push_evaluator(self._after_those_before)

    def _after_those_before(self, example: Example) -> None:
        """A block that is run alone, or by another process, needs those above it."""
        for each in self.examples():
            if each.start < example.start and each.start not in self._begun:
                self._begun.add(each.start)
                with contextlib.suppress(pytest.skip.Exception):
                    self._run(each)
        self._begun.add(example.start)
        raise NotEvaluated

    def _run(self, example: Example) -> None:
        evaluator = example.region.evaluator
        assert evaluator is not None
        assert not evaluator(example)


def python(example: Example) -> None:
    """Runs a block as a script; tests that it defines are run as pytest does."""
    names = example.namespace
    names["__name__"] = "__main__"
    before = dict(names)
    with _printed_by(example):
        _RUN(example)
        for name, value in list(names.items()):
            if name.startswith("test_") and before.get(name) is not value:
                value()


def shell(example: Example) -> None:
    """Runs a block's commands by bash, but for those of `NOT_RUN`."""
    commands = re.split(r"\n| && ", example.parsed.replace("\\\n", " ").strip())
    reasons = {command: _reason_against(command) for command in commands}
    wanted = [command for command, reason in reasons.items() if reason is None]
    if not wanted:
        pytest.skip("; ".join(sorted({str(reason) for reason in reasons.values()})))
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(wanted)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert ran.returncode == 0, f"exit status {ran.returncode}\n{ran.stdout}{ran.stderr}"
    _page_of(example).printed = ran.stdout


def output(example: Example) -> None:
    """Compares what a page shows with what the block before printed."""
    assert _page_of(example).printed.strip() == example.parsed.strip()


def data(parse: Callable[[str], Any]) -> Callable[[Example], None]:
    """Parses a block."""

    def parsed(example: Example) -> None:
        parse(example.parsed)

    return parsed


class Blocks(Sybil):
    """Blocks are called by their language and line."""

    def identify(self, example: Example) -> str:
        return f"{example.region.lexemes['arguments']} in line {example.line}"


def _page_of(example: Example) -> Page:
    assert isinstance(example.document, Page)
    return example.document


@contextlib.contextmanager
def _printed_by(example: Example):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        yield
    _page_of(example).printed = printed.getvalue()


def _reason_against(command: str) -> str | None:
    for pattern, reason in NOT_RUN.items():
        if re.search(pattern, command):
            return reason
    return None


_EVALUATORS = {
    "python": python,
    "sh": shell,
    "text": output,
    "json": data(json.loads),
    "toml": data(tomllib.loads),
    "ini": data(lambda text: configparser.ConfigParser().read_string(text)),
}

blocks = Blocks(
    parsers=[CodeBlockParser(language, run) for language, run in _EVALUATORS.items()],
    path=str(Path(__file__).parents[2]),
    filenames=["README.md"],
    patterns=["docs/*.md", "docs/*/*.md"],
    excludes=["*/README.md"],
    fixtures=["page_folder"],
    document_types={".md": Page},
)
