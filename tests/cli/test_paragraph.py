from hypothesis import given
from hypothesis import strategies as st

from planner.cli.paragraph import folded
from planner.errors.text import columns


def test_words_stay_whole_and_the_following_lines_hang() -> None:
    assert list(folded("one two three four", "- ", "  ", width=9)) == ["- one two", "  three", "  four"]


def test_a_japanese_letter_takes_two_cells_and_may_end_a_line() -> None:
    assert list(folded("サーバーを止める", width=8)) == ["サーバー", "を止める"]


def test_a_mark_that_may_not_begin_a_line_takes_its_letter_with_it() -> None:
    assert list(folded("止める。動かす", width=6)) == ["止め", "る。動", "かす"]
    assert list(folded("予算（分）", width=6)) == ["予算", "（分）"]


@given(st.text(alphabet="ab 止める、。（）ー12-"), st.integers(10, 40))
def test_nothing_is_lost_and_no_line_is_too_wide_but_for_one_word(text: str, width: int) -> None:
    lines = list(folded(text, width=width))

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width or " " not in line for line in lines)
