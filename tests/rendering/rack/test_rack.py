from itertools import pairwise

import pytest

from planner.rendering import palette, typeface
from planner.rendering.drawing import Box, Text
from planner.rendering.rack import drawing, elevation
from planner.rendering.rack.description import Elevation, Load
from planner.rendering.rack.sheet import LEGIBLE
from planner.rendering.sheets import SHEETS
from tests.rendering.estate import AssetKind, Method, Position, box, carry, estate, plan_of, replace


def moved(**facts):
    """Two servers of R1; `a` goes to N1."""
    return estate(box("a", 1, method=Method.CARRY, height=2, **facts), box("b", 5))


def plan_to(inventory, unit):
    return replace(plan_of(inventory, (carry("a", unit=unit),)), placements={"a": Position("new", "N1", unit)})


def test_every_device_stands_in_its_units_before_and_after():
    inventory = moved()
    found = elevation(inventory, plan_to(inventory, 7))

    (old,), (new,) = (hall.cabinets for hall in (*found.before, *found.after))
    assert [hall.name for hall in (*found.before, *found.after)] == ["旧室 移転前", "新室 移転後"]
    assert [(slot.node.id, slot.unit, slot.height, slot.node.waves) for slot in old.slots] == [
        ("a", 1, 2, (1,)),
        ("b", 5, 1, ()),
    ]
    assert [(slot.node.id, slot.unit) for slot in new.slots] == [("a", 7)]


def test_it_says_where_each_device_goes_and_where_it_comes_from():
    inventory = moved()
    found = elevation(inventory, plan_to(inventory, 7))

    assert [slot.way for hall in found.before for cabinet in hall.cabinets for slot in cabinet.slots] == ["→ N1 U7", ""]
    assert [slot.way for hall in found.after for cabinet in hall.cabinets for slot in cabinet.slots] == ["← R1 U1"]


def test_without_a_plan_a_rack_that_is_left_open_is_counted_not_guessed():
    from planner.model.asset import Stage

    inventory = estate(box("a", 1, method=Method.CARRY, stages=(Stage(Position("new")),)), box("b", 5))
    found = elevation(inventory, language="en")

    assert found.after == ()
    assert "1 devices without a rack after the move" in found.remark
    assert found.before[0].cabinets[0].slots[0].way == "→ 新室"


def test_virtual_machines_and_blades_take_no_units():
    inventory = estate(
        box("hv", 1), box("vm", kind=AssetKind.VM, host="hv", at=None), box("x", 3, method=Method.RETIRE)
    )

    ids = [slot.node.id for slot in elevation(inventory).before[0].cabinets[0].slots]
    assert ids == ["hv", "x"]


def test_loads_are_summed_against_their_limits():
    inventory = estate(
        box("a", 1, kg=100.0, va=1500), box("b", 5, kg=300.0, va=1000), box("x", 7, method=Method.RETIRE)
    )

    loads = elevation(inventory).before[0].cabinets[0].loads

    assert [(load.name, load.used, load.limit, load.is_over) for load in loads] == [
        ("電力", 2600, 2400, True),
        ("重量", 410, 800, False),
        ("床荷重", pytest.approx((410 + 130) / 0.66), 500, True),
        ("使用U", 3, 12, False),
    ]


def test_unknown_weight_and_power_are_counted_and_not_zero():
    inventory = estate(box("a", 1, kg=None, va=None), box("b", 5), box("x", 7, method=Method.RETIRE))

    loads = elevation(inventory).before[0].cabinets[0].loads

    assert [(load.name, load.unknown) for load in loads] == [("電力", 1), ("重量", 1), ("床荷重", 1), ("使用U", 0)]
    assert "200 / 2,400 VA + 不明1台" in texts(drawing(elevation(inventory)))


def test_a_limit_that_is_not_known_is_said():
    inventory = moved()
    found = elevation(inventory, plan_to(inventory, 7))

    assert "10 kg (上限不明)" in texts(drawing(found))


def test_with_two_feeds_the_weaker_one_carries_all():
    inventory = moved()
    found = elevation(inventory, plan_to(inventory, 7))

    assert found.after[0].cabinets[0].loads[0].limit == 2400


def test_a_bar_over_its_limit_is_orange_and_full():
    inventory = estate(box("a", 1, va=9000), box("x", 7, method=Method.RETIRE))
    picture = drawing(elevation(inventory))

    orange = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill == palette.LATE]
    trough = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill == palette.TROUGH]
    assert orange[0].width == pytest.approx(trough[0].width)
    assert Load("n", 10, None, "kg").is_over is False


def test_a_device_of_unknown_height_is_dashed_and_says_so():
    inventory = estate(box("a", 1, height=None), box("x", 7, method=Method.RETIRE))
    picture = drawing(elevation(inventory))

    assert "高さ不明" in texts(picture)
    assert tagged(picture, "device:a").dashes


def test_a_device_without_a_unit_is_listed_below_its_rack():
    inventory = estate(box("a", at=Position("old", "R1")), box("x", 7, method=Method.RETIRE))

    assert "位置未定: a" in texts(drawing(elevation(inventory)))


def test_no_two_devices_overlap_and_all_stand_inside_their_rack():
    boxes = [box(f"d{unit}", unit, height=1 + unit % 3 // 2) for unit in range(1, 11, 2)]
    picture = drawing(elevation(estate(*boxes, box("x", 12, method=Method.RETIRE))))

    found = sorted((shape.y, shape.y + shape.height) for shape in picture.shapes if shape.tag.startswith("device:"))
    assert len(found) == 6
    assert all(upper[1] <= lower[0] + 0.01 for upper, lower in pairwise(found))


def test_names_are_legible_and_leave_neither_rack_nor_sheet():
    inventory = estate(
        box("a", 1, name="とても長い名前のサーバ機器(新室・二系統電源・予備)", method=Method.CARRY),
        box("b", 5, height=3),
    )
    picture = drawing(elevation(inventory, plan_to(inventory, 7)))

    assert (picture.width, picture.height) in SHEETS
    rack = tagged(picture, "device:a")
    name = next(s for s in picture.shapes if isinstance(s, Text) and s.text.startswith("とても"))
    assert name.x + typeface.width(name.text, name.size) <= rack.x + rack.width
    assert next(s for s in picture.shapes if isinstance(s, Text) and s.text == "b").size >= LEGIBLE


def test_rooms_that_do_not_fit_beside_each_other_stand_below_each_other():
    few = drawing(elevation(moved(), plan_to(moved(), 7)))
    old, new = (
        next(s for s in few.shapes if isinstance(s, Text) and s.text == name) for name in ("旧室 移転前", "新室 移転後")
    )
    assert old.y == pytest.approx(new.y)
    assert old.x < new.x


def test_an_empty_picture_is_refused():
    with pytest.raises(ValueError, match="no rack holds anything"):
        drawing(Elevation("t", (), ()))


def texts(picture):
    return [shape.text for shape in picture.shapes if isinstance(shape, Text)]


def tagged(picture, tag):
    return next(shape for shape in picture.shapes if shape.tag == tag)
