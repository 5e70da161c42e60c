"""Positions that the planner chooses: S17 at the end, partners apart, the heavy low."""

from collections.abc import Mapping
from itertools import combinations
from random import Random

import pytest

from planner.model.asset import Asset, AssetKind, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.system import System
from planner.plan.refusal import Refusal, RefusalKind
from planner.scheduling.placement import place
from tests.scheduling.estate import box, estate, leaf_tree, service


def rack(id: str, units: int = 10, **facts: object) -> Rack:
    return Rack(id, id, "new", units, **facts)  # type: ignore[arg-type]


def server(id: str, height: int = 1, kg: float | None = None, va: int | None = None, **facts: object) -> Asset:
    return box(id, to="new", height=height, kg=kg, va=va, **facts)


def room(assets: list[Asset], racks: list[Rack], systems: list[System] | None = None, **facts: object) -> Inventory:
    return estate(assets, systems or [], racks={r.id: r for r in racks}, **facts)


def placed(inventory: Inventory) -> Mapping[str, Position]:
    found = place(inventory)
    assert not isinstance(found, Refusal), found
    return found


def units_of(inventory: Inventory, found: Mapping[str, Position]) -> dict[tuple[str | None, int], list[str]]:
    """Who stands in each unit of each rack."""
    taken: dict[tuple[str | None, int], list[str]] = {}
    for id, position in found.items():
        assert position.unit is not None
        for unit in range(position.unit, position.unit + (inventory.assets[id].height or 1)):
            taken.setdefault((position.rack, unit), []).append(id)
    return taken


def assert_sound(inventory: Inventory, found: Mapping[str, Position]) -> None:
    taken = units_of(inventory, found)
    assert all(len(ids) == 1 for ids in taken.values())
    assert all(1 <= unit <= inventory.racks[r or ""].units for r, unit in taken)
    for r in inventory.racks.values():
        inside = [inventory.assets[id] for id, position in found.items() if position.rack == r.id]
        if r.max_kg is not None:
            assert sum(a.kg or 0 for a in inside) <= r.max_kg


def test_declared_positions_are_kept_and_the_others_go_around_them() -> None:
    declared = server("a", 4, stages=(Stage(Position("new", "r", 3)),))
    inventory = room([declared, server("b", 4), server("c", 2)], [rack("r")])
    found = placed(inventory)
    assert found["a"] == Position("new", "r", 3)
    assert_sound(inventory, found)


def test_a_declared_rack_without_a_unit_is_kept() -> None:
    boxes = [server("a", stages=(Stage(Position("new", "r2")),)), server("b")]
    assert placed(room(boxes, [rack("r1"), rack("r2")]))["a"].rack == "r2"


def test_units_of_what_stays_in_the_room_are_not_used() -> None:
    stays = box("s", at=Position("new", "r", 2), height=8)
    found = placed(room([stays, server("a"), server("b")], [rack("r")]))
    assert {found["a"].unit, found["b"].unit} == {1, 10}


def test_the_heavy_stand_low() -> None:
    found = placed(room([server("light", 2, 10), server("heavy", 2, 60)], [rack("r")]))
    assert (found["heavy"].unit, found["light"].unit) == (1, 3)


def test_partners_of_a_group_stand_in_different_racks() -> None:
    boxes = [server(id) for id in ("a", "b", "c")]
    found = placed(room(boxes, [rack("r1"), rack("r2"), rack("r3")], [service("s", leaf_tree("a", "b", "c", count=1))]))
    assert len({found[id].rack for id in ("a", "b", "c")}) == 3


def test_partners_share_a_rack_only_where_it_cannot_be_helped() -> None:
    boxes = [server("a", 6), server("b", 4), server("c", 6)]
    inventory = room(boxes, [rack("r1", 10), rack("r2", 6)], [service("s", leaf_tree("a", "b", "c", count=2))])
    found = placed(inventory)
    assert_sound(inventory, found)
    assert found["b"].rack == "r1"


def test_partners_stand_on_different_feeds_where_possible() -> None:
    circuits = {c: Circuit(c, "new", 200, 20) for c in ("x", "y")}
    racks = [rack("r1", feeds=("x",)), rack("r2", feeds=("x",)), rack("r3", feeds=("y",))]
    inventory = room([server("a"), server("b")], racks, [service("s", leaf_tree("a", "b", count=1))], circuits=circuits)
    found = placed(inventory)
    assert {inventory.racks[found[id].rack or ""].feeds for id in ("a", "b")} == {("x",), ("y",)}


def test_partners_stand_behind_different_upss_where_possible() -> None:
    circuits = {c: Circuit(c, "new", 200, 20, ups=u) for c, u in (("w", "u1"), ("x", "u1"), ("y", "u2"), ("z", "u2"))}
    racks = [rack("r1", feeds=("w", "x")), rack("r2", feeds=("x", "w")), rack("r3", feeds=("y", "z"))]
    group = service("s", leaf_tree("a", "b", count=1))
    inventory = room([server("a", supplies=2), server("b", supplies=2)], racks, [group], circuits=circuits)
    assert "r3" in {position.rack for position in placed(inventory).values()}


