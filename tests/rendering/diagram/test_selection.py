import pytest

from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Lane, Node, Sign
from planner.rendering.diagram.filtering import Style, filtered
from planner.rendering.diagram.selection import LARGEST, merged, neighbourhood, of_wave, overview


def ids(diagram):
    return [node.id for node in diagram.nodes]


def test_a_neighbourhood_goes_both_ways_but_not_there_and_back(net):
    chosen = neighbourhood(net("a>b b>c c>d b>x y>c"), "b", 1)

    assert ids(chosen) == ["a", "b", "c", "x"]
    assert [(edge.provider, edge.dependent) for edge in chosen.edges] == [("a", "b"), ("b", "c"), ("b", "x")]


def test_a_neighbourhood_has_the_depth_that_is_asked_for(net):
    assert ids(neighbourhood(net("a>b b>c c>d"), "a", 2)) == ["a", "b", "c"]


def test_a_neighbourhood_does_not_lead_on_through_a_hub(net):
    diagram = net("a>ad ad>b ad>c", hubs={"ad": "A"})

    assert ids(neighbourhood(diagram, "b", 2)) == ["ad", "b"]


def test_a_hub_in_focus_has_lines_instead_of_letters(net):
    chosen = neighbourhood(net("ad>b ad>c", hubs={"ad": "A"}), "ad", 1)

    assert filtered(chosen).counts.lines == 2


def test_an_unknown_focus_is_refused(net):
    with pytest.raises(KeyError, match="nowhere"):
        neighbourhood(net("a>b"), "nowhere", 1)


def test_a_wave_is_shown_with_its_direct_neighbours(net):
    diagram = net("a>b b>c c>d", waves={"a": 1, "b": 2, "c": 1, "d": 1})

    assert ids(of_wave(diagram, 2)) == ["a", "b", "c"]


def test_merged_nodes_have_their_number_and_all_their_waves():
    diagram = large([("a", "L", "g", 1), ("b", "L", "g", 3), ("c", "L", "", 2)], [])

    assert [(node.label, node.waves) for node in merged(diagram, lambda node: node.group).nodes] == [
        ("基盤(2)", (1, 3)),
        ("c", (2,)),
    ]


def test_a_merged_edge_is_hard_and_late_when_one_of_its_edges_is():
    nodes = [("a", "L", "g", 1), ("b", "L", "g", 3), ("c", "L", "h", 2), ("d", "L", "h", 4)]
    soft_and_late = [Edge("b", "c", EdgeKind.SOFT), Edge("a", "d", EdgeKind.HARD)]

    (edge,) = merged(large(nodes, soft_and_late), lambda node: node.group).edges

    assert edge == Edge("g", "h", EdgeKind.HARD, late=True, circular=False)


def test_a_merged_edge_is_not_late_only_because_the_waves_of_two_groups_overlap():
    nodes = [("a", "L", "g", 1), ("b", "L", "g", 3), ("c", "L", "h", 2), ("d", "L", "h", 4)]
    diagram = merged(large(nodes, [Edge("a", "c")]), lambda node: node.group)

    assert [line.style for line in filtered(diagram).lines] == [Style.PLAIN]


def test_arrows_inside_a_merged_box_are_gone():
    assert not merged(large([("a", "L", "g", 1), ("b", "L", "g", 1)], [Edge("a", "b")]), lambda node: "all").edges


def test_an_overview_has_a_box_per_system_and_tier():
    nodes = [(f"n{number}", f"L{number % 2}", f"g{number % 10}", 1) for number in range(300)]

    assert len(overview(large(nodes, [])).nodes) == 10


def test_an_overview_of_too_many_systems_has_a_box_per_tier():
    nodes = [(f"n{number}", f"L{number % 3}", f"g{number}", 1) for number in range(2 * LARGEST)]

    assert [node.label for node in overview(large(nodes, [])).nodes] == ["層L0(100)", "層L1(100)", "層L2(100)"]


def test_a_sign_is_kept_when_all_members_have_it():
    nodes = (Node("a", "a", "L", (), Sign.CLOUD, group="g"), Node("b", "b", "L", (), Sign.CLOUD, group="g"))

    assert merged(Diagram("t", nodes, (), (Lane("L", "L"),)), lambda node: node.group).nodes[0].sign is Sign.CLOUD


def large(nodes, edges):
    lanes = dict.fromkeys(lane for _, lane, _, _ in nodes)
    return Diagram(
        "t",
        tuple(Node(name, name, lane, (wave,), group=group) for name, lane, group, wave in nodes),
        tuple(edges),
        tuple(Lane(lane, f"層{lane}") for lane in lanes),
        waves=("W1", "W2", "W3", "W4"),
        groups=(("g", "基盤"),),
    )
