"""Fine points of trees, ways, stops and starts: what a sentence says of the rare case, too."""

from dataclasses import replace
from typing import Any

from planner.model.asset import AssetKind, Cluster, Demand, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf
from planner.model.people import Person, Team
from planner.model.place import Room, RoomKind
from planner.model.policy import Policy, Waiver
from planner.model.system import Criticality
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.rota import Rota
from planner.safety.rule import Rule
from planner.safety.rules import (
    s01_continuous_availability,
    s02_outage_budget,
    s03_clean_stop_and_start,
    s05_shared_fate,
    s07_bridge_load,
    s19_blast_radius,
    s20_acceptance,
    s23_every_stop_point_survives,
)
from planner.safety.timetable import Almanac
from planner.safety.verify import start_state
from planner.safety.waiver import waived
from planner.safety.watch import seen
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import (
    announced,
    asset,
    carried,
    estate,
    hard,
    link,
    live,
    moved,
    plan,
    segment,
    stages,
    steps,
    system,
    vm,
    works,
)


def found(rule: Rule, of: Plan, key: str) -> list[Finding]:
    return [f for f in rule.check(Context.of(of.inventory, of)).findings if f.key == key]


def in_waves(inventory: Inventory, *rows: tuple[Step, ...]) -> Plan:
    waves = tuple(
        Wave(f"w{n}", "any", Span(0, 10_000), (), tuple(replace(s, id=f"{n}{s.id}") for s in row))
        for n, row in enumerate(rows, 1)
    )
    return replace(plan(inventory), waves=waves)


def nested() -> tuple[Any, ...]:
    """`x` needs `a`, and in its room `b` or `c` with `d`; `b` stands in the new room, the others in the old one."""
    tree = AllOf((Leaf("a"), AtLeast(1, (Leaf("b"), AllOf((Leaf("c"), Leaf("d")))), 1, in_room=True)))
    return tree, asset("a"), asset("b", room="new"), asset("c"), asset("d")


def test_what_fails_of_a_hard_tree_is_named_leaf_by_leaf_with_all_that_does_not_hold() -> None:
    def told(*lines: str) -> list[tuple[str, tuple[str, ...], Span | None]]:
        tree, *others = nested()
        inventory = estate(*others, asset("x", needs=(hard(tree),)), link("l"))
        findings = s03_clean_stop_and_start.RULE.check(Context.of(inventory, plan(inventory, steps(*lines)))).findings
        return [(f.key, f.subjects, f.span) for f in findings]

    assert told() == []
    assert told("10 20 stop b") == []
    assert told("10 20 stop c") == [("s03.not_stopped", ("x", "b", "c"), Span(10, 10_000))]
    assert told("10 20 stop a") == [("s03.not_stopped", ("x", "a", "b"), Span(10, 10_000))]


def test_what_a_check_misses_is_named_leaf_by_leaf_with_all_that_does_not_hold() -> None:
    def told(*lines: str) -> list[tuple[tuple[str, ...], Span | None]]:
        tree, *others = nested()
        inventory = estate(*others, asset("x", needs=(live(tree),)), link("l"))
        of = plan(inventory, steps("100 110 stop x", "110 120 start x", "120 130 check x", *lines))
        return [(f.subjects, f.span) for f in found(s20_acceptance.RULE, of, "s20.check_need")]

    assert told() == []
    assert told("10 20 stop b") == []
    assert told("125 127 stop c") == [(("x", "b", "c"), Span(125, 130))]
    assert told("10 20 stop a") == [(("x", "a", "b"), Span(120, 130))]


def test_what_an_acceptance_misses_is_what_its_members_miss() -> None:
    """`s` runs on one of `a` and `b`; both live on `c`, and the system itself needs `d`."""
    members = [asset(id, needs=(live("c"),)) for id in "ab"]
    of = estate(*members, asset("c"), asset("d"), system("s", "1 of a, b", needs=(live("d"),)))

    def told(*lines: str) -> list[tuple[str, ...]]:
        done = steps("100 110 stop s", "110 120 start s", "120 130 accept s", *lines)
        return [f.subjects for f in found(s20_acceptance.RULE, plan(of, done), "s20.acceptance_need")]

    assert told() == told("10 20 stop a") == []
    assert told("10 20 stop a", "10 20 stop b") == [("s", "a", "b")]
    assert told("10 20 stop c") == [("s", "a", "b")]
    assert told("10 20 stop d") == [("s", "d")]


