"""The offline engine: PP-OCRv6 on ONNX Runtime; nothing leaves the machine.

A page's way through it: `detection` finds the cores of written lines, `tracing` makes pieces of
them, `crops` cuts the pieces out straight, `pacing` as wide as the recogniser likes them,
`recognition` turns each into log-probabilities of characters, `ctc` makes words of those, and
`engine` puts the words back where they stand. `weights` finds the networks, `network` runs them,
`recognizer_cache` cuts the recogniser to a language's characters by `onnx_slicing`.
"""

from __future__ import annotations

from notetext.engines.local.engine import LocalEngine

__all__ = ["LocalEngine"]
