"""S13: every check point is there, its witness works, ends where it should, and is decided in time."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model.asset import Demand, Reference, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.people import Person, Team
from planner.model.place import Position
from planner.model.policy import Policy, Staff
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.finding import Finding
from planner.plan.plan import Outage, Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.safety.context import Context
from planner.safety.deadline import deadline
from planner.safety.returning import latest_return
from planner.safety.rules.s13_rollback_deadline import RULE
from planner.safety.timetable import Almanac
from planner.safety.witness import continued, undoing
from planner.units.clock import Clock
from planner.units.duration import Duration
from planner.units.span import Span, Spans
from tests.safety.estates import asset, carried, estate, plan, system, works

CLOCK = Clock("Asia/Tokyo")
K = StepKind
DAILY = Hours("daily", (DailyHours(DaySet(), 6 * 60 + 30, 23 * 60),))
SERVER = works(stop=10, unmount=20, carry=30, mount=30, start=20, check=20)
SYSTEM = works(stop=10, start=10, accept=10)


def at(text: str) -> int:
    """``"9 23:00"``: a minute of January 2027."""
    day, clock = text.split()
    hours, minutes = clock.split(":")
    return CLOCK.minute(date(2027, 1, int(day)), int(hours) * 60 + int(minutes))


WINDOW = Span(at("9 20:00"), at("10 20:00"))


def town(**more: Any) -> Inventory:
    """Server `a` moves; system `s`, daily 06:30 to 23:00 with no budget of outage, runs on it."""
    facts: dict[str, Any] = {"hours": "daily", "works": SYSTEM, **more}
    project = Project("tiny", "tiny", date(2026, 8, 31), Span(at("1 00:00"), at("31 00:00")))
    base = estate(carried("a", works=SERVER), system("s", "a", **facts), policy=Policy(margin=30))
    return replace(base, project=project, timetable=Timetable(hours={"daily": DAILY}))


def night() -> tuple[Step, ...]:
    """Out from 23:00 to 01:40; the server's check ends at 01:20."""
    rows = [("stop", "s", 10), *((k.value, "a", w.duration.likely) for k, w in SERVER.items())]
    rows += [("start", "s", 10), ("accept", "s", 10)]
    found, begin = [], at("9 23:00")
    for kind, id, minutes in rows:
        to = {"a": Position("new")} if kind in ("carry", "mount") else {}
        found.append(Step(f"{id}/{kind}", K(kind), (id,), begin, begin + minutes, to=to))
        begin += minutes
    return tuple(found)


def undo(*rows: tuple[str, str, int], offset: int = 0) -> tuple[RollbackStep, ...]:
    found = []
    for kind, id, minutes in rows:
        to = {"a": Position("old")} if kind in ("carry", "mount") else {}
        found.append(RollbackStep(K(kind), (id,), offset, minutes, to=to))
        offset += minutes
    return tuple(found)


BACK = undo(
    ("stop", "a", 10),
    ("unmount", "a", 20),
    ("carry", "a", 30),
    ("mount", "a", 30),
    ("start", "a", 20),
    ("check", "a", 20),
    ("start", "s", 10),
    ("accept", "s", 10),
)
FIRST = CheckPoint(
    "c0",
    ("a/stop",),
    at("9 23:20"),
    minutes=60,
    deadline=at("10 05:00"),
    bound_by="s",
    rollback=undo(("start", "a", 20), ("check", "a", 20), ("start", "s", 10), ("accept", "s", 10)),
)
CHECKED = CheckPoint(
    "c1", ("a/check",), at("10 01:20"), minutes=150, deadline=at("10 03:30"), bound_by="s", rollback=BACK
)


def made(inventory: Inventory, *points: CheckPoint, done: tuple[Step, ...] | None = None, **more: Any) -> Plan:
    out = Outage("s", Span(at("9 23:00"), at("10 01:40")), 160, 0)
    steps = night() if done is None else done
    answer = plan(inventory, steps, (out,), window=WINDOW)
    wave: Wave = replace(answer.waves[0], check_points=points, **more)
    return replace(answer, waves=(wave,))


def found(inventory: Inventory, *points: CheckPoint, **more: Any) -> list[Finding]:
    return list(RULE.check(Context.of(inventory, made(inventory, *points, **more))).findings)


def keys(inventory: Inventory, *points: CheckPoint, **more: Any) -> list[str]:
    return [finding.key for finding in found(inventory, *points, **more)]


