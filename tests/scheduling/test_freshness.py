"""Somebody is fresh when the office opens after the work of a window, or in the middle of it (S15)."""

from pathlib import Path

import pytest

from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.safety.verify import verify
from planner.scheduling.freshness import at_home, openings, tiring, working_part
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
from planner.units.span import Span

OFFICE = """\
version: 1
project: {{id: t, name: t, as_of: 2026-09-01, horizon: {{from: 2026-10-05, last_day: 2026-10-31}}}}
rooms: [{{id: old, name: old, kind: server_room}}, {{id: new, name: new, kind: server_room}}]
racks: [{{id: O1, room: old}}, {{id: N1, room: new}}]
teams: [{{id: ict, name: ict, own: true, people: {people}}}]
policy: {{decider: ict/1, deputy: ict/2, criteria: [nothing is on fire], staff: {{office: office}},
  severity: {{S05: {{as: warning, reason: there are few racks}}}}}}
calendar:
  hours: {{office: every day 04:40-22:00, daily: weekdays 10:00-20:00}}
  windows: [{{id: night, days: weekdays, start: "22:00", end: "34:00"}}]
servers: [{{id: a, at: O1/10, to: N1/10}}, {{id: b, at: O1/12, to: N1/12}}]
systems: [{{id: x, name: x, criticality: B, hours: daily, runs_on: a}}]
"""
NIGHT = ("2026-10-05T22:00+09:00", "2026-10-06T08:00+09:00")


def answered(folder: Path, people: int) -> Plan | Refusal:
    (folder / "inventory.yaml").write_text(OFFICE.format(people=people), encoding="utf-8")
    return schedule(load(folder).inventory, Options(0.1, 0))


@pytest.mark.parametrize("people", [2, 3, 5])
def test_of_a_few_people_somebody_is_fresh_when_the_office_opens_in_the_window(tmp_path: Path, people: int) -> None:
    plan = answered(tmp_path, people)
    assert isinstance(plan, Plan)
    assert verify(plan.inventory, plan).failures == ()


def test_who_stays_at_home_is_asked_for_every_opening_that_the_window_touches(tmp_path: Path) -> None:
    plan = answered(tmp_path, 3)
    inventory = plan.inventory if isinstance(plan, Plan) else None
    assert inventory is not None
    night = Span(*(inventory.clock.parse(text) for text in NIGHT))
    first = next(at for at in openings(inventory) if at in night)
    assert tiring(inventory, night).parts == (Span(night.start, first),)
    assert at_home(inventory, night) == {"ict": 1}
    assert working_part(inventory, night) == night