def test_what_was_not_so_in_the_very_first_minute_is_not_pre_existing_for_a_stop() -> None:
    room = Room("old", "old", RoomKind.SERVER_ROOM, closes=1)
    inventory = estate(carried("a"), carried("b"), room, policy=Policy(stop_point_days=1))
    of = in_waves(inventory, steps(*moved("a", 100)), steps(*moved("b", 500)))

    states = found(s23_every_stop_point_survives.RULE, of, "s23.state")
    assert [(f.values["inner"], f.subjects) for f in states] == [("s17.room_closed", ("b", "old"))]


def test_a_waiver_covers_its_rule_and_no_more_subjects_than_it_names() -> None:
    waiver = Waiver("S17", frozenset({"a", "old"}), "wait", "CIO")
    inventory = estate(policy=Policy(waivers=(waiver,)))

    def told(rule: str, *subjects: str) -> str | None:
        return waived(inventory, replace(seen(f"{rule.lower()}.x", subjects), rule=rule)).waived

    assert told("S17", "a") == told("S17", "a", "old") == "wait (CIO)"
    assert told("S17", "a", "b") is told("S16", "a") is None


def test_a_step_of_a_vm_is_about_what_it_stands_on_for_nobody_else() -> None:
    """S19 counts a system in a wave by its members, not by what these stand on, unless it is out."""
    boxes = [carried("h", AssetKind.HYPERVISOR), asset("i", AssetKind.HYPERVISOR)]
    cluster = Cluster("c", "c", ("h", "i"), live_migration=True, across=True)
    vital = replace(system("s", "v"), criticality=Criticality.S)
    inventory = estate(*boxes, vm("v", "h", cluster="c"), cluster, link("l"), vital, policy=Policy(critical_per_wave=0))

    def told(*lines: str) -> list[tuple[str, ...]]:
        return [f.subjects for f in found(s19_blast_radius.RULE, plan(inventory, steps(*lines)), "s19.too_many")]

    assert told(*moved("h", 100)) == [("s",)]
    assert told("10 20 migrate v -> i") == [("s",)]
    assert told("10 20 stop s", "20 30 start s") == [("s",)]
    assert told("10 20 stop i") == []


def test_two_links_that_are_equally_short_are_taken_by_their_ids() -> None:
    def by(**more: Any) -> list[str]:
        ways = (link("m", mbps=10), link("l", mbps=10, **more), link("k", "old", "w"), link("j", "w", "new"))
        servers = asset("a", needs=(live("b", mbps=50),)), asset("b", room="new")
        of = plan(estate(*servers, *ways, rooms=("old", "new", "w")))
        return [f.subjects[0] for f in found(s07_bridge_load.RULE, of, "s07.overload")]

    assert by() == ["l"]
    assert by(until=0) == ["m"]


def test_a_link_of_another_tier_is_no_way_for_a_segment() -> None:
    def reached(**more: Any) -> bool:
        servers = asset("a", segments=("x",), needs=(live("b"),)), asset("b", room="new", segments=("x",))
        inventory = estate(*servers, link("l", **more), segment("x", tier="A", stretch=True), system("s", "a"))
        return found(s01_continuous_availability.RULE, plan(inventory), "s01.undeclared") == []

    assert reached()
    assert reached(tiers=frozenset({"A"}))
    assert reached(tiers=frozenset({"A", "B"}))
    assert not reached(tiers=frozenset({"B"}))


def test_what_has_no_segment_uses_the_links_of_the_tier_that_is_known() -> None:
    def reached(line: str | None, other: str | None, tier: str) -> bool:
        servers = asset("a", tier=line, needs=(live("b"),)), asset("b", room="new", tier=other)
        inventory = estate(*servers, link("l", tiers=frozenset({tier})), system("s", "a"))
        return found(s01_continuous_availability.RULE, plan(inventory), "s01.undeclared") == []

    assert reached(None, None, "A")
    assert reached("A", None, "A")
    assert not reached("B", None, "A")
    assert not reached(None, "B", "A")
    assert reached("B", "A", "A")


