from dataclasses import replace

from planner.model.asset import AssetKind, Cluster, Reference, Work
from planner.model.chain import Method
from planner.model.need import AtLeast, Leaf
from planner.model.network import Permission
from planner.safety.condition import Condition
from planner.safety.replay import Replay, Turn, replay_from
from planner.units.duration import Duration
from planner.units.span import Span, Spans
from tests.safety.estates import (
    asset,
    carried,
    estate,
    link,
    live,
    moved,
    segment,
    soft,
    stages,
    steps,
    system,
    tree,
    vm,
    works,
)

SWITCH, FIREWALL = AssetKind.SWITCH, AssetKind.FIREWALL


NEEDS_B = system("s", "a", needs=(live("b"),))
NEEDS_LINE = system("s", "a", needs=(live("ln"),))


def spans(*pairs: tuple[int, int]) -> Spans:
    return Spans.of(Span(a, b) for a, b in pairs)


def test_an_asset_passes_through_the_conditions_of_its_chain() -> None:
    replay = Replay.of(estate(carried("a")), steps(*moved("a", 60)))

    conditions = [replay.at(minute).condition["a"] for minute in (59, 60, 70, 80, 90, 100, 110, 120)]
    assert conditions == ["up", "stopping", "down", "moving", "down", "starting", "starting", "up"]
    rooms = [replay.at(minute).room("a") for minute in (79, 80, 89, 90)]
    assert rooms == ["old", None, None, "new"]


def test_a_step_without_length_has_its_effect_at_the_end_of_the_step_before_it() -> None:
    replay = Replay.of(estate(carried("a")), steps("60 70 stop a", "70 80 carry a"))

    assert replay.at(80).condition["a"] is Condition.UP
    assert replay.at(80).room("a") == "new"


def test_a_missing_step_that_takes_time_has_no_effect() -> None:
    replay = Replay.of(estate(carried("a", works=works(check=10))), steps(*moved("a", 60)[:-1]))

    assert replay.at(9_000).condition["a"] is Condition.STARTING


def test_a_system_is_out_from_its_stop_to_its_acceptance() -> None:
    inventory = estate(carried("a"), system("s", "a"))
    done = steps("50 60 stop s", *moved("a", 60), "120 130 start s", "130 150 accept s")

    assert Replay.of(inventory, done).unavailable["s"] == spans((50, 150))


def test_a_system_that_is_not_stopped_is_out_while_its_member_is_down() -> None:
    inventory = estate(carried("a"), system("s", "a"))

    assert Replay.of(inventory, steps(*moved("a", 60))).unavailable["s"] == spans((60, 120))


def test_what_stays_lives_on_the_switch_that_leaves_last() -> None:
    core1, core2 = carried("core1", SWITCH), carried("core2", SWITCH)
    inventory = estate(core1, core2, carried("a", segments=("x",)), segment("x"), system("s", "a"))
    one_after_the_other = steps(*moved("core2", 0), *moved("a", 100), *moved("core1", 200))

    assert Replay.of(inventory, one_after_the_other).unavailable["s"] == spans((100, 160))


def test_without_a_switch_in_their_room_all_that_stay_are_out_but_not_stopped() -> None:
    core1, core2 = carried("core1", SWITCH), carried("core2", SWITCH)
    storage = asset("san", AssetKind.STORAGE, segments=("x",))
    inventory = estate(core1, core2, storage, segment("x"), system("s", "san"))
    replay = Replay.of(inventory, steps(*moved("core1", 0), *moved("core2", 0)))

    assert replay.unavailable["s"] == spans((0, 10_000))
    assert replay.at(30).up("san")


def test_virtual_machines_that_migrate_let_their_hosts_move_without_outage() -> None:
    hosts = [carried(f"h{n}", AssetKind.HYPERVISOR) for n in (1, 2, 3)]
    san = asset("san", AssetKind.STORAGE)
    cluster = Cluster("c", "c", ("h1", "h2", "h3"), "san", live_migration=True, across=True)
    inventory = estate(*hosts, san, vm("v", "h1", cluster="c"), cluster, link("br"), system("s", "v"))
    done = steps("0 5 migrate v -> h2", *moved("h1", 5), "65 70 migrate v -> h1", *moved("h2", 70))

    replay = Replay.of(inventory, done)

    assert replay.unavailable["s"] == Spans()
    assert [replay.at(m).room("v") for m in (0, 5, 70)] == ["old", "old", "new"]


