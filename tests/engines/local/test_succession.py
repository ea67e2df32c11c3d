import numpy as np

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.succession import lines_before


def piece(left: float, right: float, middle: float, height: float = 20) -> DetectedLine:
    return DetectedLine.rectangle(left, middle - height / 2, right, middle + height / 2)


def test_rows_of_a_paragraph_go_on_from_those_above_them() -> None:
    rows = [piece(0, 300, 30 * row) for row in range(4)]

    assert lines_before(rows) == [None, 0, 1, 2]
    assert lines_before(rows[::-1]) == [1, 2, 3, None]


def test_pieces_of_a_row_go_on_from_the_left_and_the_next_row_from_the_last_of_them() -> None:
    left, right, below = piece(0, 150, 0), piece(160, 300, 3), piece(0, 300, 30)

    assert lines_before([below, right, left]) == [1, 2, None]


def test_columns_do_not_go_on_from_each_other() -> None:
    columns = [piece(left, left + 200, 30 * row) for left in (0, 300) for row in range(2)]

    assert lines_before(columns) == [None, 0, None, 2]


def test_a_line_far_below_begins_anew() -> None:
    assert lines_before([piece(0, 300, 0), piece(0, 300, 90)]) == [None, None]


def test_what_runs_sideways_goes_on_from_nothing() -> None:
    margin = DetectedLine(np.array([(5.0, 300.0), (5.0, 0.0)]), 20, 0.9)

    assert lines_before([margin, piece(20, 300, 30), piece(20, 300, 60)]) == [None, None, 1]


def test_a_slanted_page_is_followed_as_a_straight_one() -> None:
    slope = 0.05
    rows = [
        DetectedLine(np.array([(0.0, 30.0 * row), (400.0, 30.0 * row + 400 * slope)]), 20, 0.9)
        for row in range(3)
    ]

    assert lines_before(rows) == [None, 0, 1]


def test_no_lines_are_no_text() -> None:
    assert lines_before([]) == []