def test_what_was_out_before_the_first_step_costs_no_budget() -> None:
    def over(*more: Any) -> int:
        inventory = estate(asset("a", needs=(live("b"),)), asset("b", room="new"), system("s", "a", budget=0), *more)
        return len(found(s02_outage_budget.RULE, announced(inventory, steps("1 10 stop b")), "s02.budget"))

    assert (over(), over(link("l"))) == (0, 1)


def test_people_who_are_missing_are_told_by_team_number_and_skill() -> None:
    crew = (Demand("ict", 2), Demand("ict", 1, "net"))
    work = {StepKind.STOP: Work(Duration.fixed(10), crew)}
    teams = {"ict": Team("ict", "ict", (Person("ict/1", "1"),))}
    inventory = estate(asset("a", works=work), teams=teams)
    rota = Rota(inventory, steps("10 20 stop a"), Almanac(inventory))

    told = [(f.key, f.subjects, dict(f.values), f.facts) for f in rota.faults()]
    assert told == [
        ("s15.crew_missing", ("a", "ict"), {"team": "ict", "count": "2", "skill": ""}, ("assets.a.works.stop",)),
        ("s15.skill_missing", ("a", "ict"), {"team": "ict", "count": "1", "skill": "net"}, ("assets.a.works.stop",)),
    ]


def test_before_the_first_step_only_the_first_minute_is_judged() -> None:
    """A room that closes after one minute is open at the start."""

    def rules(closes: int) -> set[str]:
        room = Room("old", "old", RoomKind.SERVER_ROOM, closes=closes)
        return {f.key for f in start_state(estate(asset("a"), room)).findings if f.key == "s17.room_closed"}

    assert rules(1) == set()
    assert rules(0) == {"s17.room_closed"}


def test_a_part_of_several_members_is_lost_with_one_of_them_on_the_trip() -> None:
    tree = AtLeast(1, (Leaf("c"), Leaf("d"), AllOf((Leaf("a"), Leaf("b")))), 1)
    inventory = estate(*(carried(id) for id in "abcd"), system("s", tree), policy=Policy(shared_fate_after=10))

    def told(aboard: str) -> list[tuple[str, ...]]:
        return [
            f.subjects
            for f in found(s05_shared_fate.RULE, plan(inventory, steps(f"100 150 carry {aboard}")), "s05.trip")
        ]

    assert told("c d") == []
    assert told("a c d") == [("c", "d", "a")]


def test_a_stop_point_without_any_more_days_lasts_until_the_next_wave() -> None:
    def told(closes: int) -> list[Span | None]:
        room = Room("old", "old", RoomKind.SERVER_ROOM, closes=closes)
        inventory = estate(carried("a"), carried("b"), room, policy=Policy(stop_point_days=0))
        of = in_waves(inventory, steps(*moved("a", 100)), steps(*moved("b", 500)))
        return [f.span for f in found(s23_every_stop_point_survives.RULE, of, "s23.state")]

    assert told(499) == [Span(499, 500)]
    assert told(500) == []


def test_a_stop_makes_nothing_worse_that_was_as_bad_before_the_first_step() -> None:
    """A link carries too much at the start; stopping after the first wave leaves it so, or makes it worse."""

    def told(*, more: int) -> list[str]:
        needs = (live("x", mbps=15), live("b", mbps=more))
        things = asset("y", needs=needs), asset("x", room="new"), carried("a"), carried("b"), carried("c")
        inventory = estate(*things, link("l", mbps=10), system("s", "y"), policy=Policy(stop_point_days=1))
        of = in_waves(inventory, steps(*moved("a", 100), *moved("b", 100)), steps(*moved("c", 500)))
        findings = found(s23_every_stop_point_survives.RULE, of, "s23.state")
        return [f.values["inner"] for f in findings]

    assert told(more=0) == []
    assert told(more=1) == ["s07.overload"]


