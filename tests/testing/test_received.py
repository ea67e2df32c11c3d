"""What a fake service was asked."""

from __future__ import annotations

from notetext.testing import Phase, ReceivedRequest
from notetext.testing.received import Submission


def test_a_submission_is_read_as_the_service_reads_it() -> None:
    request = ReceivedRequest(
        phase=Phase.SUBMIT,
        method="POST",
        path="/tasks",
        query={},
        headers={"authorization": "Bearer t0ken", "content-type": "Text/Plain; charset=utf-8"},
        body=b"picture",
        connection=1,
        read_submission=lambda body: Submission(body.upper(), {"loud": True}),
    )
    assert request.image == b"PICTURE"
    assert request.settings == {"loud": True}
    assert request.media_type == "text/plain"
    assert "t0ken" not in repr(request)
