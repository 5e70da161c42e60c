"""The small print of what steps do to states, and of what is worked out once for an inventory."""

from dataclasses import replace

import pytest

from planner.model.asset import AssetKind, Cluster
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.network import Permission
from planner.safety.cause import causes, first_cause
from planner.safety.condition import Condition
from planner.safety.journey import held_in
from planner.safety.moment import Moment
from planner.safety.replay import Replay
from planner.safety.watched import Watched
from planner.safety.world import World
from tests.safety.estates import (
    asset,
    carried,
    estate,
    hard,
    link,
    live,
    moved,
    segment,
    stages,
    steps,
    system,
    vm,
    works,
)


def out(inventory: Inventory, *lines: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in Replay.of(inventory, steps(*lines)).unavailable["s"]]


def test_a_line_that_takes_over_in_no_time_serves_the_role_of_the_old_one_from_its_test_on() -> None:
    new = asset("n", AssetKind.LINE, method=Method.RELAY, stages=stages("new"), replaces="l")
    replay = Replay.of(estate(asset("l", AssetKind.LINE), new), steps("100 110 lay n", "110 120 test n"))

    assert [replay.at(minute).serves("l") for minute in (109, 119, 120)] == ["l", "l", "n"]


def test_what_has_no_check_is_up_at_the_end_of_its_start_and_not_at_that_of_its_warming_up() -> None:
    lines = (*moved("a", 60)[:4], "100 130 warm_up a", "130 140 start a")
    replay = Replay.of(estate(carried("a")), steps(*lines))

    assert [replay.at(minute).condition["a"] for minute in (129, 130, 139, 140)] == [
        "down",
        "starting",
        "starting",
        "up",
    ]


@pytest.mark.parametrize("row", [("100 110 stop a", "110 120 carry a"), ("100 110 stop a", "130 140 carry a")])
def test_what_is_taken_out_in_no_time_has_left_its_rack_at_the_end_of_its_stop(row: tuple[str, ...]) -> None:
    replay = Replay.of(estate(carried("a")), steps(*row))

    assert replay.at(109).condition["a"] is Condition.STOPPING
    assert replay.at(145).condition["a"] is Condition.UP


def test_a_need_that_ends_matters_until_its_end_also_beside_one_that_does_not_end() -> None:
    needs = (live("b", until=150), live("c"))
    inventory = estate(asset("a"), asset("b"), asset("c"), system("s", "a", needs=needs))

    assert out(inventory, "100 110 stop b") == [(100, 150)]
    later = (live("b", since=150), live("c"))
    assert out(estate(asset("a"), asset("b"), asset("c"), system("s", "a", needs=later)), "100 110 stop b") == [
        (150, 10_000)
    ]


def test_who_provides_comes_before_who_needs_it() -> None:
    world = World(estate(system("s", "a", needs=(live("b"),)), asset("a", needs=(hard("c"),)), asset("b"), asset("c")))

    assert world.rank["c"] < world.rank["a"] < world.rank["s"]
    assert world.rank["b"] < world.rank["s"]
    assert len(set(world.rank.values())) == 4


def test_a_world_knows_the_pairs_that_it_is_asked_for_and_is_the_same_where_it_knows_them_already() -> None:
    hosts = [asset(id, AssetKind.HYPERVISOR) for id in ("h1", "h2")]
    world = World(estate(*hosts, vm("v", "h1")))
    wider = world.with_pairs([("v", "h2")], [])

    assert ("v", "h2") in wider.hosts
    assert "v" in wider.users["h2"]
    assert wider.with_pairs([("v", "h2")], []) is wider
    assert world.with_pairs([], []) is world


def test_a_storage_holds_the_disks_of_the_vms_of_its_cluster_wherever_they_run() -> None:
    hosts = [asset(id, AssetKind.HYPERVISOR) for id in ("h1", "h2")]
    cluster = Cluster("c", "c", ("h1",), "san")
    guests = vm("v", "h1"), vm("w", "h2", cluster="c"), vm("x", "h2")
    moment = Replay.of(estate(*hosts, asset("san", AssetKind.STORAGE), cluster, *guests), ()).moments[0]

    assert set(held_in(moment, "san")) == {"san", "v", "w"}
    assert set(held_in(moment, "h2")) == {"h2", "w", "x"}