def test_opening_at_0630_with_margin_30_and_r_150_the_deadline_is_0330() -> None:
    inventory = town()
    answer = made(inventory, FIRST, CHECKED)
    context, wave = Context.of(inventory, answer), answer.waves[0]
    turned = continued(context, undoing(inventory), wave, CHECKED)
    due = deadline(context, Almanac(inventory), wave, CHECKED, turned)
    assert (CLOCK.iso(due.at), due.bound_by) == ("2027-01-10T03:30+09:00", "s")


def test_a_plan_with_working_rollbacks_decided_in_time_is_no_finding() -> None:
    assert keys(town(), FIRST, CHECKED) == []


def test_every_check_point_that_the_rule_demands_is_there() -> None:
    (checked,) = found(town(), FIRST)
    assert (checked.rule, checked.key, checked.subjects, checked.steps) == ("S13", "s13.missing", ("a",), ("a/check",))
    assert checked.span == Span(at("10 01:20"), at("10 01:21"))
    assert keys(town(), CHECKED) == ["s13.missing_first"]
    for minutes in (-5, 5):
        assert "s13.missing" in keys(town(), FIRST, replace(CHECKED, planned=CHECKED.planned + minutes))


def test_an_acceptance_is_a_check_point_where_the_inventory_says_so_but_not_the_final_one() -> None:
    inventory = town(accept_is_check_point=True)
    assert keys(inventory, FIRST, CHECKED) == []
    later = system("t", "a", works=works(stop=5, start=5, accept=5), hours="daily")
    both = replace(inventory, systems={**inventory.systems, "t": later})
    more = (
        Step("t/stop", K.STOP, ("t",), at("9 23:00"), at("9 23:05")),
        Step("t/start", K.START, ("t",), at("10 01:30"), at("10 01:35")),
        Step("t/accept", K.ACCEPT, ("t",), at("10 01:40"), at("10 01:45")),
    )
    findings = found(both, FIRST, done=(*night(), *more))
    assert [f.steps for f in findings if f.key == "s13.missing"] == [("a/check",), ("s/accept",)]
    one = Step("both/accept", K.ACCEPT, ("t", "s"), at("10 01:40"), at("10 01:45"))
    last = replace(more[-1], id="t/again", start=one.end, end=one.end + 5)
    findings = found(both, FIRST, done=(*night()[:-1], *more[:-1], one, last))
    assert [f.steps for f in findings if f.key == "s13.missing"] == [("a/check",), ("both/accept",)]


def test_the_planned_end_is_not_after_the_deadline() -> None:
    late = tuple(replace(s, start=s.start + 131, end=s.end + 131) for s in night())
    point = replace(CHECKED, planned=at("10 03:31"))
    findings = found(town(), replace(FIRST, planned=at("10 01:31")), point, done=late)
    (finding,) = [f for f in findings if f.key == "s13.late"]
    assert finding.values["deadline"] == "2027-01-10T03:30+09:00"
    assert (finding.values["bound_by"], finding.values["minutes"]) == ("s", "150")


def test_the_plan_tells_no_deadline_that_is_too_late_and_none_at_all_is_too_late() -> None:
    assert keys(town(), FIRST, replace(CHECKED, deadline=at("10 03:31"))) == ["s13.deadline_told"]
    assert keys(town(), FIRST, replace(CHECKED, deadline=None)) == ["s13.deadline_told"]
    assert keys(town(), FIRST, replace(CHECKED, deadline=at("10 03:29"))) == []


def test_an_outage_limited_on_the_clock_counts_from_its_own_begin_and_not_from_the_decision() -> None:
    """Out from 23:00 for at most six hours: back by 05:00."""
    inventory = town(hours=None, budget=10_000, longest_elapsed=6 * 60)
    first, point = replace(FIRST, deadline=at("10 03:30")), replace(CHECKED, deadline=at("10 02:00"))

    assert keys(inventory, first, point) == []
    assert keys(inventory, replace(first, deadline=at("10 03:31")), point) == ["s13.deadline_told"]
    assert keys(inventory, first, replace(point, deadline=at("10 02:01"))) == ["s13.deadline_told"]


