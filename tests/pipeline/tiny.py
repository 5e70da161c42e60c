"""A small estate and a plan of it whose times are easily counted."""

from pathlib import Path

from planner.pipeline.load import load_inventory
from planner.plan import file
from planner.plan.notation import read

INVENTORY = """\
version: 1
project: {id: tiny, name: tiny, as_of: 2026-09-01, horizon: {from: 2027-01-01, last_day: 2027-02-28}}
rooms:
  - {id: old, name: Old, kind: server_room}
  - {id: new, name: New, kind: server_room, opens: 2027-01-12}
links: [{id: fibre, between: [old, new], gbps: 10}]
servers:
  - {id: db, at: old, to: new, steps: {carry: 30m}}
  - {id: app, at: old, needs: [{hard: db}]}
  - {id: web1, at: old, to: new}
  - {id: web2, at: old, to: new}
systems:
  - id: jumin
    criticality: A
    hours: office
    runs_on: app
    blackouts: [new_year]
  - {id: web, criticality: B, runs_on: {at_least: 1, of: [web1, web2]}}
teams: [{id: ict, own: true, people: 2}]
policy: {decider: ict/1, deputy: ict/2, criteria: [done]}
calendar:
  hours: {office: weekdays 08:30-17:15, late: every day 10:50-20:00}
  windows: [{id: weekend, closed_run: 2d, start: "08:00", end: "20:00"}]
  blackouts: [{tag: new_year, why: year end, days: [2027-01-01..2027-01-05]}]
defaults:
  all:
    steps: {stop: 10m, unmount: 10m, carry: 10m, mount: 10m, warm_up: 0m, start: 10m, check: 10m, accept: 10m}
    crew: {stop: ict, unmount: none, carry: none, mount: none, start: ict, check: ict, accept: ict}
"""
PLAN = """
01-23 08:00-01-24 20:00 wave weekend/2027-01-23
01-23 09:00-11:25 outage jumin
01-23 09:00-09:10 stop jumin by ict/1
01-23 09:10-09:20 stop app by ict/1
01-23 09:20 move db -> new by ict/2
01-23 10:40-10:50 start app by ict/1
01-23 10:50-11:00 check app by ict/1
01-23 11:05-11:15 start jumin by ict/1
01-23 11:15-11:25 accept jumin by ict/1
"""


def written(folder: Path) -> tuple[str, str]:
    """The inventory as a folder and the plan as a file, below this folder."""
    inventory, plan = folder / "inventory", folder / "plan.json"
    inventory.mkdir()
    (inventory / "tiny.yaml").write_text(INVENTORY, encoding="utf-8")
    plan.write_text(file.dump(read(PLAN, load_inventory(inventory).inventory)), encoding="utf-8")
    return str(inventory), str(plan)
