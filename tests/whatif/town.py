"""A town whose plan has two waves, of which the first has two turns; and its plan, made once."""

from functools import cache
from pathlib import Path

from planner.pipeline.plan import make
from planner.plan import file
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.scheduling.options import Options
from planner.sources import load
from planner.units.progress import silent

TOWN = """\
version: 1
project: {id: town, name: 移転の例, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-12-20}}
rooms:
  - {id: old, name: 旧電算室, kind: server_room}
  - {id: new, name: 新電算室, kind: server_room, opens: 2026-10-08}
links: [{id: fibre, between: [old, new], gbps: 10}]
racks: [{id: O1, room: old}, {id: N1, room: new}, {id: N2, room: new}]
servers:
  - {id: db1, name: 住基サーバー, at: O1/20, u: 2, to: N1/20}
  - {id: gw1, name: 庁内メール, at: O1/10, to: N1/10}
  - {id: web1, name: 公開1, at: O1/30, to: N1/30}
  - {id: web2, name: 公開2, at: O1/32, to: N2/32, not_before: 2026-10-20}
systems:
  - {id: jumin, name: 住民記録, criticality: A, hours: office, runs_on: db1, blackouts: [poll], fallback: 手書き受付}
  - {id: gw, name: 庁内メール, criticality: C, hours: office, runs_on: gw1}
  - {id: web, name: 公開サイト, criticality: B, runs_on: {at_least: 1, of: [web1, web2]}}
teams: [{id: ict, name: ICT推進室, own: true, people: 4}, {id: movers, name: 搬送, movers: true, people: 2}]
policy: {decider: ict/1, deputy: ict/2, criteria: [バックアップを検証した]}
defaults:
  all:
    steps: {stop: 10m, unmount: 10m, carry: 20m, mount: 20m, warm_up: 0m, start: 10m, check: 10m, accept: 10m}
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: saturday, days: saturday, start: "08:00", end: "16:00"}]
  blackouts: [{tag: poll, days: [2026-12-05]}]
"""

BRIDGED = (
    TOWN.replace("gbps: 10}", "gbps: 10, bridge: true, test: 20m, crew: {test: ict}}")
    .replace("runs_on: db1,", "runs_on: db1, needs: [{live: gw1}],")
    .replace("to: N1/20}", "to: N1/20, not_before: 2026-10-20}")
)
"""The same with a bridge, over which jumin needs gw1 from the first wave to the second."""


def written(folder: Path, text: str = TOWN) -> Path:
    """The inventory folder with the text as its only file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "town.yaml").write_text(text, encoding="utf-8")
    return folder


def scenario(folder: Path, name: str, text: str) -> Path:
    """A scenario file with this text below its head."""
    file = folder / f"{name}.yaml"
    file.write_text(
        f"version: 1\nscenario: {{title: {{ja: 場合 {name}, en: case {name}}}}}\n{text}\n", encoding="utf-8"
    )
    return file


@cache
def plan_of(folder: Path) -> Plan:
    """The plan that the planner makes of an inventory."""
    answer = make(load(folder).inventory, Options(0.1, 0), silent, lambda: False)
    assert not isinstance(answer, Refusal), answer
    assert answer.verdict.safe
    return answer.plan


def plan_file(folder: Path) -> Path:
    """The same as a file beside the inventory."""
    target = folder.parent / "plan.json"
    target.write_text(file.dump(plan_of(folder)), encoding="utf-8")
    return target
