"""Findings about steps in full: whom they name, when, which steps, and where in the inventory the facts stand."""

from dataclasses import replace
from typing import Any

from planner.model.asset import Application, Asset, AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Gate
from planner.safety.context import Context
from planner.safety.rule import Rule
from planner.safety.rules import s14_point_of_no_return, s18_external_lines, s20_acceptance
from tests.safety.estates import asset, carried, estate, hard, moved, plan, stages, steps, system, works

S14, S18, S20 = s14_point_of_no_return.RULE, s18_external_lines.RULE, s20_acceptance.RULE
CARRIER = Timetable(hours={"carrier": Hours("carrier", (DailyHours(DaySet(), 18 * 60, 22 * 60),))})
"""18:00 to 22:00 in Tokyo are the minutes 540 to 780 of each day."""
TEAMS = {
    "body": Team("body", "body", (Person("body/1", "1"),)),
    "ict": Team("ict", "ict", (Person("ict/1", "1"),), own=True),
}
LAY, TEST, SWITCH = "2000 2060 lay l", "2060 2070 test l", "3000 3010 switch_over l"
Row = tuple[str, tuple[str, ...], tuple[int, int] | None, tuple[str, ...], tuple[str, ...], dict[str, str]]


def rows(rule: Rule, of: Plan) -> list[Row]:
    """Key, subjects, interval, steps, facts and values."""
    return [
        (f.key, f.subjects, (f.span.start, f.span.end) if f.span else None, f.steps, f.facts, dict(f.values))
        for f in rule.check(Context.of(of.inventory, of)).findings
    ]


def line(**changes: Any) -> Asset:
    facts: dict[str, Any] = {"method": Method.RELAY, "stages": stages("new"), "dual_lay": True, **changes}
    ends = {"old": ("r1",), "new": ("r2",)}
    known = {"lead_days": 1, "appointments": "carrier", "works": works(lay=60, test=10, switch_over=10)}
    return asset("l", AssetKind.LINE, **{"ends": ends, **known, **facts})


def town(*things: Asset, **changes: Any) -> Inventory:
    ends = asset("r1"), asset("r2", room="new")
    return estate(*(things or (line(**changes),)), *ends, timetable=CARRIER, teams=TEAMS)


def laid(inventory: Inventory, *lines: str) -> list[Row]:
    return rows(S18, plan(inventory, steps(*lines)))


def test_s18_says_before_which_day_the_carrier_does_not_come() -> None:
    values = {"days": "2", "earliest": "1970-01-03T00:00+09:00"}

    assert laid(town(), LAY, TEST, SWITCH) == []
    assert laid(town(lead_days=2), LAY, TEST, SWITCH) == [
        ("s18.lead_time", ("l",), (2000, 2060), ("s001",), ("assets.l.lead_days",), values)
    ]


def test_s18_names_the_visit_without_an_appointment_and_the_laying_without_a_switch_over() -> None:
    facts = ("assets.l.appointments",)
    assert laid(town(), LAY, "2215 2225 test l", SWITCH) == [
        ("s18.no_appointment", ("l",), (2215, 2225), ("s002",), facts, {"hours": "carrier"})
    ]
    assert laid(town(), LAY, TEST) == [
        ("s18.no_switch_over", ("l",), (2000, 2070), ("s001", "s002"), ("assets.l.works.switch_over",), {})
    ]


def test_s18_names_what_of_the_new_end_is_missing_and_which_end_is_down() -> None:
    def missing(kind: str) -> Row:
        return ("s18.not_ready", ("l",), (3000, 3010), ("s001",), ("assets.l.dual_lay",), {"kind": kind})

    def down(key: str, end: str, **room: str) -> list[Row]:
        facts, values = ("assets.l.ends", "assets.l.dual_lay"), {"ends": end, **room}
        return [(f"s18.{key}", ("l", end), (3000, 3010), ("s003",), facts, values)]

    assert laid(town(), SWITCH) == [missing("lay"), missing("test")]
    assert laid(town(), LAY, TEST, SWITCH, "2990 3005 stop r2") == down("new_end_down", "r2", room="new")
    assert laid(town(), LAY, TEST, SWITCH, "2980 2990 stop r1") == down("closed_first", "r1")


