from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dependencies import (
    Edge,
    NeedsGraph,
    Origin,
    at_start,
    hard_groups,
    needs_graph,
    requirements,
    start_cycles,
)
from planner.model.asset import Asset, AssetKind, Cluster
from planner.model.chain import Method
from planner.model.inventory import Inventory, Project
from planner.model.need import AtLeast, Leaf, Need, NeedKind
from planner.model.network import Segment, Tier
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.system import Criticality, System
from planner.units.span import Span

PROJECT = Project("p", "p", as_of=date(2026, 8, 31), horizon=Span(30_000_000, 30_100_000))
ROOMS = {id: Room(id, id, RoomKind.SERVER_ROOM) for id in ("old", "new")}
H, S = NeedKind.HARD, NeedKind.START


def asset(id: str, *needs: tuple[NeedKind, str], kind: AssetKind = AssetKind.SERVER, **facts: object) -> Asset:
    typed = tuple(Need(k, Leaf(provider)) for k, provider in needs)
    return Asset(id, id, kind, Method.STAY, at=Position("old"), needs=typed, **facts)  # type: ignore[arg-type]


def estate(*subjects: Asset | System, **facts: object) -> Inventory:
    assets = {s.id: s for s in subjects if isinstance(s, Asset)}
    systems = {s.id: s for s in subjects if isinstance(s, System)}
    return replace(Inventory(PROJECT, rooms=ROOMS, assets=assets, systems=systems), **facts)  # type: ignore[arg-type]


def one_of(*ids: str) -> AtLeast:
    return AtLeast(1, tuple(Leaf(id) for id in ids), keep=1)


def test_each_edge_is_typed_and_says_where_its_fact_stands() -> None:
    vm = Asset("vm", "vm", AssetKind.VM, Method.FOLLOW, host="hv", needs=(Need(NeedKind.LIVE, one_of("ad1", "ad2")),))
    jumin = System("jumin", "jumin", Criticality.A, runs_on=Leaf("vm"), needs=(Need(NeedKind.SOFT, Leaf("ad1")),))

    graph = needs_graph(estate(asset("hv", kind=AssetKind.HYPERVISOR), asset("ad1"), asset("ad2"), vm, jumin))

    assert graph.edges == (
        Edge("vm", "ad1", NeedKind.LIVE, Origin.DECLARED, False, "assets.vm.needs[0]"),
        Edge("vm", "ad2", NeedKind.LIVE, Origin.DECLARED, False, "assets.vm.needs[0]"),
        Edge("vm", "hv", H, Origin.HOST, True, "assets.vm.host"),
        Edge("jumin", "vm", H, Origin.RUNS_ON, True, "systems.jumin.runs_on"),
        Edge("jumin", "ad1", NeedKind.SOFT, Origin.DECLARED, True, "systems.jumin.needs[0]"),
    )


def test_switch_gateway_power_and_storage_are_derived_where_the_asset_stands() -> None:
    racked = replace(asset("hv", kind=AssetKind.HYPERVISOR, segments=("a10",)), at=Position("old", "R1", 3))
    inventory = estate(
        racked,
        asset("san", kind=AssetKind.STORAGE),
        asset("sw", kind=AssetKind.SWITCH, carries=("a10",)),
        asset("other", kind=AssetKind.SWITCH, carries=("b20",)),
        asset("fw", kind=AssetKind.FIREWALL),
        asset("ups", kind=AssetKind.UPS),
        tiers={"A": Tier("A", "A")},
        segments={"a10": Segment("a10", "a10", "A", gateway=("fw",))},
        circuits={"c1": Circuit("c1", "old", 200, 30, ups="ups")},
        racks={"R1": Rack("R1", "R1", "old", feeds=("c1",))},
        clusters={"c": Cluster("c", "c", ("hv",), storage="san")},
    )

    found = {(e.provider, e.kind, e.origin, e.fact) for e in needs_graph(inventory).edges if e.dependent == "hv"}

    assert found == {
        ("san", H, Origin.STORAGE, "clusters.c.storage"),
        ("ups", H, Origin.POWER, "racks.R1.feeds"),
        ("sw", NeedKind.LIVE, Origin.SWITCH, "assets.hv.segments"),
        ("fw", NeedKind.LIVE, Origin.GATEWAY, "segments.a10.gateway"),
    }


def test_switches_and_firewalls_have_no_derived_network_needs() -> None:
    inventory = estate(
        asset("sw", kind=AssetKind.SWITCH, segments=("a10",)),
        asset("fw", kind=AssetKind.FIREWALL, segments=("a10",)),
        tiers={"A": Tier("A", "A")},
        segments={"a10": Segment("a10", "a10", "A", gateway=("fw",))},
    )

    assert requirements(at_start(inventory)) == ()


def test_a_rack_with_one_feed_past_the_ups_does_not_need_the_ups() -> None:
    box = replace(asset("box"), at=Position("old", "R1", 3))
    circuits = {"c1": Circuit("c1", "old", 200, 30, ups="ups"), "c2": Circuit("c2", "old", 200, 30)}
    racks = {"R1": Rack("R1", "R1", "old", feeds=("c1", "c2"))}

    assert needs_graph(estate(box, asset("ups", kind=AssetKind.UPS), circuits=circuits, racks=racks)).edges == ()


def test_the_neighbourhood_of_a_subject_ends_after_its_depth() -> None:
    chain = estate(*(asset(f"n{i}", *([(H, f"n{i + 1}")] if i < 5 else [])) for i in range(6)))

    near = needs_graph(chain).around(["n2"], 1)

    assert near.subjects == ("n1", "n2", "n3")
    assert [(e.dependent, e.provider) for e in near.edges] == [("n1", "n2"), ("n2", "n3")]