def test_a_host_apart_from_its_storage_serves_only_if_the_cluster_may_be_apart() -> None:
    hosts = carried("h1", AssetKind.HYPERVISOR)
    cluster = Cluster("c", "c", ("h1",), "san")
    inventory = estate(hosts, asset("san", AssetKind.STORAGE), cluster, link("br"), system("s", "h1"))

    assert Replay.of(inventory, steps(*moved("h1", 0))).unavailable["s"] == spans((0, 10_000))


def test_a_bridge_serves_from_the_end_of_its_test_to_the_start_of_its_close() -> None:
    inventory = estate(
        carried("a"),
        asset("b"),
        link("br", bridge=True, test=Duration.fixed(20)),
        system("s", "a", needs=(live("b"),)),  # type: ignore[index]
    )
    done = steps(*moved("a", 0), "100 120 test br", "200 210 close br")

    assert Replay.of(inventory, done).unavailable["s"] == spans((0, 120), (200, 10_000))


def test_a_link_is_down_while_nothing_that_it_ends_on_is_up_in_that_room() -> None:
    core = carried("core", SWITCH)
    inventory = estate(
        core,
        asset("a"),
        asset("b", room="new"),
        link("l", ends_on={"old": ("core",)}),
        system("s", "a", needs=(live("b"),)),
    )

    assert Replay.of(inventory, steps(*moved("core", 500))).unavailable["s"] == spans((500, 10_000))


def test_a_segment_that_may_not_be_stretched_is_not_reached_over_a_link() -> None:
    def out(*, stretch: bool) -> Spans:
        things = carried("a", segments=("x",)), asset("b", segments=("x",)), segment("x", stretch=stretch)
        inventory = estate(*things, link("l"), system("s", "a", needs=(live("b"),)))
        return Replay.of(inventory, steps(*moved("a", 0))).unavailable["s"]

    assert out(stretch=True) == spans((0, 60))
    assert out(stretch=False) == spans((0, 10_000))


def test_two_segments_reach_each_other_over_their_gateways_and_a_permitted_route() -> None:
    def out(*permissions: Permission) -> Spans:
        gateways = asset("g1", FIREWALL), asset("g2", FIREWALL, room="new")
        segments = segment("x", "g1", stretch=True), segment("y", "g2", tier="B", stretch=True)
        members = carried("a", segments=("x",)), asset("b", room="new", segments=("y",)), asset("c", segments=("x",))
        needing = system("s", "c", needs=(live("b"),))
        inventory = estate(*gateways, *segments, *members, link("l"), needing, permissions=permissions)
        return Replay.of(inventory, ()).unavailable["s"]

    assert out() == spans((0, 10_000))
    assert out(Permission(("A", "B"), "declared")) == Spans()


def test_a_gateway_that_is_down_makes_the_members_of_its_segment_unavailable() -> None:
    inventory = estate(
        carried("gw", FIREWALL),
        asset("a", segments=("x",)),
        segment("x", "gw", stretch=True),
        system("s", "a"),
        link("l"),
    )

    assert Replay.of(inventory, steps(*moved("gw", 100))).unavailable["s"] == spans((100, 160))


def test_a_role_is_served_by_the_old_until_the_switch_over_and_by_the_new_after_it() -> None:
    new = asset("b", room=None, replaces="a")
    inventory = estate(asset("a"), new, system("s", "a"))
    done = steps("0 10 mount b", "10 20 start b", "20 30 check b", "100 105 switch_over b", "200 210 stop a")

    assert Replay.of(inventory, done).unavailable["s"] == spans((100, 105))


