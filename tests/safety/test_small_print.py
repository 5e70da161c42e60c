"""The small print of the rules on states and on preparation: borders to the minute, and what is told."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Reference, Work
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import AtLeast, Leaf
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.timetable import Blackout, Timetable
from planner.safety.batches import missed_batches
from planner.safety.fate import Element, ElementKind, Fates, lost, used_feeds
from planner.safety.journey import journeys
from planner.safety.replay import Replay
from planner.safety.rules import (
    s02_outage_budget,
    s05_shared_fate,
    s06_bridge_first,
    s07_bridge_load,
    s10_addresses,
    s11_backup,
    s12_windows_and_blackouts,
)
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import (
    announced,
    asset,
    batch,
    carried,
    estate,
    link,
    live,
    moved,
    plan,
    soft,
    steps,
    system,
    vm,
)
from tests.safety.told import keys, told

WORK = Work(Duration.fixed(60))
HOSTS = [asset(id, AssetKind.HYPERVISOR) for id in ("h1", "h2", "h3")]


def test_one_stretch_without_a_soft_need_is_told_with_what_was_missing_when_it_began() -> None:
    inventory = estate(asset("a"), asset("b"), system("s", "a", needs=(soft("b"),)))
    (found,) = told(
        s02_outage_budget.RULE, announced(inventory, steps("100 110 stop b", "140 150 start b")), "s02.degraded"
    )

    assert (found.subjects, found.span, found.values["minutes"]) == (("s", "b"), Span(100, 150), "50")


def test_several_stretches_are_added_up_and_told_with_what_was_missing_in_the_first() -> None:
    inventory = estate(asset("a"), asset("b"), asset("c"), system("s", "a", needs=(soft("b"), soft("c"))))
    lines = ("100 110 stop b", "140 150 start b", "300 310 stop c", "340 350 start c")
    (found,) = told(s02_outage_budget.RULE, announced(inventory, steps(*lines)), "s02.degraded")

    assert (found.subjects, found.span, found.values["minutes"]) == (("s", "b"), Span(100, 350), "100")


def test_a_batch_need_without_a_slot_misses_none() -> None:
    inventory = estate(asset("a"), asset("b"), system("s", "a", needs=(batch("b"),)))

    assert list(missed_batches(inventory, Replay.of(inventory, steps("100 200 stop b")))) == []


def racked(id: str, rack: str, **more: Any) -> Asset:
    return asset(id, at=Position("old", rack, 1 if id == "a" else 5), height=1, **more)


def hung(*things: Any, feeds: tuple[str, ...] = ("c1",), **more: Any) -> Inventory:
    circuits = {id: Circuit(id, "old", 200, 30.0) for id in feeds}
    racks = {id: Rack(id, id, "old", feeds=feeds) for id in ("R1", "R2")}
    return estate(*things, racks=racks, circuits=circuits, **more)


def voided(inventory: Inventory, *lines: str) -> list[tuple[str, str]]:
    found = told(s05_shared_fate.RULE, plan(inventory, steps(*lines)), "s05.void")
    return sorted({(f.values["element"], f.values["members"]) for f in found})


def test_where_all_members_are_needed_there_is_no_redundancy_to_void() -> None:
    both = AtLeast(2, (Leaf("a"), Leaf("b")), 2)

    assert voided(hung(racked("a", "R1"), racked("b", "R1"), system("s", both))) == []
    assert voided(hung(racked("a", "R1"), racked("b", "R1"), system("s", "1 of a, b"))) == [
        ("R1", "a, b"),
        ("c1", "a, b"),
    ]


def test_a_choice_in_what_a_system_runs_on_counts_beside_a_need_without_one() -> None:
    pair = system("s", "1 of a, b", needs=(live("c"),))

    assert ("R1", "a, b") in voided(hung(racked("a", "R1"), racked("b", "R1"), asset("c"), pair))


@pytest.mark.parametrize(
    ("supplies", "feeds", "used"),
    [
        (1, ("c1", "c2", "c3"), ("c1",)),
        (2, ("c1", "c2", "c3"), ("c1", "c2")),
        (3, ("c1", "c2", "c3"), ("c1", "c2")),
        (2, ("c1",), ("c1",)),
    ],
)
def test_a_device_hangs_on_the_first_feed_of_its_rack_or_on_the_first_two(
    supplies: int, feeds: tuple[str, ...], used: tuple[str, ...]
) -> None:
    inventory = hung(racked("a", "R1", supplies=supplies), feeds=feeds)

    assert used_feeds(Replay.of(inventory, ()).at(0), "a") == used


def test_what_has_left_for_the_cloud_does_not_fall_with_its_old_server() -> None:
    def falls(leaves: int | None) -> bool:
        inventory = hung(racked("a", "R1"), system("s", "a", leaves=leaves))
        moment = Replay.of(inventory, ()).moments[0]
        return lost(moment, Fates([moment]), Leaf("s"), Element(ElementKind.RACK, "R1"))

    assert falls(None)
    assert not falls(0)


def test_a_vm_migrates_between_hosts_of_one_cluster_that_may_do_so() -> None:
    def found(*clusters: Cluster) -> list[str]:
        inventory = estate(*HOSTS, vm("v", "h1"), *clusters)
        return keys(s06_bridge_first.RULE, inventory, "10 20 migrate v -> h2")

    able = Cluster("c", "c", ("h1", "h2"), live_migration=True)
    assert found(able) == []
    assert found(replace(able, live_migration=False)) == ["s06.no_live_migration"]
    assert found(replace(able, hosts=("h1", "h3"))) == ["s06.no_live_migration"]
    assert found(replace(able, hosts=("h3", "h2"))) == ["s06.no_live_migration"]
    assert found() == ["s06.no_live_migration"]


def test_what_loads_a_link_most_is_named_first_and_what_is_not_known_last() -> None:
    needs = {"a": live("p"), "b": live("p", mbps=9), "z": live("p", mbps=1)}
    users = [asset(id, needs=(need,)) for id, need in needs.items()]
    inventory = estate(*users, asset("p", room="new"), link("l", mbps=5))
    (found,) = told(s07_bridge_load.RULE, plan(inventory), "s07.overload")

    assert found.values["by"] == "b-p, z-p, a-p"


def test_a_holder_of_two_references_corrects_both() -> None:
    def missing(*lines: str) -> int:
        references = tuple(Reference("b", what, WORK) for what in ("script", "licence"))
        renumbered = asset("a", method=Method.RENUMBER, references=references)
        inventory = estate(renumbered, asset("b", needs=(live("a"),)))
        done = plan(inventory, steps("100 110 renumber a", "110 120 check a", *lines))
        return len(told(s10_addresses.RULE, done, "s10.not_updated"))

    assert missing() == 2
    assert missing("120 130 update a -> b") == 1
    assert missing("120 130 update a -> b", "130 140 update a -> b") == 0
    assert missing("80 100 update a -> b", "120 130 update a -> b") == 1


def stateful(id: str = "db", **more: Any) -> Asset:
    facts = Backup(WORK, max_age=600, restore_tested=0, copies=("vault",), verify=WORK)
    return carried(id, stateful=True, backup=facts, **more)


VAULT = Room("vault", "vault", RoomKind.VAULT)


def test_a_backup_that_begins_with_the_move_is_not_one_that_has_begun_before_it() -> None:
    inventory = estate(stateful(), VAULT)

    assert keys(s11_backup.RULE, inventory, "1010 1070 back_up db", *moved("db", 1000)) == ["s11.not_backed_up"]
    assert keys(s11_backup.RULE, inventory, "1009 1070 back_up db", *moved("db", 1000)) == ["s11.not_finished"]


def test_what_is_switched_off_during_its_backup_gives_no_whole_backup() -> None:
    inventory = estate(stateful(), VAULT)
    lines = ("800 860 back_up db", "860 920 verify db", *moved("db", 1000))

    assert keys(s11_backup.RULE, inventory, *lines) == []
    off = ("830 840 stop db", "900 910 start db", "910 920 check db")
    assert keys(s11_backup.RULE, inventory, *lines, *off) == ["s11.backed_up_while_off"]


def test_a_journey_ends_with_the_check_that_follows_at_once_and_begins_with_the_unmounting_right_before() -> None:
    def spans(*lines: str) -> list[tuple[int, int]]:
        return [(j.span.start, j.span.end) for j in journeys(Replay.of(estate(carried("a")), steps(*lines)))]

    assert spans("90 100 unmount a", "100 120 carry a", "120 130 check a") == [(90, 130)]
    assert spans("100 120 carry a") == [(100, 120)]
    assert spans("100 120 carry a", "130 140 carry a", "150 160 check a") == [(100, 120), (130, 160)]
    assert spans("80 90 unmount a", "90 95 check a", "100 120 carry a") == [(100, 120)]


def test_a_freeze_binds_the_preparation_of_what_carries_its_tag_of_what_bears_it_and_of_nothing_else() -> None:
    frozen = Blackout("lines", "freeze", extra=(Span(0, 5000),), freeze=True)
    tagged = frozenset({"lines"})

    def found(*things: Any) -> list[str]:
        inventory = estate(*things, timetable=Timetable(blackouts=(frozen,)))
        of = plan(inventory, preparation=steps("100 160 back_up a"))
        return [f.key for f in told(s12_windows_and_blackouts.RULE, of)]

    assert found(asset("a", blackouts=tagged)) == ["s12.freeze"]
    assert found(asset("a"), system("s", "a", blackouts=tagged)) == ["s12.freeze"]
    assert found(asset("a"), asset("b"), system("s", "b", blackouts=tagged)) == []
