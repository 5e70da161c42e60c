"""The plan of the shipped example keeps the rules; after a hand edit `planner verify` names rule, asset and instant."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.errors.status import ExitStatus

Data = dict[str, Any]
Edit = Callable[[Data], tuple[str, str]]
"""Changes a plan and returns the asset and the instant that are to be named."""


def steps(data: Data, asset: str | None = None, kind: str | None = None) -> list[Data]:
    every = (step for wave in data["waves"] for step in wave["steps"])
    return [s for s in every if (asset is None or s["assets"] == [asset]) and (kind is None or s["kind"] == kind)]


def carried(data: Data, kind: str = "server") -> Iterator[str]:
    """Assets of a kind that are stopped, taken out, carried and mounted, each by steps of its own."""
    chain = ["stop", "unmount", "carry", "mount", "start", "check"]
    for id, asset in data["inventory"]["assets"].items():
        if asset.get("kind", "server") == kind and [step["kind"] for step in steps(data, id)] == chain:
            yield id


def put(step: Data, start: str) -> None:
    """The step begins there and lasts as long as before."""
    length = datetime.fromisoformat(step["end"]) - datetime.fromisoformat(step["start"])
    step["start"] = start
    step["end"] = (datetime.fromisoformat(start) + length).isoformat(timespec="minutes")


def swap_two_steps(data: Data) -> tuple[str, str]:
    asset = next(carried(data))
    unmount, mount = steps(data, asset, "unmount")[0], steps(data, asset, "mount")[0]
    first, second = unmount["start"], mount["start"]
    put(unmount, second)
    put(mount, first)
    return asset, first


def shift_a_step_out_of_its_window(data: Data) -> tuple[str, str]:
    asset = next(carried(data))
    stop = steps(data, asset, "stop")[0]
    wave = next(wave for wave in data["waves"] if stop in wave["steps"])
    before = datetime.fromisoformat(wave["window"]["start"]) - timedelta(hours=3)
    put(stop, before.isoformat(timespec="minutes"))
    return asset, stop["start"]


def remove_a_stop(data: Data) -> tuple[str, str]:
    asset = next(carried(data))
    stop = steps(data, asset, "stop")[0]
    for wave in data["waves"]:
        wave["steps"] = [step for step in wave["steps"] if step is not stop]
    return asset, steps(data, asset, "unmount")[0]["start"]


def put_both_members_of_a_pair_into_one_interval(data: Data) -> tuple[str, str]:
    for one, other in zip(steps(data, "svA1"), steps(data, "svA2"), strict=True):
        put(other, one["start"])
    return "svA1", steps(data, "svA1", "stop")[0]["start"]


def overload_a_team(data: Data) -> tuple[str, str]:
    """Two steps at one time by the same people."""
    with_people = [step for step in steps(data) if step.get("people") and len(step["assets"]) == 1]
    for one, other in combinations(with_people, 2):
        if one["start"] == other["start"] and one["people"] != other["people"]:
            other["people"] = one["people"]
            return other["assets"][0], other["start"]
    raise AssertionError("no two steps begin at one time")


def place_two_servers_in_one_rack_unit(data: Data) -> tuple[str, str]:
    one, other, *_ = carried(data)
    taken = next(step["to"][one] for step in steps(data, one, "mount"))
    for step in [*steps(data, other, "mount"), *steps(data, other, "carry")]:
        step["to"][other] = taken
    both = (steps(data, id, "mount")[0]["start"] for id in (one, other))
    return other, max(both, key=datetime.fromisoformat)


def test_the_plan_keeps_the_rules_and_has_a_certificate(
    city: Path, city_plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(city), str(city_plan), "--format", "json", "-q"]) == ExitStatus.DONE

    told = json.loads(capsys.readouterr().out)
    assert told["result"] == "safe"
    assert told["certificate"]["checks"]["S01"] > 1_000


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (swap_two_steps, "S21"),
        (shift_a_step_out_of_its_window, "S12"),
        (remove_a_stop, "S21"),
        (put_both_members_of_a_pair_into_one_interval, "S04"),
        (overload_a_team, "S15"),
        (place_two_servers_in_one_rack_unit, "S17"),
    ],
    ids=lambda value: value.__name__ if callable(value) else value,
)
def test_a_hand_edit_ends_with_3_and_names_rule_asset_and_instant(
    city: Path, city_plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], edit: Edit, rule: str
) -> None:
    data = json.loads(city_plan.read_text(encoding="utf-8"))
    asset, instant = edit(data)
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(data), encoding="utf-8")

    assert main(["verify", str(city), str(edited), "--format", "json", "-q"]) == ExitStatus.UNSAFE

    told = json.loads(capsys.readouterr().out)["findings"]
    broken = [f for f in told if f["rule"] == rule and not f.get("unknown") and not f.get("pre_existing")]
    named = [f for f in broken if asset in (*f["subjects"], *f.get("cause", ()), *_assets(data, f.get("steps", ())))]
    at = datetime.fromisoformat(instant)
    covering = [f for f in named if f["start"] and _begin(f) <= at <= datetime.fromisoformat(f["end"])]
    assert covering, (asset, instant, broken[:5])


def _begin(finding: Data) -> datetime:
    return datetime.fromisoformat(finding["start"])


def _assets(data: Data, ids: list[str]) -> list[str]:
    return [asset for step in steps(data) if step["id"] in ids for asset in step["assets"]]


def test_after_an_inventory_edit_the_plan_is_refused_with_5_and_what_changed(
    city: Path, city_plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = shutil.copytree(city, tmp_path / "inventory")
    network = changed / "network.yaml"
    text = network.read_text(encoding="utf-8")
    network.write_text(re.sub(r"(\{id: core1,.*?kg: )18\b", r"\g<1>19", text, count=1), encoding="utf-8")

    assert main(["verify", str(changed), str(city_plan), "-q", "--lang", "en"]) == ExitStatus.OTHER_INVENTORY

    talk = capsys.readouterr().err
    assert "assets.core1.kg: 18.0 in the plan, 19.0 now" in talk
    assert "changes: 1" in talk
