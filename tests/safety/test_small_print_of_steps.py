"""The small print of the rules on people, transport, racks, acceptances and the form of a plan."""

from dataclasses import replace
from datetime import date

import pytest

from planner.model.asset import AssetKind, Cluster, Demand, Media, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Project
from planner.model.place import Circuit, Position, Rack
from planner.model.policy import Policy, Staff
from planner.model.system import Criticality
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.completeness import overlap_faults
from planner.safety.crews import on_critical, pair_faults
from planner.safety.destination import destination_faults
from planner.safety.rules import (
    s16_transport,
    s17_rooms_and_racks,
    s20_acceptance,
    s21_complete_and_consistent,
)
from planner.safety.timetable import Almanac
from planner.safety.turns import wave_faults
from planner.units.duration import Duration
from planner.units.span import Span, Spans
from tests.safety.estates import (
    HORIZON,
    asset,
    carried,
    estate,
    moved,
    plan,
    steps,
    system,
    vm,
    works,
)
from tests.safety.told import told

WORK = Work(Duration.fixed(60))
HOSTS = [asset(id, AssetKind.HYPERVISOR) for id in ("h1", "h2", "h3")]


def test_hands_in_pairs_are_asked_for_beneath_a_critical_system_and_not_through_another_system() -> None:
    staff = Staff(two_person=frozenset({"S"}))
    critical = replace(system("s", "v & t"), criticality=Criticality.S)
    cluster = Cluster("c", "c", ("h1",), storage="san")
    things = (*HOSTS, asset("san", AssetKind.STORAGE), vm("v", "h1", cluster="c"), asset("b"), system("t", "b"))
    inventory = estate(*things, cluster, critical, policy=Policy(staff=staff))

    assert on_critical(inventory) == {"v": "s", "h1": "s", "san": "s"}


@pytest.mark.parametrize(
    ("kind", "people", "broken"),
    [
        ("stop", (), ["s15.two_people"]),
        ("stop", ("ict/1",), ["s15.two_people"]),
        ("stop", ("ict/1", "ict/2"), []),
        ("start", (), []),
        ("start", ("ict/1",), ["s15.two_people"]),
    ],
)
def test_hands_come_in_pairs_where_work_asks_for_hands_or_somebody_lends_them(
    kind: str, people: tuple[str, ...], broken: list[str]
) -> None:
    """The stop asks for one of the office, the start is automatic."""
    by_hand, automatic = Work(Duration.fixed(10), (Demand("ict"),)), Work(Duration.fixed(10))
    inventory = estate(asset("a", works={StepKind.STOP: by_hand, StepKind.START: automatic}))
    step = Step("s", StepKind(kind), ("a",), 100, 110, people)

    assert [f.key for f in pair_faults(inventory, step, {"a": "s"})] == broken
    assert list(pair_faults(inventory, step, {"b": "s"})) == []


def test_fragile_assets_of_different_groups_may_travel_together() -> None:
    boxes = [carried(id, fragile=True, height=1, kg=1.0, warm_up=0) for id in "abc"]
    inventory = estate(*boxes, system("s", "1 of a, b"))

    def found(*ids: str) -> list[tuple[str, ...]]:
        done = plan(inventory, steps(f"100 120 carry {' '.join(ids)}"))
        return [f.subjects for f in told(s16_transport.RULE, done, "s16.one_trip")]

    assert found("a", "c") == []
    assert found("c", "b") == []
    assert found("a", "b") == [("a", "b")]
    assert found("a", "b", "c") == [("a", "b")]


def test_doors_that_are_not_known_are_told_with_the_rooms_in_the_order_of_the_way() -> None:
    lift = Conveyance("ev", "ev", ConveyanceKind.ELEVATOR, max_kg=100.0, door_cm=(90.0, 200.0))
    ways = (Route(("old", "third"), ("ev",), 10, ("a", "b")), Route(("old", "new"), ("ev",), 10, ("west",)))
    box = carried("a", height=1, kg=1.0, warm_up=0, media=Media(True, ("1",)))
    inventory = estate(box, conveyances={"ev": lift}, routes=ways)
    (found,) = told(s16_transport.RULE, plan(inventory, steps(*moved("a", 100))), "s16.doors_unknown")

    assert (found.subjects, found.facts) == (("a", "old", "new"), ("routes.1",))
    assert found.values == {"from": "old", "to": "new"}


