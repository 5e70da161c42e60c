from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dependencies import Effect, Impacts, at_end, at_start, impact
from planner.model.asset import Asset, AssetKind, Cluster
from planner.model.chain import Method
from planner.model.inventory import Inventory, Project
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind
from planner.model.network import Link, Permission, Segment, Tier
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.system import Criticality, System
from planner.units.clock import DAY, Clock
from planner.units.span import Span

TOKYO = Clock("Asia/Tokyo")
START = TOKYO.minute(date(2026, 12, 1))
PROJECT = Project("p", "p", as_of=date(2026, 8, 31), horizon=Span(START, START + 90 * DAY))
ROOMS = {id: Room(id, id, RoomKind.SERVER_ROOM) for id in ("old", "new", "floor")}


def asset(id: str, kind: AssetKind = AssetKind.SERVER, room: str = "old", **facts: object) -> Asset:
    return Asset(id, id, kind, Method.STAY, at=Position(room), **facts)  # type: ignore[arg-type]


def guest(id: str, host: str, **facts: object) -> Asset:
    return Asset(id, id, AssetKind.VM, Method.FOLLOW, host=host, **facts)  # type: ignore[arg-type]


def system(id: str, runs_on: str | object = None, *needs: Need) -> System:
    tree = Leaf(runs_on) if isinstance(runs_on, str) else runs_on
    return System(id, id, Criticality.A, runs_on=tree, needs=needs)  # type: ignore[arg-type]


def need(kind: NeedKind, *ids: str) -> Need:
    return Need(kind, Leaf(ids[0]) if len(ids) == 1 else AllOf(tuple(Leaf(id) for id in ids)))


def one_of(*ids: str, in_room: bool = False) -> AtLeast:
    return AtLeast(1, tuple(Leaf(id) for id in ids), keep=1, in_room=in_room)


def estate(*subjects: Asset | System, **facts: object) -> Inventory:
    assets = {s.id: s for s in subjects if isinstance(s, Asset)}
    systems = {s.id: s for s in subjects if isinstance(s, System)}
    return replace(Inventory(PROJECT, rooms=ROOMS, assets=assets, systems=systems), **facts)  # type: ignore[arg-type]


def test_a_host_takes_its_guests_and_their_systems_with_it_and_the_chain_is_named() -> None:
    inventory = estate(asset("hv", AssetKind.HYPERVISOR), guest("vm", "hv"), system("jumin", "vm"))

    found = impact(at_start(inventory), ["hv"])

    assert found.stopped == (Effect("vm", ("hv", "vm")), Effect("jumin", ("hv", "vm", "jumin")))
    assert found.unavailable == ()


def test_storage_takes_the_hypervisors_of_its_cluster_with_it() -> None:
    hosts = [asset(id, AssetKind.HYPERVISOR) for id in ("hv1", "hv2")]
    inventory = estate(
        asset("san", AssetKind.STORAGE),
        *hosts,
        guest("vm", "hv2"),
        clusters={"c": Cluster("c", "c", ("hv1", "hv2"), storage="san")},
    )

    assert impact(at_start(inventory), ["san"]).dead == ("hv1", "hv2", "vm")


def test_one_member_of_a_redundant_pair_kills_nothing_and_both_kill_the_system() -> None:
    inventory = estate(asset("ap1"), asset("ap2"), system("jumin", one_of("ap1", "ap2")))

    assert impact(at_start(inventory), ["ap1"]).dead == ()
    assert impact(at_start(inventory), ["ap1", "ap2"]).dead == ("jumin",)


def test_both_core_switches_make_their_dependents_unavailable_but_stop_nothing() -> None:
    cores = [asset(id, AssetKind.SWITCH, carries=("a10",)) for id in ("core1", "core2")]
    hv = asset("hv", AssetKind.HYPERVISOR, segments=("a10",))
    inventory = estate(
        *cores,
        hv,
        guest("vm", "hv"),
        system("jumin", "vm"),
        tiers={"A": Tier("A", "A")},
        segments={"a10": Segment("a10", "a10", "A")},
    )

    found = impact(at_start(inventory), ["core1", "core2"])

    assert found.stopped == ()
    assert found.unavailable == (
        Effect("hv", ("core1", "hv")),
        Effect("vm", ("core1", "hv", "vm")),
        Effect("jumin", ("core1", "hv", "vm", "jumin")),
    )
    assert impact(at_start(inventory), ["core1"]).dead == ()


