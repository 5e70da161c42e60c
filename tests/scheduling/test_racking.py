"""In which positions something may ever stand in a rack."""

from planner.model.asset import Asset, AssetKind, Stage
from planner.model.chain import Method
from planner.model.place import Position
from planner.scheduling.racking import in_racks

OLD, NEW = Position("old", "O1", 3), Position("new", "N1", 3)
SOMEWHERE = Position("new")


def box(at: Position, *to: Position, kind: AssetKind = AssetKind.SERVER, height: int | None = 1) -> Asset:
    return Asset("box", "box", kind, Method.CARRY, at, tuple(Stage(position) for position in to), height=height)


def test_every_rack_that_is_named_counts() -> None:
    assert list(in_racks(box(OLD, NEW))) == [OLD, NEW]


def test_a_room_alone_counts_where_a_rack_of_it_is_still_to_be_chosen() -> None:
    assert list(in_racks(box(OLD, SOMEWHERE))) == [OLD, SOMEWHERE]


def test_nobody_chooses_a_rack_for_what_stands_in_none_now_or_on_the_way() -> None:
    assert list(in_racks(box(SOMEWHERE))) == []
    assert list(in_racks(box(Position("old"), SOMEWHERE, NEW))) == [NEW]


def test_nobody_chooses_a_rack_for_what_never_stands_in_one() -> None:
    assert list(in_racks(box(OLD, SOMEWHERE, height=None))) == [OLD]
    assert list(in_racks(box(Position("old"), SOMEWHERE, kind=AssetKind.LINE))) == []