def test_the_window_bounds_what_no_service_hours_bind() -> None:
    inventory = town(hours=None, budget=10_000)
    first = replace(FIRST, deadline=at("10 18:30"))
    point = replace(CHECKED, deadline=at("10 17:00"))  # 20:00 less 30 and 150 minutes
    assert keys(inventory, first, point) == []
    assert keys(inventory, first, replace(point, deadline=at("10 17:01"))) == ["s13.deadline_told"]


def test_the_length_that_is_told_is_that_of_the_witness() -> None:
    assert keys(town(), FIRST, replace(CHECKED, minutes=140)) == ["s13.length_told"]


def test_a_shortened_rollback_does_not_last_as_long_as_the_work_does() -> None:
    short = (replace(BACK[0], minutes=5), *BACK[1:])
    findings = found(town(), FIRST, replace(CHECKED, rollback=short))
    assert [(f.key, f.values["because"]) for f in findings] == [("s13.infeasible", "s21.duration")]


def test_undoing_takes_the_time_that_the_inventory_gives_it() -> None:
    def due(**rollback: int) -> list[tuple[str, str]]:
        inventory = town()
        other = replace(inventory.assets["a"], rollback=works(**rollback))
        findings = found(replace(inventory, assets={"a": other}), FIRST, CHECKED)
        return [(f.values["because"], f.values["due"]) for f in findings]

    assert due(unmount=25) == [("s21.duration", "25")]
    assert due(unmount=15) == []  # more time than needed is careful


@pytest.mark.parametrize(("left_out", "subject"), [(7, "s"), (5, "a")])
def test_a_rollback_that_leaves_something_out_does_not_end_in_the_state_before(left_out: int, subject: str) -> None:
    short = tuple(step for n, step in enumerate(BACK) if n != left_out)
    findings = found(town(), FIRST, replace(CHECKED, rollback=short))
    undone = [f for f in findings if f.key == "s13.not_undone"]
    assert [subject in f.subjects for f in undone] == [True]


def test_a_rollback_that_carries_to_another_place_does_not_end_in_the_state_before() -> None:
    wrong = tuple(replace(s, to={"a": Position("new")}) if s.to else s for s in BACK)
    assert "s13.not_undone" in keys(town(), FIRST, replace(CHECKED, rollback=wrong))


@pytest.mark.parametrize(("left_out", "kind"), [(1, "unmount"), (3, "mount"), (4, "start"), (6, "start")])
def test_a_rollback_leaves_out_no_step_that_takes_time(left_out: int, kind: str) -> None:
    short = tuple(step for n, step in enumerate(BACK) if n != left_out)
    findings = found(town(), FIRST, replace(CHECKED, rollback=short))
    left = [f.values["kind"] for f in findings if f.values.get("because") == "s13.step_left_out"]
    assert left == [kind]


def test_whoever_was_told_the_new_address_has_to_be_told_the_old_one_again() -> None:
    script = Reference("h", "通知スクリプト", Work(Duration.fixed(10)))
    facts = {"new_address": "10.21.0.5", "references": (script,), "works": works(renumber=15, check=10)}
    inventory = replace(town(), assets={"g": asset("g", method=Method.RENUMBER, **facts), "h": asset("h")}, systems={})
    begin = at("9 21:00")

    def undone(*kinds: str) -> list[str]:
        lengths, done, now = {"renumber": 15, "update": 10, "check": 10}, [], begin
        for kind in kinds:
            holder = "h" if kind == "update" else None
            done.append(Step(f"g/{kind}", K(kind), ("g",), now, now + lengths[kind], holder=holder))
            now += lengths[kind]
        first = CheckPoint("c0", (), begin, minutes=0, deadline=at("10 19:30"))
        back = undo(("renumber", "g", 15), ("check", "g", 10))
        planned = next(s.end for s in done if s.kind is K.CHECK)
        last = CheckPoint("c1", ("g/check",), planned, minutes=25, deadline=at("10 19:05"), rollback=back)
        return keys(inventory, first, last, done=tuple(done))

    assert undone("renumber", "check", "update") == []  # nobody had been told yet
    assert undone("renumber", "update", "check") == ["s13.not_undone"]


def test_a_rollback_obeys_the_order_of_stops_and_starts() -> None:
    early = tuple(replace(s, offset=s.offset - 20) if s.assets == ("s",) else s for s in BACK)
    findings = found(town(), FIRST, replace(CHECKED, rollback=early, minutes=130, deadline=at("10 03:30")))
    assert {f.values["rule"] for f in findings if f.key == "s13.infeasible"} >= {"S03"}