def test_a_soft_need_degrades_and_a_start_need_hinders() -> None:
    inventory = estate(
        asset("rpa"), asset("a", needs=(need(NeedKind.SOFT, "rpa"),)), asset("b", needs=(need(NeedKind.START, "rpa"),))
    )

    found = impact(at_start(inventory), ["rpa"])

    assert found.dead == ()
    assert found.degraded == (Effect("a", ("rpa", "a")),)
    assert found.hindered == (Effect("b", ("rpa", "b")),)


def test_the_last_ups_of_a_rack_takes_what_stands_in_it() -> None:
    circuits = {id: Circuit(id, "old", 200, 30, ups=f"ups-{id}") for id in ("c1", "c2")}
    ups = [asset(f"ups-{id}", AssetKind.UPS) for id in circuits]
    box = replace(asset("box"), at=Position("old", "R1", 10))
    inventory = estate(*ups, box, circuits=circuits, racks={"R1": Rack("R1", "R1", "old", feeds=("c1", "c2"))})

    assert impact(at_start(inventory), ["ups-c1"]).dead == ()
    assert impact(at_start(inventory), ["ups-c1", "ups-c2"]).dead == ("box",)


def test_a_system_is_not_available_where_its_member_does_not_get_what_the_system_needs() -> None:
    inventory = estate(asset("ap"), asset("db"), system("jumin", "ap", need(NeedKind.HARD, "db")))

    assert impact(at_start(inventory), ["db"]).stopped == (Effect("jumin", ("db", "jumin")),)


def floor_estate(**facts: object) -> Inventory:
    uplink = Link("up", "up", ("old", "floor"), tiers=frozenset({"B"}), ends_on={"old": ("core1", "core2")})
    return estate(
        asset("core1", AssetKind.SWITCH),
        asset("core2", AssetKind.SWITCH),
        asset("fw", AssetKind.FIREWALL),
        asset("ap", segments=("srv",)),
        asset("pc", AssetKind.TERMINALS, room="floor", segments=("desk",)),
        system("gw", "ap"),
        system("desk-shimin", "pc", need(NeedKind.LIVE, "gw")),
        tiers={"B": Tier("B", "B")},
        segments={
            "srv": Segment("srv", "srv", "B", gateway=("fw",)),
            "desk": Segment("desk", "desk", "B", client=True),
        },
        links={"up": uplink},
        **facts,
    )


def test_terminals_on_a_floor_lose_the_systems_when_their_uplink_has_no_end_that_is_up() -> None:
    found = impact(at_start(floor_estate()), ["core1", "core2"])

    assert "desk-shimin" in found.dead
    assert impact(at_start(floor_estate()), ["core2"]).dead == ()


def test_a_route_between_segments_needs_the_gateway() -> None:
    found = impact(at_start(floor_estate()), ["fw"])

    assert found.stopped == ()
    assert set(found.dead) == {"ap", "gw", "desk-shimin"}


def test_tiers_meet_only_where_a_permission_joins_them() -> None:
    base = floor_estate()
    desk = Segment("desk", "desk", "A", client=True)
    apart = replace(base, tiers={**base.tiers, "A": Tier("A", "A")}, segments={**base.segments, "desk": desk})
    joined = replace(apart, permissions=(Permission(("A", "B"), "特定通信"),))

    assert "desk-shimin" not in impact(at_start(apart), ["ap"]).dead  # it did not work before either
    assert "desk-shimin" in impact(at_start(joined), ["ap"]).dead


