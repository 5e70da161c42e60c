"""`planner order`: the course over the bridge, what may change places, a given order, exit statuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from planner.cli import main
from planner.errors.status import ExitStatus
from planner.pipeline.order import chains_of, evaluate, freedom, pairs_of
from planner.units.progress import silent
from tests.whatif.town import plan_file, plan_of, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory")


@pytest.fixture(scope="module")
def plan(folder: Path) -> Path:
    return plan_file(folder)


def run(folder: Path, plan: Path, *arguments: str) -> int:
    return main(["order", str(folder), str(plan), "--jobs", "1", *arguments])


def test_the_course_of_the_plan_and_all_that_may_change_places_are_told(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, plan, "--lang", "en") == ExitStatus.DONE

    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    assert "W1-T2  2026-10-10 09:20      0     0  gw1" in lines
    assert "verified: keeps the rules" in lines
    assert "may change places (nothing else moved, and verified): 2 of 3" in lines
    assert "  W1-T1 <-> W1-T2  weighted outage +0, bridge +0 needs x min" in lines
    assert "  turns of which all neighbours may, and all of them turned round: W1-T1, W1-T2," in lines
    assert any(line.startswith("  W1 <-> W2  S21 web2") for line in lines)


def test_a_given_order_that_breaks_a_rule_is_told_beside_the_plan_and_ends_as_unsafe(
    folder: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, plan, "--order", "W2,W1", "--swap", "none") == ExitStatus.UNSAFE

    out = capsys.readouterr().out
    assert out.startswith("指定の順番: W2 < W1\n")
    assert "検証: 反する規則 1\n  S21 web2: " in out
    assert "停止 3:40 (計画 3:40、時間内 0:00)、重み 550 (計画 550)" in out


def test_orders_may_stand_in_a_file_and_the_answer_is_data(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "order.txt"
    file.write_text("# the data base first\ndb1 web1  # then the site\n\n", encoding="utf-8")

    assert run(folder, plan, "--order", str(file), "--swap", "none", "--format", "json") == ExitStatus.DONE

    data: Any = json.loads(capsys.readouterr().out)
    assert (data["given"]["order"], data["given"]["safe"]) == ([["db1", "web1"]], True)
    assert [turn["assets"][0] for turn in data["given"]["turns"]] == ["db1", "gw1", "web1", "web2"]
    assert (data["exchanges"], data["groups"], data["not_judged"]) == ([], [], 0)


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("db1", "`db1` is no order"),
        ("", "`` is no order"),
        (" # W1,W2", "`# W1,W2` is no order"),
        ("db1,db1", "`db1,db1` is no order"),
        ("db1,db9", "db9 is in no wave of the plan"),
        ("{circle}", "this order goes round in a circle: "),
        ("db1,jumin", "jumin and db1 move together in one turn"),
    ],
)
def test_an_order_that_is_none_is_refused_with_a_cure(
    folder: Path, plan: Path, order: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    circle = tmp_path / "circle.txt"
    circle.write_text("W1,W2\nW2,W1\n", encoding="utf-8")
    order = order.format(circle=circle)
    assert run(folder, plan, "--order", order, "--swap", "none", "--lang", "en") == ExitStatus.COULD_NOT

    assert told in capsys.readouterr().err


def test_a_file_of_orders_that_is_no_text_is_named(
    folder: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = tmp_path / "orders"
    orders.write_bytes(b"\x83\xff\xfe")

    assert run(folder, plan, "--order", str(orders), "--swap", "none", "--lang", "en") == ExitStatus.COULD_NOT
    assert f"{orders} is not UTF-8 text" in capsys.readouterr().err


def test_who_stops_the_search_is_told_how_much_was_not_looked_at(folder: Path) -> None:
    made = plan_of(folder)

    found = freedom(made, evaluate(made, ()), pairs_of(made, "all"), 1, silent, lambda: True)

    assert (found.exchanges, found.groups, found.left) == ((), (), 3)


def test_ids_are_parted_by_commas_or_blanks() -> None:
    assert chains_of(["a,b c", "W1, W2"]) == (("a", "b", "c"), ("W1", "W2"))
