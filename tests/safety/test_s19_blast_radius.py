"""S19: what one wave may touch, and what must not move with it."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Work
from planner.model.inventory import Inventory
from planner.model.policy import Policy
from planner.model.system import Criticality, System
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.rules.s19_blast_radius import RULE
from planner.safety.verify import verify
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, findings, live, moved, plan, sentences, steps, system, vm

BACKUP = Backup(Work(Duration.fixed(60)), max_age=1440)


def vital(id: str, runs_on: str | None = None, **more: Any) -> System:
    return replace(system(id, runs_on, **more), criticality=Criticality.S)


def keys(of: Plan) -> list[tuple[str, tuple[str, ...]]]:
    return [(key, subjects) for key, subjects, _ in findings(RULE, of)]


def unknown(of: Plan) -> set[tuple[str, tuple[str, ...]]]:
    found = verify(of.inventory, of).findings
    return {(f.key, f.subjects) for f in found if f.rule == "S19" and f.unknown}


def three(cap: int | None) -> Inventory:
    """Three critical systems, one of them on a switch of another one, and one that is not critical."""
    return estate(
        *(carried(id) for id in "abcd"),
        vital("s", "a"),
        vital("t", "b"),
        vital("u", needs=(live("b"),)),
        system("v", "c"),
        policy=Policy(critical_per_wave=cap),
    )


def test_one_wave_touches_at_most_as_many_critical_systems_as_the_policy_allows() -> None:
    both = steps(*moved("a", 100), *moved("b", 200), *moved("c", 300), *moved("d", 400))

    assert keys(plan(three(3), both)) == []
    assert keys(plan(three(2), both)) == [("s19.too_many", ("s", "t", "u"))]
    assert keys(plan(three(0), steps(*moved("c", 300)))) == []


def test_a_system_is_touched_that_is_only_out_in_the_wave() -> None:
    assert keys(plan(three(1), steps(*moved("b", 100)))) == [("s19.too_many", ("t", "u"))]


def waves(inventory: Inventory, *rows: tuple[Step, ...]) -> Plan:
    """A wave for each row of steps."""
    made = plan(inventory)
    numbered = (replace(s, id=f"w{n}-{s.id}") for n, row in enumerate(rows) for s in row)
    every = {step.id: step for step in numbered}
    parts = [
        Wave(f"w{n}", "any", Span(row[0].start, row[-1].end), (), tuple(s for s in every.values() if s.id[1] == str(n)))
        for n, row in enumerate(rows)
    ]
    return replace(made, waves=tuple(parts))


def test_each_wave_counts_by_itself() -> None:
    parted = waves(three(2), steps(*moved("a", 100)), steps(*moved("b", 1000)))

    assert keys(parted) == []
    assert keys(waves(three(1), steps(*moved("a", 100)), steps(*moved("b", 1000)))) == [("s19.too_many", ("t", "u"))]


def test_without_a_cap_the_number_is_reported_and_not_taken_as_allowed() -> None:
    touched, untouched = plan(three(None), steps(*moved("a", 100))), plan(three(None), steps(*moved("c", 100)))

    assert ("s19.cap_unknown", ("tiny",)) in unknown(touched)
    assert ("s19.cap_unknown", ("tiny",)) not in unknown(untouched)


def kept(*copies: str, room: str = "old") -> Inventory:
    """A database, its backup server, and where else copies lie."""
    more: list[Asset] = [carried("tape")] if "tape" in copies else []
    return estate(
        carried("db", stateful=True, backup=replace(BACKUP, copies=copies)),
        carried("bk", backs_up=("db",)),
        *more,
        asset("mon", watches=("nowhere",)),
        rooms=("old", "new", "vault"),
    )


def test_a_backup_server_does_not_move_with_the_only_other_copy() -> None:
    together = steps(*moved("db", 100), *moved("bk", 120))
    apart = steps(*moved("db", 100), *moved("bk", 160))

    assert findings(RULE, plan(kept(), together)) == [("s19.with_original", ("bk", "db"), (120, 180))]
    assert keys(plan(kept(), apart)) == []
    assert keys(plan(kept("vault"), together)) == []


def test_a_copy_that_moves_too_is_none_that_stands_still() -> None:
    lines = (*moved("db", 100), *moved("bk", 120))

    assert keys(plan(kept("tape"), steps(*lines))) == []
    assert keys(plan(kept("tape"), steps(*lines, *moved("tape", 130)))) == [("s19.with_original", ("bk", "db", "tape"))]


def test_what_a_vm_holds_moves_with_its_storage() -> None:
    inventory = estate(
        carried("h", AssetKind.HYPERVISOR),
        carried("st", AssetKind.STORAGE),
        Cluster("cl", "cl", ("h",), "st"),
        vm("db", "h", cluster="cl", backup=BACKUP),
        carried("bk", backs_up=("db",)),
    )

    assert keys(plan(inventory, steps(*moved("st", 100), *moved("bk", 120)))) == [("s19.with_original", ("bk", "db"))]
    assert keys(plan(inventory, steps(*moved("h", 100), *moved("bk", 120)))) == []


def watched(*watches: str, second: tuple[str, ...] = ()) -> Inventory:
    others = [carried("m2", watches=second)] if second else []
    return estate(carried("mon", watches=watches), *others, carried("a"), asset("b", room="new"))


BOTH = steps(*moved("mon", 100), *moved("a", 1000))


def test_the_monitoring_that_watches_a_wave_does_not_move_in_it() -> None:
    assert findings(RULE, plan(watched("old", "new"), BOTH)) == [("s19.watcher_moves", ("mon",), (100, 160))]
    assert keys(plan(watched("a"), BOTH)) == [("s19.watcher_moves", ("mon",))]
    assert keys(plan(watched("b"), BOTH)) == []
    assert keys(plan(watched("old"), steps(*moved("mon", 100)))) == []
    assert keys(waves(watched("old"), steps(*moved("mon", 100)), steps(*moved("a", 1000)))) == []


def test_another_one_may_watch_while_the_monitoring_moves_unless_it_moves_too() -> None:
    second = watched("old", second=("old",))

    assert keys(plan(second, BOTH)) == []
    assert keys(plan(second, (*BOTH, *steps(*moved("m2", 2000))))) == [
        ("s19.watcher_moves", ("mon",)),
        ("s19.watcher_moves", ("m2",)),
    ]


def test_who_watches_and_who_keeps_the_backups_has_to_be_known() -> None:
    inventory = estate(carried("db", backup=BACKUP), carried("bk"))

    assert unknown(plan(inventory, steps(*moved("db", 100)))) == {
        ("s19.watcher_unknown", ("tiny",)),
        ("s19.keeper_unknown", ("db",)),
    }
    assert unknown(plan(inventory)) == set()


def test_who_watches_has_to_be_known_as_soon_as_one_wave_of_several_moves_anything() -> None:
    inventory = estate(carried("a"), asset("b"))
    restarted = steps("2000 2010 stop b", "2010 2020 start b", "2020 2030 check b")

    assert unknown(waves(inventory, steps(*moved("a", 100)), restarted)) == {("s19.watcher_unknown", ("tiny",))}
    assert unknown(waves(inventory, restarted)) == set()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "bk moves together with db (w1), and no other copy of its data stands still"),
        ("ja", "bk が db と同時に動くため (w1)、その間は動かない所に複製がありません"),
    ],
)
def test_the_finding_says_what_moves_with_what(lang: str, said: str) -> None:
    together = steps(*moved("db", 100), *moved("bk", 120))

    assert sentences(RULE, plan(kept(), together), lang) == [said]