def by(*people: str) -> tuple[Step, ...]:
    return tuple(replace(step, people=people) for step in steps(*moved("a", 100)))


def test_s18_names_who_has_to_be_there_at_each_touch_and_the_days_that_were_agreed() -> None:
    agreed = Application(accepted=0, since=101, until=159)
    handled = town(carried("a", handled_by="body", application=agreed))

    def row(number: int, key: str, *subjects: str, fact: str, **values: str) -> Row:
        span = (90 + 10 * number, 100 + 10 * number)
        return (f"s18.{key}", subjects, span, (f"s00{number}",), (f"assets.a.{fact}",), values)

    outside = [row(n, "outside_application", "a", fact="application") for n in (1, 6)]
    absent = [row(n, "body_absent", "a", "body", fact="handled_by", body="body") for n in range(1, 7)]
    assert rows(S18, plan(handled, by("ict/1", "body/1"))) == outside
    assert rows(S18, plan(handled, by("ict/1"))) == [*absent, *outside]


def test_s18_says_on_which_day_an_application_was_not_yet_accepted() -> None:
    open_still = town(carried("a", handled_by="body", application=Application(filed=0, accepted=99_999)))
    facts, done = ("assets.a.application", "project.as_of"), tuple(f"s00{n}" for n in range(1, 7))

    assert rows(S18, plan(open_still, by("body/1"))) == [
        ("s18.not_accepted", ("a",), (100, 160), done, facts, {"as_of": "1970-01-01"})
    ]


def night(*, provisional: bool) -> list[Row]:
    inventory = estate(asset("a"), system("s", "a", accept_hours="carrier"), timetable=CARRIER)
    done = steps("0 10 stop s", "10 20 start s", "300 330 accept s")
    return rows(S20, plan(inventory, tuple(replace(s, provisional=provisional) for s in done)))


def test_s20_says_when_an_acceptance_can_first_be_tested() -> None:
    values = {"system": "s", "first": "1970-01-01T18:00+09:00"}

    assert night(provisional=True) == [
        ("s20.unconfirmed", ("s",), (300, 330), (), ("systems.s.accept_hours",), values),
        ("s20.no_fallback", ("s",), (300, 330), (), ("systems.s.fallback",), values),
    ]
    late = {"system": "s", "hours": "carrier"}
    assert night(provisional=False) == [
        ("s20.outside_hours", ("s",), (300, 330), (), ("systems.s.accept_hours",), late)
    ]


def test_s20_names_a_group_at_its_last_acceptance() -> None:
    group = system("k", "a", needs=(hard("j"),)), system("j", "a", needs=(hard("k"),))
    done = steps("0 10 stop k j", "20 30 start j k", "30 40 accept k", "30 45 accept j")

    assert rows(S20, plan(estate(asset("a"), *group), done)) == [
        ("s20.accepted_apart", ("k", "j"), (30, 45), (), (), {"group": "k, j"})
    ]


def test_s14_names_what_lies_between_a_gate_and_its_step_and_all_that_the_gate_lacks() -> None:
    of = plan(
        estate(asset("a", method=Method.RETIRE), asset("b")),
        steps("60 70 stop a", "70 80 dispose a", "66 68 stop b"),
    )
    gate = Gate("g1", 65, "s002", "head", "head", (" ",), default="yes")
    wave = replace(of.waves[0], gates=(gate,), point_of_no_return="s002")

    at, step = (65, 66), ("s002",)
    assert rows(S14, replace(of, waves=(wave,))) == [
        ("s14.gate_elsewhere", ("g1", "a"), (60, 80), ("s001", "s003", "s002"), (), {"gate": "g1"}),
        ("s14.no_criteria", ("w1", "g1"), at, step, (), {}),
        ("s14.default", ("w1", "g1"), at, step, (), {"default": "yes"}),
        ("s14.same_person", ("g1", "head"), at, step, (), {}),
        ("s14.unknown_person", ("g1", "head"), at, step, (), {"person": "head"}),
    ]
