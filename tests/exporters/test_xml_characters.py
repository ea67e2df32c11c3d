"""Characters that XML can hold, as libxml2 sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from notetext.exporters.xml_characters import legal_xml


@given(st.text())
def test_any_text_can_be_written_and_is_as_long_as_before(text: str) -> None:
    legal = legal_xml(text)
    assert len(legal) == len(text)
    element = etree.Element("a")
    element.text = legal
    assert (etree.fromstring(etree.tostring(element)).text or "") == legal


@given(st.characters())
def test_a_character_is_replaced_only_where_xml_cannot_hold_it(character: str) -> None:
    element = etree.Element("a")
    try:
        element.text = character
    except (ValueError, UnicodeEncodeError):
        assert legal_xml(character) == "\ufffd"
    else:
        assert legal_xml(character) == character


@pytest.mark.parametrize("lost", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_is_lost_leaves_a_sign(lost: str) -> None:
    assert legal_xml(f"a{lost}b\tc\n") == "a\ufffdb\tc\n"
