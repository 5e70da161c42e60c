import json
from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.errors.status import ExitStatus
from tests.cli.small import SMALL, written


@pytest.fixture
def inventory(tmp_path: Path) -> str:
    return str(written(tmp_path / "inventory"))


def table(out: str) -> dict[str, str]:
    """The rows below the rule, by the window they begin with, spaces joined."""
    rows = [" ".join(line.split()) for line in out.splitlines() if "/" in line.split(" ")[0]]
    return {row.split(" ")[0]: row.partition(" ")[2] for row in rows}


def test_the_windows_are_listed_with_what_is_usable_of_them(inventory: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", inventory]) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert list(table(shown.out)) == [f"saturday/2026-{d}" for d in ("10-03", "10-10", "10-17", "10-24", "10-31", *NOV)]
    assert table(shown.out)["saturday/2026-11-07"] == "土曜 2026-11-07(土) 08:00 .. 20:00"
    assert shown.err == "9 の窓のうち 9 が使えます（全部または一部）\n"


NOV = ("11-07", "11-14", "11-21", "11-28")


def test_for_an_asset_the_blackouts_of_its_systems_and_its_rooms_are_named(
    inventory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calendar", inventory, "--subject", "db1", "--lang", "en"]) == ExitStatus.DONE

    shown = table(capsys.readouterr().out)
    assert shown["saturday/2026-10-03"] == "土曜 nothing new (新電算室) is not open yet"
    assert shown["saturday/2026-11-07"] == "土曜 nothing council: 議会"
    assert shown["saturday/2026-11-14"] == "土曜 2026-11-14(Sat) 08:00 .. 20:00"


def test_an_asset_is_bound_by_the_systems_that_it_takes_away(
    inventory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing runs on ad1, but jumin needs it."""
    assert main(["calendar", inventory, "--subject", "ad1", "--format", "json"]) == ExitStatus.DONE

    data = json.loads(capsys.readouterr().out)
    november = next(window for window in data["windows"] if window["id"] == "saturday/2026-11-07")
    assert data["affected"] == ["jumin"]
    assert november["usable"] == []
    assert november["obstacles"] == [
        {
            "kind": "blackout",
            "what": "council",
            "why": "議会",
            "spans": [{"start": "2026-11-07T08:00+09:00", "end": "2026-11-07T20:00+09:00"}],
        }
    ]


def test_a_blackout_that_takes_only_a_part_is_shown_with_its_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night = SMALL.replace('start: "08:00", end: "20:00"', 'start: "22:00", end: "29:00"').replace(
        "2026-11-10", "2026-11-07"
    )

    assert main(["calendar", str(written(tmp_path / "i", night)), "--subject", "jumin", "--lang", "en"]) == 0

    assert table(capsys.readouterr().out)["saturday/2026-11-07"] == (
        "土曜 2026-11-08(Sun) 00:00 .. 05:00 council: 議会 [2026-11-07(Sat) 22:00 .. 24:00]"
    )


def test_a_subject_that_does_not_exist_is_answered_with_the_nearest(
    inventory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calendar", inventory, "--subject", "jumni", "--lang", "en"]) == ExitStatus.COULD_NOT

    assert capsys.readouterr().err == "error: there is no subject 'jumni' in the inventory\n  did you mean 'jumin'?\n"
