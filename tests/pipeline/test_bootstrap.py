"""Start needs that go round in a circle, with a declared bootstrap order."""

from pathlib import Path

import pytest

from planner.errors.fault import Faults
from planner.model.chain import StepKind
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind
from planner.pipeline.load import load_inventory
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.schedule import schedule
from planner.sources.building.bootstrap import booted
from tests.scheduling.estate import box

CIRCLE = """\
version: 1
project: {id: t, name: t, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-10-31}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room}]
racks: [{id: O1, room: old}, {id: N1, room: new}]
servers:
  - {id: dns, at: O1/10, to: N1/10, needs: [{start: dhcp}]}
  - {id: dhcp, at: O1/20, to: N1/20, needs: [{start: dns}]}
teams: [{id: ict, name: ICT, own: true, people: 4}]
policy: {decider: ict/1, deputy: ict/2, criteria: [ready]BOOT}
calendar:
  windows: [{id: saturday, days: saturday, start: "08:00", end: "20:00"}]
"""


def written(folder: Path, boot: str) -> Path:
    (folder / "all.yaml").write_text(CIRCLE.replace("BOOT", boot), encoding="utf-8")
    return folder


def test_without_an_order_the_circle_is_refused_and_the_cure_names_it(tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        load_inventory(written(tmp_path, ""))
    assert [fault.code for fault in refused.value.errors] == ["E303"]


@pytest.mark.parametrize(("first", "second"), [("dns", "dhcp"), ("dhcp", "dns")])
def test_with_an_order_the_first_of_it_starts_first_and_the_plan_is_safe(
    tmp_path: Path, first: str, second: str
) -> None:
    inventory = load_inventory(written(tmp_path, f", bootstrap: [{first}, {second}]")).inventory
    assert inventory.policy.bootstrap == (first, second)
    plan = schedule(inventory)
    assert isinstance(plan, Plan)
    assert verify(inventory, plan).safe
    steps = {(step.kind, id): step for step in plan.steps() for id in step.assets}
    if steps[StepKind.STOP, first].start < steps[StepKind.START, second].end:
        assert steps[StepKind.CHECK, first].end <= steps[StepKind.START, second].start


def test_an_order_names_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        load_inventory(written(tmp_path, ", bootstrap: [dns, dhpc]"))
    assert [(fault.code[:4], fault.position.line) for fault in refused.value.errors] == [("E301", 9)]


def test_what_comes_later_counts_as_there_in_the_trees_of_start_needs_alone() -> None:
    def left(kind: NeedKind, tree: Leaf | AllOf | AtLeast) -> list[object]:
        return [need.tree for need in booted(box("a", needs=(Need(kind, tree),)), ("z", "a", "b", "c")).needs]

    b, c, z, x = Leaf("b"), Leaf("c"), Leaf("z"), Leaf("x")
    assert left(NeedKind.START, b) == []
    assert left(NeedKind.HARD, b) == [b]
    assert left(NeedKind.START, AllOf((b, c, z))) == [AllOf((z,))]
    assert left(NeedKind.START, AtLeast(1, (b, x), 1)) == []
    assert left(NeedKind.START, AtLeast(2, (b, x, z), 3)) == [AtLeast(1, (x, z), 2)]
    assert left(NeedKind.START, AtLeast(2, (x, z), 2)) == [AtLeast(2, (x, z), 2)]
