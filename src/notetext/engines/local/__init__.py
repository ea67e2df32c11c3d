"""The offline engine: PP-OCRv6 on ONNX Runtime; nothing leaves the machine.

A page's way through it: `detection` finds the cores of written lines, `tracing` makes a
`detected_line` of each, `crops` cuts them out straight, `stretching` as wide as the recogniser
likes them, `recognition` turns each into log-probabilities of characters, `decoding` makes words of
those, `line_reading` has doubtful lines read again, and `engine` puts the words back where they
stand.

`scripts` describes each script: its alphabets, weights, words, accents and tuning. `weights` finds
the networks, `network` runs them, `recognizer_cache` cuts the recogniser to a language's characters
(`alphabets`) with `onnx_slicing`, which edits the file by `protobuf`.

What `decoding` knows of a language: `vocabulary` has its words, as a `word_tree`, `spelling` judges
those that no list holds (both lay out tables by `letter_codes`), `compounds` those made of others,
and `context` knows what stands after what. `language_model` judges one text by these, and
`text_states` many at once: `begun_words` holds the words that they are in the middle of,
`state_kinds` what else counts, `histories` the words before. So `beam` searches for the likeliest
texts of lines, step by step (`steps`), in a tree of all their beginnings (`text_tree`), `alignment`
finds where they stand, `evidence` gathers what speaks for their words, and `confidence` says how
sure that is. Where there is no list of a language's words, `ctc` takes what the recogniser shows.
"""

from __future__ import annotations

from notetext.engines.local.engine import LocalEngine

__all__ = ["LocalEngine"]
