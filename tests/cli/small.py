"""A small inventory on disk for the tests of commands."""

from pathlib import Path

from planner.pipeline.plan import make, write_plan
from planner.plan.refusal import Refusal
from planner.scheduling.options import Options
from planner.sources import load
from planner.units.progress import silent

SMALL = """\
version: 1
project: {id: example, name: 移転の例, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: 旧電算室, kind: server_room}, {id: new, name: 新電算室, kind: server_room, opens: 2026-10-10}]
racks: [{id: O1, room: old}, {id: N1, room: new}]
servers:
  - {id: ad1, name: 認証サーバー, at: O1/10, to: N1/10}
  - {id: db1, name: 住基サーバー, at: O1/20, u: 2, to: N1/20}
systems: [{id: jumin, name: 住民記録, criticality: B, runs_on: db1, needs: ad1, blackouts: [council]}]
teams: [{id: ict, name: ICT推進室, own: true, people: 4}]
calendar:
  country: JP
  closed: [saturday, sunday, holidays]
  windows: [{id: saturday, name: 土曜, days: saturday, start: "08:00", end: "20:00"}]
  blackouts: [{tag: council, why: 議会, days: [2026-11-01..2026-11-10]}]
"""


def written(folder: Path, text: str = SMALL) -> Path:
    """The inventory folder with the text as its only file."""
    folder.mkdir(exist_ok=True)
    (folder / "all.yaml").write_text(text, encoding="utf-8")
    return folder


def planned(folder: Path, out: Path) -> Path:
    """The file of the plan that the planner makes of an inventory."""
    answer = make(load(folder).inventory, Options(0.1, 0), silent, lambda: False)
    assert not isinstance(answer, Refusal), answer
    return write_plan(answer, out)
