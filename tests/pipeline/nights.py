"""Two servers with a service each, and nights in which both can be done only if one is out in its hours."""

from pathlib import Path

from planner.model.inventory import Inventory
from planner.pipeline.alternatives import Alternated, alternate
from planner.pipeline.plan import Planned, make
from planner.scheduling.options import Options
from planner.sources import load
from planner.units.progress import silent

NIGHTS = """\
version: 1
project: {id: nights, name: nights, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-10-31}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room}]
links: [{id: fibre, between: [old, new], gbps: 10}]
servers: [{id: a, at: old, to: new}, {id: b, at: old, to: new}]
systems:
  - {id: x, name: counter, criticality: B, hours: daytime, runs_on: a, budget: 8h}
  - {id: y, name: taxes, criticality: B, hours: daytime, runs_on: b, budget: 8h}
teams: [{id: ict, name: ICT, own: true, people: 3}]
policy: {decider: ict/1, deputy: ict/2, criteria: [done], margin: 10m}
calendar:
  hours: {daytime: "every day 04:40-22:00"}
  windows: [{id: night, days: saturday, start: "22:00", end: "34:00"}]
defaults:
  all:
    steps: {stop: 10m, unmount: 20m, carry: 60m, mount: 30m, warm_up: 0m, start: 10m, check: 10m, accept: 60m}
    crew: {stop: ict, unmount: ict*2, carry: ict*2, mount: ict*2, start: ict, check: ict, accept: ict*2}
"""
"""A move takes 220 minutes from stop to acceptance, the services are closed for 400."""


def written(folder: Path, text: str = NIGHTS) -> Path:
    """The inventory in this folder."""
    folder.mkdir(exist_ok=True)
    (folder / "nights.yaml").write_text(text, encoding="utf-8")
    return folder


def planned(inventory: Inventory) -> Planned:
    """The plan by the policy's own weights."""
    answer = make(inventory, Options(), silent, lambda: False)
    assert isinstance(answer, Planned), answer
    return answer


def alternated(folder: Path, most: int = 9, text: str = NIGHTS) -> Alternated:
    """What there is to choose from."""
    return alternate(planned(load(written(folder, text)).inventory), most, Options(), silent, lambda: False)
