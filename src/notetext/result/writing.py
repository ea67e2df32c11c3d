"""Writing a file so that nobody ever finds half of it."""

from __future__ import annotations

from pathlib import Path


def write(rendered: str | bytes, target: Path) -> None:
    """Writes text in UTF-8, or bytes, in place of what was there.

    Whoever interrupts this leaves the old file or the new one.

    Args:
        rendered: what an exporter made.
        target: the file; its folder exists.

    Raises:
        OSError: it cannot be written.
    """
    unfinished = target.with_name(f".{target.name}.part")
    try:
        unfinished.write_bytes(rendered.encode("utf-8") if isinstance(rendered, str) else rendered)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