def test_a_circuit_that_is_named_like_a_rack_is_judged_as_a_circuit() -> None:
    """Two boxes of 500 VA hang on a circuit that bears 160."""
    rack = Rack("R", "R", "old", max_kg=100, feeds=("R",))
    boxes = [asset(id, at=Position("old", "R", n), height=1, kg=1.0, va=500) for id, n in (("a", 1), ("b", 2))]
    inventory = estate(*boxes, racks={"R": rack}, circuits={"R": Circuit("R", "old", 100, 2.0)})
    (found,) = told(s17_rooms_and_racks.RULE, plan(inventory), "s17.circuit")

    assert (found.values["found"], found.values["limit"]) == ("1000", "160")


def test_what_may_be_tested_as_soon_as_it_is_accepted_for_now_is_confirmed_in_the_same_minute() -> None:
    hours = {"h": Hours("h", (DailyHours(DaySet(), 120 + 540, 1000),))}
    town = estate(asset("a"), system("s", "a", accept_hours="h", fallback="fax"), timetable=Timetable(hours=hours))

    def found(begin: int) -> list[str]:
        accept = replace(steps("100 120 accept s")[0], provisional=True)
        confirm = Step("c", StepKind.CONFIRM, ("s",), begin, begin + 10, ("ict/1",))
        return [f.key for f in told(s20_acceptance.RULE, plan(town, (accept, confirm))) if "confirm" in f.key]

    assert found(120) == []
    assert found(119) == found(121) == ["s20.unconfirmed"]


def test_a_system_that_is_stopped_is_started_and_accepted() -> None:
    inventory = estate(asset("a"), system("s", "a", works=works(stop=10, start=10, accept=10)))

    def found(*lines: str) -> set[tuple[str, ...]]:
        of = [
            f
            for f in told(s21_complete_and_consistent.RULE, plan(inventory, steps(*lines)))
            if "inventory" not in f.key
        ]
        return {f.subjects for f in of if f.key != "s21.no_turn"}

    assert found("100 110 stop s", "110 120 start s", "120 130 accept s") == set()
    assert found("100 110 stop s") == {("s",)}
    assert found("100 110 stop s", "110 120 start s") == {("s",)}
    assert found("110 120 start s", "120 130 accept s") == {("s",)}


def test_what_changes_no_state_may_lie_beside_other_steps_and_what_changes_it_may_not() -> None:
    def found(*lines: str) -> list[tuple[int, int]]:
        of = steps(*lines)
        return [(f.span.start, f.span.end) for f in overlap_faults({"a": list(of)}) if f.span]

    assert found("100 160 back_up a", "120 130 stop a") == []
    assert found("100 160 verify a", "100 160 lower_ttl a") == []
    assert found("100 125 check a", "120 130 stop a") == [(120, 125)]
    assert found("100 120 check a", "120 130 stop a") == []
    assert found("100 130 check a", "120 120 stop a") == []


def test_a_line_is_told_where_it_is_switched_over_to_and_a_role_is_not() -> None:
    line = asset("l", AssetKind.LINE, method=Method.RELAY, stages=(Stage(Position("new")),))
    heir = asset("n", room=None, method=Method.INSTALL, replaces="o")
    inventory = estate(line, heir, asset("o"))

    def silent(id: str) -> list[str]:
        step = Step("s", StepKind.SWITCH_OVER, (id,), 100, 110)
        return [
            f.key for f in destination_faults(inventory, plan(inventory, (step,)), {id: [step]}) if id in f.subjects
        ]

    assert "s21.place_open" in silent("l")
    assert "s21.place_open" not in silent("n")


def test_waves_that_overlap_are_told_from_the_first_start_of_the_later_to_the_last_end_of_the_earlier() -> None:
    inventory = estate(asset("a"))
    rows = steps("100 110 stop a", "150 200 start a"), steps("180 190 stop a", "170 300 start a")
    waves = tuple(Wave(f"w{n}", "any", HORIZON, (), row) for n, row in enumerate(rows))
    found = list(wave_faults(inventory, replace(plan(inventory), waves=waves), {}))
    apart = tuple(replace(w, steps=steps("200 300 start a")) if w.id == "w1" else w for w in waves)

    assert [(f.key, f.subjects, f.span) for f in found] == [("s21.waves_overlap", ("w0", "w1"), Span(170, 200))]
    assert list(wave_faults(inventory, replace(plan(inventory), waves=apart), {})) == []


def test_nothing_may_be_planned_when_the_horizon_ends_where_the_plan_begins_to_count() -> None:
    def plannable(end: int) -> Spans:
        project = Project("p", "p", date(1970, 1, 2), Span(-540, end))
        return Almanac(replace(estate(), project=project)).plannable

    assert plannable(900) == Spans()
    assert plannable(901) == Spans((Span(900, 901),))
