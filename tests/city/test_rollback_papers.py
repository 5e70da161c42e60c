"""The rollback papers of the shipped example: every way back has its sheet, and says who is back when."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.errors.status import ExitStatus

Data = dict[str, Any]


@pytest.fixture(scope="module")
def papers(city: Path, city_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The runbooks and rollback papers in HTML by their names."""
    out = tmp_path_factory.mktemp("papers")
    asked = ["--only", "runbook", "--only", "rollback", "--format", "html", "--lang", "en", "--quiet"]
    assert main(["render", str(city), str(city_plan), "-o", str(out), *asked]) == ExitStatus.DONE
    return {file.name: file.read_text(encoding="utf-8") for file in out.glob("*.html")}


@pytest.fixture(scope="module")
def waves(city_plan: Path) -> dict[int, Data]:
    return dict(enumerate(json.loads(city_plan.read_text(encoding="utf-8"))["waves"], 1))


def undone(wave: Data) -> dict[int, Data]:
    """The check points at which something is undone, by their numbers."""
    return {number: point for number, point in enumerate(wave["check_points"], 1) if point.get("rollback")}


def sheets(text: str) -> list[str]:
    return text.split('<section class="sheet way-back">')[1:]


def test_every_wave_in_which_something_is_undone_has_its_paper(papers: dict[str, str], waves: dict[int, Data]) -> None:
    found = {name for name in papers if "rollback" in name}

    assert found == {f"wave-{number}-rollback.html" for number, wave in waves.items() if undone(wave)}
    assert found


def test_every_check_point_at_which_something_is_undone_has_one_sheet(
    papers: dict[str, str], waves: dict[int, Data]
) -> None:
    for number, wave in waves.items():
        anchors = re.findall(r'id="back-(\d+)"', papers.get(f"wave-{number}-rollback.html", ""))
        assert sorted(map(int, anchors)) == list(undone(wave))


def test_every_reference_of_a_runbook_leads_to_a_sheet(papers: dict[str, str]) -> None:
    for name, text in papers.items():
        for paper, sheet in re.findall(r'href="([\w-]+\.html)#(back-\d+)"', text):
            assert f'id="{sheet}"' in papers[paper], name


def test_every_step_of_every_way_back_stands_on_its_sheet_with_its_time_on_the_clock(
    papers: dict[str, str], waves: dict[int, Data]
) -> None:
    for number, wave in waves.items():
        found = {id: sheet for sheet in sheets(papers.get(f"wave-{number}-rollback.html", "")) for id in ids(sheet)}
        for id, point in undone(wave).items():
            planned = datetime.fromisoformat(point["planned"])
            times = re.findall(r'<td class="no">\d+</td><td class="start">.*?</td>(.*?)<td class="right">', found[id])
            place = ids(found[id]).index(id)
            shown = [re.findall(r"(\d\d:\d\d)</td>|(\d\d:\d\d)<div", row)[place] for row in times]
            wanted = [f"{planned + timedelta(minutes=step.get('offset', 0)):%H:%M}" for step in point["rollback"]]
            assert ["".join(parts) for parts in shown] == wanted


def ids(sheet: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="back-(\d+)"', sheet)]


def test_every_deadline_in_words_is_that_of_the_plan(papers: dict[str, str], waves: dict[int, Data]) -> None:
    for number, wave in waves.items():
        told = re.findall(r"Decide by \w+ (\d+/\d+ \d\d:\d\d)\.", papers.get(f"wave-{number}-rollback.html", ""))
        due = [datetime.fromisoformat(point["deadline"]) for point in undone(wave).values()]
        assert sorted(told) == sorted(f"{at.month}/{at.day} {at:%H:%M}" for at in due)


def test_the_desks_that_have_no_steps_of_their_own_are_told_when_they_are_back(papers: dict[str, str]) -> None:
    told = {desk for text in papers.values() for desk in re.findall(r"<li>(市民課|税務課) <b>\+\d+:\d\d</b>", text)}

    assert told == {"市民課", "税務課"}
