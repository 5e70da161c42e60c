import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from planner.rendering.diagram.text import as_json, dot, graphml, mermaid

SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def sample(net):
    return net(
        "a>b b>c a>c b~>d ad>c x>y y>x",
        lanes={"T1": "a b ad", "T2": "c d"},
        waves={"a": 1, "b": 2, "c": 1},
        hubs={"ad": "A"},
    )


def test_json_tells_every_dependency_and_how_it_is_shown(net):
    data = json.loads(as_json(sample(net)))

    assert [(e["provider"], e["dependent"], e["kind"], e["style"], e["shown"]) for e in data["edges"]] == [
        ("a", "b", "hard", "plain", "line"),
        ("b", "c", "hard", "late", "line"),
        ("a", "c", "hard", "crossing", "implied"),
        ("b", "d", "soft", "crossing", "line"),
        ("ad", "c", "hard", "crossing", "letter"),
        ("x", "y", "hard", "cycle", "line"),
        ("y", "x", "hard", "cycle", "line"),
    ]
    assert data["cycles"] == [["x", "y"]]
    assert data["nodes"][0] == {
        "id": "a", "label": "a", "lane": "T1", "waves": [1], "sign": "moves", "kind": "", "group": "", "note": "",
    }  # fmt: skip


def test_graphml_is_xml_with_declared_keys(net):
    root = ET.fromstring(graphml(sample(net)))

    declared = {key.get("id") for key in root.iter(f"{SPACE}key")}
    used = {data.get("key") for data in root.iter(f"{SPACE}data")}
    assert used <= declared
    assert len(list(root.iter(f"{SPACE}node"))) == 7
    assert [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{SPACE}edge")][:2] == [
        ("a", "b"),
        ("b", "c"),
    ]


def test_mermaid_has_a_subgraph_per_lane_and_leaves_out_implied_edges(net):
    lines = mermaid(sample(net)).splitlines()

    assert lines[0] == "flowchart LR"
    assert '  subgraph lane0["T1"]' in lines
    assert '    n0["[1] a"]' in lines
    assert "  n0 --> n1" in lines
    assert "  n1 -.-> n3" in lines
    assert "  n0 --> n2" not in lines
    assert sum(line.strip() == "end" for line in lines) == 3


def test_dot_draws_lanes_as_clusters_and_implied_edges_faintly(net):
    text = dot(sample(net))

    assert 'subgraph cluster_0 {\n    label="T1";' in text
    assert '"a" -> "c" [style=solid, penwidth=1.15, constraint=false, color="#D5DADF"];' in text
    assert '"b" -> "c" [style=solid, penwidth=1.9, color="#D9480F"];' in text


def test_labels_cannot_break_out_of_any_format(net):
    diagram = net("a>b")
    evil = replace(diagram.nodes[0], label='x"]; <b>&\\ end', id="a")
    diagram = replace(diagram, nodes=(evil, *diagram.nodes[1:]))

    assert '"x\\"]; <b>&\\\\ end"' in dot(diagram)
    assert 'n0["x#34;]; #60;b#62;#38;#92; end"]' in mermaid(diagram)
    root = ET.fromstring(graphml(diagram))
    assert next(root.iter(f"{SPACE}data")).text == 'x"]; <b>&\\ end'
    assert json.loads(as_json(diagram))["nodes"][0]["label"] == 'x"]; <b>&\\ end'


def test_an_empty_graph_is_still_text_in_every_format(net):
    diagram = net("", alone="a")

    assert dot(diagram).endswith("}\n")
    assert mermaid(diagram).startswith("flowchart LR")
    assert ET.fromstring(graphml(diagram)).tag == f"{SPACE}graphml"
    assert json.loads(as_json(diagram))["edges"] == []
