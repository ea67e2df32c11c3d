"""JSON that stands for more than it is long."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.cloud.answer_limits import AnswerLimits
from notetext.engines.cloud.bounded_json import bounded_json

_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@given(_JSON, st.booleans())
def test_what_is_within_the_limits_stays_as_it_is(value: object, pure: bool) -> None:
    body = json.dumps(value, ensure_ascii=pure).encode("utf-8", "surrogatepass")
    assert bounded_json(body) == bounded_json(b"\xef\xbb\xbf" + body) == body


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"{}," * 2000 + b"{}]",
        b"[" * 2000,
        b"[" * 40 + b"]" * 40,
        b'{"a":' * 40,
        b"," * 2000,
        b'"' + rb"\/" * 200_000 + b'"',
        b'{"id": 1, "id": 1}',
        b'[{"a": {"id": 1, "x": [], "id": 2}}]',
        b'{"' + b"k" * 5000 + b'1": 1, "' + b"k" * 5000 + b'2": 2}',
        b'{"id": "no end',
    ],
)
def test_what_is_beyond_them_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"any answer|twice|no end"):
        bounded_json(body)


def test_the_same_key_may_stand_in_two_objects_and_be_a_value() -> None:
    body = b'{"id": "id", "x": [{"id": "id"}, {"id": ["id", "id"]}], "y": {"id": {}}}'
    assert bounded_json(body) == body


def test_the_longer_an_answer_may_be_the_more_it_may_hold() -> None:
    body = b"[" + b"{}," * 2000 + b"{}]"
    assert bounded_json(body, AnswerLimits(1 << 28)) == body


@pytest.mark.parametrize("piece", [rb"\"", b'"', b"\\", b'"\\', b" ", b"1", b"\x00", b':"'])
def test_looking_through_takes_no_more_than_its_share_of_time(piece: bytes) -> None:
    # By the square of its length it would be hours.
    for body in (piece * 1_000_000, b'"' + piece * 1_000_000):
        try:
            bounded_json(body)
        except ValueError:
            continue
