"""What has to be done before something is touched and finds no place is a reason against the plan, not left out."""

from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.pipeline.load import load_inventory
from planner.pipeline.plan import Planned, make
from planner.plan.refusal import Refusal, RefusalKind
from planner.plan.wording import word
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.units.progress import silent
from tests.cli.small import SMALL, written

FREEZE = (
    "blackouts: [{tag: audit, why: 監査, days: [sunday, monday, tuesday, wednesday, thursday, friday], freeze: true}]"
)
BACKUP = "backup: {max_age: 1d, restore_tested: 2026-09-20, copies: [vault]}"
KEEPER = "{id: keeper, name: 保管, people: [{name: 佐藤, absent: [{from: 2026-10-02, last_day: 2026-11-30}]}]}"


def small(folder: Path, server: str, teams: str = "", windows: str = "") -> Inventory:
    """One server that is moved on a Saturday, with its own facts, further teams and blackouts."""
    lines = [line for line in SMALL.splitlines() if not line.startswith(("systems", "  - {id: ad1"))]
    text = "\n".join(lines).replace("rooms: [", "rooms: [{id: vault, name: 保管庫, kind: vault}, ")
    text = text.replace("to: N1/20", f"to: N1/20, {server}").replace("people: 4}]", f"people: 4}}{teams}]")
    text = text.replace("  blackouts: [{tag: council, why: 議会, days: [2026-11-01..2026-11-10]}]", f"  {windows}")
    return load_inventory(written(folder, f"{text}\n")).inventory


def accepted_later(folder: Path, crew: str) -> Inventory:
    """The same with a system that is accepted for certain on the next weekday."""
    service = "  hours: {office: weekdays 09:00-17:00}\n"
    system = (
        f"systems: [{{id: s, criticality: C, runs_on: db1, hours: office, accept_hours: office, {crew}fallback: 窓口}}]"
    )
    return small(folder, "kg: 30", teams=f", {KEEPER}", windows=f"{service}{system}".lstrip())


def refused(inventory: Inventory) -> list[tuple[str, str, str]]:
    answer = schedule(inventory)
    assert isinstance(answer, Refusal), answer
    assert answer.kind is RefusalKind.NOT_FOUND
    for reason in answer.reasons:
        assert all(reason.subjects[0] in word(reason, lang) for lang in ("ja", "en"))
    return [(reason.key, reason.values["kind"], reason.values.get("teams", "")) for reason in answer.reasons]


def test_a_backup_that_finds_its_hours_is_in_a_safe_plan(tmp_path: Path) -> None:
    planned = make(small(tmp_path, BACKUP), Options(), silent, lambda: False)

    assert isinstance(planned, Planned)
    assert planned.verdict.safe, planned.verdict.failures
    assert [step.kind.value for step in planned.plan.preparation] == ["back_up", "verify"]


def test_a_backup_for_which_a_freeze_leaves_no_hours_is_named(tmp_path: Path) -> None:
    backup = BACKUP.replace("max_age", "steps: {back_up: 7h, verify: 2h}, max_age")
    inventory = small(tmp_path, f"{backup}, blackouts: [audit]", windows=FREEZE)

    assert refused(inventory) == [("preparation_without_hours", "back_up", "-")]


@pytest.mark.parametrize("kind", ["back_up", "verify"])
def test_a_backup_for_which_nobody_is_there_is_named(tmp_path: Path, kind: str) -> None:
    backup = BACKUP.replace("max_age", f"crew: {{{kind}: keeper}}, max_age")
    inventory = small(tmp_path, backup, teams=f", {KEEPER}")

    assert refused(inventory) == [("preparation_without_people", kind, "keeper")]


def test_a_name_whose_time_to_live_nobody_can_lower_is_named(tmp_path: Path) -> None:
    address = "address: 10.1.0.4, renumber: 10.2.0.4, old_ttl: 1d, crew: {lower_ttl: keeper}"
    keeper = KEEPER.replace("2026-10-02, last_day", "2026-10-01, until: 2026-11-28T00:00}, {from: 2026-11-29, last_day")
    inventory = small(tmp_path, address, teams=f", {keeper}")

    assert refused(inventory) == [("preparation_without_people", "lower_ttl", "keeper")]


@pytest.mark.parametrize("kind", ["back_up", "verify"])
def test_a_backup_that_takes_no_time_is_named(tmp_path: Path, kind: str) -> None:
    backup = BACKUP.replace("max_age", f"steps: {{{kind}: 0m}}, max_age")

    assert refused(small(tmp_path, backup)) == [("fact_takes_no_time", kind, "")]


def test_an_acceptance_that_nobody_can_confirm_later_is_named(tmp_path: Path) -> None:
    planned = make(accepted_later(tmp_path / "by-all", ""), Options(), silent, lambda: False)
    assert isinstance(planned, Planned)
    assert planned.verdict.safe, planned.verdict.failures
    assert [step.kind.value for step in planned.plan.preparation] == ["confirm"]

    inventory = accepted_later(tmp_path / "by-keeper", "crew: {confirm: keeper}, ")
    assert refused(inventory) == [("preparation_without_people", "confirm", "keeper")]


def test_an_acceptance_whose_confirmation_takes_no_time_is_named(tmp_path: Path) -> None:
    inventory = accepted_later(tmp_path, "steps: {confirm: 0m}, ")

    assert refused(inventory) == [("fact_takes_no_time", "confirm", "")]
