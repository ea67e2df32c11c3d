"""One page: its text, then what is known about a word."""

from pathlib import Path

from notetext import NoteText

NOTES = Path(__file__).parent / "notes"

result = NoteText().recognize(NOTES / "letter.jpg", mode="handwritten", language="en")
print(result.text)

word = result.words[0]
print(
    f"The first word is {word.text!r}, with a confidence of {word.confidence:.2f}, at {word.box}."
)
