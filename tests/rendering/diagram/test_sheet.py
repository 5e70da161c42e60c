from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from planner.rendering import canvas, palette, typeface
from planner.rendering.diagram.description import Diagram, Lane, Node, Sign
from planner.rendering.diagram.sheet import LEGIBLE, SHEETS, drawing
from planner.rendering.drawing import Box, Disc, Path, Text
from planner.rendering.markup import markup


def texts(picture):
    return [shape.text for shape in picture.shapes if isinstance(shape, Text)]


def tagged(picture, tag):
    return next(shape for shape in picture.shapes if shape.tag == tag)


def test_a_small_diagram_is_on_a3_across(net):
    picture = drawing(net("a>b"))

    assert (picture.width, picture.height) == SHEETS[0]


def test_every_label_of_a_long_chain_stays_legible(net):
    picture = drawing(net(" ".join(f"n{number}>n{number + 1}" for number in range(60))))

    assert min(shape.size for shape in picture.shapes if shape.tag.startswith("label:")) >= LEGIBLE - 0.01


def test_the_subtitle_counts_what_is_drawn_and_what_is_not(net):
    picture = drawing(net("a>b b>c a>c ad>c", hubs={"ad": "A"}, language="en"))

    assert (
        "Arrows: provider → dependent (left starts first)  |  4 items, 2 of 4 dependencies as lines  |  "
        "1 left out because other lines imply them  |  1 on shared services as letters"
    ) in texts(picture)


def test_japanese_and_english_legends_say_the_same(net):
    words = {language: texts(drawing(net("a>b b>a", language=language))) for language in ("ja", "en")}

    assert "循環依存" in words["ja"]
    assert "cycle" in words["en"]


def test_the_legend_explains_only_what_occurs(net):
    said = texts(drawing(net("a>b", language="en", waves={"a": 1, "b": 2})))

    assert {"W1", "W2", "dependency"} <= set(said)
    assert not {"cycle", "crosses tiers", "stays"} & set(said)


def test_a_wave_is_a_colour_and_a_number_in_a_solid_strip(net):
    picture = drawing(net("a>b", waves={"a": 1, "b": 2}))

    frame = tagged(picture, "node:a")
    strip = next(s for s in picture.shapes if isinstance(s, Box) and (s.x, s.y) == (frame.x, frame.y) and not s.tag)
    number = next(s for s in picture.shapes if isinstance(s, Text) and s.bold and inside(s, strip))
    assert strip.fill == palette.wave_colour(1, 2)
    assert number.text == "1"


def test_what_moves_in_several_waves_has_all_their_numbers():
    nodes = (Node("a", "甲", "L", (1, 3)),)
    picture = drawing(Diagram("t", nodes, (), (Lane("L", "系"),), waves=("W1", "W2", "W3")))

    frame = tagged(picture, "node:a")
    assert [s.text for s in picture.shapes if isinstance(s, Text) and s.bold and inside(s, frame)] == ["1", "3"]


@pytest.mark.parametrize("sign", [Sign.STAYS, Sign.OTHERS, Sign.REPLACED, Sign.CLOUD])
def test_what_does_not_move_is_white_with_a_dashed_border_and_its_own_sign(sign):
    picture = drawing(Diagram("t", (Node("a", "甲", "L", (), sign),), (), (Lane("L", "系"),)))

    frame = tagged(picture, "node:a")
    assert (frame.fill, bool(frame.dashes)) == (palette.PAPER, True)
    other = drawing(Diagram("t", (Node("a", "甲", "L", (), Sign.MOVES),), (), (Lane("L", "系"),)))
    assert marks(picture, frame) != marks(other, frame)


def test_late_lines_are_orange_and_thick_and_cycles_magenta_and_dashed(net):
    picture = drawing(net("a>b c>d d>c", waves={"a": 2, "b": 1}))

    late, cycle = tagged(picture, "edge:a:b"), tagged(picture, "edge:c:d")
    assert (late.stroke, bool(late.dashes)) == (palette.LATE, False)
    assert (cycle.stroke, bool(cycle.dashes)) == (palette.CYCLE, True)
    assert late.line > 2 * tagged(drawing(net("a>b")), "edge:a:b").line / 1.35


