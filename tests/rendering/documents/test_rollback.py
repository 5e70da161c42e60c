"""The rollback paper: the deadline in words, the steps with their times, who is back when, and sheets in common."""

import re
from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.plan.wave import CARRY_ON, CheckPoint, Wave
from planner.plan.way_back import WayBack
from planner.units.span import Span
from tests.rendering.documents.night import (
    BACK,
    EVENING,
    POINTS,
    STEPS,
    WAVE,
    WAYS_BACK,
    issue,
    made,
    night,
    papers,
    papers_of,
    replace,
    rollback_of,
    undo,
)

PAPERS = ["wave-1-rollback.md", "wave-1-rollback.html"]
FIRST, SECOND, LAST = POINTS


def wave(*points: CheckPoint, **facts: object) -> Wave:
    return replace(WAVE, **{"check_points": points, "point_of_no_return": None, "fallback": None, **facts})


def paper(found: Wave, back: dict[str, WayBack] | None = None, kind: str = "md") -> str:
    return rollback_of(night(waves=(found,)), back or WAYS_BACK)[f"wave-1-rollback.{kind}"]


def sheets(text: str) -> dict[str, str]:
    """The sheets of a Markdown paper by what they are called."""
    parts = re.split(r"^## (?:<a [^>]*></a>)+Turning back (.*)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", PAPERS)
def test_the_deadline_stands_there_in_words_with_how_long_it_takes_and_why_it_is_then(name: str) -> None:
    text = papers("en")[name]

    assert (
        "Decide by Sun 1/17 02:40. Turning back takes 0:10 and then ends at 02:50; "
        "with the margin of 0:30 that is 03:20, when jumin業務 has to be back."
    ) in text
    assert (
        "Decide by Sun 1/17 03:30. Turning back takes 2:00 and then ends at 05:30; "
        "with the margin of 0:30 that is 06:00, the end of the window."
    ) in text


def test_a_deadline_that_somebody_put_earlier_leaves_a_greater_margin_to_the_same_limit() -> None:
    earlier = replace(SECOND, deadline=EVENING + 390)

    text = paper(wave(FIRST, earlier, LAST))
    assert (
        "Decide by Sun 1/17 02:30. Turning back takes 2:00 and then ends at 04:30; "
        "with the margin of 1:30 that is 06:00, the end of the window."
    ) in text


def test_instants_on_another_day_than_the_deadline_have_their_date() -> None:
    late = replace(FIRST, deadline=EVENING + 225)
    back = {**WAYS_BACK, "W1-C1": WayBack(EVENING + 265, "jumin", {})}

    assert "Decide by Sat 1/16 23:45. Turning back takes 0:10 and then ends at 23:55; " in paper(wave(late, LAST), back)
    assert "that is Sun 1/17 00:25, when jumin業務 has to be back." in paper(wave(late, LAST), back)


@pytest.mark.parametrize("name", PAPERS)
def test_every_step_has_the_time_after_the_decision_and_on_the_clock_as_planned(name: str) -> None:
    text = papers("en")[name]
    last = text[text.index('id="back-2"') :]

    offsets = re.findall(r"\+\d:\d\d(?=</td><td class| \|)", last)
    assert offsets == [f"+{step.offset // 60}:{step.offset % 60:02}" for step in BACK]
    clock = (
        r"\| \+\d:\d\d \| (.*?) \|"
        if name.endswith(".md")
        else r'<td class="start clock">(?:<div class="day">(.*?)</div>)?(\d\d:\d\d)'
    )
    found = ["".join(part) for part in re.findall(clock, last)]
    assert [text.replace(" 00:10", "00:10") for text in found] == ["22:50", "23:10", "Sun 1/1700:10", "00:40"]


def test_who_does_and_who_checks_each_step_stands_beside_it() -> None:
    row = next(line for line in papers("en")["wave-1-rollback.md"].splitlines() if line.startswith("| 2 | +0:20 |"))

    assert row == (
        "| 2 | +0:20 | 23:10 | 1:00 | db | carry | carry back to 旧室 R1 U3-4 | ICT推進室 室長 | ICT推進室 係員 "
        "| | □ | / |"
    )


def test_every_step_of_every_sheet_has_a_box_to_tick() -> None:
    text = papers()["wave-1-rollback.html"]

    assert text.count('<td><span class="box"></span></td>') == len(FIRST.rollback) + len(SECOND.rollback)


