"""Truth of needs, availability, crossings and stop closures (planner/README.md, "Semantics")."""

import pytest

from planner.model.asset import AssetKind, Cluster
from planner.model.chain import Method
from planner.model.need import Leaf, Need, NeedKind
from planner.model.network import Link, Permission, Segment, Tier
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.scheduling.truth import Truth
from planner.scheduling.world import AssetState, LinkState, SystemState, World
from tests.scheduling.estate import box, estate, hard, leaf_tree, live, service, vm

UP, DOWN = AssetState.UP, AssetState.DOWN


def down(truth: Truth, *ids: str) -> World:
    world = truth.start()
    for id in ids:
        world.set_state(id, DOWN)
    return world


def test_a_system_is_available_while_enough_of_its_members_are_up() -> None:
    truth = Truth(estate([box("a"), box("b"), box("c")], [service("s", leaf_tree("a", "b", "c", count=2))]))
    assert truth.evaluate(down(truth, "a"), 0).available("s")
    assert truth.evaluate(down(truth, "a", "b"), 0).unavailable == {"s"}


def test_a_system_that_is_not_accepted_is_not_available() -> None:
    truth = Truth(estate([box("a")], [service("s", Leaf("a"))]))
    world = truth.start()
    world.set_state("s", SystemState.STARTED)
    assert not truth.evaluate(world, 0).available("s")
    assert truth.evaluate(world, 0).ready("s")


def test_a_failure_spreads_up_a_chain_written_in_any_order() -> None:
    assets = [box("a", needs=(hard("b"),)), box("b", needs=(live("c"),)), box("c")]
    truth = Truth(estate(assets, [service("s", Leaf("a"))]))
    evaluation = truth.evaluate(down(truth, "c"), 0)
    assert not evaluation.available("s")
    assert evaluation.why("s") == ("s", "a", "b", "c")


def test_a_cycle_holds_while_all_its_members_are_up() -> None:
    truth = Truth(estate([box("a", needs=(live("b"),)), box("b", needs=(live("a"),))]))
    assert truth.evaluate(truth.start(), 0).holds("a")
    assert not truth.evaluate(down(truth, "b"), 0).holds("a")


def test_a_cycle_fails_as_a_whole_when_one_member_loses_another_need() -> None:
    assets = [box("a", needs=(live("b"), live("c"))), box("b", needs=(live("a"),)), box("c")]
    truth = Truth(estate(assets))
    evaluation = truth.evaluate(down(truth, "c"), 0)
    assert (evaluation.holds("a"), evaluation.holds("b")) == (False, False)


def test_soft_batch_and_start_needs_do_not_decide_availability() -> None:
    needs = tuple(Need(kind, Leaf("b")) for kind in (NeedKind.SOFT, NeedKind.BATCH, NeedKind.START))
    truth = Truth(estate([box("a", needs=needs), box("b")]))
    evaluation = truth.evaluate(down(truth, "b"), 0)
    assert evaluation.holds("a")
    assert not evaluation.ready("a", frozenset({NeedKind.START}))


def test_a_need_counts_from_since_until_before_until() -> None:
    truth = Truth(estate([box("a", needs=(Need(NeedKind.LIVE, Leaf("b"), since=10, until=20),)), box("b")]))
    world = down(truth, "b")
    assert [truth.evaluate(world, at).holds("a") for at in (9, 10, 19, 20)] == [True, False, False, True]


def test_from_its_departure_on_a_system_lives_on_its_cloud_needs() -> None:
    cloud = service("s", Leaf("a"), leaves=100, cloud_needs=(live("line"),))
    truth = Truth(estate([box("a"), box("line", kind=AssetKind.LINE)], [cloud]))
    world = down(truth, "a")
    assert [truth.evaluate(world, at).available("s") for at in (99, 100)] == [False, True]
    world.set_state("line", DOWN)
    assert not truth.evaluate(world, 100).available("s")


def test_a_system_need_is_seen_from_each_member() -> None:
    assets = [box("a"), box("b", "new"), box("db")]
    truth = Truth(estate(assets, [service("s", leaf_tree("a", "b", count=1), live("db"))]))
    assert truth.evaluate(truth.start(), 0).available("s")
    assert not truth.evaluate(down(truth, "a"), 0).available("s")


