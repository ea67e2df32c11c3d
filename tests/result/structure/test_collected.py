from __future__ import annotations

from notetext import Box, Mode, Page, Paragraph, RecognitionResult
from notetext.model import LeftOut, LeftOutReason, MarkShape

from .conftest import note_of


def result_of(paragraphs: list[Paragraph], *left_out: LeftOut) -> RecognitionResult:
    written = tuple(paragraphs)
    page = Page(number=7, width=900, height=900, engine="x", paragraphs=written, left_out=left_out)
    return RecognitionResult(engine="x", mode=Mode.PRINTED, languages=(), pages=(page,))


def test_tasks_are_listed_with_their_pages_and_places() -> None:
    box = Box.rectangle(60, 90, 84, 114)
    mark = LeftOut(reason=LeftOutReason.MARK, box=box, shape=MarkShape.BOX, is_ticked=True)
    result = result_of(note_of("call the bank", "  [ ] ask for Ann", "", "bye"), mark)
    done, open_task = result.tasks
    assert (done.text, done.done, done.page) == ("call the bank", True, 7)
    assert (open_task.text, open_task.done) == ("ask for Ann", False)
    assert done.box is not None
    assert (done.box.left, done.box.right) == (60, 233)


def test_tables_are_csv_and_data_frames() -> None:
    (table,) = result_of(
        note_of("Cake, big   Price", "Apple       4.50", "Plum        3.20")
    ).tables
    assert table.to_csv() == '"Cake, big",Price\r\nApple,4.50\r\nPlum,3.20\r\n'
    assert table.page == 7
    assert table.box is not None
    frame = table.to_dataframe()
    assert list(frame.columns) == ["Cake, big", "Price"]
    assert frame["Price"].tolist() == ["4.50", "3.20"]


def test_a_table_without_a_header_has_numbered_columns() -> None:
    (table,) = result_of(note_of("Apple   4.50", "Plum    3.20", "Cherry  2.10")).tables
    assert table.to_dataframe()[1].tolist() == ["4.50", "3.20", "2.10"]
    assert str(table) == "Apple\t4.50\nPlum\t3.20\nCherry\t2.10\n"
