"""Properties of the geometry, on random diagrams and on one of the size of a city's server room."""

import random
from itertools import combinations, pairwise

import pytest

from planner.rendering import typeface
from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Hub, Lane, Node, Sign
from planner.rendering.diagram.labels import breaks
from planner.rendering.diagram.layout import STRIP, TEXT_PAD, layout
from planner.rendering.diagram.skeleton import ends, is_alone


def city(seed: int, count: int, mean: float, lanes: int = 4) -> Diagram:
    draw = random.Random(seed)
    nodes = tuple(
        Node(
            f"n{number}",
            draw.choice(
                ["税総合AP", "住民情報DB#1(待機)", "AD", "LGWAN接続ルータ", "帳票・印刷サーバ", "core switch 2"]
            ),
            f"t{draw.randrange(lanes)}",
            tuple(sorted(draw.sample(range(1, 5), draw.choice([0, 1, 1, 1, 2])))),
            draw.choice(list(Sign)),
        )
        for number in range(count)
    )
    pairs = set()
    for right in range(1, count):
        for _ in range(draw.randint(0, round(2 * mean))):
            left = draw.randrange(max(0, right - 25), right)
            pairs.add((left, right) if draw.random() < 0.97 else (right, left))
    return Diagram(
        "図",
        nodes,
        tuple(Edge(f"n{a}", f"n{b}", draw.choice(list(EdgeKind))) for a, b in sorted(pairs)),
        tuple(Lane(f"t{number}", f"第{number}系統") for number in range(lanes)),
        (Hub("n0", "A", "AD"),),
        ("第1波", "第2波", "第3波", "第4波"),
    )


CITIES = [(seed, count, mean) for seed, (count, mean) in enumerate([(2, 1), (7, 1), (12, 2), (30, 1.5), (80, 1.7)] * 4)]


@pytest.fixture(scope="module", params=CITIES, ids=str)
def found(request):
    return layout(city(*request.param))


def test_no_two_boxes_overlap(found):
    for one, other in combinations(found.frames, 2):
        apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
        apart_y = one.y + one.height + 4 <= other.y or other.y + other.height + 4 <= one.y
        assert apart_x or apart_y, (one.node.id, other.node.id)


def test_no_line_runs_through_a_box_or_touches_one_that_is_not_its_own(found):
    for route in found.routes:
        for start, end in segments(route):
            for frame in found.frames:
                own = frame.node.id in {route.line.edge.provider, route.line.edge.dependent}
                assert not meets(start, end, frame, 0.1 if own else -0.5), (route.line.edge, frame.node.id)


def test_every_line_goes_only_across_and_down_from_its_provider_to_its_dependent(found):
    frames = {frame.node.id: frame for frame in found.frames}
    for route in found.routes:
        for (x1, y1), (x2, y2) in segments(route):
            assert abs(x1 - x2) < 1e-6 or abs(y1 - y2) < 1e-6
        assert on_side(route.points[0], frames[route.line.edge.provider])
        assert on_side(route.points[-1], frames[route.line.edge.dependent])


def test_every_line_enters_by_a_port_of_its_own(found):
    doors = [(round(x, 3), round(y, 3)) for x, y in (right_end(route) for route in found.routes)]

    assert len(doors) == len(set(doors))


def test_no_two_lines_of_different_sources_or_meanings_lie_on_each_other(found):
    for one, other in combinations(found.routes, 2):
        if trunk(one) != trunk(other):
            for a in segments(one):
                for b in segments(other):
                    assert not covers(a, b), (one.line, other.line, a, b)


def test_providers_stand_left_of_their_dependents_except_backwards(found):
    frames = {frame.node.id: frame for frame in found.frames}
    for route in found.routes:
        left, right = ends(route.line)
        assert frames[left].x < frames[right].x


def test_every_box_stands_in_its_own_lane(found):
    bands = dict(zip((lane.id for lane in found.filtered.diagram.lanes), found.bands, strict=True))
    for frame in found.frames:
        band = bands[frame.node.lane]
        assert band.top + 5 <= frame.y
        assert frame.y + frame.height + 5 <= band.bottom


def test_labels_fit_into_their_boxes_as_the_font_measures_them(found):
    for frame in found.frames:
        room = frame.width - STRIP - 2 * TEXT_PAD + 0.01
        assert all(typeface.width(line, frame.label.size) <= room for line in frame.label.lines)
        assert len(frame.label.lines) * frame.label.size * 1.1 <= frame.height


def test_labels_say_the_whole_text(found):
    for frame in found.frames:
        assert "".join(frame.label.lines).replace(" ", "") == frame.node.label.replace(" ", "")


def test_every_line_that_the_filter_left_is_drawn(found):
    assert [route.line for route in found.routes] == list(found.filtered.lines)


def test_everything_is_on_the_sheet(found):
    for frame in found.frames:
        assert frame.x >= 0
        assert frame.x + frame.width <= found.width
    for route in found.routes:
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in route.points)


def test_the_same_diagram_gives_the_same_geometry():
    assert layout(city(5, 40, 1.5)) == layout(city(5, 40, 1.5))


def test_a_single_box_without_lines_has_a_place():
    assert len(layout(Diagram("t", (Node("a", "甲", "L"),), (), (Lane("L", "系"),))).frames) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("住民情報DB", ["住民情報", "DB"]),
        ("本庁窓口端末120台", ["本庁窓口端末120台"]),
        ("証明書コンビニ交付", ["証明書", "コンビニ", "交付"]),
        ("UPS#1 5kVA(200V)", ["UPS#1 ", "5kVA", "(200V)"]),
        ("帳票・印刷サーバ", ["帳票・", "印刷", "サーバ"]),
    ],
)
def test_labels_break_where_the_script_changes_and_numbers_stay_with_their_counters(text, parts):
    places = [0, *breaks(text), len(text)]

    assert [text[a:b] for a, b in pairwise(places)] == parts


def segments(route):
    return list(pairwise(route.points))


def meets(start, end, frame, inset):
    (x1, x2), (y1, y2) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    across = x1 < frame.x + frame.width - inset and frame.x + inset < x2
    if x1 == x2:
        across = frame.x + inset < x1 < frame.x + frame.width - inset
    down = y1 < frame.y + frame.height - inset and frame.y + inset < y2
    if y1 == y2:
        down = frame.y + inset < y1 < frame.y + frame.height - inset
    return across and down


def on_side(point, frame):
    side = min(abs(point[0] - frame.x), abs(point[0] - frame.x - frame.width))
    return side < 1e-6 and frame.y < point[1] < frame.y + frame.height


def right_end(route):
    return max(route.points[0], route.points[-1])


def trunk(route):
    alone = route.line.edge if is_alone(route.line) else None
    return ends(route.line)[0], route.line.style, alone


def covers(one, other):
    """Whether two segments share more than a point."""
    for axis in (0, 1):
        across = 1 - axis
        a, b = sorted((one[0][axis], one[1][axis])), sorted((other[0][axis], other[1][axis]))
        flat = abs(one[0][across] - one[1][across]) < 1e-6 and abs(other[0][across] - other[1][across]) < 1e-6
        if flat and abs(one[0][across] - other[0][across]) < 0.3 and min(a[1], b[1]) - max(a[0], b[0]) > 0.3:
            return True
    return False