class TestRoles:
    inventory = estate(
        [
            box("user", needs=(live("old-db"),)),
            box("old-db"),
            box("new-db", at=None, method=Method.INSTALL, replaces="old-db"),
        ]
    )

    def test_the_old_asset_serves_until_the_switch_over(self) -> None:
        truth = Truth(self.inventory)
        world = truth.start()
        assert truth.evaluate(world, 0).holds("user")
        assert not truth.evaluate(world, 0).holds("new-db")

    def test_nobody_serves_during_the_switch_over(self) -> None:
        truth = Truth(self.inventory)
        world = truth.start()
        world.set_server("old-db", None)
        assert not truth.evaluate(world, 0).holds("user")

    def test_the_new_asset_serves_after_it(self) -> None:
        truth = Truth(self.inventory)
        world = down(truth, "old-db")
        world.set_state("new-db", UP)
        world.put("new-db", Position("old"))
        assert not truth.evaluate(world, 0).holds("user")
        world.set_server("old-db", "new-db")
        assert truth.evaluate(world, 0).holds("user")


class TestDerivedNeeds:
    def test_a_vm_needs_its_host_and_stands_in_its_room(self) -> None:
        truth = Truth(estate([vm("v", "h"), box("h"), box("h2", "new")]))
        assert not truth.evaluate(down(truth, "h"), 0).holds("v")
        world = down(truth, "h")
        world.set_host("v", "h2")
        assert truth.evaluate(world, 0).holds("v")
        assert world.room_of(0) == truth.numbering.room["new"]

    def test_storage_must_be_in_the_room_of_the_host_unless_the_cluster_reaches_across(self) -> None:
        for across in (False, True):
            cluster = Cluster("c", "c", ("h",), "array", across=across, storage_mbps=4000)
            links = {"l": Link("l", "l", ("old", "new"))}
            assets = [box("h", kind=AssetKind.HYPERVISOR, cluster="c"), box("array", "new", kind=AssetKind.STORAGE)]
            truth = Truth(estate(assets, clusters={"c": cluster}, links=links))
            evaluation = truth.evaluate(truth.start(), 0)
            assert evaluation.holds("h") is across
            assert evaluation.load == ({"l": 4000} if across else {})

    def test_a_rack_whose_feeds_all_hang_on_upss_needs_one_of_them(self) -> None:
        circuits = {c: Circuit(c, "old", 200, 20, ups=f"u{c}") for c in ("1", "2")}
        racks = {"r": Rack("r", "r", "old", feeds=("1", "2"))}
        upss = [box(u, kind=AssetKind.UPS) for u in ("u1", "u2")]
        truth = Truth(estate([box("a", at=Position("old", "r", 1)), *upss], racks=racks, circuits=circuits))
        assert truth.evaluate(down(truth, "u1"), 0).holds("a")
        assert not truth.evaluate(down(truth, "u1", "u2"), 0).holds("a")

    def test_an_asset_needs_a_switch_of_its_segment_in_its_room_where_there_is_to_be_one(self) -> None:
        segments = {"lan": Segment("lan", "lan", "t")}
        switch = box("sw", to="new", kind=AssetKind.SWITCH)
        truth = Truth(estate([box("a", segments=("lan",)), switch], segments=segments))
        assert truth.evaluate(truth.start(), 0).holds("a")
        assert not truth.evaluate(down(truth, "sw"), 0).holds("a")
        world = truth.start()
        world.put("sw", Position("new"))
        assert not truth.evaluate(world, 0).holds("a")
        world.put("a", Position("new"))
        assert truth.evaluate(world, 0).holds("a")

    def test_an_asset_needs_one_member_of_its_segments_gateway(self) -> None:
        segments = {"lan": Segment("lan", "lan", "t", gateway=("g1", "g2"), stretch=True)}
        gateways = [box("g1", kind=AssetKind.FIREWALL), box("g2", "new", kind=AssetKind.FIREWALL)]
        links = {"l": Link("l", "l", ("old", "new"))}
        truth = Truth(estate([box("a", segments=("lan",)), *gateways], segments=segments, links=links))
        evaluation = truth.evaluate(down(truth, "g1"), 0)
        assert evaluation.holds("a")
        assert [(c.place, c.provider, c.links) for c in evaluation.crossings] == [("a", "g2", ("l",))]
        assert not truth.evaluate(down(truth, "g1", "g2"), 0).holds("a")


