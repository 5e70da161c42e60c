"""S14: one first irreversible step a wave, and directly before it a gate with criteria and people who are there."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import AssetKind
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.people import Contact, Person, Team
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.finding import Finding
from planner.plan.wave import Gate
from planner.safety.context import Context
from planner.safety.rules.s14_point_of_no_return import RULE
from planner.units.span import Span
from tests.safety.estates import asset, estate, plan, steps

HEAD = Person("head", "課長")
DEPUTY = Person("deputy", "係長", absent=(Span(500, 600),))
CIO = Contact("cio", "CIO", "CIO", phone="000")
GATE = Gate("g1", 70, "s002", "head", "deputy", ("すべての受入が済んでいる",))
LINES = ("60 70 stop a", "70 80 dispose a", "90 100 stop b")


def town(**more: Any) -> Inventory:
    facts: dict[str, Any] = {
        "teams": {"ict": Team("ict", "ict", (HEAD, DEPUTY), own=True)},
        "contacts": {"cio": CIO, "mayor": replace(CIO, id="mayor", phone=None)},
        **more,
    }
    return estate(asset("a", method=Method.RETIRE), asset("b"), **facts)


def found(*gates: Gate, lines: tuple[str, ...] = LINES, named: str | None = "s002", **more: Any) -> list[Finding]:
    inventory = town(**more)
    answer = plan(inventory, steps(*lines))
    wave = replace(answer.waves[0], gates=gates, point_of_no_return=named)
    return list(RULE.check(Context.of(inventory, replace(answer, waves=(wave,)))).findings)


def keys(*gates: Gate, **more: Any) -> list[str]:
    return [finding.key for finding in found(*gates, **more)]


def test_a_gate_directly_before_the_only_irreversible_step_is_no_finding() -> None:
    assert keys(GATE) == []


def test_a_removed_gate_is_named_with_asset_and_instant() -> None:
    (finding,) = found()
    assert (finding.rule, finding.key, finding.subjects) == ("S14", "s14.no_gate", ("a",))
    assert finding.span == Span(70, 80)


def test_nothing_begins_or_ends_between_the_gate_and_its_step() -> None:
    between = (*LINES, "72 74 stop b")
    assert keys(replace(GATE, at=69), lines=("60 69 stop a", "70 80 dispose a")) == []
    assert keys(replace(GATE, at=69), lines=LINES) == ["s14.gate_elsewhere"]
    assert keys(replace(GATE, at=65), lines=("60 70 stop a", "70 80 dispose a", "66 68 stop b")) == [
        "s14.gate_elsewhere"
    ]
    assert keys(replace(GATE, at=71), lines=between) == ["s14.gate_elsewhere"]


def test_there_is_one_first_irreversible_step() -> None:
    two = {"assets": {id: asset(id, method=Method.RETIRE) for id in ("a", "b")}}
    both = ("60 70 stop a", "70 80 dispose a", "70 80 dispose b")
    inventory = estate(*two["assets"].values())
    answer = plan(inventory, steps(*both))
    wave = replace(answer.waves[0], gates=(GATE, replace(GATE, id="g2", before="s003")), point_of_no_return="s002")
    context = Context.of(inventory, replace(answer, waves=(wave,)))
    assert "s14.several" in [finding.key for finding in RULE.check(context).findings]


def test_a_later_irreversible_step_needs_no_gate_of_its_own() -> None:
    assert keys(GATE, lines=("60 70 stop a", "70 80 dispose a", "80 90 dispose a")) == []


def test_an_asset_may_declare_kinds_of_steps_irreversible() -> None:
    line = asset("a", AssetKind.LINE, irreversible=frozenset({StepKind.SWITCH_OVER}))
    inventory = estate(line)
    answer = plan(inventory, steps("60 70 switch_over a"))
    keys_found = [f.key for f in RULE.check(Context.of(inventory, answer)).findings]
    assert keys_found == ["s14.not_named", "s14.no_gate"]


def test_the_point_of_no_return_is_named_and_only_if_there_is_one() -> None:
    assert keys(GATE, named=None) == ["s14.not_named"]
    assert keys(GATE, named="s003") == ["s14.not_named"]
    assert keys(lines=("60 70 stop b",), named="s001") == ["s14.reversible"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"criteria": ()}, ["s14.no_criteria"]),
        ({"default": "yes"}, ["s14.default"]),
        ({"deputy": "head"}, ["s14.same_person"]),
        ({"deputy": "ghost"}, ["s14.unknown_person"]),
        ({"deputy": "cio"}, []),
        ({"deputy": "mayor"}, ["s14.no_phone"]),
    ],
)
def test_a_gate_has_criteria_a_decider_a_deputy_and_no_as_its_default(change, expected):
    assert keys(replace(GATE, **change)) == expected


def test_a_gate_before_what_can_be_undone_is_the_offices_own_affair() -> None:
    assert keys(GATE, replace(GATE, id="g0", before="s003", criteria=(), deputy="ghost")) == []


def test_decider_and_deputy_are_on_duty() -> None:
    late = ("500 510 stop a", "510 520 dispose a")
    assert keys(replace(GATE, at=510), lines=late) == ["s14.off_duty"]


@pytest.mark.parametrize(("first", "last", "broken"), [(70, 80, []), (60, 70, ["head"]), (71, 90, ["head"])])
def test_a_decider_is_at_work_in_the_minute_of_the_gate(first: int, last: int, broken: list[str]) -> None:
    """Whose team has hours is on duty only in them; the clock of the office is nine hours ahead."""
    open_ = Timetable(hours={"h": Hours("h", (DailyHours(DaySet(), 540 + first, 540 + last),))})
    teams = {"ict": Team("ict", "ict", (HEAD,), own=True, hours="h"), "duty": Team("duty", "duty", (DEPUTY,))}

    assert [f.values["person"] for f in found(GATE, teams=teams, timetable=open_) if f.key == "s14.off_duty"] == broken


def test_a_phone_that_is_not_known_is_reported_as_unknown() -> None:
    (finding,) = found(replace(GATE, deputy="mayor"))
    assert finding.unknown


def test_a_step_may_begin_with_the_irreversible_one_but_not_with_the_gate_before_it() -> None:
    own = ("50 60 stop a", "70 80 dispose a")
    gate = replace(GATE, at=65)
    assert keys(gate, lines=own) == []
    assert keys(gate, lines=(*own, "70 90 stop b")) == []
    assert keys(gate, lines=(*own, "65 75 stop b")) == ["s14.gate_elsewhere"]
    assert keys(gate, lines=(*own, "40 65 stop b")) == []
    assert keys(gate, lines=(*own, "40 70 stop b")) == ["s14.gate_elsewhere"]


def test_a_gate_lies_in_the_window_of_its_wave_and_may_open_it() -> None:
    inventory = town()
    answer = plan(inventory, steps("70 80 dispose a"), window=Span(60, 200))

    def said(minute: int) -> list[str]:
        gate = replace(GATE, at=minute, before="s001")
        wave = replace(answer.waves[0], gates=(gate,), point_of_no_return="s001")
        return [f.key for f in RULE.check(Context.of(inventory, replace(answer, waves=(wave,)))).findings]

    assert said(60) == said(70) == []
    assert said(59) == said(71) == ["s14.gate_elsewhere"]
