import random

import pytest

from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Lane, Node, busiest
from planner.rendering.diagram.filtering import Chip, Style, filtered


def lines(found):
    return [f"{line.edge.provider}>{line.edge.dependent}" for line in found.lines]


def test_an_edge_that_a_chain_of_lines_implies_is_left_out(net):
    found = filtered(net("a>b b>c a>c"))

    assert lines(found) == ["a>b", "b>c"]
    assert found.counts.implied == 1


def test_a_hard_edge_is_not_left_out_for_a_chain_with_a_soft_link(net):
    assert lines(filtered(net("a>b b~>c a>c"))) == ["a>b", "b>c", "a>c"]


def test_a_soft_edge_is_left_out_for_any_chain(net):
    assert lines(filtered(net("a>b b~>c a~>c"))) == ["a>b", "b>c"]


def test_a_late_edge_is_never_left_out(net):
    found = filtered(net("a>b b>c a>c", waves={"a": 2, "b": 2, "c": 1}))

    assert lines(found) == ["a>b", "b>c", "a>c"]
    assert [line.style for line in found.lines] == [Style.PLAIN, Style.LATE, Style.LATE]


def test_a_dependency_on_a_hub_becomes_its_letter(net):
    found = filtered(net("ad>a ad>b a>b", hubs={"ad": "A"}))

    assert lines(found) == ["a>b"]
    assert found.chips == {"a": (Chip("A", late=False),), "b": (Chip("A", late=False),)}


def test_two_hubs_of_one_letter_give_one_letter_and_two_counts(net):
    found = filtered(net("ad1>a ad2>a", hubs={"ad1": "A", "ad2": "A"}))

    assert found.chips == {"a": (Chip("A", late=False),)}
    assert found.counts.chips == 2


def test_a_letter_is_late_when_one_of_its_hubs_moves_in_a_later_wave(net):
    found = filtered(net("ad1>a ad2>a", hubs={"ad1": "A", "ad2": "A"}, waves={"ad1": 1, "ad2": 3, "a": 2}))

    assert found.chips["a"] == (Chip("A", late=True),)


def test_an_edge_of_a_cycle_stays_a_line_even_to_a_hub_and_even_when_implied(net):
    found = filtered(net("ad>host host>ad ad>a host>b b>ad", hubs={"ad": "A"}))

    marked = [line for line in found.lines if line.style is Style.CYCLE]
    assert {f"{line.edge.provider}>{line.edge.dependent}" for line in marked} >= {"ad>host", "host>ad"}
    assert found.counts.chips == 1


def test_lanes_decide_what_crosses_tiers(net):
    found = filtered(net("a>b b>c", lanes={"T1": "a b", "T2": "c"}))

    assert [line.style for line in found.lines] == [Style.PLAIN, Style.CROSSING]


@pytest.mark.parametrize("seed", range(40))
def test_every_dependency_is_a_line_a_letter_or_implied_and_no_cycle_is_hidden(seed, net):
    draw = random.Random(seed)
    names = [f"n{number}" for number in range(draw.randint(2, 14))]
    pairs = [(a, b) for a in names for b in names if a != b and draw.random() < 0.2]
    edges = " ".join(f"{a}{draw.choice(['>', '~>'])}{b}" for a, b in pairs) or "n0>n1"
    hubs = {name: "H" for name in names if draw.random() < 0.1 and name in edges}
    diagram = net(edges, hubs=hubs)

    found = filtered(diagram)

    counts = found.counts
    assert counts.total == counts.lines + counts.chips + counts.implied == len(diagram.edges)
    drawn = {line.edge for line in found.lines}
    assert found.cycles.marked <= drawn
    assert found.cycles.backward <= found.cycles.marked
    forward = {(e.provider, e.dependent) for e in diagram.edges if e not in found.cycles.backward}
    assert _acyclic(forward)


@pytest.mark.parametrize("seed", range(20))
def test_leaving_out_changes_nothing_about_who_depends_on_whom(seed, net):
    draw = random.Random(seed)
    pairs = [(a, b) for b in range(12) for a in range(b) if draw.random() < 0.3]
    diagram = net(" ".join(f"n{a}>n{b}" for a, b in pairs))

    found = filtered(diagram)

    drawn = {(line.edge.provider, line.edge.dependent) for line in found.lines}
    assert _closure(drawn) == _closure({(e.provider, e.dependent) for e in diagram.edges})
    assert all(_closure(drawn - {pair}) != _closure(drawn) for pair in drawn)


def test_the_busiest_providers_are_found():
    nodes = [Node(f"n{number}", "", "L") for number in range(20)]
    edges = [Edge("n0", f"n{number}") for number in range(1, 20)] + [Edge("n1", "n2")]

    assert busiest(nodes, edges) == ("n0",)


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ("a a", (), "node 'a' is given twice"),
        ("a", (("a", "b"),), "no node 'b'"),
        ("a", (("a", "a"),), "edge 'a' leads to its own start"),
        ("a b", (("a", "b"), ("a", "b")), "edge 'a -> b' is given twice"),
    ],
)
def test_a_description_that_contradicts_itself_is_refused(nodes, edges, message):
    with pytest.raises(ValueError, match=message):
        Diagram(
            "t",
            tuple(Node(name, name, "L") for name in nodes.split()),
            tuple(Edge(a, b, EdgeKind.HARD) for a, b in edges),
            (Lane("L", "L"),),
        )


def _acyclic(pairs):
    left = set(pairs)
    while left:
        heads = {b for _, b in left}
        rest = {pair for pair in left if pair[0] in heads}
        if rest == left:
            return False
        left = rest
    return True


def _closure(pairs):
    known = set(pairs)
    while True:
        more = {(a, d) for a, b in known for c, d in known if b == c} - known
        if not more:
            return known
        known |= more
