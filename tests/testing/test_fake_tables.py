"""Texts as tables."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from notetext.testing.fake_tables import as_csv, as_xlsx

TABLE = 'tea\t2\nmilk & "bread"\t1, or 2\nsugar'
ROWS = [["tea", "2"], ['milk & "bread"', "1, or 2"], ["sugar", ""]]


def test_a_csv_numbers_its_columns() -> None:
    assert list(csv.reader(io.StringIO(as_csv(TABLE)))) == [["0", "1"], *ROWS]


@pytest.mark.parametrize(("text", "table"), [("", ""), ("\n", '0\n""\n')])
def test_an_empty_table_is_a_table(text: str, table: str) -> None:
    assert as_csv(text) == table
    assert zipfile.is_zipfile(io.BytesIO(as_xlsx(text)))


def test_a_workbook_has_the_cells_in_its_one_sheet() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(TABLE))) as book:
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [["".join(cell.itertext()) for cell in row] for row in sheet[0]]
    assert rows == ROWS