def test_what_has_a_second_ups_may_stand_behind_the_first_of_its_partner() -> None:
    circuits = {c: Circuit(c, "new", 200, 20, ups=u) for c, u in (("w", "u1"), ("x", "u2"), ("y", "u1"))}
    racks = [rack("r1", 1, feeds=("w", "x")), rack("r2", 1, feeds=("y", "x")), rack("r3", 9, feeds=("y",))]
    group = service("s", leaf_tree("a", "b", count=1))
    inventory = room([server("a", supplies=2), server("b", supplies=2)], racks, [group], circuits=circuits)
    assert {position.rack for position in placed(inventory).values()} != {"r3"}


def test_rack_weight_and_floor_load_bound_what_a_rack_gets() -> None:
    rooms = {"new": Room("new", "new", RoomKind.SERVER_ROOM, floor_kg_m2=500)}
    boxes = [server(id, 1, 60) for id in ("a", "b", "c", "d", "e")]
    by_floor = rack("r1", frame_kg=130, footprint_m2=0.5)  # 500 x 0.5 - 130 = 120 kg
    by_itself = rack("r2", max_kg=200, spread_m2=4.0)
    found = placed(room(boxes, [by_floor, by_itself], rooms=rooms))
    assert sorted(str(p.rack) for p in found.values()) == ["r1", "r1", "r2", "r2", "r2"]


def test_a_circuit_bears_everything_when_the_other_feed_is_lost() -> None:
    circuits = {c: Circuit(c, "new", 100, 10, 1.0) for c in ("a1", "b1", "a2", "b2")}
    racks = [rack("r1", feeds=("a1", "b1")), rack("r2", feeds=("a2", "b2"))]
    boxes = [server(id, va=500, supplies=2) for id in "pqrs"]
    found = placed(room(boxes, racks, circuits=circuits))
    assert sorted(str(p.rack) for p in found.values()) == ["r1", "r1", "r2", "r2"]
    refused = place(room([*boxes, server("t", va=500, supplies=2)], racks, circuits=circuits))
    assert isinstance(refused, Refusal)
    assert (refused.kind, refused.reasons[0].key) == (RefusalKind.IMPOSSIBLE, "placement_limits")


def test_too_few_units_are_an_impossible_target_with_the_numbers() -> None:
    refused = place(room([server("a", 6), server("b", 6)], [rack("r")]))
    assert isinstance(refused, Refusal)
    assert refused.kind is RefusalKind.IMPOSSIBLE
    assert (refused.reasons[0].key, dict(refused.reasons[0].values)) == (
        "placement_units",
        {"room": "new", "needed": "12", "free": "10"},
    )


def test_a_box_that_is_higher_than_every_gap_is_named() -> None:
    stays = box("s", at=Position("new", "r", 5), height=2)
    refused = place(room([stays, server("a", 6)], [rack("r")]))
    assert isinstance(refused, Refusal)
    assert (refused.reasons[0].key, refused.reasons[0].subjects) == ("placement_no_gap", ("a",))


def test_gaps_that_first_fit_wastes_are_packed_by_the_solver() -> None:
    stays = [box("s", at=Position("new", "r", 8), height=1)]
    # gaps of 7 and 7; by weight first fit puts 4 and 2 into the first and 3 and 3 into the second, so 2 is left out
    boxes = [server("a", 4, 50), server("b", 2, 40), server("c", 3, 30), server("d", 3, 20), server("e", 2, 10)]
    inventory = room([*stays, *boxes], [rack("r", 15)])
    assert_sound(inventory, placed(inventory))


def test_vms_blades_lines_and_boxes_of_unknown_height_are_not_racked() -> None:
    blade = box("b", to="new", kind=AssetKind.BLADE, chassis="c", at=None, height=1)
    line = box("l", to="new", kind=AssetKind.LINE, method=Method.RELAY)
    found = placed(room([server("c", 5), blade, line, box("u", to="new")], [rack("r")]))
    assert {id: position.rack for id, position in found.items()} == {"c": "r", "b": None, "l": None, "u": None}


@pytest.mark.parametrize(("boxes", "racks", "units", "seed"), [(65, 4, 48, 1), (47, 8, 42, 2), (500, 24, 48, 3)])
def test_a_whole_room_is_placed_soundly_and_always_alike(boxes: int, racks: int, units: int, seed: int) -> None:
    random = Random(seed)
    servers = [
        server(f"s{i}", random.choice((1, 1, 2, 4)), random.randint(10, 30), 300, supplies=2) for i in range(boxes)
    ]
    room_racks = [rack(f"r{i}", units, max_kg=900, feeds=(f"a{i}", f"b{i}")) for i in range(racks)]
    circuits = {f"{side}{i}": Circuit(f"{side}{i}", "new", 200, 60) for side in "ab" for i in range(racks)}
    systems = [service(f"y{i}", leaf_tree(f"s{i}", f"s{i + 20}", count=1)) for i in range(20)]
    inventory = room(servers, room_racks, systems, circuits=circuits)
    found = placed(inventory)
    assert_sound(inventory, found)
    assert found == place(inventory)
    pairs = [pair for s in inventory.systems.values() for pair in combinations([p.id for p in s.runs_on.parts], 2)]  # type: ignore[union-attr]
    assert all(found[a].rack != found[b].rack for a, b in pairs)
