"""A small inventory, and a function that puts a scenario on top of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import Faults
from planner.sources.scenarios.loading import Base, read_base, read_scenario
from planner.sources.scenarios.scenario import Scenario

BASE = """\
version: 1
project: {id: komachi, as_of: 2026-08-31, horizon: {from: 2026-12-01, last_day: 2027-02-28}}
rooms:
  - {id: old, kind: server_room}
  - {id: new, kind: server_room, opens: 2026-12-10, ready: 2026-12-15}
racks: [{id: R1, room: old}, {id: N1, room: new}]
servers:
  - {id: db1, at: R1/10, to: N1/10}
  - {id: ap1, at: R1/12, to: N1/12}
  - {id: ap2, to: N1/14, replaces: ap3}
  - {id: ap3, at: R1/16, retire: true}
  - {id: zap, at: R1/20, leaves: 2027-02-01}
systems:
  - {id: jumin, criticality: S, runs_on: {at_least: 1, of: [ap1, ap2]}, needs: [db1, {hard: zei, last_day: 2027-01-31}]}
  - {id: zei, criticality: A, runs_on: zap, leaves: 2027-02-01, budget: 2h, blackouts: [tax]}
teams:
  - {id: ict, own: true, people: [室長, {name: 網担当, skills: [network]}]}
  - {id: va, people: 3}
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: night, days: weekdays, start: "22:00", end: "29:00"}]
  blackouts: [{tag: tax, days: [2027-02-10..2027-02-20]}]
policy: {margin: 30m}
"""

Put = Callable[[str], Scenario]
Refused = Callable[[str], list[tuple[str, int, int]]]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The base, read once."""
    folder = tmp_path_factory.mktemp("inventory")
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    return read_base(folder)


@pytest.fixture
def put(base: Base, tmp_path: Path) -> Put:
    """Return a function that reads a scenario on top of the base, which it names late."""

    def read(text: str) -> Scenario:
        file = tmp_path / "late.yaml"
        file.write_text(f"version: 1\nscenario: {{title: late}}\n{text}", encoding="utf-8")
        return read_scenario(base, file)

    return read


@pytest.fixture
def refused(put: Put) -> Refused:
    """Return a function that tells for what a scenario is refused, and where in its own text, whose first line is 1."""

    def codes(text: str) -> list[tuple[str, int, int]]:
        with pytest.raises(Faults) as caught:
            put(text)
        assert {Path(fault.file).name for fault in caught.value.errors} == {"late.yaml"}
        return [(fault.code, fault.line - 2, fault.column) for fault in caught.value.errors]

    return codes
