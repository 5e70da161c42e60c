"""The scheduler writes what a safe move has around it: backups, warming up, the time to live, the bodies' people."""

from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load

K = StepKind
TEXT = """\
version: 1
project: {id: small, as_of: 2026-08-31, horizon: {from: 2026-12-01, last_day: 2027-01-31}}
calendar:
  closed: [saturday, sunday, holidays, 12-29..01-03]
  hours: {office: weekdays 08:30-17:15, carrier: weekdays 09:00-17:00}
  windows: [{id: weekend, closed_run: 2d, start: "08:00", end: "20:00"}]
policy: {staff: {office: office}, decider: ict/1, deputy: ict/2, criteria: [backups are verified]}
teams:
  - {id: ict, own: true, people: 4}
  - {id: mv, people: 4, movers: true}
  - {id: pref, people: 1}
rooms:
  - {id: old, kind: server_room, floor_kg_m2: 900, kva: 9, cooling_kw: 9}
  - {id: new, kind: server_room, floor_kg_m2: 900, kva: 9, cooling_kw: 9}
  - {id: vault, kind: vault}
circuits: [{id: co, room: old, volts: 200, amps: 30}, {id: cn, room: new, volts: 200, amps: 30}]
racks: [{id: O1, room: old, max_kg: 500, feeds: [co]}, {id: N1, room: new, max_kg: 500, feeds: [cn]}]
conveyances: [{id: van, kind: vehicle, max_kg: 500, door_cm: [150, 150], at_once: 2}]
links: [{id: fibre, between: [old, new], gbps: 10, latency_ms: 1}]
routes: [{between: [old, new], by: [van], minutes: 20m, doors: [west, north]}]
servers:
  - {id: db, at: O1/10, to: new, u: 2, kg: 20, va: 200, stateful: true, steps: {warm_up: 90m}, fragile: true,
     backup: {max_age: 1d, restore_tested: 2026-11-20, copies: [vault]},
     media: {sealed: true, serials: [S1]}, crew: {carry: ['movers*2', 'ict*2']}}
  - {id: rt, kind: router, at: O1/20, to: new, u: 1, kg: 5, va: 50, handled_by: pref,
     application: {filed: 2026-05-01, accepted: 2026-08-20}}
  - {id: nm, at: O1/30, u: 1, kg: 5, va: 50, address: 10.0.0.9, renumber: 10.1.0.9, old_ttl: 1d,
     references: [{holder: db, what: hosts file}]}
lines:
  - {id: ln, at: old, to: new, lead_days: 90, appointments: carrier, dual_lay: true}
systems:
  - {id: reg, criticality: A, hours: office, runs_on: db, needs: [{live: [nm, rt, ln], mbps: 10}]}
"""
OURS = {"S10", "S11", "S16", "S18"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    folder: Path = tmp_path_factory.mktemp("small")
    (folder / "inventory.yaml").write_text(TEXT, encoding="utf-8")
    return load(folder).inventory


@pytest.fixture(scope="module")
def made(small: Inventory) -> Plan:
    answer = schedule(small, Options(effort=0.1))
    assert isinstance(answer, Plan), answer
    return answer


def of(plan: Plan, kind: StepKind, id: str) -> Step:
    (found,) = [step for step in plan.steps() if step.kind is kind and id in step.assets]
    return found


def test_the_plan_keeps_every_rule_that_is_built(small: Inventory, made: Plan) -> None:
    verdict = verify(small, made)

    assert [(f.rule, f.key, f.subjects) for f in verdict.failures] == []
    assert [(f.key, f.subjects) for f in verdict.findings if f.rule in OURS and f.unknown] == []


def test_a_backup_is_taken_and_read_back_before_the_move(made: Plan) -> None:
    backup, verified, away = (of(made, kind, "db") for kind in (K.BACK_UP, K.VERIFY, K.UNMOUNT))

    assert backup.end <= verified.start < verified.end <= away.start
    assert away.start - backup.end <= 24 * 60


def test_warming_up_is_what_mounting_leaves_of_it(made: Plan) -> None:
    carry, mount, warm, start = (of(made, kind, "db") for kind in (K.CARRY, K.MOUNT, K.WARM_UP, K.START))

    assert (warm.start >= mount.end, warm.end - warm.start, warm.people) == (True, 60, ())
    assert start.start >= max(warm.end, carry.end + 90)
    assert not [step for step in made.steps() if step.kind is K.WARM_UP and "rt" in step.assets]


def test_turning_back_warms_up_again(made: Plan) -> None:
    """Every witness that carries the database back waits between its mounting and its start."""
    rollbacks = [point.rollback for wave in made.waves for point in wave.check_points]
    back = [[s.kind for s in sorted(r, key=lambda s: s.offset) if "db" in s.assets] for r in rollbacks]
    carried = [kinds for kinds in back if K.CARRY in kinds]

    assert carried
    assert all(
        kinds[kinds.index(K.MOUNT) : kinds.index(K.START) + 1] == [K.MOUNT, K.WARM_UP, K.START] for kinds in carried
    )


def test_the_time_to_live_is_lowered_a_day_before_the_change(made: Plan) -> None:
    assert of(made, K.RENUMBER, "nm").start - of(made, K.LOWER_TTL, "nm").end >= 24 * 60


def test_somebody_of_the_body_is_on_every_step_of_what_it_handles(made: Plan) -> None:
    steps = [step for step in made.steps() if "rt" in step.assets]

    assert len(steps) == 6
    assert all("pref/1" in step.people for step in steps)


def test_two_of_the_own_people_go_with_the_data(made: Plan) -> None:
    carry = of(made, K.CARRY, "db")
    assert [person.split("/")[0] for person in sorted(carry.people)] == ["ict", "ict", "mv", "mv"]


def test_of_several_stages_the_last_gives_the_new_address(tmp_path: Path) -> None:
    text = """\
version: 1
project: {id: staged, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-12-31}}
rooms: [{id: old, kind: server_room}, {id: new, kind: server_room}, {id: temp, kind: server_room}]
servers:
  - {id: a, at: old, address: 10.0.0.5, renumber: 10.0.1.5,
     to: [{at: temp, last_day: 2026-10-31}, {at: new, not_before: 2026-11-15}]}
systems: [{id: s, criticality: B, hours: office, runs_on: a}]
teams: [{id: ict, own: true, people: 6}]
policy: {criteria: [ok], decider: ict/1, deputy: ict/2}
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: saturday, days: saturday, start: "08:00", end: "20:00"}]
"""
    (tmp_path / "all.yaml").write_text(text, encoding="utf-8")
    inventory = load(tmp_path).inventory
    plan = schedule(inventory, Options())

    assert isinstance(plan, Plan)
    renumbered = [[K.RENUMBER in {step.kind for step in wave.steps}] for wave in plan.waves]
    assert renumbered == [[False], [True]]
    assert verify(inventory, plan).safe
