"""A function of AWS Lambda behind a function URL: a note in the body, its text in the answer.

The container is loaded once and then called again and again; what is made outside of the handler
stays. There are no semaphores in Lambda, so nothing may start processes: no ``isolate``, no
``workers``, no ``Limits(timeout_s=…)``. The keyword ``timeout_s`` starts none.
"""

import base64
import json
from typing import Any

from notetext import Limits, NoteText
from notetext.errors import NoteTextError

# Lambda takes six megabytes of request.
reader = NoteText(
    limits=Limits(max_file_bytes=6_000_000, max_pixels=40_000_000, max_pages=5)
).load()


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answers one request."""
    body = event.get("body") or ""
    document = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    asked = event.get("queryStringParameters") or {}
    try:
        result = reader.recognize(
            document,
            mode=asked.get("mode", "auto"),
            language=asked.get("language", "en").split(","),
            on_error="raise",
            timeout_s=25,
        )
    except NoteTextError as error:
        return answer(422, {"error": error.message})
    return answer(200, {"text": result.text, "confidence": result.confidence})


def answer(status: int, body: dict[str, Any]) -> dict[str, Any]:
    """An answer as a function URL wants it."""
    headers = {"Content-Type": "application/json"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
