"""S11: what holds data moves only when it is backed up, read back, known to be restorable, and copied elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Work
from planner.model.inventory import Inventory
from planner.model.place import Room, RoomKind
from planner.model.policy import Policy
from planner.plan.step import Step
from planner.safety.context import Context
from planner.safety.rules.s11_backup import RULE
from planner.safety.verify import verify
from planner.units.clock import DAY, Clock
from planner.units.duration import Duration
from tests.safety import komachi
from tests.safety.estates import carried, estate, findings, moved, plan, sentences, steps, vm

WORK = Work(Duration.fixed(60))
BACKUP = Backup(WORK, max_age=600, restore_tested=0, copies=("vault",), verify=WORK)
VAULT = Room("vault", "vault", RoomKind.VAULT)
READY = ("800 860 back_up db", "860 920 verify db")
MOVED = moved("db", 1000)
JOURNEY = (1010, 1060)
"""From the start of the unmounting to the end of the check."""


def holding(**changes: Any) -> Asset:
    return carried("db", stateful=True, backup=replace(BACKUP, **changes))


def town(db: Asset | None = None, *others: Any) -> Inventory:
    return estate(db or holding(), VAULT, *others)


def keys(inventory: Inventory, *lines: str) -> list[str]:
    done = plan(inventory, steps(*lines))
    found = findings(RULE, done)
    assert all(subjects == ("db",) for _, subjects, _ in found)
    return [key for key, _, _ in found]


def test_a_fresh_verified_restorable_backup_with_a_copy_in_the_vault_is_enough() -> None:
    assert keys(town(), *READY, *MOVED) == []


def test_it_finishes_before_the_move_starts() -> None:
    assert keys(town(), *MOVED) == ["s11.not_backed_up"]
    assert keys(town(), "951 1011 back_up db", "1011 1020 verify db", *MOVED) == ["s11.not_finished"]
    assert keys(town(), "1100 1160 back_up db", *MOVED) == ["s11.not_backed_up"]


def test_it_is_read_back_between_its_end_and_the_move() -> None:
    backup = "840 900 back_up db"

    assert keys(town(), backup, "900 960 verify db", *MOVED) == []
    assert keys(town(), backup, "950 1010 verify db", *MOVED) == []
    assert keys(town(), backup, *MOVED) == ["s11.not_verified"]
    assert keys(town(), backup, "890 950 verify db", *MOVED) == ["s11.not_verified"]
    assert keys(town(), backup, "951 1011 verify db", *MOVED) == ["s11.not_verified"]


def test_it_is_no_older_than_its_age_limit() -> None:
    def taken(end: int) -> list[str]:
        return keys(town(), f"{end - 60} {end} back_up db", f"{end} {end + 60} verify db", *MOVED)

    assert taken(1010 - 600) == []
    assert taken(1010 - 601) == ["s11.too_old"]


def test_an_older_verified_backup_does_not_verify_a_younger_one() -> None:
    old = ("100 160 back_up db", "160 220 verify db")

    assert keys(town(), *old, "800 860 back_up db", *MOVED) == ["s11.not_verified"]


def test_what_is_off_gives_no_data() -> None:
    assert keys(town(), "790 800 stop db", *READY, *moved("db", 1000)[1:]) == ["s11.backed_up_while_off"]


@pytest.mark.parametrize(("age", "broken"), [(90, []), (91, ["s11.restore_test"])])
def test_its_restore_was_tested_within_the_days_that_the_policy_allows(age: int, broken: list[str]) -> None:
    later = [f"{int(a) + 100 * DAY} {int(b) + 100 * DAY} {rest}" for a, b, rest in split(*READY, *MOVED)]
    begun = Clock("Asia/Tokyo").day(1010 + 100 * DAY)
    tested = Clock("Asia/Tokyo").minute(date.fromordinal(begun.toordinal() - age))
    inventory = town(holding(restore_tested=tested))
    long = replace(
        inventory, project=replace(inventory.project, horizon=inventory.project.horizon.__class__(0, 200 * DAY))
    )

    assert keys(long, *later) == broken
    assert keys(replace(long, policy=Policy(restore_test_days=91)), *later) == []


def split(*lines: str) -> list[tuple[str, str, str]]:
    return [tuple(line.split(" ", 2)) for line in lines]  # type: ignore[misc]


def test_a_restore_that_is_tested_after_the_move_is_not_tested() -> None:
    assert keys(town(holding(restore_tested=2 * DAY)), *READY, *MOVED) == ["s11.restore_test"]


def test_a_copy_lies_in_another_declared_place() -> None:
    assert keys(town(holding(copies=("cellar",))), *READY, *MOVED) == ["s11.undeclared_place", "s11.copy_beside"]
    assert keys(town(holding(copies=("cellar", "vault"))), *READY, *MOVED) == ["s11.undeclared_place"]


def spans(inventory: Inventory, *lines: str) -> list[tuple[str, tuple[int, int]]]:
    done = plan(inventory, steps(*lines))
    return [(key, span) for key, _, span in findings(RULE, done)]


def test_a_copy_in_the_room_of_the_asset_does_not_count() -> None:
    """In the old room until it is carried away, in the new one from its arrival on."""
    old = town(holding(copies=("old",)))
    new = town(holding(copies=("new",)))

    assert spans(old, *READY, *MOVED) == [("s11.copy_beside", (1010, 1020))]
    assert spans(new, *READY, *MOVED) == [("s11.copy_beside", (1030, 1060))]
    assert spans(town(holding(copies=("old", "new"))), *READY, *MOVED) == []


def test_a_copy_on_what_is_on_the_way_too_does_not_count() -> None:
    beside = town(holding(copies=("tape",)), carried("tape"))
    together = steps(*READY, *MOVED, *moved("tape", 1000))

    assert [span for key, _, span in findings(RULE, plan(beside, together)) if key == "s11.copy_beside"] == [JOURNEY]
    later = plan(beside, steps(*READY, *MOVED, *moved("tape", 2000)))
    assert [span for key, _, span in findings(RULE, later)] == [(1010, 1020)]


def test_data_without_a_declared_backup_does_not_move() -> None:
    assert keys(town(carried("db", stateful=True)), *READY, *MOVED) == ["s11.no_backup"]
    assert keys(town(carried("db")), *MOVED) == []


def test_data_on_a_machine_move_with_the_machine_that_holds_them() -> None:
    """A VM moves with the storage of its cluster; where there is none, with its host."""
    machines = carried("hv", AssetKind.HYPERVISOR), carried("san", AssetKind.STORAGE)
    db = vm("db", "hv", cluster="cl", stateful=True, backup=BACKUP)
    stored = estate(*machines, db, Cluster("cl", "cl", ("hv",), "san"), VAULT)
    local = estate(*machines, db, Cluster("cl", "cl", ("hv",)), VAULT)

    for inventory, carrier, other in ((stored, "san", "hv"), (local, "hv", "san")):
        assert keys(inventory, *moved(carrier, 1000)) == ["s11.not_backed_up"]
        assert keys(inventory, *READY, *moved(carrier, 1000)) == []
        assert keys(inventory, *moved(other, 1000)) == []


def test_what_is_not_known_is_reported() -> None:
    def said(**changes: Any) -> list[str]:
        return sentences(RULE, plan(town(holding(**changes)), steps(*READY, *MOVED)))

    assert said(restore_tested=None) == ["when the restore of db was tested is not known"]
    assert said(copies=()) == ["where a copy of the backup of db lies is not known"]
    assert said(verify=None) == ["how the backup of db is read back is not known"]


def without(kind: str) -> Callable[[tuple[Step, ...]], tuple[Step, ...]]:
    return lambda done: tuple(s for s in done if s.kind.value != kind)


@pytest.mark.parametrize(
    ("mutation", "key"),
    [
        (without("back_up"), "s11.not_backed_up"),
        (without("verify"), "s11.not_verified"),
        (
            lambda done: tuple(replace(s, end=s.end + 300) if s.kind == "back_up" else s for s in done),
            "s11.not_finished",
        ),
    ],
)
def test_a_mutation_of_a_plan_that_keeps_the_rule_is_found(
    mutation: Callable[[tuple[Step, ...]], tuple[Step, ...]], key: str
) -> None:
    done = steps(*READY, *MOVED)

    assert findings(RULE, plan(town(), done)) == []
    assert [found for found, _, _ in findings(RULE, plan(town(), mutation(done)))] == [key]


def test_a_finding_leads_from_the_carrier_to_the_data_and_to_the_facts() -> None:
    db = vm("db", "hv", stateful=True, backup=BACKUP)
    inventory = estate(carried("hv", AssetKind.HYPERVISOR), db, VAULT)
    (found,) = RULE.check(Context.of(inventory, plan(inventory, steps(*moved("hv", 1000))))).findings

    assert found.cause == ("hv", "db")
    assert found.facts == ("assets.db.backup",)


def test_the_storage_of_the_town_is_moved_by_hand_without_a_backup() -> None:
    verdict = verify(komachi.inventory(), komachi.plan())

    assert [(f.key, f.cause) for f in verdict.failures if f.rule == "S11"] == [
        ("s11.not_backed_up", ("san1",)),
    ]
