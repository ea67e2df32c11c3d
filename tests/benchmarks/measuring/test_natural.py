"""What the corpora's texts become."""

import pytest
from measuring.natural import natural


@pytest.mark.parametrize(
    ("apart", "written"),
    [
        ("what is this ?", "what is this?"),
        ('the corner " . ( Ps. 118 , 22 . )', 'the corner". (Ps. 118, 22.)'),
        ('furniture , " she moaned .', 'furniture," she moaned.'),
        ('he cried . " Never mind', 'he cried. "Never mind'),
        ("a saying ' My head ' . Time", "a saying 'My head'. Time"),
        ("Sally's - here", "Sally's - here"),
        ("", ""),
    ],
)
def test_marks_stand_where_people_set_them(apart: str, written: str) -> None:
    assert natural(apart) == written