def test_a_line_serves_while_one_of_its_ends_is_up_in_its_room() -> None:
    line = asset("ln", AssetKind.LINE, ends={"old": ("r1",), "new": ("r2",)}, dual_lay=True)
    inventory = estate(
        line, asset("r1"), asset("r2", room="new"), asset("a"), link("l"), system("s", "a", needs=(live("ln"),))
    )
    done = steps("0 30 lay ln", "100 110 switch_over ln -> new", "200 210 stop r1", "300 310 stop r2")

    assert Replay.of(inventory, done).unavailable["s"] == spans((100, 110), (300, 10_000))


def test_a_line_that_is_not_laid_twice_is_down_from_the_start_of_laying() -> None:
    line = asset("ln", AssetKind.LINE)
    inventory = estate(line, asset("a"), link("l"), NEEDS_LINE)
    done = steps("40 60 lay ln", "100 110 switch_over ln -> new")

    assert Replay.of(inventory, done).unavailable["s"] == spans((40, 110))


def test_a_switch_over_that_names_no_room_goes_to_the_lines_target_and_back() -> None:
    line = asset("ln", AssetKind.LINE, stages=stages("new"), dual_lay=True)
    inventory = estate(line, asset("a"), system("s", "a", needs=(live("ln", same_room=True),)))
    there_and_back = tuple(replace(step, to={}) for step in steps("10 20 switch_over ln", "50 60 switch_over ln"))
    replay = Replay.of(inventory, there_and_back)

    assert [replay.at(minute).room("ln") for minute in (0, 20, 60)] == ["old", "new", "old"]
    assert replay.unavailable["s"] == spans((10, 60))


def test_a_switch_over_that_takes_no_time_happens_when_the_new_end_is_tested() -> None:
    line = asset("ln", AssetKind.LINE, stages=stages("new"), dual_lay=True)
    replay = Replay.of(estate(line), steps("10 20 lay ln", "20 30 test ln"))

    assert [replay.at(minute).room("ln") for minute in (20, 29, 30)] == ["old", "old", "new"]


def test_a_new_asset_whose_switch_over_takes_no_time_serves_from_its_check_on() -> None:
    inventory = estate(asset("a"), asset("b", room=None, method=Method.INSTALL, replaces="a"), system("s", "a"))
    replay = Replay.of(inventory, steps("10 20 mount b", "20 30 start b", "30 40 check b", "50 60 stop a"))

    assert replay.unavailable["s"] == Spans()
    assert [replay.at(minute).serves("a") for minute in (39, 40)] == ["a", "b"]


def test_a_blade_lives_on_its_chassis_and_stands_where_that_stands() -> None:
    blade = asset("b", AssetKind.BLADE, room=None, method=Method.FOLLOW, chassis="c")
    inventory = estate(carried("c", AssetKind.CHASSIS), blade, system("s", "b"))
    replay = Replay.of(inventory, steps("90 100 stop b", *moved("c", 100), "160 170 start b", "170 180 check b"))

    assert replay.unavailable["s"] == spans((90, 180))
    assert [replay.at(minute).room("b") for minute in (0, 120, 130)] == ["old", None, "new"]


def test_whoever_knows_an_old_address_misses_the_asset_until_it_is_told_the_new_one() -> None:
    told = Reference("a", "script", Work(Duration.fixed(10)))
    moving = asset("n", method=Method.RENUMBER, references=(told,))
    users = asset("a", needs=(live("n"),)), asset("b", needs=(live("n"),))
    inventory = estate(moving, *users, system("s", "a"), system("t", "b"))
    replay = Replay.of(inventory, steps("10 20 renumber n", "50 60 update n -> a"))

    assert replay.unavailable == {"s": spans((10, 60)), "t": spans((10, 20))}


def test_hard_cycles_hold_while_all_their_members_are_up() -> None:
    inventory = estate(asset("a"), system("k", "a", needs=(live("j"),)), system("j", "a", needs=(live("k"),)))

    assert Replay.of(inventory, steps("50 60 stop k", "70 80 start k")).unavailable["j"] == spans((50, 80))