def test_the_people_of_a_rollback_are_there_and_not_elsewhere() -> None:
    inventory = town()
    team = Team("vd", "vd", (Person("vd/1", "1"), Person("vd/2", "2", absent=(Span(at("10 00:00"), at("11 00:00")),))))
    crewed = {**SERVER, K.STOP: Work(SERVER[K.STOP].duration, (Demand("vd"),))}
    staffed = replace(
        inventory,
        teams={"vd": team},
        assets={"a": replace(inventory.assets["a"], works=crewed)},
        policy=Policy(margin=30, staff=Staff(two_person=frozenset(), fresh=0)),
    )
    done = tuple(replace(s, people=("vd/1",)) if s.id == "a/stop" else s for s in night())

    def reasons(*people: str) -> list[str]:
        back = (replace(BACK[0], people=people), *BACK[1:])
        return [f.values["because"] for f in found(staffed, FIRST, replace(CHECKED, rollback=back), done=done)]

    assert reasons("vd/1") == []
    assert reasons() == ["s15.crew_missing"]
    assert reasons("vd/2") == ["s15.absent"]


def test_a_rollback_returns_to_a_turn_that_ended_before_what_is_decided_about() -> None:
    turns = (Turn("t1", ("a", "s"), at("9 23:00"), at("10 01:40")),)
    assert keys(town(), FIRST, replace(CHECKED, anchor="t1"), turns=turns) == ["s13.anchor"]
    checking = (replace(turns[0], end=at("10 01:10")),)  # the check begins at 01:00
    assert keys(town(), FIRST, replace(CHECKED, anchor="t1"), turns=checking) == ["s13.anchor"]


def test_a_rollback_returns_to_no_state_in_which_systems_are_out() -> None:
    turns = (Turn("t1", (), at("9 23:00"), at("9 23:10")), Turn("t2", ("a",), at("9 23:10"), at("10 01:40")))
    back = undo(*((s.kind.value, s.assets[0], s.minutes) for s in BACK[:6]))
    point = replace(CHECKED, anchor="t1", rollback=back, minutes=130)
    assert keys(town(), FIRST, point, turns=turns) == ["s13.anchor_does_not_last"]


def test_three_days_in_one_window_finished_work_in_a_state_that_may_last_is_not_part_of_r() -> None:
    """Day one moves `b`, which nobody runs on; turning back on day three undoes `a` alone: R stays 150."""
    inventory = town()
    other = carried("b", works=SERVER)
    both = replace(inventory, assets={**inventory.assets, "b": other})
    early, begin = [], at("9 08:00")
    for kind, work in SERVER.items():
        to = {"b": Position("new")} if kind in (K.CARRY, K.MOUNT) else {}
        early.append(Step(f"b/{kind.value}", kind, ("b",), begin, begin + work.duration.likely, to=to))
        begin += work.duration.likely
    turns = (Turn("t1", ("b",), at("9 08:00"), begin), Turn("t2", ("a", "s"), at("9 23:00"), at("10 01:40")))
    on_again = tuple(replace(s, assets=("b",)) for s in undo(("start", "a", 20), ("check", "a", 20)))
    first = CheckPoint("c0", ("b/stop",), at("9 08:10"), minutes=40, deadline=at("11 18:50"), rollback=on_again)
    of_b = tuple(replace(s, assets=("b",), to={"b": Position("old")} if s.to else {}) for s in BACK[:6])
    checked_b = CheckPoint("cb", ("b/check",), begin, minutes=130, deadline=at("10 17:20"), rollback=of_b)
    point = replace(CHECKED, anchor="t1")
    window = Span(at("9 08:00"), at("11 20:00"))
    done = (*early, *night())
    assert keys(both, first, checked_b, point, done=done, turns=turns, window=window) == []
    whole = replace(point, anchor=None)  # the start of the wave: then `b` would have to go back too
    assert "s13.not_undone" in keys(both, first, checked_b, whole, done=done, turns=turns, window=window)


def test_only_the_last_acceptance_goes_without_a_deadline() -> None:
    final = CheckPoint("cf", ("s/accept",), at("10 01:40"), final=True)
    assert keys(town(), FIRST, CHECKED, final) == []
    assert keys(town(), FIRST, replace(CHECKED, final=True)) == ["s13.missing"]


