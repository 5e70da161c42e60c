"""`planner verify`: exit statuses 0, 1, 3 and 5, findings with places and cures, the certificate, JSON."""

import json
import re
from pathlib import Path

import pytest

from planner.cli import main
from planner.errors.status import ExitStatus
from planner.model import canonical
from planner.plan import file
from planner.plan.plan import Making, Plan
from planner.sources import load
from tests.cli.small import SMALL, written

STAYS = SMALL.replace(", to: N1/10", "").replace(", to: N1/20", "")


def empty_plan(folder: Path) -> Path:
    """A plan in which nothing is done, in a file beside the inventory."""
    inventory = load(folder).inventory
    plan = Plan(inventory, canonical.digest(inventory), Making("test", "by hand"), (), (), ())
    target = folder.parent / "plan.json"
    target.write_text(file.dump(plan), encoding="utf-8")
    return target


def verify(*arguments: object) -> int:
    return main(["verify", *(str(argument) for argument in arguments)])


def test_a_plan_that_keeps_the_rules_ends_with_0_and_its_certificate(tmp_path: Path, capsys) -> None:
    folder = written(tmp_path / "inventory", STAYS)
    assert verify(folder, empty_plan(folder), "--lang", "en") == ExitStatus.DONE
    told = capsys.readouterr().out
    assert "keeps the rules" in told
    assert "certificate: sha256:" in told
    assert "all rules were checked" in told


def test_an_unsafe_plan_ends_with_3_and_names_rule_asset_place_and_cure(tmp_path: Path, capsys) -> None:
    folder = written(tmp_path / "inventory")
    assert verify(folder, empty_plan(folder), "--lang", "en") == ExitStatus.UNSAFE
    told, talk = capsys.readouterr()
    assert "S21 ad1: what must change has no steps (due: stop unmount carry mount start check)" in told
    assert "all.yaml:6:" in told
    assert "= help: add its steps, or let it stay in the inventory" in told
    assert "is not safe" in talk
    assert re.search(r"\n  what the rule says, with examples: planner rule S\d\d\n$", talk)


def test_findings_are_told_in_japanese_by_default(tmp_path: Path, capsys) -> None:
    folder = written(tmp_path / "inventory")
    assert verify(folder, empty_plan(folder)) == ExitStatus.UNSAFE
    assert "変わるべきものに作業がありません" in capsys.readouterr().out


def test_a_plan_of_another_inventory_is_refused_with_5_and_what_changed(tmp_path: Path, capsys) -> None:
    folder = written(tmp_path / "inventory", STAYS)
    plan = empty_plan(folder)
    written(folder, STAYS.replace("people: 4", "people: 5"))
    assert verify(folder, plan) == ExitStatus.OTHER_INVENTORY
    assert "teams.ict.people" in capsys.readouterr().err
    assert verify(folder, plan, "--format", "json") == ExitStatus.OTHER_INVENTORY
    told = json.loads(capsys.readouterr().out)
    assert told["result"] == "other_inventory"
    assert [change["path"] for change in told["changes"]] == ["teams.ict.people"]


def test_names_and_notes_do_not_make_it_another_inventory(tmp_path: Path) -> None:
    folder = written(tmp_path / "inventory", STAYS)
    plan = empty_plan(folder)
    written(folder, STAYS.replace("旧電算室", "西庁舎の電算室"))
    assert verify(folder, plan) == ExitStatus.DONE


def test_json_holds_verdict_findings_and_certificate(tmp_path: Path, capsys) -> None:
    folder = written(tmp_path / "inventory")
    assert verify(folder, empty_plan(folder), "--format", "json", "--lang", "en") == ExitStatus.UNSAFE
    told = json.loads(capsys.readouterr().out)
    assert (told["result"], told["failures"] > 0) == ("unsafe", True)
    unchanged = next(f for f in told["findings"] if f["key"] == "s21.unchanged")
    assert (unchanged["rule"], unchanged["subjects"]) == ("S21", ["ad1"])
    assert unchanged["places"]
    assert told["certificate"]["unchecked"] == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "planner.plan", "version": 99}', b"[" * 100_000],
)
def test_what_is_no_plan_ends_with_1_and_no_traceback(tmp_path: Path, capsys, content: bytes) -> None:
    folder = written(tmp_path / "inventory", STAYS)
    target = tmp_path / "plan.json"
    target.write_bytes(content)
    assert verify(folder, target) == ExitStatus.COULD_NOT
    talk = capsys.readouterr().err
    assert talk.startswith(f"error: {target} は計画ファイルではありません: ")
    assert "Traceback" not in talk
    assert "unexpected" not in talk


def test_a_byte_order_mark_of_an_editor_is_forgiven(tmp_path: Path) -> None:
    folder = written(tmp_path / "inventory", STAYS)
    plan = empty_plan(folder)
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes())
    assert verify(folder, plan) == ExitStatus.DONE
