"""What a service itself says of a refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.cloud.problem import NO_JSON, json_of, problem
from notetext.engines.cloud.transport import Answer


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"error": "invalid_client"}', "invalid_client"),
        ('{"title": "Bad", "status": 400, "detail": "image\\r\\nmissing"}', "Bad: image missing"),
        ("plain words", "plain words"),
        ('"quoted words"', "quoted words"),
        ("<html><body>no</body></html>", ""),
        ("", ""),
        ("x" * 5000, "x" * 300),
    ],
)
def test_the_services_own_words_are_cut_to_a_line(body: str, words: str) -> None:
    assert problem(Answer(400, {}, body.encode())) == words


def test_a_body_is_json_or_not() -> None:
    assert json_of(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    assert json_of(b"null") is None
    for body in (b"", b"{", b"[" * 100_000, b"\xff"):
        assert json_of(body) is NO_JSON


@given(st.binary(max_size=300))
def test_any_bytes_are_words_or_none(body: bytes) -> None:
    assert len(problem(Answer(400, {}, body))) <= 300