def test_what_only_waits_to_take_a_role_over_does_not_serve_it_in_a_branch_either() -> None:
    heir = asset("n", room=None, method=Method.INSTALL, replaces="a", works=works(switch_over=10))
    inventory = estate(asset("a"), heir, system("s", "a"))
    whole = Replay.of(inventory, steps("10 20 mount n", "20 30 start n", "30 40 check n", "60 70 stop a"))
    turns = [Turn(inventory, at, steps(f"{at + 20} {at + 30} switch_over n"), Span(at, 200)) for at in (100, 110)]

    assert [branch.unavailable["s"] for branch in whole.branches(turns)] == [spans((100, 130)), spans((110, 140))]


def test_a_soft_need_is_missed_only_if_every_member_of_the_system_misses_it() -> None:
    far = asset("b", room="new")
    inventory = estate(asset("a"), far, asset("c"), system("s", "1 of b, a", needs=(soft("c"),)))

    assert Replay.of(inventory, ()).degraded["s"] == Spans()
    assert Replay.of(inventory, steps("100 110 stop a")).degraded["s"] == spans((100, 10_000))


def test_a_soft_need_that_is_missed_degrades_and_is_no_outage() -> None:
    inventory = estate(asset("a"), asset("b"), system("s", "a", needs=(soft("b"),)))
    replay = Replay.of(inventory, steps("50 60 stop b", "60 70 start b"))

    assert replay.unavailable["s"] == Spans()
    assert replay.degraded["s"] == spans((50, 70))


def test_a_need_counts_only_while_it_is_valid() -> None:
    inventory = estate(asset("a"), asset("b"), system("s", "a", needs=(live("b", since=100, until=200),)))

    assert Replay.of(inventory, steps("50 60 stop b")).unavailable["s"] == spans((100, 200))


def test_from_its_departure_a_system_lives_on_its_cloud_needs() -> None:
    gone = system("s", "a", leaves=500, cloud_needs=(live("ln"),))
    inventory = estate(asset("a"), asset("ln", AssetKind.LINE), gone)

    assert Replay.of(inventory, steps("600 700 stop a", "800 900 stop ln")).unavailable["s"] == spans((800, 10_000))


def test_a_switch_in_another_room_does_not_count_among_those_in_the_room() -> None:
    group = AtLeast(1, (Leaf("c1"), Leaf("c2")), 1, in_room=True)
    inventory = estate(
        asset("c1"), asset("c2", room="new"), asset("a"), link("l"), system("s", "a", needs=(live(group),))
    )

    assert Replay.of(inventory, steps("50 60 stop c1")).unavailable["s"] == spans((50, 10_000))


def test_a_replay_goes_on_from_the_state_at_a_check_point() -> None:
    inventory = estate(carried("a"), system("s", "a"))
    replay = Replay.of(inventory, steps(*moved("a", 0)))
    back = steps("30 40 carry a -> old", "40 50 mount a -> old", "50 60 start a", "60 70 check a")

    turned = replay_from(inventory, replay.state_at(30), back, Span(30, 1_000))

    assert turned.at(70).room("a") == "old"
    assert turned.unavailable["s"] == spans((30, 70))


def test_a_replay_that_goes_on_knows_the_hosts_that_its_vms_have_come_to() -> None:
    hosts = asset("h1", AssetKind.HYPERVISOR), asset("h2", AssetKind.HYPERVISOR)
    inventory = estate(*hosts, vm("v", "h1"), system("s", "v"))
    replay = Replay.of(inventory, steps("0 10 migrate v -> h2"))

    on = replay_from(inventory, replay.state_at(20), steps("30 40 stop h2"), Span(20, 100))

    assert on.unavailable["s"] == spans((30, 100))


def test_a_tree_is_judged_from_where_an_asset_stands() -> None:
    inventory = estate(asset("a"), asset("b", room="new"), asset("c", room="new"))
    moment = Replay.of(inventory, ()).at(0)

    assert not moment.holds(tree("1 of b, c"), "a")
    assert moment.holds(tree("2 of b, c"), "c")
    assert moment.holds(tree("2 of b, c"))