class TestReachability:
    def pair(self, a: tuple[str, ...], b: tuple[str, ...], **facts: object) -> Truth:
        assets = [
            box("a", segments=a, needs=(live("b", mbps=50),)),
            box("b", "new", segments=b),
            box("g", kind=AssetKind.FIREWALL),
        ]
        return Truth(estate(assets, tiers={t: Tier(t, t) for t in ("t", "u")}, **facts))

    @pytest.mark.parametrize(
        ("stretch", "client", "carried", "reached"),
        [
            (True, False, {"t"}, True),
            (False, True, {"t"}, True),
            (True, False, set(), True),
            (False, False, {"t"}, False),
            (True, False, {"u"}, False),
        ],
    )
    def test_a_shared_segment_crosses_links_of_its_tier_if_it_may_be_stretched(
        self, stretch: bool, client: bool, carried: set[str], reached: bool
    ) -> None:
        segments = {"s": Segment("s", "s", "t", stretch=stretch, client=client)}
        links = {"l": Link("l", "l", ("old", "new"), tiers=frozenset(carried))}
        truth = self.pair(("s",), ("s",), segments=segments, links=links)
        assert truth.evaluate(truth.start(), 0).holds("a") is reached

    @pytest.mark.parametrize(("permitted", "gateway_up", "reached"), [(1, 1, True), (0, 1, False), (1, 0, False)])
    def test_different_segments_cross_through_gateways_where_their_tiers_may_talk(
        self, permitted: int, gateway_up: int, reached: bool
    ) -> None:
        segments = {s: Segment(s, s, s, gateway=("g",), stretch=True) for s in ("t", "u")}
        permissions = (Permission(("u", "t"), "declared"),) * permitted
        links = {"l": Link("l", "l", ("old", "new"), tiers=frozenset({"t", "u"}))}
        truth = self.pair(("t",), ("u",), segments=segments, links=links, permissions=permissions)
        world = truth.start() if gateway_up else down(truth, "g")
        assert truth.evaluate(world, 0).holds("a") is reached

    def test_a_bridge_serves_from_its_test_to_its_closing_inside_its_dates(self) -> None:
        links = {"l": Link("l", "l", ("old", "new"), bridge=True, since=10, until=20)}
        truth = self.pair((), (), links=links)
        world = truth.start()
        assert not truth.evaluate(world, 15).holds("a")
        world.set_link("l", LinkState.TESTED)
        assert [truth.evaluate(world, at).holds("a") for at in (9, 10, 19, 20)] == [False, True, True, False]
        world.set_link("l", LinkState.CLOSED)
        assert not truth.evaluate(world, 15).holds("a")

    def test_a_link_needs_one_of_the_assets_it_ends_on_in_that_room(self) -> None:
        links = {"l": Link("l", "l", ("old", "new"), ends_on={"old": ("g",)})}
        truth = self.pair((), (), links=links)
        assert truth.evaluate(truth.start(), 0).holds("a")
        assert not truth.evaluate(down(truth, "g"), 0).holds("a")
        moved = truth.start()
        moved.put("g", Position("new"))
        assert not truth.evaluate(moved, 0).holds("a")

    def test_the_load_is_put_on_the_shortest_path_and_of_equals_on_the_first_by_id(self) -> None:
        rooms = {r: Room(r, r, RoomKind.SERVER_ROOM) for r in ("old", "mid", "new")}
        ends = {"z": ("old", "new"), "a": ("old", "mid"), "b": ("mid", "new"), "y": ("old", "new")}
        links = {id: Link(id, id, (one, other)) for id, (one, other) in ends.items()}
        truth = self.pair((), (), links=links, rooms=rooms)
        assert truth.evaluate(truth.start(), 0).load == {"y": 50}

    def test_members_in_the_room_are_taken_before_remote_ones(self) -> None:
        assets = [
            box("a", needs=(live("r1", "n1", "r2", "n2", count=3, mbps=7),)),
            *(box(r, "new") for r in ("r1", "r2")),
            *(box(n) for n in ("n1", "n2")),
        ]
        truth = Truth(estate(assets, links={"l": Link("l", "l", ("old", "new"), bridge=True)}))
        world = truth.start()
        world.set_link("l", LinkState.TESTED)
        assert [c.provider for c in truth.evaluate(world, 0).crossings] == ["r1"]
        assert truth.evaluate(world, 0).load == {"l": 7}

    def test_same_room_and_in_room_needs_fail_across_rooms(self) -> None:
        needs = (Need(NeedKind.LIVE, Leaf("b"), same_room=True),)
        in_room = (live("b", count=1, in_room=True),)
        assets = [box("a", needs=needs), box("c", needs=in_room), box("b", "new")]
        truth = Truth(estate(assets, links={"l": Link("l", "l", ("old", "new"))}))
        evaluation = truth.evaluate(truth.start(), 0)
        assert (evaluation.holds("a"), evaluation.holds("c")) == (False, False)


