"""One page: its text, then what is known about a word."""

from pathlib import Path

from notetext import NoteText

NOTES = Path(__file__).parent / "notes"

result = NoteText().recognize(NOTES / "letter.jpg", mode="handwritten", language="en")
print(result.text)

word = result.words[0]
# Other engines may say neither how sure they are nor where a word stands.
sure = "unknown" if word.confidence is None else f"{word.confidence:.2f}"
print(f"The first word is {word.text!r}, with a confidence of {sure}, at {word.box}.")
