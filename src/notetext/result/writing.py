"""Writing a file so that nobody ever finds half of it."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path


def write(rendered: str | bytes, target: Path) -> None:
    """Writes text in UTF-8, or bytes, in place of what was there.

    Whoever interrupts this leaves the old file or the new one. A link stays a link, and an existing
    file keeps its permissions. What is no file, such as a pipe, is written to as it is.

    Args:
        rendered: what an exporter made.
        target: the file; its folder exists.

    Raises:
        OSError: it cannot be written.
    """
    data = rendered.encode("utf-8") if isinstance(rendered, str) else rendered
    target = target.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        unfinished.write_bytes(data)
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