def test_a_line_serves_while_a_router_it_ends_on_is_up_in_its_room() -> None:
    line = box("line", kind=AssetKind.LINE, ends={"old": ("r",), "new": ()})
    truth = Truth(estate([line, box("r", kind=AssetKind.ROUTER)]))
    assert truth.evaluate(truth.start(), 0).holds("line")
    assert not truth.evaluate(down(truth, "r"), 0).holds("line")


def test_a_stale_reference_fails_the_holders_need_until_it_is_updated() -> None:
    truth = Truth(estate([box("a"), box("b")], [service("s", Leaf("a"), live("b"))]))
    world = truth.start()
    world.set_renumbering("b", ["s"])
    world.serve_again("b")
    assert not truth.evaluate(world, 0).available("s")
    world.update("b", "s")
    assert truth.evaluate(world, 0).available("s")


def test_a_group_that_keeps_fewer_members_than_it_must_is_short_though_it_still_holds() -> None:
    assets = [box("a", needs=(live("x", "y", "z", count=1, keep=2),)), box("x"), box("y"), box("z")]
    truth = Truth(estate(assets))
    evaluation = truth.evaluate(down(truth, "x", "y"), 0)
    assert evaluation.holds("a")
    assert [(g.dependent, g.present, g.keep) for g in evaluation.short_groups] == [("a", 1, 2)]
    assert truth.evaluate(down(truth, "x"), 0).short_groups == ()


class TestStopClosure:
    def test_a_system_stops_before_its_member_and_a_vm_before_its_host(self) -> None:
        truth = Truth(estate([vm("v", "h"), box("h")], [service("s", Leaf("v"))]))
        assert truth.stop_closure(truth.start(), {"h"}, 0) == ["s", "v"]

    def test_only_hard_needs_stop_anything(self) -> None:
        assets = [box("a", needs=(live("b"),)), box("c", needs=(hard("a"),)), box("b")]
        truth = Truth(estate(assets, [service("s", Leaf("c"))]))
        assert truth.stop_closure(truth.start(), {"b"}, 0) == []
        assert truth.stop_closure(truth.start(), {"a"}, 0) == ["s", "c"]

    def test_redundancy_spares_the_dependents(self) -> None:
        assets = [box("a", needs=(hard("x", "y", count=1),)), box("x"), box("y")]
        truth = Truth(estate(assets))
        assert truth.stop_closure(truth.start(), {"x"}, 0) == []
        assert truth.stop_closure(down(truth, "y"), {"x"}, 0) == ["a"]

    def test_a_hard_cycle_stops_in_the_reverse_of_the_file(self) -> None:
        assets = [box("k", needs=(hard("j"), hard("db"))), box("j", needs=(hard("k"),)), box("db")]
        truth = Truth(estate(assets, [service("s", Leaf("j"))]))
        assert truth.stop_closure(truth.start(), {"db"}, 0) == ["s", "j", "k"]

    def test_hosts_their_vms_and_the_array_stop_in_that_order(self) -> None:
        cluster = Cluster("c", "c", ("h1", "h2"), "array")
        hosts = [box(h, kind=AssetKind.HYPERVISOR, cluster="c") for h in ("h1", "h2")]
        assets = [
            box("array", kind=AssetKind.STORAGE),
            *hosts,
            vm("v1", "h1", cluster="c"),
            vm("v2", "h2", cluster="c"),
        ]
        truth = Truth(estate(assets, clusters={"c": cluster}))
        assert truth.stop_closure(truth.start(), {"array"}, 0) == ["v2", "v1", "h2", "h1"]

    def test_what_is_down_already_is_not_stopped_again(self) -> None:
        truth = Truth(estate([vm("v", "h"), box("h")]))
        assert truth.stop_closure(down(truth, "v"), {"h"}, 0) == []


def test_an_answer_is_not_changed_by_later_changes_of_the_world() -> None:
    truth = Truth(
        estate([box("a", needs=(live("b", mbps=3),)), box("b", "new")], links={"l": Link("l", "l", ("old", "new"))})
    )
    world = truth.start()
    evaluation = truth.evaluate(world, 0)
    world.put("b", Position("old"))
    assert evaluation.load == {"l": 3}
    assert truth.evaluate(world, 0).load == {}