def test_a_role_is_taken_over_at_once_only_where_the_switch_over_takes_no_time() -> None:
    def serving(*lines: str, **more: int) -> list[str | None]:
        fresh = works(mount=10, start=10, check=10, **more)
        new = asset("n", room=None, method=Method.INSTALL, replaces="a", works=fresh)
        replay = Replay.of(estate(asset("a"), new), steps("10 20 mount n", "20 30 start n", "30 40 check n", *lines))
        return [replay.at(minute).serves("a") for minute in (39, 40, 100, 110)]

    assert serving() == ["a", "n", "n", "n"]
    assert serving(switch_over=10) == ["a", "a", "a", "a"]
    assert serving("100 110 switch_over n") == serving("100 110 switch_over n", switch_over=10) == ["a", "a", None, "n"]


def test_what_is_carried_and_takes_over_at_once_does_so_when_it_arrives() -> None:
    box = carried("n", replaces="a", works=works(carry=10))
    replay = Replay.of(estate(asset("a"), box), steps("10 20 carry n"))

    assert [replay.at(minute).serves("a") for minute in (19, 20)] == ["a", "n"]


def test_a_second_chain_begins_with_a_step_that_comes_no_later_than_the_last_one() -> None:
    """Carried on without being mounted in between, where mounting takes no time."""
    work = works(stop=10, unmount=10, carry=10, start=10, check=10)
    inventory = estate(carried("a", works=work, stages=stages("new", "w")), rooms=("old", "new", "w"))
    replay = Replay.of(inventory, steps("10 20 carry a -> new", "30 40 carry a -> w", "50 60 start a", "60 70 check a"))

    assert [(m.condition["a"], m.room("a")) for m in map(replay.at, (20, 30, 40, 70))] == [
        (Condition.DOWN, "new"),
        (Condition.MOVING, None),
        (Condition.DOWN, "w"),
        (Condition.UP, "w"),
    ]


def test_a_system_that_starts_waits_for_its_acceptance_though_it_stops_in_between() -> None:
    inventory = estate(system("s", works=works(stop=10, start=10)))
    replay = Replay.of(
        inventory, steps("0 10 stop s", "10 20 start s", "30 40 stop s", "40 50 start s", "60 70 accept s")
    )

    assert [replay.at(m).condition["s"] for m in (10, 20, 29, 40, 50, 59, 70)] == [
        *(Condition.STARTING, Condition.UP, Condition.UP),
        *(Condition.STARTING, Condition.STARTING, Condition.STARTING, Condition.UP),
    ]


def test_a_plan_with_a_long_trip_is_stopped_by_doing_its_steps_again() -> None:
    """Both members are on one long trip in the first wave; it is over when the project stops between the waves."""
    policy = Policy(stop_point_days=1, shared_fate_after=20)
    inventory = estate(*(carried(id) for id in "abc"), system("s", "1 of a, b"), policy=policy)
    trip = steps("100 150 carry a b", "150 160 start a b", "160 170 check a b")
    of = in_waves(inventory, trip, steps(*moved("c", 500)))

    assert [f.key for f in s23_every_stop_point_survives.RULE.check(Context.of(inventory, of)).findings] == []


def test_of_several_ways_on_shared_segments_the_shortest_is_taken() -> None:
    pair = asset("a", segments=("x", "y"), needs=(live("b", mbps=50),)), asset("b", room="new", segments=("x", "y"))
    both = segment("x", tier="A", stretch=True), segment("y", tier="B", stretch=True)
    direct = link("z", mbps=10, tiers=frozenset({"B"}))
    only_a = frozenset({"A"})
    round_about = link("k", "old", "w", mbps=10, tiers=only_a), link("m", "w", "new", mbps=10, tiers=only_a)
    of = plan(estate(*pair, *both, direct, *round_about, rooms=("old", "new", "w")))

    assert [f.subjects for f in found(s07_bridge_load.RULE, of, "s07.overload")] == [("z",)]


def test_a_system_that_runs_on_nothing_is_accepted_while_what_it_needs_holds() -> None:
    inventory = estate(asset("a"), system("s", needs=(live("a"),)))

    def told(*lines: str) -> list[tuple[tuple[str, ...], Span | None]]:
        of = plan(inventory, steps("100 110 stop s", "110 120 start s", "120 130 accept s", *lines))
        return [(f.subjects, f.span) for f in found(s20_acceptance.RULE, of, "s20.acceptance_need")]

    assert told() == []
    assert told("125 127 stop a") == [(("s", "a"), Span(125, 130))]