def test_a_segment_is_looked_at_again_when_any_heir_of_its_gateway_changes() -> None:
    heirs = [asset(id, room=None, method=Method.INSTALL, replaces=old) for id, old in (("h", "g"), ("i", "h"))]
    line = asset("l", AssetKind.LINE, ends={"old": ("r",)})
    things = (asset("g", AssetKind.FIREWALL), *heirs, line, asset("r"), link("k", ends_on={"old": ("r",)}))
    watched = Watched(World(estate(*things, segment("x", "g"), segment("y", "l"))))

    assert [watched.segments_of({id}) for id in "ghilr"] == [{"x"}, {"x"}, {"x"}, {"y"}, {"y"}]
    assert [watched.links_of({id}) for id in ("k", "r", "g")] == [{"k"}, {"k"}, set()]


@pytest.mark.parametrize("stretch", [True, False])
def test_a_gateway_in_another_room_is_reached_on_its_segment_whatever_else_leads_there(stretch: bool) -> None:
    """Judged with the other moments, and by itself; the link carries every tier."""
    member = asset("a", room="new", segments=("x",))
    things = asset("gw", AssetKind.FIREWALL), member, system("s", "a"), link("l")
    replay = Replay.of(estate(*things, segment("x", "gw", stretch=stretch)), steps("100 110 back_up a"))
    moment = replay.at(100)

    assert moment.fine("a") is stretch
    assert Moment.alone(replay.world, moment.state, moment.minute).fine("a") is stretch


def test_between_segments_there_is_a_way_while_a_gateway_of_each_side_is_up() -> None:
    """A router needs no gateway of its own, so that nothing else tells of it."""
    router = asset("r", AssetKind.ROUTER, room="new", segments=("y",))
    walls = [asset(id, AssetKind.FIREWALL) for id in ("gx", "gy")]
    inventory = estate(
        asset("a", segments=("x",)),
        router,
        *walls,
        segment("x", "gx", tier="A", stretch=True),
        segment("y", "gy", tier="B", stretch=True),
        link("k"),
        system("s", "a", needs=(live("r"),)),
        permissions=(Permission(("A", "B"), "declared"),),
    )

    restart = ("100 110 stop gy", "120 130 start gy", "130 140 check gy")
    assert out(inventory) == []
    assert out(inventory, *restart) == [(100, 140)]
    second = {"gz": asset("gz", AssetKind.FIREWALL)}
    segments = {**inventory.segments, "y": segment("y", "gy", "gz", tier="B", stretch=True)}
    assert out(replace(inventory, assets={**inventory.assets, **second}, segments=segments), *restart) == []


def test_while_a_role_is_handed_over_nobody_serves_those_who_need_it() -> None:
    heir = asset("n", room=None, method=Method.INSTALL, replaces="a", works=works(switch_over=10))
    inventory = estate(asset("a"), heir, asset("b"), system("s", "b", needs=(live("a"),)), system("t", "a"))
    lines = ("10 20 mount n", "20 30 start n", "30 40 check n", "40 50 switch_over n")
    moment = Replay.of(inventory, steps(*lines)).at(45)

    told = [(chain.why.value, chain.ids) for id in ("s", "t") for chain in causes(moment, id)]
    assert told == [("nobody", ("a", "b", "s")), ("nobody", ("a", "t"))]


def test_a_line_that_is_on_is_explained_by_what_it_ends_on_and_one_that_is_off_by_itself() -> None:
    line = asset("l", AssetKind.LINE, ends={"old": ("r1", "r2")})
    inventory = estate(line, asset("r1"), asset("r2"), asset("a"), system("s", "a", needs=(live("l"),)))

    def chains(*lines: str) -> list[tuple[str, ...]]:
        return [chain.ids for chain in causes(Replay.of(inventory, steps(*lines)).at(100), "s")]

    assert chains("50 60 stop r1 r2") == [("r1", "l", "a", "s"), ("r2", "l", "a", "s")]
    assert chains("50 60 stop r1 r2 l") == [("l", "a", "s")]
    assert chains("50 60 stop r1") == []


def test_a_system_that_is_stopped_is_its_own_cause() -> None:
    inventory = estate(asset("a"), system("t", "a"), system("s", None, needs=(live("t"),)))
    moment = Replay.of(inventory, steps("50 60 stop t")).at(100)

    assert first_cause(moment, "t").ids == ("t",)
    assert [chain.ids for chain in causes(moment, "s")] == [("t", "s")]
    assert causes(Replay.of(inventory, ()).at(100), "s") == ()


def test_one_cause_that_is_felt_by_several_needs_is_told_once_and_two_causes_are_told_both() -> None:
    """`b` is up in another room, without a way."""
    inventory = estate(
        asset("a"), asset("b", room="new"), asset("c", needs=(live("b"),)), system("s", "a & c", needs=(live("b"),))
    )
    told = [(chain.why.value, chain.ids) for chain in causes(Replay.of(inventory, ()).at(100), "s")]

    assert told == [("unreachable", ("b", "a", "s")), ("unreachable", ("b", "c", "s"))]
