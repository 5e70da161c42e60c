"""How much one wave may touch (S19), and how long a room stays open for whoever stops (S23)."""

from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load

HEAD = """\
version: 1
project: {{id: t, name: t, as_of: 2026-09-01, horizon: {{from: 2026-10-01, last_day: 2026-12-31}}}}
rooms: [{{id: old, name: old, kind: server_room{closes}}}, {{id: new, name: new, kind: server_room}}]
tiers: [{{id: A, name: A}}]
teams: [{{id: ict, name: ict, own: true, people: 6}}]
policy: {{decider: ict/1, deputy: ict/2, criteria: [nothing is on fire]{policy}}}
calendar:
  hours: {{office: weekdays 08:30-17:15}}
  windows: [{{id: sat, days: saturday, start: "08:00", end: "20:00"}}]
servers:
{servers}
systems:
  - {{id: y1, name: y1, criticality: S, hours: office, runs_on: s1, budget: 0m}}
  - {{id: y2, name: y2, criticality: S, hours: office, runs_on: s2, budget: 0m}}
"""
PAIR = "  - {id: s1, at: old, to: new}\n  - {id: s2, at: old, to: new}\n"


def inventory(folder: Path, *, servers: str = PAIR, policy: str = "", closes: str = "") -> Inventory:
    text = HEAD.format(servers=servers.rstrip(), policy=policy, closes=closes)
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    return load(folder).inventory


def waves(found: Inventory) -> list[set[str]]:
    """The assets that each wave of a safe plan carries."""
    answer = schedule(found, Options(0.5, 0))
    assert isinstance(answer, Plan), answer
    assert verify(found, answer).failures == ()
    return [{id for s in wave.steps if s.kind is StepKind.CARRY for id in s.assets} for wave in answer.waves]


def test_without_a_cap_both_go_in_one_wave(tmp_path: Path) -> None:
    assert waves(inventory(tmp_path)) == [{"s1", "s2"}]


def test_a_wave_touches_no_more_of_the_most_critical_systems_than_the_cap(tmp_path: Path) -> None:
    assert sorted(map(sorted, waves(inventory(tmp_path, policy=", critical_per_wave: 1")))) == [["s1"], ["s2"]]


def test_a_cap_that_is_only_a_warning_divides_nothing(tmp_path: Path) -> None:
    lax = ", critical_per_wave: 1, severity: {S19: {as: warning, reason: one weekend only}}"
    assert waves(inventory(tmp_path, policy=lax)) == [{"s1", "s2"}]


def test_what_is_more_than_a_wave_may_touch_by_itself_is_refused_with_the_systems(tmp_path: Path) -> None:
    answer = schedule(inventory(tmp_path, policy=", critical_per_wave: 0"), Options(0.1, 0))
    assert isinstance(answer, Refusal)
    assert {(r.key, r.values["touched"]) for r in answer.reasons} == {
        ("job_touches_too_much", "y1"),
        ("job_touches_too_much", "y2"),
    }


@pytest.mark.parametrize(("more", "expected"), [("", [{"s1", "s2"}, {"m1"}]), ("m2", [{"s1", "s2", "m1"}])])
def test_a_monitor_moves_in_another_wave_than_what_only_it_watches(
    tmp_path: Path, more: str, expected: list[set[str]]
) -> None:
    other = "  - {id: m2, at: old, watches: [old, new]}\n" if more else ""
    servers = PAIR + "  - {id: m1, at: old, to: new, watches: [old, new]}\n" + other
    assert sorted(waves(inventory(tmp_path, servers=servers)), key=sorted) == sorted(expected, key=sorted)


def test_a_backup_server_does_not_move_at_the_same_time_as_the_original(tmp_path: Path) -> None:
    found = inventory(tmp_path, servers=PAIR + "  - {id: b1, at: old, to: new, backs_up: [s1]}\n")
    answer = schedule(found, Options(0.5, 0))
    assert isinstance(answer, Plan)
    assert verify(found, answer).failures == ()
    assert not any({"b1", "s1"} <= set(turn.assets) for wave in answer.waves for turn in wave.turns)


def test_who_stops_may_stay_in_the_old_room_for_the_days_of_the_policy(tmp_path: Path) -> None:
    """From Saturday 2026-10-10 it is 28 days to the last day of the room, from the next Saturday only 21."""
    late = PAIR.replace("to: new}", "to: new, not_before: 2026-10-09}")
    found = inventory(tmp_path, servers=late, closes=", last_day: 2026-11-07")
    answer = schedule(found, Options(0.5, 0))
    assert isinstance(answer, Plan)
    assert verify(found, answer).failures == ()
    assert [wave.window_id for wave in answer.waves] == ["sat/2026-10-10"]
    none = inventory(tmp_path, servers=late, closes=", last_day: 2026-11-06")
    assert isinstance(schedule(none, Options(0.1, 0)), Refusal)
