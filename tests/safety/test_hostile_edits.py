"""Edits of a plan that keeps every rule, made to deceive the verifier: each breaks one sentence, in an unusual way."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from planner.model import canonical
from planner.model.asset import AssetKind, Cluster
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AtLeast, Leaf
from planner.model.people import Person, Team
from planner.model.place import Position
from planner.model.policy import Severity, SeverityChoice
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Gate, Turn
from planner.safety.context import Context
from planner.safety.retirement import retirement_faults
from planner.safety.rule import Rule
from planner.safety.rules import (
    s02_outage_budget,
    s03_clean_stop_and_start,
    s04_redundancy_kept,
    s06_bridge_first,
    s12_windows_and_blackouts,
    s13_rollback_deadline,
    s14_point_of_no_return,
    s21_complete_and_consistent,
)
from planner.safety.verify import verify
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import (
    asset,
    batch,
    estate,
    findings,
    hard,
    link,
    live,
    moved,
    outage,
    stages,
    steps,
    system,
    vm,
    works,
)
from tests.safety.estates import plan as tiny
from tests.safety.weekend import BACK, MINUTES, WINDOW, at, inventory, plan, within

K = StepKind
TOWN = inventory()
WAVE = plan().waves[0]


def judged(answer: Plan, town: Inventory = TOWN) -> list[tuple[str, tuple[str, ...]]]:
    """Key and subjects of every failure; the plan belongs to the town."""
    told = replace(answer, inventory=town, inventory_hash=canonical.digest(town))
    return [(f.values.get("because", f.key), f.subjects) for f in verify(town, told).failures]


def keys(answer: Plan, town: Inventory = TOWN) -> set[str]:
    return {key for key, _ in judged(answer, town)}


def with_wave(**more: Any) -> Plan:
    return replace(plan(), waves=(replace(WAVE, **more),))


def with_point(id: str, **more: Any) -> Plan:
    return with_wave(check_points=tuple(replace(c, **more) if c.id == id else c for c in WAVE.check_points))


def with_witness(id: str, rollback: tuple[RollbackStep, ...]) -> Plan:
    """The check point has this witness, and tells its length and deadline."""
    minutes = max(step.offset + step.minutes for step in rollback)
    return with_point(id, rollback=rollback, minutes=minutes, deadline=WINDOW.end - 30 - minutes)


def back(server: str, offsets: Iterable[int], people: Iterable[str]) -> tuple[RollbackStep, ...]:
    place = {server: within("old", server)}
    return tuple(
        RollbackStep(kind, (server,), offset, MINUTES[kind], (who,), to=place if kind in (K.CARRY, K.MOUNT) else {})
        for kind, offset, who in zip(BACK, offsets, people, strict=True)
    )


def on_link(kind: StepKind) -> Plan:
    return with_wave(steps=(*WAVE.steps, Step("link", kind, ("backbone",), at("9 08:00"), at("9 08:10"))))


def test_the_town_without_an_edit_is_safe() -> None:
    assert judged(plan()) == []


def test_the_first_check_point_is_the_instant_of_the_first_disconnection_and_no_earlier_one() -> None:
    early = at("9 08:00")
    nothing: dict[str, Any] = {"after": (), "rollback": (), "minutes": 0, "deadline": early}
    assert judged(with_point("c0", planned=early, **nothing)) == [("s13.missing_first", ("w1",))]


@pytest.mark.parametrize("kind", [K.CARRY, K.MOUNT])
def test_whoever_carries_or_mounts_something_is_told_where_to(kind: StepKind) -> None:
    silent = tuple(replace(s, to={}) if s.id == f"web2/{kind.value}" else s for s in WAVE.steps)
    assert judged(with_wave(steps=silent)) == [("s21.place_open", ("web2",))]


def test_the_steps_of_a_rollback_follow_each_other() -> None:
    hasty = back("web2", (0, 10, 11, 41, 42, 62), ("ict/1", "ict/1", "ict/2", "ict/1", "ict/2", "ict/2"))
    assert keys(with_witness("c2", hasty)) == {"s21.overlap", "s16.warm_up"}


def test_nothing_is_mounted_in_a_room_to_which_nobody_carried_it() -> None:
    hasty = tuple(s for s in back("web2", (0, 10, 30, 30, 60, 80), ["ict/1"] * 6) if s.kind is not K.CARRY)
    assert judged(with_witness("c2", hasty)) == [("s13.step_left_out", ("c2", "web2"))]


def test_a_rollback_that_takes_longer_than_the_horizon_is_a_finding() -> None:
    first, *rest = next(c.rollback for c in WAVE.check_points if c.id == "c2")
    assert "s13.witness_form" in keys(with_point("c2", rollback=(replace(first, offset=10**18), *rest)))


def test_two_check_points_do_not_have_one_id() -> None:
    assert judged(with_wave(check_points=(*WAVE.check_points, WAVE.check_points[0]))) == [("s21.id_twice", ("c0",))]


@pytest.mark.parametrize(("kind", "found"), [(K.CLOSE, "s21.link_steps"), (K.STOP, "s21.no_such_work")])
def test_nothing_is_done_to_a_permanent_link(kind: StepKind, found: str) -> None:
    assert judged(on_link(kind), replace(TOWN, links={"backbone": link("backbone")})) == [(found, ("backbone",))]


def test_what_the_policy_only_warns_of_may_be_there_from_start_to_end() -> None:
    doubled = {id: asset(id, at=Position("old", "O1", 30), height=1, kg=1.0, va=1) for id in ("x", "y")}
    town = replace(TOWN, assets={**TOWN.assets, **doubled})
    lenient = {"S17": SeverityChoice(Severity.WARNING, "the rack is emptied anyway")}

    assert keys(plan(), town) == {"s22.still_there"}
    assert keys(plan(), replace(town, policy=replace(town.policy, severities=lenient))) == set()


def states(rule: Rule, answer: Plan) -> list[tuple[str, tuple[str, ...]]]:
    return [(key, subjects) for key, subjects, _ in findings(rule, answer)]


def test_what_had_gone_and_comes_back_is_not_pre_existing() -> None:
    box = asset("n", room=None, method=Method.INSTALL, stages=stages("old"))
    town = estate(box, system("s", "n", budget=9000))
    built = ("70 80 mount n -> old", "80 90 start n", "90 100 check n")
    again = ("500 510 stop n", "510 520 start n", "520 530 check n")
    found = verify(town, tiny(town, steps(*built, *again))).findings
    undeclared = [(f.span, f.pre_existing) for f in found if f.key == "s01.undeclared"]
    assert undeclared == [(Span(0, 100), True), (Span(500, 530), False)]


def test_what_a_declared_outage_excuses_for_a_while_is_still_pre_existing() -> None:
    pair = AtLeast(1, (Leaf("a"), Leaf("b")), 2)
    town = estate(
        asset("a"), asset("b", room=None, method=Method.INSTALL), asset("c"), system("s", pair, needs=(live("c"),))
    )
    told = tiny(town, steps("500 510 stop c", "510 520 start c", "520 530 check c"), [outage("s", 500, 530)])
    found = verify(town, told).findings
    assert [(f.span, f.pre_existing) for f in found if f.key == "s04.spare_missing"] == [
        (Span(0, 500), True),
        (Span(530, 10_000), True),
    ]


def test_a_state_in_which_a_spare_that_must_be_kept_is_down_may_not_last() -> None:
    """The fourth server restarts in two halves; a turn without work ends between them, to be returned to."""
    pair = AtLeast(1, (Leaf("web1"), Leaf("aux")), 2)
    aux = asset("aux", at=Position("old", "O1", 20), height=1, kg=1.0, va=1, works=works(stop=10, start=20, check=20))
    town = replace(
        TOWN,
        assets={**TOWN.assets, "aux": aux},
        systems={**TOWN.systems, "pair": system("pair", pair, hours="daily", budget=9000)},
    )
    restart = (
        Step("aux/stop", K.STOP, ("aux",), at("9 17:00"), at("9 17:10")),
        Step("aux/start", K.START, ("aux",), at("9 18:00"), at("9 18:20")),
        Step("aux/check", K.CHECK, ("aux",), at("9 18:20"), at("9 18:40")),
    )
    one, two, three = WAVE.turns
    half = Turn("half", (), at("9 17:10"), at("9 17:10"))
    again = CheckPoint(
        "c9",
        ("aux/check",),
        at("9 18:40"),
        minutes=10,
        deadline=at("11 19:20"),
        anchor="half",
        rollback=(RollbackStep(K.STOP, ("aux",), 0, 10),),
    )
    answer = with_wave(
        steps=(*WAVE.steps, *restart), turns=(one, two, half, three), check_points=(*WAVE.check_points, again)
    )
    assert ("s13.anchor_does_not_last", ("c9", "pair", "aux")) in judged(answer, town)


def test_migrations_do_not_put_more_on_a_host_than_it_bears() -> None:
    """180 GB on a host of 100 in a cluster of 300; what a VM needs counts on the host that it is going to as well."""
    hosts = [asset(id, AssetKind.HYPERVISOR, memory_gb=100) for id in ("h1", "h2", "h3")]
    guests = [vm(f"v{n}", f"h{n}", cluster="c", memory_gb=60) for n in (1, 2, 3)]
    town = estate(*hosts, *guests, Cluster("c", "c", ("h1", "h2", "h3"), live_migration=True))
    moves = tiny(town, steps("10 15 migrate v2 -> h1", "20 25 migrate v2 -> h2"))
    assert findings(s04_redundancy_kept.RULE, moves) == [("s04.host_memory", ("h1",), (10, 25))]


def test_how_hosts_are_filled_at_the_start_is_the_offices_choice() -> None:
    hosts = [asset(id, AssetKind.HYPERVISOR, memory_gb=100) for id in ("h1", "h2")]
    guests = [vm(f"v{n}", "h1", cluster="c", memory_gb=60) for n in (1, 2)]
    town = estate(*hosts, *guests, Cluster("c", "c", ("h1", "h2"), live_migration=True))
    assert findings(s04_redundancy_kept.RULE, tiny(town)) == []


def test_a_member_of_a_hard_cycle_does_not_restart_while_the_others_stay_up() -> None:
    one = system("k", "a", needs=(hard("j"),), works=works(stop=10, start=10, accept=10))
    other = system("j", "b", needs=(hard("k"),), works=works(stop=10, start=10, accept=10))
    town = estate(asset("a"), asset("b"), one, other)
    alone = tiny(town, steps("0 10 stop j", "10 20 start j", "20 30 accept j"))
    together = tiny(
        town, steps("0 10 stop j", "10 20 stop k", "20 30 start k", "30 40 start j", "40 50 accept k", "40 50 accept j")
    )
    assert states(s03_clean_stop_and_start.RULE, alone) == [("s03.group_apart", ("k", "j"))]
    assert states(s03_clean_stop_and_start.RULE, together) == []


def test_the_cloud_needs_a_slot_as_any_other_need_does() -> None:
    nightly = {"nightly": Hours("nightly", (DailyHours(DaySet(), 60, 120),))}
    town = estate(asset("b"), system("s", leaves=0, cloud_needs=(batch("b", slot="nightly"),)))
    town = replace(town, timetable=Timetable(hours=nightly))
    assert states(s02_outage_budget.RULE, tiny(town, steps("0 9000 stop b"))) == [("s02.batch", ("s", "b"))]


def test_a_gate_lies_in_its_window_and_nothing_ends_between_it_and_its_step() -> None:
    old = asset("old1", method=Method.RETIRE, works=works(stop=10, dispose=10))
    people = {"ict": Team("ict", "ict", (Person("ict/1", "1"), Person("ict/2", "2")))}
    town = replace(estate(old, asset("b")), teams=people)

    def found(at: int) -> list[tuple[str, tuple[str, ...]]]:
        done = steps("1000 1010 stop old1", "1010 1020 dispose old1")
        base = tiny(town, done, window=Span(900, 2000))
        gate = Gate("g", at, "s002", "ict/1", "ict/2", ("sound",))
        wave = replace(base.waves[0], gates=(gate,), point_of_no_return="s002", fallback="go on", fallback_minutes=60)
        return states(s14_point_of_no_return.RULE, replace(base, waves=(wave,)))

    assert found(1010) == []
    assert found(1005) == [("s14.gate_elsewhere", ("g", "old1"))]  # the stop has not ended yet
    assert found(100) == [("s14.gate_elsewhere", ("g", "old1"))]


def test_a_room_of_which_nobody_says_when_its_list_was_signed_is_reported_as_unknown() -> None:
    rooms = {**TOWN.rooms, "new": replace(TOWN.rooms["new"], readiness=("load test",))}
    town = replace(TOWN, rooms=rooms)
    told = replace(plan(), inventory=town, inventory_hash=canonical.digest(town))
    assert {(f.key, f.subjects, f.facts) for f in verify(town, told).findings if f.unknown} == {
        ("s17.unknown", ("new",), ("rooms.new.ready",))
    }


def test_an_asset_is_retired_after_the_switch_over_and_not_after_the_check_alone() -> None:
    old = asset("o", method=Method.RETIRE, works=works(stop=10))
    heir = asset("n", room=None, method=Method.INSTALL, replaces="o", works=works(check=10, switch_over=10))
    town = estate(old, heir, asset("u", needs=(live("o"),)))

    def found(*lines: str) -> list[Finding]:
        by_subject: dict[str, list[Step]] = {"o": [], "n": []}
        for step in steps(*lines):
            by_subject[step.assets[0]].append(step)
        return list(retirement_faults(town, by_subject))

    assert found("0 10 check n", "10 20 switch_over n", "20 30 stop o") == []
    (finding,) = found("0 10 check n", "10 20 stop o", "20 30 switch_over n")
    assert (finding.key, finding.subjects) == ("s21.retired_but_needed", ("o", "u"))


def test_the_stages_of_what_replaces_another_are_counted_without_its_switch_over() -> None:
    move = works(stop=10, unmount=10, carry=10, mount=10, start=10, check=10, switch_over=10)
    heir = asset("n", room=None, method=Method.INSTALL, replaces="o", works=move, stages=stages("old", "new"))
    town = estate(asset("o"), heir, rooms=("old", "new", "attic"))
    built = ("0 10 mount n -> old", "10 20 start n", "20 30 check n", "30 40 switch_over n")
    answer = tiny(town, steps(*built, *moved("n", 100, to="attic")), turns=(Turn("t1", ("n", "o"), 0, 10_000),))
    context = Context.of(town, replace(answer, inventory_hash=canonical.digest(town)))
    found = [(f.key, f.subjects) for f in s21_complete_and_consistent.RULE.check(context).findings]
    assert found == [("s21.wrong_place", ("n",))]


def test_a_bridge_is_tested_when_it_is_there_and_ends_on_something_that_is_up() -> None:
    ends = {"old": ("sw",)}
    bridge = link("br", bridge=True, since=100, until=900, ends_on=ends, test=Duration.fixed(10))
    town = estate(asset("sw", AssetKind.SWITCH), bridge)

    def found(*lines: str) -> list[tuple[str, tuple[str, ...], tuple[int, int]]]:
        return findings(s06_bridge_first.RULE, tiny(town, steps(*lines)))

    assert found("100 110 test br") == []
    assert found("95 105 test br") == [("s06.tested_too_early", ("br",), (95, 100))]
    assert found("895 905 test br") == [("s06.tested_too_early", ("br",), (900, 905))]
    down = ("90 100 stop sw", "100 105 start sw", "105 108 check sw")
    assert found(*down, "100 110 test br") == [("s06.tested_too_early", ("br",), (100, 108))]


def test_what_has_left_for_the_cloud_takes_no_rack_unit_any_more() -> None:
    gone = asset("gone", at=Position("new", "N2", 12), leaves=at("9 15:00"), height=2, kg=1.0, va=1)
    town = replace(TOWN, assets={**TOWN.assets, "gone": gone})
    assert judged(plan(), town) == []
    later = replace(town, assets={**town.assets, "gone": replace(gone, leaves=at("9 15:01"))})
    assert ("s17.same_unit", ("gone", "web2", "N2")) in judged(plan(), later)


def test_new_equipment_in_use_is_restarted_as_any_other_is() -> None:
    """Its first start only prepares; a later one is bound by windows, and its check is a check point."""
    work = works(mount=10, start=10, check=10, stop=10)
    town = estate(asset("n", room=None, method=Method.INSTALL, stages=stages("old"), works=work))
    first = steps("10 20 mount n -> old", "20 30 start n", "30 40 check n")
    again = tuple(replace(s, id=f"r{s.id}") for s in steps("100 110 stop n", "110 120 start n", "120 130 check n"))
    answer = tiny(town, again, preparation=first, window=Span(100, 115))
    outside = [(f.key, f.steps) for f in s12_windows_and_blackouts.RULE.check(Context.of(town, answer)).findings]
    assert outside == [
        ("s12.no_window", ()),
        ("s12.outside_window", ("rs002",)),
        ("s12.outside_window", ("rs003",)),
    ]
    missing = [f.steps for f in s13_rollback_deadline.RULE.check(Context.of(town, answer)).findings]
    assert missing == [("rs003",)]


def test_what_is_carried_back_is_not_in_its_rack_before_it_is_mounted() -> None:
    """A stop of what is off already stands in for the mounting, so that the start may follow it."""
    whole = back("web2", (0, 10, 30, 60, 70, 90), ["ict/1"] * 6)
    cheat = tuple(replace(s, kind=K.STOP, minutes=10, to={}) if s.kind is K.MOUNT else s for s in whole)
    assert judged(with_witness("c2", cheat)) == [
        ("s13.not_undone", ("c2", "web2")),
        ("s13.step_left_out", ("c2", "web2")),
        ("s16.warm_up", ("c2", "web2")),
    ]
