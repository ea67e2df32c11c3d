"""A text as a table: its lines are the rows, and tabs part the cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"<Types xmlns='{_PACKAGE}/content-types'>"
    "<Default Extension='rels' "
    "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    f"<Override PartName='/xl/workbook.xml' ContentType='{_TYPES}.sheet.main+xml'/>"
    f"<Override PartName='/xl/worksheets/sheet1.xml' ContentType='{_TYPES}.worksheet+xml'/>"
    "</Types>",
    "_rels/.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>"
    f"<Relationship Id='r1' Type='{_OFFICE}/officeDocument' Target='xl/workbook.xml'/>"
    "</Relationships>",
    "xl/workbook.xml": f"<workbook xmlns='{_SHEET}' xmlns:r='{_OFFICE}'>"
    "<sheets><sheet name='Sheet1' sheetId='1' r:id='r1'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>"
    f"<Relationship Id='r1' Type='{_OFFICE}/worksheet' Target='worksheets/sheet1.xml'/>"
    "</Relationships>",
}


def as_csv(text: str) -> str:
    r"""The table with numbered columns, as the service has them.

    >>> from notetext.testing.fake_tables import as_csv
    >>> as_csv("tea\t2\nmilk")
    '0,1\ntea,2\nmilk,\n'
    """
    rows = _rows(text)
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([range(len(rows[0])), *rows] if rows else [])
    return file.getvalue()


def as_xlsx(text: str) -> bytes:
    """The table as a workbook of one sheet."""
    cells = "".join(
        "<row>"
        + "".join(f"<c t='inlineStr'><is><t>{escape(cell)}</t></is></c>" for cell in row)
        + "</row>"
        for row in _rows(text)
    )
    sheet = f"<worksheet xmlns='{_SHEET}'><sheetData>{cells}</sheetData></worksheet>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            book.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{part}")
    return file.getvalue()


def _rows(text: str) -> Sequence[list[str]]:
    rows = [line.split("\t") for line in text.splitlines()]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
