import re
from dataclasses import replace
from itertools import combinations

import pytest

from planner.plan.file import identity
from planner.rendering import palette, typeface
from planner.rendering.canvas import picture
from planner.rendering.drawing import Box, Path, Text, smallest_text
from planner.rendering.timechart import sheets
from tests.rendering.estate import DAY, Outage, Span
from tests.rendering.timechart.night import HOUR, NIGHT, crowd, night, pressed


def drawn(made, language="ja"):
    return sheets(*made, language=language)


def texts(sheet):
    return [shape.text for shape in sheet.shapes if isinstance(shape, Text)]


def tagged(sheet, start):
    return [shape for shape in sheet.shapes if shape.tag.startswith(start)]


def numbers(sheet):
    """All step numbers of a sheet; `3-5` stands for three."""
    for text in (shape.text for shape in tagged(sheet, "number")):
        first, _, last = text.partition("-")
        yield from range(int(first), int(last or first) + 1)


def extent(shape):
    """Left, top, right and bottom of what is painted."""
    if isinstance(shape, Text):
        length = typeface.width(shape.text, shape.size, bold=shape.bold)
        left = shape.x - {"left": 0.0, "middle": length / 2, "right": length}[shape.anchor]
        return left, shape.y - shape.size * 0.45, left + length, shape.y + shape.size * 0.45
    if isinstance(shape, Path):
        return (
            min(x for x, _ in shape.points), min(y for _, y in shape.points),
            max(x for x, _ in shape.points), max(y for _, y in shape.points),
        )  # fmt: skip
    return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height


def made_once(made):
    """The wave and its sheets in both languages, made once for all tests."""
    found = {}

    def sheets_of(language):
        if language not in found:
            found["wave"] = made()
            found[language] = sheets(*found["wave"], language=language)
        return found["wave"][2], found[language]

    return sheets_of


