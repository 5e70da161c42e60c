"""Data are moved in the days for which their restore was tested, and not before a first backup can be there."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.model.asset import Backup, Work
from planner.model.policy import Severity, SeverityChoice
from planner.pipeline.load import load_inventory
from planner.pipeline.plan import Planned, make
from planner.scheduling.job import jobs_of
from planner.scheduling.options import Options
from planner.scheduling.restorable import while_restorable
from planner.units.clock import DAY
from planner.units.duration import Duration
from planner.units.progress import silent
from tests.cli.small import SMALL, written
from tests.scheduling.estate import box, estate

BACKUP = Backup(Work(Duration.fixed(60)), 600, restore_tested=2 * DAY, verify=Work(Duration.fixed(30)))


def test_a_move_waits_for_the_appointment_and_ends_before_the_test_is_too_old() -> None:
    inventory = estate([box("db", to="new", stateful=True, backup=BACKUP), box("web", to="new")])
    inventory = replace(inventory, policy=replace(inventory.policy, restore_test_days=3))
    bounds = {job.id: (job.not_before, job.not_after) for job in while_restorable(inventory, jobs_of(inventory))}

    assert bounds == {"move:db": (2 * DAY, 6 * DAY), "move:web": (None, None)}


def test_a_move_waits_for_a_first_backup_that_is_read_back() -> None:
    inventory = estate([box("db", to="new", stateful=True, backup=replace(BACKUP, restore_tested=None))])

    assert [job.not_before for job in while_restorable(inventory, jobs_of(inventory))] == [90]


def test_a_rule_that_is_a_warning_holds_nobody_up() -> None:
    inventory = estate([box("db", to="new", stateful=True, backup=BACKUP)])
    lenient = replace(inventory.policy, severities={"S11": SeverityChoice(Severity.WARNING, "decided")})
    inventory = replace(inventory, policy=lenient)

    assert while_restorable(inventory, jobs_of(inventory)) == jobs_of(inventory)


@pytest.mark.parametrize("tested", ["2026-11-20", "2026-07-20"])
def test_a_plan_keeps_to_the_days_of_the_restore_test(tmp_path: Path, tested: str) -> None:
    lines = [line for line in SMALL.splitlines() if not line.startswith("systems")]
    vault = "\n".join(lines).replace("rooms: [", "rooms: [{id: vault, name: 保管庫, kind: vault}, ")
    backup = f"to: N1/20, backup: {{max_age: 3d, restore_tested: {tested}, copies: [vault]}}"
    inventory = load_inventory(written(tmp_path, vault.replace("to: N1/20", backup))).inventory
    planned = make(inventory, Options(), silent, lambda: False)

    assert isinstance(planned, Planned)
    assert planned.verdict.safe, planned.verdict.failures