@pytest.mark.parametrize("name", PAPERS)
def test_the_decision_and_its_end_are_written_down_on_every_sheet(name: str) -> None:
    assert len(re.findall(r"Turned back at _+ decided by _+ .*All back at _+ checked by _+", papers("en")[name])) == 2


def test_a_system_that_is_out_is_told_with_when_it_is_available_again() -> None:
    found = sheets(papers("en")["wave-1-rollback.md"])

    assert "| jumin業務 | 市民課 | **+0:10** (20:30) |" in found["1"]
    assert "| jumin業務 | 市民課 | **+2:00** (Sun 1/17 00:50) |" in found["2"]


def test_a_system_that_turning_back_takes_out_is_told_with_from_when() -> None:
    back = {**WAYS_BACK, "W1-C1": WayBack(EVENING + 440, "jumin", {"jumin": Span(EVENING + 25, EVENING + 30)})}

    assert "| jumin業務 | 市民課 | out +0:05, **+0:10** (20:30) |" in paper(wave(FIRST, LAST), back)


def test_without_a_system_that_is_out_the_sheet_says_so() -> None:
    back = {**WAYS_BACK, "W1-C1": WayBack(EVENING + 440, "window", {})}

    assert "No system is out while people turn back." in paper(wave(FIRST, LAST), back)


def test_check_points_with_the_same_steps_people_and_order_have_one_sheet_with_times_for_each() -> None:
    later = replace(SECOND, id="W1-C9", after=("W1-008",), planned=EVENING + 180, deadline=EVENING + 450)
    back = {**WAYS_BACK, "W1-C9": WayBack(EVENING + 600, "window", {"jumin": Span(EVENING + 180, EVENING + 295)})}

    text = paper(wave(FIRST, SECOND, later, LAST), back)
    assert list(sheets(text)) == ["1", "2, 3"]
    shared = sheets(text)["2, 3"]
    assert "One sheet for check points 2, 3: steps, people and order are the same" in shared
    assert "| 1 | +0:00 | 22:50 | 23:00 | 0:20 | db | unmount |" in shared
    assert "| jumin業務 | 市民課 | **+2:00** (Sun 1/17 00:50) | **+1:55** (00:55) |" in shared.replace(
        "Sun 1/17 00:55", "00:55"
    )
    assert text.count("[2, 3](#back-2)") == text.count("[2, 3](#back-3)") == 1


def test_where_only_the_offsets_differ_a_common_sheet_gives_those_of_each_check_point() -> None:
    waiting = tuple(replace(step, offset=step.offset + 15) for step in BACK)
    later = replace(SECOND, id="W1-C9", planned=EVENING + 180, minutes=135, rollback=waiting)
    back = {**WAYS_BACK, "W1-C9": WayBack(EVENING + 600, "window", {})}

    shared = sheets(paper(wave(SECOND, later, LAST), back | {"W1-C2": WAYS_BACK["W1-C2"]}))["1, 2"]
    assert "| 1 | +0:00 / +0:15 | 22:50 | 23:15 | 0:20 | db | unmount |" in shared
    assert "Turning back takes 2:00" in shared
    assert "Turning back takes 2:15" in shared


@pytest.mark.parametrize(
    "other",
    [
        (undo(StepKind.UNMOUNT, "db", 0, 20, people=("ict/2",)), *BACK[1:]),
        (undo(StepKind.UNMOUNT, "db", 0, 20, witness=None), *BACK[1:]),
        (undo(StepKind.UNMOUNT, "db", 0, 25), *BACK[1:]),
        (BACK[1], BACK[0], *BACK[2:]),
        BACK[:3],
    ],
    ids=["other people", "no witness", "another length", "another order", "fewer steps"],
)
def test_check_points_with_other_steps_people_or_order_have_sheets_of_their_own(other: tuple[object, ...]) -> None:
    later = replace(SECOND, id="W1-C9", planned=EVENING + 180, rollback=other)
    back = {**WAYS_BACK, "W1-C9": WayBack(EVENING + 600, "window", {})}

    assert list(sheets(paper(wave(SECOND, later, LAST), back))) == ["1", "2"]