def test_a_focus_that_is_not_in_the_graph_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="ghost"):
        needs_graph(estate(asset("a"))).around(["ghost"], 1)


def test_an_edge_that_a_longer_way_implies_is_transitive_but_never_one_in_a_circle() -> None:
    inventory = estate(
        asset("a", (H, "b"), (H, "c")),
        asset("b", (H, "c")),
        asset("c"),
        asset("x", (H, "y")),
        asset("y", (H, "x"), (H, "c")),
    )

    assert needs_graph(inventory).transitive_edges() == {("a", "c")}


def test_koseki_and_jumin_hard_in_both_directions_are_one_group_in_the_order_of_the_file() -> None:
    koseki = System("koseki", "k", Criticality.S, needs=(Need(H, Leaf("jumin")),))
    jumin = System("jumin", "j", Criticality.S, needs=(Need(H, Leaf("koseki")),))

    (group,) = hard_groups(estate(jumin, koseki))

    assert group.members == ("jumin", "koseki")
    assert group.way == ("jumin", "koseki", "jumin")
    assert [edge.fact for edge in group.edges] == ["systems.jumin.needs[0]", "systems.koseki.needs[0]"]


def test_two_independent_circles_are_named_apart_and_each_by_a_shortest_way() -> None:
    inventory = estate(
        asset("a", (H, "b")),
        asset("b", (H, "c"), (H, "a")),
        asset("c", (H, "a")),
        asset("d", (H, "e")),
        asset("e", (H, "d")),
    )

    found = hard_groups(inventory)

    assert [group.members for group in found] == [("a", "b", "c"), ("d", "e")]
    assert [group.way for group in found] == [("a", "b", "a"), ("d", "e", "d")]


def test_a_choice_with_a_way_out_makes_no_circle() -> None:
    ad2 = Asset("ad2", "ad2", AssetKind.VM, Method.FOLLOW, host="hv")
    hv = replace(asset("hv", kind=AssetKind.HYPERVISOR), needs=(Need(S, one_of("ad1", "ad2")),))

    assert start_cycles(estate(asset("ad1"), hv, ad2)) == ()


def test_a_cluster_whose_hosts_wait_for_a_service_on_themselves_cannot_be_started() -> None:
    vcs = Asset("vcs", "vcs", AssetKind.VM, Method.FOLLOW, host="hv")
    dhcp = Asset("dhcp", "dhcp", AssetKind.VM, Method.FOLLOW, host="hv")
    hv = replace(asset("hv", kind=AssetKind.HYPERVISOR), needs=(Need(S, one_of("dhcp", "vcs")),))

    (cycle,) = start_cycles(estate(hv, vcs, dhcp))

    assert cycle.members == ("hv", "vcs", "dhcp")
    assert cycle.way == ("hv", "dhcp", "hv")
    assert [(edge.kind, edge.fact) for edge in cycle.edges] == [(S, "assets.hv.needs[0]"), (H, "assets.dhcp.host")]


def test_a_hard_group_alone_is_no_start_cycle_and_a_live_circle_is_none_at_all() -> None:
    inventory = estate(
        asset("a", (H, "b")), asset("b", (H, "a")), asset("c", (NeedKind.LIVE, "d")), asset("d", (NeedKind.LIVE, "c"))
    )

    assert start_cycles(inventory) == ()
    assert [group.members for group in hard_groups(inventory)] == [("a", "b")]


def test_a_subject_that_needs_itself_is_a_circle_of_one() -> None:
    (group,) = hard_groups(estate(asset("a", (H, "a"))))

    assert group.way == ("a", "a")


IDS = [f"s{number}" for number in range(6)]
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from([H, S])), max_size=12)


@given(PAIRS)
def test_without_the_members_of_all_circles_everything_can_be_started(pairs: list[tuple[str, str, NeedKind]]) -> None:
    inventory = estate(*(asset(id, *((k, b) for a, b, k in pairs if a == id)) for id in IDS))
    bound = {id for cycle in (*hard_groups(inventory), *start_cycles(inventory)) for id in cycle.members}

    started = set(bound)
    for _ in IDS:
        started |= {id for id in IDS if all(b in started for a, b, _ in pairs if a == id)}

    assert started == set(IDS)


@given(PAIRS)
def test_each_circle_is_closed_and_visits_no_one_twice(pairs: list[tuple[str, str, NeedKind]]) -> None:
    inventory = estate(*(asset(id, *((k, b) for a, b, k in pairs if a == id)) for id in IDS))

    for cycle in (*hard_groups(inventory), *start_cycles(inventory)):
        assert cycle.way[0] == cycle.way[-1]
        assert len(set(cycle.way[:-1])) == len(cycle.way) - 1
        assert all(edge.provider == after for edge, after in zip(cycle.edges, cycle.way[1:], strict=True))


@given(PAIRS)
def test_what_is_not_transitive_still_leads_everywhere(pairs: list[tuple[str, str, NeedKind]]) -> None:
    inventory = estate(*(asset(id, *((k, b) for a, b, k in pairs if a == id)) for id in IDS))
    graph = needs_graph(inventory)
    hidden = graph.transitive_edges()
    shown = NeedsGraph(graph.subjects, tuple(e for e in graph.edges if (e.dependent, e.provider) not in hidden))

    for id in IDS:
        assert set(graph.around([id], 9).subjects) == set(shown.around([id], 9).subjects)