def test_after_the_point_of_no_return_fallback_and_delay_are_named_and_no_deadline_is_asked_for() -> None:
    inventory = town()
    once = replace(inventory.assets["a"], irreversible=frozenset({K.START}))
    final = replace(inventory, assets={"a": once})
    for half in ({}, {"fallback": "紙の証明書"}, {"fallback_minutes": 480}):
        assert keys(final, FIRST, **half) == ["s13.no_fallback"]
    assert keys(final, FIRST, fallback="紙の証明書", fallback_minutes=480) == []


def test_a_way_back_over_what_cannot_be_undone_is_none() -> None:
    inventory = town()
    once = replace(inventory.assets["a"], irreversible=frozenset({K.START}))
    final = replace(inventory, assets={"a": once})
    named = {"fallback": "紙の証明書", "fallback_minutes": 480}
    assert keys(inventory, FIRST, CHECKED, **named) == []
    assert keys(final, FIRST, CHECKED, **named) == ["s13.undoes_the_irreversible"]
    silent = replace(CHECKED, rollback=(), deadline=None, minutes=None)
    assert keys(final, FIRST, silent, **named) == []


def test_a_way_back_that_is_told_beyond_the_point_of_no_return_is_judged() -> None:
    inventory = town()
    once = replace(inventory.assets["a"], irreversible=frozenset({K.STOP}))
    final = replace(inventory, assets={"a": once})
    named = {"fallback": "紙の証明書", "fallback_minutes": 480}
    late = replace(CHECKED, deadline=at("10 05:00"))
    assert set(keys(final, late, **named)) >= {"s13.undoes_the_irreversible", "s13.deadline_told"}


def test_a_check_point_lies_at_the_end_of_its_steps() -> None:
    moved_point = replace(CHECKED, planned=at("10 01:19"))
    assert "s13.planned" in keys(town(), FIRST, moved_point)


def test_a_witness_step_without_length_is_a_finding() -> None:
    broken = (*BACK, RollbackStep(K.STOP, ("a",), -5, 0))
    assert keys(town(), FIRST, replace(CHECKED, rollback=broken)) == ["s13.witness_form"]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"budget": 0}, "10 06:30"),
        ({"budget": 45}, "10 07:15"),
        ({"budget": 600, "longest": 60}, "10 07:30"),
        ({"budget": 600, "longest_elapsed": 240}, "10 03:00"),
        ({"budget": 16 * 60 + 30 + 10}, "11 06:40"),  # a whole day of service, and ten minutes of the next
    ],
)
def test_the_latest_permitted_return_is_the_earliest_of_budget_longest_and_elapsed(limits, expected) -> None:
    inventory = town(**limits)
    since = at("9 23:00")
    found_at = latest_return(Almanac(inventory), inventory.systems["s"], Spans((Span(since, since + 60),)), since)
    assert found_at == at(expected)


def test_earlier_outages_leave_less_of_the_budget() -> None:
    inventory = town(budget=60)
    out = Spans((Span(at("3 12:00"), at("3 12:40")), Span(at("9 23:00"), at("10 01:00"))))
    assert latest_return(Almanac(inventory), inventory.systems["s"], out, at("9 23:00")) == at("10 06:50")


def test_at_the_very_point_of_no_return_a_way_back_is_still_asked_for() -> None:
    inventory = town()
    once = replace(inventory.assets["a"], irreversible=frozenset({K.UNMOUNT}))
    final = replace(inventory, assets={"a": once})
    named = {"fallback": "紙の証明書", "fallback_minutes": 480}
    silent = replace(FIRST, rollback=(), deadline=None, minutes=None)
    assert keys(final, FIRST, **named) == []
    assert "s13.deadline_told" in keys(final, silent, **named)


def test_a_state_to_return_to_that_does_not_last_is_told_with_its_name_and_who_is_out() -> None:
    turns = (Turn("t1", (), at("9 23:00"), at("9 23:10")), Turn("t2", ("a",), at("9 23:10"), at("10 01:40")))
    back = undo(*((s.kind.value, s.assets[0], s.minutes) for s in BACK[:6]))
    point = replace(CHECKED, anchor="t1", rollback=back, minutes=130)
    (finding,) = found(town(), FIRST, point, turns=turns)
    assert (finding.values["anchor"], finding.values["others"]) == ("t1", "s")
    (unknown,) = found(town(), FIRST, replace(CHECKED, anchor="t9"), turns=turns)
    assert (unknown.key, unknown.values["anchor"]) == ("s13.anchor", "t9")
