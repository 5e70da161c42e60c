"""The FD.io lab gets a plan that keeps the rules; testbeds stay whole, and two of the three schedulers stay up."""

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.errors.status import ExitStatus
from tests.kept import kept_plan

Data = dict[str, Any]

INVENTORY = Path(__file__).parent / "inventory"
QUORUM = ("s39-nomad", "s40-nomad", "s41-nomad")


@pytest.fixture(scope="module")
def plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_plan(request, tmp_path_factory, INVENTORY)


@pytest.fixture(scope="module")
def data(plan: Path) -> Data:
    found: Data = json.loads(plan.read_text(encoding="utf-8"))
    return found


def steps(data: Data, asset: str) -> list[Data]:
    return [step for wave in data["waves"] for step in wave["steps"] if asset in step["assets"]]


def away(data: Data, asset: str) -> tuple[datetime, datetime]:
    """From the start of its stop to the end of its check."""
    own = steps(data, asset)
    begin = min(datetime.fromisoformat(step["start"]) for step in own if step["kind"] == "stop")
    return begin, max(datetime.fromisoformat(step["end"]) for step in own if step["kind"] == "check")


def test_the_relocation_has_a_plan_that_keeps_the_rules(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(INVENTORY), str(plan), "--format", "json", "-q"]) == ExitStatus.DONE

    assert json.loads(capsys.readouterr().out)["result"] == "safe"


def test_everything_that_travels_ends_in_the_new_room_and_nothing_that_is_given_up_does(data: Data) -> None:
    assets = data["inventory"]["assets"]
    boxes = {id for id, asset in assets.items() if asset["method"] == "carry" and asset.get("at")}
    mounted = {id: step["to"][id] for id in boxes for step in steps(data, id) if step["kind"] == "mount"}

    assert set(mounted) == boxes
    assert {position["rack"] for position in mounted.values()} == {"y1", "y2", "y3", "y4"}
    given_up = {id for id, asset in assets.items() if asset["method"] == "retire"}
    assert len(given_up) == 6
    assert all(step["kind"] != "mount" for id in given_up for step in steps(data, id))


def test_a_testbed_travels_whole_in_one_turn(data: Data) -> None:
    testbeds: dict[str, set[str]] = {}
    for id, asset in data["inventory"]["assets"].items():
        if asset.get("together"):
            testbeds.setdefault(asset["together"], set()).add(id)
    turns = [set(turn["assets"]) for wave in data["waves"] for turn in wave["turns"]]

    assert any(len(members) > 1 for members in testbeds.values())
    for label, members in testbeds.items():
        assert [members & turn for turn in turns if members & turn] == [members], label


def test_two_of_the_three_schedulers_are_up_at_every_instant(data: Data) -> None:
    intervals = sorted(away(data, id) for id in QUORUM)

    assert all(before[1] <= after[0] for before, after in pairwise(intervals))
    assert [outage for outage in data["outages"] if outage["system"] == "nomad"] == []
