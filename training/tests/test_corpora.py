"""Texts out of repositories that the test makes: plain prose, said once, in its language."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from checkouts import Checkout  # noqa: E402
from corpora import Prose, Source, cleaned, main, sources, words_of  # noqa: E402
from markup import KINDS, paragraphs  # noqa: E402

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>Licence</p></teiHeader><text>
<front><p>THE TWINS</p></front><body><div><head>Chapter I</head>
<p>A pleasant<note>See there.</note> little
   place on
   the <hi>southern</hi> <choice><orig>coaſt</orig><reg>coast</reg></choice>.<pb n="2"/></p>
<sp><speaker>Anna</speaker><l>How do you al-<lb break="no"/>ways do,</l><l>my friend?</l>
<stage>Exit.</stage></sp>
<p>"Yes," she said<q><p>and went.</p></q>
</p></div></body></text></TEI>"""
MARKDOWN = """---
title: A page
---
# A heading

We asked [the neighbours](http://a.b/c "d") for *two* cups
of __sugar__.[^1] ![a picture](x.png)

| a | table |
|---|-------|

- Wash the apples.
- Peel them: `all` of them.

```
code = 1
```
> Quoted <b>words</b>.

[^1]: A note.
"""
WIKI = """House.jpg TEMPLETON HOUSE is a country house in England.[1] It was built in 1790.

Rooms

-   Hall
-   Kitchen

+------+-------+
| Room | Width |
+------+-------+

The garden was laid out by _Repton_ a few years later, and parts of it still exist.[2]


References

Nobody should read that this sentence of the notes belongs to the article itself.

Category:Country houses
"""
HTML = """<html><head><title>A title</title></head><body><h2>March</h2><p>Up, and to the
<i>office</i>.<a epub:type="noteref" href="#1">1</a></p><table><tr><td>5</td></tr></table>
<p>Home to dinner &amp; to bed.</p></body></html>"""
TREEBANK = """# newpar id = 1
# text = Thank you for the letter.
1\tThank\tthank\tVERB
# text = It came today.
1\tIt\tit\tPRON
# newpar id = 2
# text = See you soon!
"""
CATALOGUE = r"""msgid ""
msgstr "Language: nl\n"

msgid "Press <key>Enter</key>."
msgstr ""
"Druk op <key>Enter</key> "
"en wacht \"even\"."

#, fuzzy
msgid "Old."
msgstr "Oud."

msgid "Not yet."
msgstr ""
"""


def read(text: str, markup: str) -> list[str]:
    found = (" ".join(paragraph.split()) for paragraph in paragraphs(text.encode(), markup))
    return [paragraph for paragraph in found if paragraph]