def test_no_more_than_three_check_points_share_a_sheet() -> None:
    many = [replace(SECOND, id=f"W1-C{n}", planned=EVENING + 170 + n) for n in range(5)]
    back = {f"W1-C{n}": WayBack(EVENING + 600, "window", {}) for n in range(5)}

    assert list(sheets(paper(wave(*many, LAST), back))) == ["1, 2, 3", "4, 5"]


def test_the_first_page_says_who_decides_until_when_and_lists_every_check_point() -> None:
    text = papers("en")["wave-1-rollback.md"]

    assert "- Who decides: ICT推進室 室長 (deputy: 決裁者)" in text
    assert "it includes a margin of 0:30). After it do not turn back: go on, and call." in text
    rows = re.findall(r"^\| (\d)(?: \\\*)? \| Sat 1/16|^\| (3) \| Sun", text, flags=re.MULTILINE)
    assert [a or b for a, b in rows] == ["1", "2", "3"]
    assert (
        "| **Sun 1/17 02:40** | 0:10 | Sun 1/17 02:50 | jumin業務 Sun 1/17 03:20 | the state before this wave |" in text
    )


def test_after_a_point_of_no_return_the_first_page_names_step_fallback_delay_and_what_those_who_are_out_do() -> None:
    text = papers("en")["wave-1-rollback.md"]

    assert "- Point of no return: step 4, begins Sat 1/16 20:40." in text
    assert "the state before this wave cannot be reached again" in text
    assert "- Fallback after it: 翌週の土曜 (permitted delay: 5:00)" in text
    assert "| jumin業務 | 市民課 | Sat 1/16 20:00 | Sun 1/17 00:15 | 手書き受付 |" in text


def test_where_nobody_is_out_after_the_point_of_no_return_the_paper_says_so() -> None:
    found = wave(FIRST, LAST, point_of_no_return="W1-004", fallback=CARRY_ON, fallback_minutes=60)

    text = rollback_of(night(waves=(found,), outages=()), WAYS_BACK)["wave-1-rollback.md"]
    assert "no service is out; carry on to the end (permitted delay: 1:00)" in text
    assert "- No service is out after this step." in text


def test_a_way_back_beyond_the_point_of_no_return_says_what_it_does_not_undo() -> None:
    found = sheets(papers("en")["wave-1-rollback.md"])

    assert STEPS[3].start > FIRST.planned
    assert "After the point of no return" not in found["1"]
    assert "After the point of no return: only what this turn has begun is undone" in found["2"]


def test_a_wave_without_a_point_of_no_return_says_so() -> None:
    text = paper(wave(FIRST, SECOND, LAST))

    assert "This wave has no point of no return" in text
    assert "After the point of no return" not in text


def test_a_check_point_without_anything_to_undo_is_listed_and_has_no_sheet() -> None:
    bare = replace(FIRST, rollback=(), minutes=0)

    text = paper(wave(bare, SECOND, LAST))
    assert list(sheets(text)) == ["2"]
    assert "| 1 | Sat 1/16 20:20 | 2 | **Sun 1/17 02:40** | - | - | jumin業務 |" in text
    assert "There is nothing to undo here. |" in text


def test_a_wave_in_which_nothing_is_ever_undone_has_no_rollback_paper() -> None:
    bare = wave(replace(FIRST, rollback=()), LAST)

    assert rollback_of(night(waves=(bare,)), {}) == {}
    assert "rollback." not in papers_of(night(waves=(bare,)))["wave-1-runbook.md"]


def test_without_the_runbook_the_rollback_paper_does_not_point_at_it() -> None:
    assert "runbook" not in rollback_of(night(), WAYS_BACK)["wave-1-rollback.html"]
    assert 'href="wave-1-runbook.html"' in papers("en")["wave-1-rollback.html"]


def test_a_template_of_the_office_takes_the_place_of_the_shipped_rollback_paper(tmp_path: Path) -> None:
    (tmp_path / "rollback.md").write_text(
        "{% for sheet in back.sheets %}{{ sheet.label }}: {{ sheet.rows|length }}\n{% endfor %}", encoding="utf-8"
    )

    found = made(issue(templates=tmp_path, formats=("md", "html"), only=("runbook", "rollback")))
    assert found["wave-1-rollback.md"] == "1: 1\n2: 4\n"
    assert found["wave-1-rollback.html"] == papers()["wave-1-rollback.html"]
    assert found["wave-1-runbook.md"] == papers()["wave-1-runbook.md"]