WAVES = {
    "two nights": night,
    "long turn": lambda: crowd(150),
    "many alike": lambda: crowd(90, together=9),
    "many deadlines": pressed,
    "one step": lambda: crowd(1),
    "no gates, no points, no outages": lambda: night(gates=(), check_points=(), point_of_no_return=None),
    "no turns": lambda: night(turns=()),
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("made", [made_once(made) for made in WAVES.values()], ids=WAVES)
class TestEveryWave:
    def test_every_step_stands_once_in_the_detail_with_its_number(self, made, language):
        wave, found_sheets = made(language)
        found = [number for sheet in found_sheets for number in numbers(sheet)]

        assert sorted(found) == list(range(1, len(wave.steps) + 1))

    def test_every_step_has_its_bar(self, made, language):
        wave, found_sheets = made(language)
        tags = [shape.tag for sheet in found_sheets for shape in tagged(sheet, "step:")]

        assert sorted(" ".join(tags).split()) == sorted(f"step:{step.id}" for step in wave.steps)

    def test_nothing_leaves_the_sheet(self, made, language):
        for sheet in made(language)[1]:
            edges = [extent(shape) for shape in sheet.shapes]
            assert min(edge[0] for edge in edges) >= 10
            assert min(edge[1] for edge in edges) >= 10
            assert max(edge[2] for edge in edges) <= sheet.width - 10
            assert max(edge[3] for edge in edges) <= sheet.height - 10

    def test_no_text_stands_on_another(self, made, language):
        for sheet in made(language)[1]:
            found = [(shape, extent(shape)) for shape in sheet.shapes if isinstance(shape, Text)]
            hits = [
                (one.text, other.text)
                for (one, a), (other, b) in combinations(found, 2)
                if min(a[2], b[2]) - max(a[0], b[0]) > 0.1 and min(a[3], b[3]) - max(a[1], b[1]) > 0.1
            ]
            assert hits == []

    def test_no_text_is_smaller_than_eight_points_on_a3(self, made, language):
        for sheet in made(language)[1]:
            assert (sheet.width, sheet.height) == (1190.55, 841.89)
            assert smallest_text(sheet.shapes) >= 8.0


def test_the_first_sheet_shows_turns_teams_and_outages_with_what_people_do_meanwhile():
    overview, *_ = drawn(night())
    shown = texts(overview)

    assert [text for text in shown if text.startswith("第")] == ["第1組  12 手順  1-12", "第2組  6 手順  13-18"]
    assert {"ネットワーク班", "運送", "sys業務", "other業務", "うち業務時間内 2:00  代替手段: 紙で受付"} <= set(shown)
    assert "待機" not in shown
    assert [shape.tag for shape in tagged(overview, "outage:")] == ["outage:sys", "outage:other"]


def test_every_deadline_stands_where_the_axis_has_it_and_is_written():
    """Turn 1 ends at 01:00; the deadline at 01:20 is near enough to be on its sheet."""
    _, plan, wave = made = night()
    overview, first, _ = drawn(made)
    clock = plan.inventory.clock
    for sheet in (overview, first):
        labels = hour_places(sheet)
        (x,) = {shape.points[0][0] for shape in tagged(sheet, "deadline:c1")}
        hour = (labels["02:00"] - labels["01:00"]) if "02:00" in labels else (labels["01:00"] - labels["00:00"])
        assert x == pytest.approx(labels["01:00"] + hour * 20 / 60)
    written = " ".join(texts(first))
    assert "切り戻し判断期限 " + first_deadline(clock, wave) in written


def first_deadline(clock, wave):
    return clock.local(wave.check_points[0].deadline).strftime("%-m/%-d(") + weekday(clock, wave) + ") 01:20"


def weekday(clock, wave):
    return "月火水木金土日"[clock.local(wave.check_points[0].deadline).weekday()]


def hour_places(sheet):
    """The place of every label of the axis; of equal ones the first."""
    found = {}
    for shape in sheet.shapes:
        if isinstance(shape, Text) and re.fullmatch(r"\d\d:\d\d", shape.text):
            found.setdefault(shape.text, shape.x)
    return found


def test_a_deadline_that_is_not_on_the_sheet_is_written_and_its_line_ends_in_an_arrow():
    _, _, second = drawn(night())

    assert any("切り戻し判断期限" in text and "08:00" in text for text in texts(second))
    assert tagged(second, "deadline:c4") == []
    assert any(isinstance(s, Path) and s.closed and s.fill == palette.LATE for s in second.shapes)


def test_every_check_point_stands_once_in_the_detail():
    _, first, second = drawn(night())

    assert [shape.tag for shape in tagged(first, "point:")] == ["point:c1", "point:c2", "point:c3"]
    assert [shape.tag for shape in tagged(second, "point:")] == ["point:c4"]


def test_the_system_that_binds_a_deadline_is_named():
    _, first, _ = drawn(night())

    assert any("期限を決めるもの: sys業務" in text for text in texts(first))


def test_gates_and_the_point_of_no_return_cross_the_sheets_on_which_they_lie():
    overview, first, second = drawn(night())

    assert [len(tagged(sheet, "gate:")) for sheet in (overview, first, second)] == [2, 1, 1]
    (line,) = tagged(first, "no_return:s008")
    assert line.dashes
    assert line.stroke != palette.LATE
    assert not tagged(second, "no_return:")


def test_orange_is_the_colour_of_deadlines_alone():
    solid = [
        shape
        for sheet in drawn(night())
        for shape in sheet.shapes
        if isinstance(shape, Box) and shape.fill == palette.LATE
    ]
    assert solid == []


def test_critical_steps_have_a_black_border_and_are_joined():
    _, first, _ = drawn(night())
    borders = {shape.tag: shape.stroke for shape in tagged(first, "step:")}

    assert set(borders.values()) == {palette.INK}
    assert len(tagged(first, "path")) == 11


def test_steps_alike_share_a_row_with_all_their_numbers():
    _, first, *_ = drawn(crowd(90, together=9))

    assert texts(first).count("1-9") == 1
    (label,) = (text for text in texts(first) if text.startswith("停止 server000"))
    names, _, left_out = label.removeprefix("停止 ").partition(" +")
    assert len(names.split("、")) + int(left_out) == 9


def test_every_row_of_steps_has_two_boxes_to_write_in_and_room_below_its_bar():
    _, first, _ = drawn(night())
    rows = len(tagged(first, "number"))

    assert sum(isinstance(shape, Box) for shape in tagged(first, "actual")) == 2 * rows
    assert sum(isinstance(shape, Path) for shape in tagged(first, "actual")) == rows


def test_idle_time_is_left_out_with_a_break():
    overview, first, _ = drawn(night())

    breaks = {round(min(x for x, _ in shape.points)) for shape in tagged(overview, "break")}
    assert len(breaks) == 2 * 3
    assert tagged(first, "break") == []


def test_the_service_hours_of_a_system_are_shaded_in_its_row():
    overview, *_ = drawn(night())
    shaded = tagged(overview, "service")
    (row,) = (shape for shape in tagged(overview, "outage:sys"))

    assert shaded
    assert {round(shape.y + shape.height / 2, 3) for shape in shaded} == {round(row.y + row.height / 2, 3)}


def test_a_sheet_into_the_morning_has_a_band_where_service_hours_begin():
    inventory, plan, wave = night()
    late = tuple(replace(s, start=s.start + 9 * HOUR, end=s.end + 9 * HOUR) for s in wave.steps[:12])
    shifted = replace(wave, steps=late, turns=(), check_points=(), gates=())
    outage = Outage("sys", Span(NIGHT, NIGHT + DAY), 10, 10)
    _, detail = sheets(inventory, replace(plan, waves=(shifted,), outages=(outage,)), shifted, language="ja")

    (band,) = tagged(detail, "service")
    assert band.x == pytest.approx(next(s.x for s in detail.shapes if isinstance(s, Text) and s.text == "08:00"))


def test_a_team_has_one_letter_and_colour_in_all_waves():
    inventory, plan, wave = night()
    alone = replace(wave, id="w2", steps=tuple(s for s in wave.steps if s.people == ("van/1",)), turns=())
    both = replace(plan, waves=(wave, alone))

    legends = [sheets(inventory, both, one, language="ja")[1] for one in both.waves]
    assert all("B" in texts(sheet) for sheet in legends)
    assert "A" not in texts(legends[1])


def test_sheets_are_stamped_and_counted():
    _, plan, _ = made = night()
    found = drawn(made)

    for place, sheet in enumerate(found, 1):
        assert f"{place} / {len(found)} 枚" in texts(sheet)
        (stamp,) = (text for text in texts(sheet) if text.startswith("計画 "))
        assert stamp == f"計画 {identity(plan)}  |  台帳 {plan.inventory_hash}  |  時刻帯 Asia/Tokyo"


def test_the_same_plan_gives_the_same_bytes():
    one, other = drawn(night()), drawn(night())

    assert one == other
    assert picture(one[1], "svg") == picture(other[1], "svg")
    assert picture(one[1], "png", dpi=50) == picture(other[1], "png", dpi=50)


def test_a_letter_that_no_font_has_is_an_error_that_names_the_text():
    inventory, plan, wave = night()
    strange = replace(inventory, assets={**inventory.assets, "a": replace(inventory.assets["a"], name="a\u0e01")})

    with pytest.raises(typeface.MissingGlyph, match="U\\+0E01"):
        sheets(strange, plan, wave, language="ja")


def test_a_wave_without_steps_has_no_chart():
    inventory, plan, wave = night()
    empty = replace(wave, steps=())

    with pytest.raises(ValueError, match="wave 'w1' has no step"):
        sheets(inventory, replace(plan, waves=(empty,)), empty, language="ja")
