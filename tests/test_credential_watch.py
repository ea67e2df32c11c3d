"""The watch over credentials sees what it is there for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parent / "plugins"
USES_ONE = """
import logging, pickle, pytest
from pydantic import SecretStr
from notetext.engines.cloud.auth import BearerAuth
from notetext.engines.aspose.credentials import Credentials
from notetext.errors import AuthenticationError, NoteTextError
from notetext.store import Store

pair = Credentials(SecretStr("an-identifier"), SecretStr("s3cret-of-a-test"))

def test_it(tmp_path):
    pair.__post_init__()
    {leak}
"""
LEAKS = {
    "nothing": "pass",
    "a log record": "logging.getLogger('urllib3').warning('%r', {'secret': 's3cret-of-a-test'})",
    "a print": "print('s3cret-of-a-test')",
    "an error": "AuthenticationError('no s3cret-of-a-test', engine='aspose')",
    "an error's cause": "NoteTextError('no').__cause__ = ValueError('s3cret-of-a-test')",
    "a frame's variables": (
        "exec('def ask(form): raise NoteTextError(form[0])', "
        "frame := {'__name__': 'notetext.x', 'NoteTextError': NoteTextError}); "
        "pytest.raises(NoteTextError, frame['ask'], ['no', 's3cret-of-a-test'])"
    ),
    "a pickle": "pickle.dumps({'secret': pair.client_secret})",
    "a file": "(tmp_path / 'notes.html').write_text('<p>an-identifier')",
    "a token": "BearerAuth(SecretStr('a-t0ken-of-a-test')); print('a-t0ken-of-a-test')",
}


@pytest.mark.slow
def test_a_test_that_shows_a_credential_fails(tmp_path: Path) -> None:
    for number, leak in enumerate(LEAKS.values()):
        (tmp_path / f"test_{number}.py").write_text(USES_ONE.replace("{leak}", leak))
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {PLUGINS}\n")
    (tmp_path / "conftest.py").write_text("from credential_watch import pytest_configure\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    failed = len(LEAKS) - 1
    assert f"{len(LEAKS)} passed, {failed} errors in" in ran.stdout, ran.stdout
    for number, name in enumerate(LEAKS):
        assert (f"ERROR test_{number}.py::test_it" in ran.stdout) == (name != "nothing")
