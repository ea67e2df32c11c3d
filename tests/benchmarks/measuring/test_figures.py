from __future__ import annotations

from measuring.figures import Row, table


def test_a_figure_is_met_missed_or_only_told() -> None:
    rows = [Row("one", 1, 2, "ms"), Row("two", 3, 2, "ms"), Row("three", 3, None, "%")]
    assert [row.is_met for row in rows] == [True, False, True]
    assert table(rows).splitlines()[2:] == [
        "| one | 1.00 ms | 2 ms | met |",
        "| two | 3.00 ms | 2 ms | **missed** |",
        "| three | 3.00 % |  |  |",
    ]