def test_a_line_dies_with_the_routers_on_which_it_ends() -> None:
    line = asset("lgwan", AssetKind.LINE, ends={"old": ("rt1",)})
    inventory = estate(asset("rt1", AssetKind.ROUTER), line, system("koseki", None, need(NeedKind.LIVE, "lgwan")))

    assert impact(at_start(inventory), ["rt1"]).unavailable == (
        Effect("lgwan", ("rt1", "lgwan")),
        Effect("koseki", ("rt1", "lgwan", "koseki")),
    )


def test_a_need_that_is_not_yet_valid_does_not_count_at_the_start_but_at_the_end() -> None:
    later = replace(need(NeedKind.HARD, "db"), since=START + DAY)
    inventory = estate(asset("db"), asset("ap", needs=(later,)))

    assert impact(at_start(inventory), ["db"]).dead == ()
    assert impact(at_end(inventory), ["db"]).dead == ("ap",)


def test_a_system_that_has_left_for_the_cloud_no_longer_dies_with_its_old_box() -> None:
    leaving = replace(system("zei", "box"), leaves=START + DAY)
    inventory = estate(asset("box"), leaving)

    assert impact(at_start(inventory), ["box"]).dead == ("zei",)
    assert impact(at_end(inventory), ["box"]).dead == ()


def test_after_the_switch_over_the_new_one_serves_the_role() -> None:
    new = Asset("pbx2", "pbx2", AssetKind.APPLIANCE, Method.INSTALL, replaces="pbx")
    new = replace(new, stages=())
    old = replace(asset("pbx"), method=Method.RETIRE)
    inventory = estate(old, replace(new, at=Position("old")), system("tel", "pbx"))

    assert impact(at_start(inventory), ["pbx"]).dead == ("tel",)
    assert impact(at_end(inventory), ["pbx2"]).dead == ("tel",)


def test_a_subject_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="ghost"):
        impact(at_start(estate(asset("a"))), ["ghost"])


def test_a_circle_of_hard_needs_holds_while_all_of_it_is_up_and_falls_as_one() -> None:
    inventory = estate(
        asset("a"),
        asset("b"),
        system("koseki", "a", need(NeedKind.HARD, "jumin")),
        system("jumin", "b", need(NeedKind.HARD, "koseki")),
    )

    assert impact(at_start(inventory), []).dead == ()
    assert set(impact(at_start(inventory), ["a"]).dead) == {"koseki", "jumin"}


IDS = [f"s{number}" for number in range(7)]


@st.composite
def estates(draw: st.DrawFn) -> Inventory:
    kinds = st.sampled_from([NeedKind.HARD, NeedKind.LIVE, NeedKind.SOFT])
    found = []
    for id in IDS:
        chosen = draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True))
        needs = tuple(
            Need(draw(kinds), AtLeast(draw(st.integers(1, len(chosen))), tuple(map(Leaf, chosen)), keep=len(chosen)))
            for _ in range(draw(st.integers(0, 2)) if chosen else 0)
        )
        found.append(asset(id, needs=needs))
    return estate(*found)


@given(estates(), st.sets(st.sampled_from(IDS)), st.sampled_from(IDS))
def test_more_that_is_off_never_lets_anything_live_again(inventory: Inventory, off: set[str], more: str) -> None:
    impacts = Impacts(at_start(inventory))

    assert {*impacts.of(sorted(off)).dead, *off} <= {*impacts.of(sorted({*off, more})).dead, *off, more}


@given(estates(), st.sampled_from(IDS))
def test_every_chain_leads_from_what_is_off_along_needs_to_what_suffers(inventory: Inventory, off: str) -> None:
    found = impact(at_start(inventory), [off])
    named = {id: {leaf.id for n in a.needs for leaf in n.tree.parts} for id, a in inventory.assets.items()}  # type: ignore[union-attr]

    for effect in (*found.stopped, *found.unavailable, *found.degraded):
        assert (effect.chain[0], effect.chain[-1]) == (off, effect.subject)
        assert all(provider in named[dependent] for provider, dependent in pairwise(effect.chain))