def repository(folder: Path, files: Mapping[str, str]) -> str:
    """Makes a repository with a commit of these files; returns its name."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "Texts"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    answer = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()


def source(commit: str, **fields: object) -> Source:
    entry: dict[str, object] = {
        "name": "letters",
        "language": "en",
        "repository": "someone/letters",
        "commit": commit,
        "files": ["*.txt"],
        "markup": "lines",
        "licence": "CC0 1.0",
        "credit": "Someone",
    }
    return Source(**(entry | fields))  # type: ignore[arg-type]


def prose(folder: Path, texts: Mapping[str, str], **fields: object) -> list[str]:
    commit = repository(folder, texts)
    wanted = source(commit, **fields)
    return list(Prose(wanted.language).of(wanted, Checkout(folder, commit)))


def test_an_edition_gives_paragraphs_and_speeches_without_notes_heads_and_old_spelling() -> None:
    assert read(TEI, "tei") == [
        "A pleasant little place on the southern coast.",
        "How do you always do, my friend?",
        '"Yes," she said',
        "and went.",
    ]


def test_markdown_gives_sentences_and_items_without_links_tables_and_code() -> None:
    assert read(MARKDOWN, "markdown") == [
        "We asked the neighbours for two cups of sugar.",
        "Wash the apples.",
        "Peel them: all of them.",
        "Quoted words.",
        "A note.",
    ]


def test_an_article_gives_its_prose_without_pictures_lists_tables_and_what_follows() -> None:
    assert read(WIKI, "wiki") == [
        "TEMPLETON HOUSE is a country house in England. It was built in 1790.",
        "The garden was laid out by Repton a few years later, and parts of it still exist.",
    ]


def test_a_page_of_html_gives_its_paragraphs_without_notes_and_tables() -> None:
    assert read(HTML, "html") == ["Up, and to the office.", "Home to dinner & to bed."]


def test_a_treebank_gives_the_sentences_of_a_paragraph_together() -> None:
    assert read(TREEBANK, "treebank") == [
        "Thank you for the letter. It came today.",
        "See you soon!",
    ]
    assert read(TREEBANK.replace("# newpar", "# sent"), "treebank")[1] == "It came today."


def test_a_catalogue_gives_its_translations_but_not_those_in_doubt() -> None:
    assert read(CATALOGUE, "translation") == ['Druk op Enter en wacht "even".']


def test_dialogues_give_what_is_said() -> None:
    turns = [{"utterance": "Good morning.", "speaker": "USER"}, {"utterance": "Hello!"}]
    assert read(json.dumps([{"turns": turns}]), "dialogues") == ["Good morning.", "Hello!"]


def test_wrapped_lines_go_on_until_a_sentence_ends() -> None:
    assert read("He came in and\nsat down.\nNobody spoke.", "wrapped") == [
        "He came in and sat down.",
        "Nobody spoke.",
    ]


def test_a_paragraph_is_one_composed_line_with_its_own_punctuation() -> None:
    assert (
        cleaned("Cafe\u0301 “Roma” --\nso\u00adlong;  it's _nice_!\n")
        == "Café “Roma”—solong; it's nice!"
    )
    assert cleaned("a drawing-\nroom; Wasſer") == "a drawing- room; Wasser"


def test_what_was_said_before_and_what_is_no_prose_is_left_out(tmp_path: Path) -> None:
    said = "The boat was late again this morning, so we walked home together."
    texts = f"{said}\nYes.\n{said}\nYes.\n<div class=row>\nChapter http://a.b/c\nTHE END OF IT\n"
    assert prose(tmp_path, {"a.txt": texts}) == [said, "Yes.", "Yes."]


def test_another_language_is_left_out(tmp_path: Path) -> None:
    texts = (
        "Wir haben gestern den ganzen Abend im Garten gesessen.\nWe sat in the garden all evening."
    )
    assert prose(tmp_path, {"a.txt": texts}) == ["We sat in the garden all evening."]
    assert prose(tmp_path / "de", {"a.txt": texts}, language="de") == [texts.split("\n")[0]]


def test_a_file_in_old_spelling_is_left_out(tmp_path: Path) -> None:
    files = {
        "old.txt": "Elle veio hontem á pharmacia do commendador, e foi-se para a egreja.",
        "new.txt": "Ele veio ontem à farmácia do comendador, e foi-se para a igreja.",
    }
    wanted = [files["new.txt"]]
    assert prose(tmp_path, files, language="pt", known=0.0, known_of_file=0.9) == wanted


def test_a_paragraph_in_old_spelling_is_left_out(tmp_path: Path) -> None:
    texts = "Hun sad paa en stol ved vinduet.\nHun sad på en stol ved vinduet."
    assert prose(tmp_path, {"a.txt": texts}, language="da", old="aa") == [texts.split("\n")[1]]


def test_a_source_ends_after_its_words_and_takes_only_the_files_that_match(tmp_path: Path) -> None:
    one, other = "We have enough bread for today.", "There was no more milk this morning."
    files = {f"notes/{index}.txt": f"{one}\n{other}\n" for index in range(3)} | {
        "notes/without.txt": "This file is not to be read at all.",
        "notes/none.md": "Nor is this one to be read, ever.",
    }
    found = prose(tmp_path, files, files=["notes/*.txt"], without=["*/without.txt"])
    assert found == [one, other]
    assert prose(tmp_path / "few", files, words=8) == [one]


def test_only_files_that_contain_a_mark_are_taken(tmp_path: Path) -> None:
    texts = {
        "a.txt": "kind: human\nWe like the new kitchen very much.",
        "b.txt": "It is of a machine.",
    }
    assert "It is of a machine." not in prose(tmp_path, texts, containing="kind: human")


def test_a_large_file_is_data_and_a_pattern_without_files_a_mistake(tmp_path: Path) -> None:
    commit = repository(tmp_path, {"a.txt": "Small.", "b.txt": "x" * (4 * 1024 * 1024)})
    checkout = Checkout(tmp_path, commit)
    assert list(checkout.files(["*.txt"])) == [b"Small."]
    with pytest.raises(FileNotFoundError, match=r"\*\.md"):
        list(checkout.files(["*.md"]))


def test_the_list_names_every_source_once_with_a_commit_and_a_licence() -> None:
    listed = sources()
    assert len({(source.language, source.name) for source in listed}) == len(listed)
    for entry in listed:
        assert len(bytes.fromhex(entry.commit)) == 20
        assert entry.licence
        assert entry.credit
        assert entry.markup in KINDS
        assert words_of(entry.language)


def test_the_recipe_writes_a_text_for_every_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = repository(tmp_path / "someone/letters", {"a.txt": "Thank you for the parcel."})
    monkeypatch.setattr("corpora.sources", lambda: [source(commit)])
    output = tmp_path / "texts"
    monkeypatch.setattr(
        "sys.argv", ["corpora.py", "--checkouts", str(tmp_path), "--output", str(output)]
    )
    main()
    assert (output / "en/letters.txt").read_text("utf-8") == "Thank you for the parcel.\n"
    assert capsys.readouterr().out == "en\tletters\t5\n"