def test_every_line_has_a_white_casing_below_it(net):
    picture = drawing(net("a>b"))

    at = next(place for place, shape in enumerate(picture.shapes) if shape.tag == "edge:a:b")
    line = picture.shapes[at]
    casing = [s for s in picture.shapes[:at] if isinstance(s, Path) and s.stroke == palette.PAPER]
    assert [s.line > line.line for s in casing] == [True]


def test_japanese_lane_labels_stand_upright_and_others_are_turned(net):
    diagram = net("a>b")
    upright = drawing(replace(diagram, lanes=(Lane("L", "LGWAN接続系"),)))
    turned = drawing(replace(diagram, lanes=(Lane("L", "Internet"),)))

    assert [text for text in texts(upright) if text in "LGWAN接続系"] == list("LGWAN接続系")
    assert next(s for s in turned.shapes if isinstance(s, Text) and s.text == "Internet").angle == 90


def test_the_long_vowel_sign_is_turned_in_an_upright_label(net):
    picture = drawing(replace(net("a>b"), lanes=(Lane("L", "サーバー"),)))

    assert [s.angle for s in picture.shapes if isinstance(s, Text) and s.text in set("サーバ")] == [0, -90, 0, -90]


def test_no_text_leaves_the_sheet(net):
    picture = drawing(net("a>b b>c ad>c", hubs={"ad": "A"}, waves={"a": 1, "b": 2, "c": 1}, language="en"))

    for shape in picture.shapes:
        if isinstance(shape, Text) and shape.anchor == "left":
            assert shape.x + typeface.width(shape.text, shape.size, bold=shape.bold) <= picture.width


def test_a_label_that_no_font_can_draw_is_refused_by_name(net):
    with pytest.raises(typeface.MissingGlyph, match="'\U000130b8'"):
        drawing(net("\U000130b8>b"))


def test_an_empty_diagram_is_refused():
    with pytest.raises(ValueError, match="nothing to show"):
        drawing(Diagram("t", ()))


def test_pictures_of_one_diagram_are_the_same_bytes(net):
    first, second = (canvas.picture(drawing(net("a>b b>c c>a")), "svg") for _ in range(2))

    assert first == second


def test_markup_is_xml_with_letters_and_tags_and_without_any_address(net):
    text = markup(drawing(net("a>b", waves={"a": 1, "b": 1})))

    root = ET.fromstring(text)
    tags = {element.get("data-tag") for element in root.iter()} - {None}
    assert {"node:a", "node:b", "edge:a:b", "label:a"} <= tags
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "W1" in {element.text for element in root.iter()}


def test_markup_escapes_what_people_wrote(net):
    diagram = net("a>b")
    text = markup(drawing(replace(diagram, title='<script>"&')))

    assert ET.fromstring(text).get("aria-label") == '<script>"&'


def inside(shape, box):
    return box.x <= shape.x <= box.x + box.width and box.y <= shape.y <= box.y + box.height


def marks(picture, frame):
    """What stands in the strip, from its middle."""
    found = []
    for shape in picture.shapes:
        if isinstance(shape, Path) and shape.points and all(inside_point(point, frame) for point in shape.points):
            found.append(shape)
        if isinstance(shape, Disc) and inside(shape, frame):
            found.append(shape)
    return found


def inside_point(point, frame):
    return frame.x <= point[0] <= frame.x + 40 and frame.y <= point[1] <= frame.y + frame.height


def test_a_long_name_with_a_note_has_two_lines_in_a_taller_box():
    name = "情報セキュリティ管理(資産・ログ・二要素認証)"
    nodes = (Node("a", name, "L", note="停止1回 計4時間"), Node("b", "乙", "L"))
    picture = drawing(Diagram("t", nodes, (), (Lane("L", "系"),)))

    assert tagged(picture, "node:a").height > tagged(picture, "node:b").height
    lines = [shape for shape in picture.shapes if shape.tag in {"label:a", "note:a"}]
    frame = tagged(picture, "node:a")
    assert len(lines) == 3
    assert all(frame.y <= line.y - line.size / 2 and line.y + line.size / 2 <= frame.y + frame.height for line in lines)
