"""S15: capacity, skill, presence, contract, shifts, rest, hours per month, two people, someone fresh."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model.asset import AssetKind, Cluster, Demand, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory, Project
from planner.model.network import Link
from planner.model.people import Contract, Person, Team
from planner.model.policy import Policy, Staff
from planner.model.system import Criticality
from planner.model.timetable import DailyHours, DaySet, DayType, Hours, Timetable
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety.duty import shifts, unfilled
from planner.safety.rota import Rota
from planner.safety.timetable import Almanac
from planner.units.clock import Clock
from planner.units.duration import Duration
from planner.units.span import Span, Spans
from tests.safety.estates import asset, estate, system, vm

CLOCK = Clock("Asia/Tokyo")
OFFICE = Hours("office", (DailyHours(DaySet(type=DayType.OPEN), 8 * 60 + 30, 17 * 60 + 15),))
STAFF = Staff(office="office", fresh=0, two_person=frozenset())


def at(text: str) -> int:
    """``"01-09 08:00"`` of January to March 2027."""
    return CLOCK.parse(f"2027-{text.replace(' ', 'T')}+09:00")


def team(id: str, *people: str, **more: Any) -> Team:
    members = tuple(Person(f"{id}/{n}", n, frozenset(n.split("+")[1:])) for n in people)
    return Team(id, id, members, **more)


def town(*things: Any, teams: tuple[Team, ...], staff: Staff = STAFF, crew: tuple[Demand, ...] = ()) -> Inventory:
    """Server `a` whose carry takes two hours and the crew given; horizon January to March 2027."""
    work = {StepKind.CARRY: Work(Duration.fixed(120), crew)}
    project = Project("tiny", "tiny", date(2026, 12, 1), Span(at("01-01 00:00"), at("03-31 00:00")))
    base = estate(asset("a", works=work), *things, policy=Policy(staff=staff))
    timetable = Timetable(hours={"office": OFFICE})
    return replace(base, project=project, timetable=timetable, teams={t.id: t for t in teams})


def step(id: str, begin: str, minutes: int, *people: str, **more: Any) -> Step:
    facts: dict[str, Any] = {"kind": StepKind.CARRY, "assets": ("a",), **more}
    return Step(id=id, start=at(begin), end=at(begin) + minutes, people=people, **facts)


def found(inventory: Inventory, *steps: Step) -> list[Finding]:
    return list(Rota(inventory, steps, Almanac(inventory)).faults())


def keys(inventory: Inventory, *steps: Step) -> list[str]:
    return [finding.key for finding in found(inventory, *steps)]


def test_people_who_fill_every_demand_are_no_finding() -> None:
    inventory = town(teams=(team("vd", "1", "2"),), crew=(Demand("vd", 2),))
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1", "vd/2")) == []


def test_a_team_that_is_too_small_is_named_with_the_asset_and_the_instant() -> None:
    inventory = town(teams=(team("vd", "1", "2"),), crew=(Demand("vd", 2),))
    (finding,) = found(inventory, step("s1", "01-09 08:00", 120, "vd/1"))
    assert (finding.rule, finding.key, finding.subjects) == ("S15", "s15.crew_missing", ("a", "vd"))
    assert finding.span == Span(at("01-09 08:00"), at("01-09 10:00"))


def test_who_is_named_twice_is_one_person() -> None:
    inventory = town(teams=(team("vd", "1", "2"),), crew=(Demand("vd", 2),))
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1", "vd/1")) == ["s15.crew_missing", "s15.counted_twice"]
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1", "vd/2", "vd/2")) == ["s15.counted_twice"]


def test_the_test_of_a_bridge_has_its_crew() -> None:
    bridge = Link("b", "b", ("old", "new"), bridge=True, test=Duration.fixed(20), crew=(Demand("vd"),))
    inventory = replace(town(teams=(team("vd", "1"),)), links={"b": bridge})
    tested = {"kind": StepKind.TEST, "assets": ("b",)}
    assert keys(inventory, step("s1", "01-09 08:00", 20, "vd/1", **tested)) == []
    (finding,) = found(inventory, step("s1", "01-09 08:00", 20, **tested))
    assert (finding.key, finding.subjects, finding.facts) == ("s15.crew_missing", ("b", "vd"), ("links.b.crew",))


def test_a_skill_is_filled_by_someone_who_has_it() -> None:
    crew = (Demand("ict", 1), Demand("ict", 1, "network"))
    inventory = town(teams=(team("ict", "a+network", "b"),), crew=crew)
    assert keys(inventory, step("s1", "01-09 08:00", 120, "ict/a+network", "ict/b")) == []
    assert keys(inventory, step("s1", "01-09 08:00", 120, "ict/b")) == ["s15.skill_missing"]


def test_people_are_matched_so_that_the_skilled_one_takes_the_place_that_needs_the_skill() -> None:
    ict = team("ict", "a+network", "b")
    people = [(ict, person) for person in ict.people]
    crew = (Demand("ict", 1), Demand("ict", 1, "network"))
    assert unfilled(crew, people) == ()
    assert unfilled((Demand("ict", 2, "network"),), people) == (Demand("ict", 2, "network"),)


def test_a_witness_is_another_person_of_the_team_asked_for() -> None:
    inventory = town(teams=(team("ict", "1", "2"),))
    work = Work(Duration.fixed(10), (Demand("ict"),), Demand("ict"))
    watched = replace(inventory, assets={"a": replace(inventory.assets["a"], works={StepKind.CARRY: work})})
    assert keys(watched, step("s1", "01-09 08:00", 10, "ict/1", witness="ict/2")) == []
    assert keys(watched, step("s1", "01-09 08:00", 10, "ict/1")) == ["s15.witness_missing"]
    assert keys(watched, step("s1", "01-09 08:00", 10, "ict/1", witness="ict/1")) == ["s15.counted_twice"]


def test_one_person_cannot_be_on_two_steps_at_once_but_one_after_the_other() -> None:
    inventory = town(teams=(team("vd", "1"),))
    (clash,) = found(
        inventory, step("s1", "01-09 08:00", 120, "vd/1"), step("s2", "01-09 09:00", 120, "vd/1", assets=("b",))
    )
    assert (clash.key, clash.steps) == ("s15.two_places", ("s1", "s2"))
    assert clash.span == Span(at("01-09 09:00"), at("01-09 10:00"))
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1"), step("s2", "01-09 10:00", 120, "vd/1")) == []


def test_a_witness_is_busy_too() -> None:
    inventory = town(teams=(team("vd", "1", "2"),))
    steps = (step("s1", "01-09 08:00", 120, "vd/1", witness="vd/2"), step("s2", "01-09 09:00", 30, "vd/2"))
    assert keys(inventory, *steps) == ["s15.two_places"]


def test_nobody_works_who_is_not_in_the_inventory() -> None:
    assert keys(town(teams=()), step("s1", "01-09 08:00", 120, "nobody")) == ["s15.unknown_person"]


def test_nobody_works_while_absent() -> None:
    person = Person("vd/1", "1", absent=(Span(at("01-09 09:00"), at("01-10 00:00")),))
    inventory = town(teams=(Team("vd", "vd", (person,)),))
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1")) == ["s15.absent"]
    assert keys(inventory, step("s1", "01-09 07:00", 120, "vd/1")) == []


def test_a_team_works_inside_its_hours() -> None:
    inventory = town(teams=(team("carrier", "1", hours="office"),))
    assert keys(inventory, step("s1", "01-08 09:00", 120, "carrier/1")) == []
    assert keys(inventory, step("s1", "01-09 09:00", 120, "carrier/1")) == ["s15.outside_team_hours"]


def test_a_team_with_notice_works_from_so_many_days_after_as_of() -> None:
    inventory = town(teams=(team("vd", "1", notice_days=45),))  # as_of is 2026-12-01
    assert keys(inventory, step("s1", "01-14 23:00", 60, "vd/1")) == ["s15.notice"]
    assert keys(inventory, step("s1", "01-15 00:00", 60, "vd/1")) == []


@pytest.mark.parametrize(
    ("contract", "begin", "expected"),
    [
        (Contract(covers=Span(at("01-01 00:00"), at("02-01 00:00"))), "01-30 09:00", []),
        (Contract(covers=Span(at("01-01 00:00"), at("02-01 00:00"))), "02-01 09:00", ["s15.contract_dates"]),
        (Contract(kinds=frozenset({"carry"})), "01-30 09:00", []),
        (Contract(kinds=frozenset({"mount"})), "01-30 09:00", ["s15.contract_kind"]),
        (Contract(nights=False), "01-29 19:30", []),
        (Contract(nights=False), "01-29 21:00", ["s15.contract_night"]),
        (Contract(nights=False), "01-29 04:30", ["s15.contract_night"]),
        (Contract(closed_days=False), "01-29 19:30", []),
        (Contract(closed_days=False), "01-29 22:00", []),
        (Contract(closed_days=False), "01-29 22:01", ["s15.contract_closed_day"]),  # one minute of Saturday
    ],
)
def test_a_vendor_works_inside_a_contract_that_covers_date_kind_night_and_closed_days(contract, begin, expected):
    inventory = town(teams=(team("vd", "1", contract=contract),))
    assert keys(inventory, step("s1", begin, 120, "vd/1")) == expected


def test_a_shift_is_a_run_of_work_without_a_full_rest_and_lasts_at_most_twelve_hours() -> None:
    inventory = town(teams=(team("vd", "1"),))
    morning, evening = step("s1", "01-09 08:00", 60, "vd/1"), step("s2", "01-09 19:30", 60, "vd/1")
    (finding,) = found(inventory, morning, evening)
    assert (finding.key, finding.steps) == ("s15.shift", ("s1", "s2"))
    assert finding.values["minutes"] == str(12 * 60 + 30)
    assert keys(inventory, morning, step("s2", "01-09 20:00", 60, "vd/1")) == []  # eleven hours of rest lie between
    assert keys(inventory, morning, step("s2", "01-09 19:00", 60, "vd/1")) == []  # twelve hours exactly


def test_shifts_join_work_with_less_than_the_rest_between() -> None:
    work = Spans.of((Span(0, 60), Span(100, 160), Span(300, 310)))
    assert shifts(work, 140) == (Span(0, 160), Span(300, 310))
    assert shifts(work, 141) == (Span(0, 310),)


def test_minutes_outside_office_hours_are_limited_per_calendar_month_for_own_people() -> None:
    staff = replace(STAFF, month=10 * 60)
    own = town(teams=(team("ict", "1", own=True),), staff=staff)
    nights = [step(f"s{day}", f"01-{day} 18:00", 180, "ict/1") for day in (12, 14, 19)]
    assert keys(own, *nights) == []
    (finding,) = found(own, *nights, step("s25", "01-25 16:00", 180, "ict/1"))  # 75 of 180 minutes are office hours
    assert (finding.key, finding.values["minutes"]) == ("s15.month", str(3 * 180 + 105))
    assert keys(own, *nights, step("s25", "02-02 16:00", 180, "ict/1")) == []
    vendor = town(teams=(team("ict", "1"),), staff=staff)
    assert keys(vendor, *nights, step("s25", "01-25 16:00", 180, "ict/1")) == []


def test_a_step_over_midnight_of_the_last_day_counts_in_both_months() -> None:
    inventory = town(teams=(team("ict", "1", own=True),), staff=replace(STAFF, month=119))
    assert keys(inventory, step("s1", "01-31 22:00", 240, "ict/1")) == ["s15.month", "s15.month"]
    assert keys(inventory, step("s1", "01-31 22:01", 238, "ict/1")) == []


def test_without_office_hours_monthly_hours_are_reported_as_unknown() -> None:
    inventory = town(teams=(team("ict", "1", own=True),), staff=replace(STAFF, office=None))
    (finding,) = found(inventory, step("s1", "01-09 08:00", 60, "ict/1"))
    assert (finding.key, finding.unknown) == ("s15.office_unknown", True)


def test_hands_on_what_a_critical_system_runs_on_come_in_pairs() -> None:
    critical = replace(system("jumin", "v"), criticality=Criticality.S)
    staff = replace(STAFF, two_person=frozenset({"S"}))
    inventory = town(vm("v", "a"), critical, teams=(team("vd", "1", "2"),), staff=staff, crew=(Demand("vd"),))
    (finding,) = found(inventory, step("s1", "01-09 08:00", 120, "vd/1"))
    assert (finding.key, finding.subjects) == ("s15.two_people", ("a", "jumin"))
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1", "vd/2")) == []
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1", witness="vd/2")) == []


def test_automatic_work_on_a_critical_system_has_no_hands_to_double() -> None:
    critical = replace(system("jumin", "a"), criticality=Criticality.S)
    inventory = town(critical, teams=(), staff=replace(STAFF, two_person=frozenset({"S"})))
    assert keys(inventory, step("s1", "01-09 08:00", 120)) == []


def test_a_system_that_is_not_critical_needs_no_second_person() -> None:
    inventory = town(system("gw", "a"), teams=(team("vd", "1"),), staff=Staff(office="office", fresh=0))
    assert keys(inventory, step("s1", "01-09 08:00", 120, "vd/1")) == []


def test_two_nights_of_an_office_leave_someone_fresh_when_it_opens_on_monday() -> None:
    staff = replace(STAFF, fresh=1)
    inventory = town(teams=(team("ict", "1", "2", own=True),), staff=staff)
    both = step("s1", "01-17 22:00", 180, "ict/1", "ict/2")  # Sunday night: nobody has rested at Monday 08:30
    (finding,) = found(inventory, both)
    assert (finding.key, finding.subjects) == ("s15.nobody_fresh", ("ict/1", "ict/2"))
    assert finding.values["opens"] == "2027-01-18T08:30+09:00"
    assert keys(inventory, step("s1", "01-17 22:00", 180, "ict/1")) == []
    assert keys(inventory, step("s1", "01-17 21:00", 60, "ict/1", "ict/2")) == ["s15.nobody_fresh"]  # to 22:00
    assert keys(inventory, step("s1", "01-17 18:30", 180, "ict/1", "ict/2")) == []  # eleven hours before opening


def test_who_is_absent_is_not_the_fresh_one() -> None:
    away = Person("ict/2", "2", absent=(Span(at("01-18 00:00"), at("01-19 00:00")),))
    office = Team("ict", "ict", (Person("ict/1", "1"), away), own=True)
    inventory = town(teams=(office,), staff=replace(STAFF, fresh=1))
    assert keys(inventory, step("s1", "01-17 22:00", 180, "ict/1")) == ["s15.nobody_fresh"]


def test_vendors_need_not_be_fresh() -> None:
    inventory = town(teams=(team("vd", "1"),), staff=replace(STAFF, fresh=1))
    assert keys(inventory, step("s1", "01-17 22:00", 180, "vd/1")) == []


def test_a_step_without_length_is_no_duty() -> None:
    inventory = town(teams=(team("vd", "1"),))
    broken = replace(step("s1", "01-09 08:00", 60, "vd/1"), end=at("01-09 07:00"))
    assert keys(inventory, broken, step("s2", "01-09 08:00", 60, "vd/1")) == []


def test_night_is_from_ten_in_the_evening_to_five_in_the_morning() -> None:
    inventory = town(teams=(team("vd", "1", contract=Contract(nights=False)),))
    assert keys(inventory, step("s1", "01-27 20:00", 120, "vd/1")) == []
    assert keys(inventory, step("s1", "01-27 20:01", 120, "vd/1")) == ["s15.contract_night"]
    assert keys(inventory, step("s1", "01-27 05:00", 120, "vd/1")) == []
    assert keys(inventory, step("s1", "01-27 04:59", 120, "vd/1")) == ["s15.contract_night"]


def test_the_hours_of_a_month_may_be_exactly_as_many_as_allowed() -> None:
    inventory = town(teams=(team("ict", "1", own=True),), staff=replace(STAFF, month=180))
    assert keys(inventory, step("s1", "01-12 18:00", 180, "ict/1")) == []
    assert keys(inventory, step("s1", "01-12 18:00", 181, "ict/1")) == ["s15.month"]


def test_as_many_people_are_fresh_as_the_policy_asks_for_or_as_the_office_has() -> None:
    night = step("s1", "01-17 22:00", 180, "ict/1")
    three = town(teams=(team("ict", "1", "2", "3", own=True),), staff=replace(STAFF, fresh=2))
    two = town(teams=(team("ict", "1", "2", own=True),), staff=replace(STAFF, fresh=2))
    assert keys(three, night) == []
    (finding,) = found(two, night)
    assert (finding.values["fresh"], finding.values["needed"], finding.subjects) == ("1", "2", ("ict/1",))


def test_a_stack_under_a_critical_system_is_touched_in_pairs_down_to_its_chassis_and_storage() -> None:
    blade = asset("b", AssetKind.BLADE, chassis="c")
    cluster = Cluster("cl", "cl", ("b",), "st")
    critical = replace(system("jumin", "v"), criticality=Criticality.S)
    staff = replace(STAFF, two_person=frozenset({"S"}))
    things = (blade, asset("c"), asset("st"), asset("d"), cluster, vm("v", "b", cluster="cl"), critical)
    inventory = town(*things, teams=(team("vd", "1"),), staff=staff)
    work = {StepKind.CARRY: Work(Duration.fixed(120), (Demand("vd"),))}
    assets = {id: replace(each, works=work) for id, each in inventory.assets.items()}
    by_one = [step(id, "01-09 08:00", 120, "vd/1", assets=(id,)) for id in ("v", "b", "c", "st", "d")]
    inventory = replace(inventory, assets=assets)
    found_on = [f.subjects[0] for each in by_one for f in found(inventory, each) if f.key == "s15.two_people"]
    assert found_on == ["v", "b", "c", "st"]


def own_pair(*, fresh: int) -> Inventory:
    staff = replace(STAFF, fresh=fresh)
    return town(teams=(team("ict", "1", "2", own=True),), staff=staff)


def test_a_way_back_tires_those_who_have_not_worked_before_when_the_office_needs_someone_fresh() -> None:
    inventory = own_pair(fresh=1)
    night, back = step("s1", "01-12 00:00", 120, "ict/2"), step("r1", "01-12 03:00", 120, "ict/1")

    def after(*before: Step) -> list[tuple[str, tuple[str, ...]]]:
        rota = Rota(inventory, before, Almanac(inventory))
        return [(f.key, f.subjects) for f in rota.after(at("01-12 03:00"), (back,))]

    assert after() == []
    assert after(night) == [("s15.nobody_fresh", ("ict/1", "ict/2"))]


def test_a_way_back_prolongs_the_shift_that_its_people_have_begun() -> None:
    inventory = own_pair(fresh=0)
    long, back = step("s1", "01-09 20:00", 600, "ict/1"), step("r1", "01-10 06:00", 150, "ict/1")

    def after(*before: Step) -> list[tuple[str, tuple[str, ...]]]:
        rota = Rota(inventory, before, Almanac(inventory))
        return [(f.key, f.steps) for f in rota.after(at("01-10 06:00"), (back,))]

    assert after() == []
    assert after(long) == [("s15.shift", ("s1", "r1"))]
