"""A file that becomes Base64 while it is sent."""

from __future__ import annotations

import base64
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parrot import submission

from notetext.engines.cloud.base64_body import Base64Body
from notetext.errors import CorruptInputError


@given(st.binary(max_size=200) | st.sampled_from([0, 1, 2]).map(lambda n: bytes(49152 * 2 + n)))
def test_a_body_is_of_the_length_that_it_promises_each_time(data: bytes) -> None:
    body = submission(data)
    sent = b"".join(body)
    assert len(sent) == len(body)
    assert base64.b64decode(json.loads(sent)["file"]) == data
    assert b"".join(body) == sent


def test_no_piece_of_a_body_is_large() -> None:
    assert max(len(piece) for piece in submission(bytes(1_000_000))) <= 1 << 16


def test_a_file_that_shrinks_while_it_is_sent_is_an_error() -> None:
    with pytest.raises(CorruptInputError, match="shorter"):
        list(Base64Body(b"", lambda: io.BytesIO(b"four"), 10, b""))
