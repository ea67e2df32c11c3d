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
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.example import NotEvaluated
from sybil.parsers.markdown import CodeBlockParser

NOT_RUN = {
    r"\.venv\\Scripts|^py -m": "it is for Windows; the same is run under Linux",
    r"python3 -m venv|pip install": "tests/test_packaging.py installs what is released",
    r"bin/pytest": "these are the tests",
    r"\bdocker\b": ".ci/run builds the image and reads with it, where Docker is",
    r"\blambda-url\b": "the function would be one of yours",
    r"air_gapped\.sh": "it downloads; tests/test_recipes.py runs it with a pip that does not",
    r"--ocr-engine|^ocrmypdf scan\.pdf": "it asks for Tesseract; the plug-in is tested without",
    r"web_page\.py": "Gradio is too large for this; tests/test_recipes.py runs what it calls",
    r"\brq worker\b": "it asks for Redis; tests/test_recipes.py runs a worker without",
}
"""Commands of the pages that are left out, each with the reason why."""

ENDLESS = r"\bnotetext watch\b|watch_folder\.py"
"""Commands that go on until Ctrl-C, which they get after some seconds."""

TYPED = {r"--password\b(?!-)": "open sesame"}
"""What is typed where a command asks."""

_RUN = PythonEvaluator()

_ENDS_ALL = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"


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
    wanted = [_by_itself(command) for command, reason in reasons.items() if reason is None]
    if not wanted:
        pytest.skip("; ".join(dict.fromkeys(str(reason) for reason in reasons.values())))
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as said:
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join([_ENDS_ALL, *wanted])],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=said,
            env=os.environ | {"SHELL": "bash"},  # as a terminal of it says; services say nothing
            start_new_session=True,  # without a terminal, wherever the tests run
        )
        printed.seek(0)
        said.seek(0)
        assert ran.returncode == 0, f"exit status {ran.returncode}\n{said.read()}"
        _page_of(example).printed = printed.read()


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
def _printed_by(example: Example) -> Iterator[None]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        yield
    _page_of(example).printed = printed.getvalue()


def _by_itself(command: str) -> str:
    """A command that asks nobody, and ends."""
    if re.search(ENDLESS, command):
        return f"{{ timeout --signal=INT 5 {command}\n}} || [ $? -eq 124 ]"
    for pattern, answer in TYPED.items():
        if re.search(pattern, command):
            return f"{{ {command}\n}} <<< '{answer}'"
    return command


def _reason_against(command: str) -> str | None:
    for pattern, reason in NOT_RUN.items():
        if re.search(pattern, command):
            return reason
    return None


_EVALUATORS = {
    "python": python,
    "sh": shell,
    "powershell": shell,
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
