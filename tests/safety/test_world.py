"""What is worked out once of an inventory: who is concerned by a change of something, and who may suffer from it."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import AssetKind, Cluster, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.place import Circuit, Position, Rack
from planner.safety.replay import Replay, Turn
from planner.safety.world import Want, World
from planner.units.span import Span, Spans
from tests.safety.estates import asset, batch, estate, hard, live, segment, soft, start, steps, system, vm


def office() -> Inventory:
    """One of everything from which a need can come."""
    racks = {
        "R1": Rack("R1", "R1", "old", feeds=("f1", "f2")),
        "R2": Rack("R2", "R2", "old", feeds=("f1", "f3")),
        "R3": Rack("R3", "R3", "new", feeds=()),
    }
    ups = {"f1": "u1", "f2": "u2", "f3": None}
    things: tuple[Any, ...] = (
        asset("u1", AssetKind.UPS, at=Position("old", "R1", 1)),
        asset("u2", AssetKind.UPS),
        asset("ch", AssetKind.CHASSIS),
        asset("bl", room=None, method=Method.FOLLOW, chassis="ch"),
        asset("san", AssetKind.STORAGE),
        asset("h1", AssetKind.HYPERVISOR),
        asset("h2", AssetKind.HYPERVISOR),
        vm("v", "h1", cluster="c", segments=("x",)),
        Cluster("c", "c", ("h1", "h2"), storage="san", storage_mbps=7),
        asset("a", at=Position("old", "R1", 5), stages=(Stage(Position("old", "R2", 1)),), needs=(start("dh"),)),
        asset("n", room=None, method=Method.INSTALL, replaces="a"),
        asset("dh", segments=("x", "y")),
        asset("sw", AssetKind.SWITCH, carries=("x",), stages=(Stage(Position("new")),)),
        asset("sx", AssetKind.SWITCH, room="new"),
        asset("g", AssetKind.FIREWALL, segments=("x",)),
        segment("x", "g"),
        segment("y"),
        asset("l", AssetKind.LINE, ends={"old": ("r", "r"), "new": ("r", "q")}),
        asset("r", AssetKind.ROUTER),
        asset("q", AssetKind.ROUTER),
        system("s", "a & v", needs=(live("l"), soft("q"), batch("dh", slot="night")), cloud_needs=(hard("t"),)),
        system("t", None, needs=(live("n", until=9),), leaves=5),
        system("w", "r", leaves=5),
    )
    circuits = {id: Circuit(id, "old", 200, 10.0, ups=ups[id]) for id in ups}
    return estate(*things, racks=racks, circuits=circuits)


def listed(table: Any) -> dict[str, str]:
    return {id: " ".join(sorted(found)) for id, found in table.items() if found}


@pytest.fixture
def world() -> World:
    return World(office())


ALWAYS = {
    "ch": "bl",
    "h1": "v",
    "h2": "v",
    "san": "h1 h2",
    "u1": "a",
    "u2": "a",
    "sw": "dh v",
    "sx": "dh v",
    "g": "dh v",
    "l": "s",
    "r": "l w",
    "a": "s",
    "v": "s",
    "n": "s t",
    "t": "s",
}
"""Who uses what, leaving out what nobody is out without."""


def test_whoever_needs_something_in_any_way_is_concerned_by_it(world: World) -> None:
    assert listed(world.users) == {**ALWAYS, "dh": "a s", "q": "l s"}


def test_whoever_needs_something_hard_or_live_may_suffer_without_it(world: World) -> None:
    assert listed(world.suffering) == {**ALWAYS, "q": "l"}


def test_a_system_suffers_with_all_that_is_below_it(world: World) -> None:
    assert {id: sorted(world.affected.of(id)) for id in ("san", "g", "r", "u1", "u2", "dh", "s", "t")} == {
        "san": ["s"],
        "g": ["s"],
        "r": ["s", "w"],
        "u1": ["s", "t", "w"],
        "u2": ["s", "t", "w"],
        "dh": [],
        "s": ["s"],
        "t": ["s", "t"],
    }


def test_pairs_are_those_of_clusters_and_of_places_now_and_later(world: World) -> None:
    assert world.hosts == {("v", "h1"), ("v", "h2")}
    assert world.racks == {("u1", "R1"), ("a", "R1"), ("a", "R2")}


def test_a_vm_may_come_to_the_hosts_of_its_cluster_and_of_that_of_its_host() -> None:
    hosts = [asset(id, AssetKind.HYPERVISOR) for id in ("h1", "h2", "h3")]
    clusters = Cluster("c", "c", ("h1", "h2")), Cluster("d", "d", ("h3",))
    vms = vm("outside", "h3", cluster="c"), vm("of_its_host", "h1"), vm("alone", "h4")

    assert World(estate(*hosts, *clusters, *vms)).hosts == {
        *(("outside", host) for host in ("h1", "h2", "h3")),
        *(("of_its_host", host) for host in ("h1", "h2")),
    }


@pytest.mark.parametrize("order", ["abc", "cba", "acb"])
def test_whoever_uses_an_asset_is_concerned_by_all_that_come_to_replace_it_in_whatever_order_they_stand(
    order: str,
) -> None:
    heirs = [asset(id, room=None, method=Method.INSTALL, replaces=old) for id, old in (("b", "a"), ("c", "b"))]
    boxes = {each.id: each for each in (asset("a"), *heirs)}
    inventory = estate(*(boxes[id] for id in order), system("s", "a"))

    assert listed(World(inventory).users) == {"a": "s", "b": "s", "c": "s"}
    taken_over = steps("10 20 mount b c", "20 30 start b c", "30 40 check b c", "40 50 switch_over b c")
    turning = Turn(inventory, 100, steps("110 120 stop c"), Span(100, 200))
    (branch,) = Replay.of(inventory, taken_over).branches([turning])
    assert branch.unavailable["s"] == Spans((Span(110, 200),))


def test_only_needs_with_a_date_and_departures_make_a_subject_change_by_itself(world: World) -> None:
    assert world.timed == {"t", "w"}


def told(want: Want) -> tuple[str, str, str, str, bool]:
    """Kind, leaves, origin and fact of a want, and whether it counts members of the room alone."""
    tree = want.need.tree
    return want.need.kind.value, " ".join(leaves(tree)), want.source.value, want.fact, getattr(tree, "in_room", False)


def test_power_is_wanted_in_racks_all_of_whose_feeds_hang_on_upss(world: World) -> None:
    assert {id: told(want) for id, want in world.power.items()} == {
        "R1": ("hard", "u1 u2", "power", "racks.R1.feeds", True)
    }


def test_hosts_want_the_storage_of_their_cluster_in_their_room(world: World) -> None:
    wanted = ("hard", "san", "storage", "clusters.c.storage", False)

    assert {id: told(want) for id, want in world.storage.items()} == {"h1": wanted, "h2": wanted}
    assert [(want.need.mbps, want.need.same_room) for want in world.storage.values()] == [(7, True), (7, True)]


def test_members_of_a_segment_want_a_switch_where_one_ever_stands_and_its_gateway(world: World) -> None:
    switch = {id: ("live", names, "switch", f"segments.{id}", True) for id, names in (("x", "sw sx"), ("y", "sx"))}
    gateway = ("live", "g", "gateway", "segments.x.gateway", False)

    def wants(segment: str, room: str) -> list[tuple[str, str, str, str, bool]]:
        return [told(want) for want in world.network_wants(segment, room)]

    assert wants("x", "old") == wants("x", "new") == [switch["x"], gateway]
    assert wants("y", "old") == []
    assert wants("y", "new") == [switch["y"]]


def test_switches_firewalls_and_what_is_in_no_segment_want_no_network(world: World) -> None:
    assets = world.inventory.assets.values()

    assert {asset.id for asset in assets if world.has_derived_network(asset)} == {"v", "dh"}


def test_a_want_holds_from_its_first_minute_to_before_its_last(world: World) -> None:
    want = replace(world.gateways["x"], need=live("g", since=5, until=9))

    assert [minute for minute in range(12) if want.active(minute)] == [5, 6, 7, 8]
    assert world.gateways["x"].active(0)


def test_the_last_worlds_are_used_again_for_the_same_inventory_and_no_other() -> None:
    inventory = office()
    world = World.of(inventory, [("v", "h3")], [])

    assert World.of(inventory, [("v", "h3")], []) is world
    assert World.of(inventory, [], []) is world
    assert World.of(inventory, [("v", "h4")], []) is not world
    assert World.of(office(), [], []) is not world
