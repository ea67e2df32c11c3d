"""The offline engine: PP-OCRv6 on ONNX Runtime; nothing leaves the machine.

A page's way through it: `detection` finds the cores of written lines, `tracing` makes pieces of
them, `crops` cuts the pieces out straight, `pacing` as wide as the recogniser likes them,
`recognition` turns each into log-probabilities of characters, `decoding` makes words of those,
`reading` has doubtful lines read again, and `engine` puts the words back where they stand.
`weights` finds the networks, `network` runs them without what `onnx_subnormals` takes out,
`recognizer_cache` cuts the recogniser to a language's characters (`alphabets`) with `onnx_slicing`;
both edit the files by `protobuf`.

What `decoding` knows of a language: `vocabulary` has its words, `spelling` judges those that no
list holds, `language_model` judges texts; `beam` searches for the likeliest text, `alignment` finds
where it stands, and `confidence` says how sure that is. Where there is no list of a language's
words, `ctc` takes what the recogniser shows.
"""

from __future__ import annotations

from notetext.engines.local.engine import LocalEngine

__all__ = ["LocalEngine"]
