"""An upload endpoint: notes in, text out, with limits, and an answer where too many come at once.

    pip install fastapi uvicorn
    uvicorn upload_endpoint:app
    curl --data-binary @note.jpg "http://127.0.0.1:8000/notes?mode=handwritten&language=en"

The body is the file itself. A form would be written to the disk before anybody counts its bytes.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

from notetext import Limits, Mode, NoteText
from notetext.errors import (
    ConfigurationError,
    InputError,
    InputTooLargeError,
    UnsupportedFormatError,
)

# With timeout_s each document is read in a process of its own, which can be ended: see the page
# "Untrusted files".
LIMITS = Limits(max_file_bytes=20_000_000, max_pixels=50_000_000, max_pages=20, timeout_s=30)
MOST_WAITING = 8
"""As many are read or wait; whoever comes then is told to come again."""

reader = NoteText(limits=LIMITS)
waiting = 0


class Note(BaseModel):
    """What was read."""

    text: str
    confidence: float | None
    errors: list[str]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    yield
    reader.close()


app = FastAPI(title="notetext", lifespan=lifespan)


@app.post("/notes")
async def read_note(request: Request, mode: Mode = Mode.AUTO, language: str = "en") -> Note:
    """Reads one document."""
    global waiting
    if waiting >= MOST_WAITING:
        raise HTTPException(503, "busy; come again in a moment", {"Retry-After": "5"})
    waiting += 1
    try:
        result = await reader.arecognize(await body_of(request), mode, language.split(","))
    except InputTooLargeError as error:
        raise HTTPException(413, error.message) from error
    except UnsupportedFormatError as error:
        raise HTTPException(415, error.message) from error
    except (InputError, ConfigurationError) as error:
        raise HTTPException(422, error.message) from error
    finally:
        waiting -= 1
    errors = [f"page {error.page}: {error.message}" for error in result.errors]
    return Note(text=result.text, confidence=result.confidence, errors=errors)


async def body_of(request: Request) -> bytes:
    """The body, given up as soon as it is too long, whatever its head says."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMITS.max_file_bytes:
            raise HTTPException(413, f"more than {LIMITS.max_file_bytes} bytes")
    return bytes(body)
