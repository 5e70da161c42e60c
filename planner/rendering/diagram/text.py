"""The same graph as text for other tools: Graphviz, Mermaid, GraphML, JSON.

Every dependency is in it, also those that the picture shows as a letter or leaves out, with how the picture shows it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Final, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from planner.rendering import palette
from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Node
from planner.rendering.diagram.filtering import Filtered, Shown, Style, filtered, shown
from planner.rendering.diagram.lines import PENS

TextFormat: TypeAlias = Literal["dot", "mermaid", "graphml", "json"]


def dot(diagram: Diagram) -> str:
    """Return the graph in the language of Graphviz, lanes as clusters; implied edges are drawn faintly."""
    found = filtered(diagram)
    lines = [
        "digraph dependencies {",
        "  rankdir=LR;",
        '  node [shape=box, style="filled,rounded", fontname="BIZ UDPGothic"];',
    ]
    for place, lane in enumerate(diagram.lanes):
        lines += [f"  subgraph cluster_{place} {{", f"    label={_quoted(lane.name)};"]
        lines += [
            f"    {_quoted(node.id)} [{_dot_node(node, diagram)}];" for node in diagram.nodes if node.lane == lane.id
        ]
        lines.append("  }")
    for edge, (style, how) in _edges(found).items():
        lines.append(f"  {_quoted(edge.provider)} -> {_quoted(edge.dependent)} [{_dot_edge(edge, style, how)}];")
    return "\n".join([*lines, "}", ""])


def mermaid(diagram: Diagram) -> str:
    """Return the graph as a Mermaid flow chart, lanes as subgraphs; without the edges that others imply."""
    found = filtered(diagram)
    name = {node.id: f"n{place}" for place, node in enumerate(diagram.nodes)}
    lines = ["flowchart LR"]
    for place, lane in enumerate(diagram.lanes):
        lines.append(f'  subgraph lane{place}["{_entities(lane.name)}"]')
        lines += [
            f'    {name[node.id]}["{_entities(_marked(node))}"]' for node in diagram.nodes if node.lane == lane.id
        ]
        lines.append("  end")
    drawn = [(edge, style) for edge, (style, how) in _edges(found).items() if how is not Shown.IMPLIED]
    for edge, _ in drawn:
        arrow = "-->" if edge.kind is EdgeKind.HARD else "-.->"
        lines.append(f"  {name[edge.provider]} {arrow} {name[edge.dependent]}")
    for style, pen in PENS.items():
        places = [str(place) for place, (_, own) in enumerate(drawn) if own is style]
        if places and style is not Style.PLAIN:
            lines.append(f"  linkStyle {','.join(places)} stroke:{pen.colour},stroke-width:{pen.line * 1.5:.1f}px")
    for node in diagram.nodes:
        if node.waves:
            colour = palette.wave_colour(node.waves[0], len(diagram.waves))
            lines.append(f"  style {name[node.id]} fill:{palette.tint(colour)},stroke:{colour}")
    return "\n".join([*lines, ""])


def graphml(diagram: Diagram) -> str:
    """Return the graph as GraphML with typed attributes."""
    keys = {"node": ("label", "lane", "waves", "sign", "kind", "group", "note"), "edge": ("kind", "style", "shown")}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for part, names in keys.items():
        lines += [f'  <key id="{part}_{name}" for="{part}" attr.name="{name}" attr.type="string"/>' for name in names]
    lines.append('  <graph id="dependencies" edgedefault="directed">')
    for node in diagram.nodes:
        lines.append(f"    <node id={quoteattr(node.id)}>")
        lines += _data("node", _node_data(node))
        lines.append("    </node>")
    for edge, (style, how) in _edges(filtered(diagram)).items():
        lines.append(f"    <edge source={quoteattr(edge.provider)} target={quoteattr(edge.dependent)}>")
        lines += _data("edge", {"kind": edge.kind.value, "style": style.value, "shown": how.value})
        lines.append("    </edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def as_json(diagram: Diagram) -> str:
    """Return the graph as JSON: title, waves, lanes, hubs, nodes, edges, cycles."""
    found = filtered(diagram)
    data = {
        "title": diagram.title,
        "waves": [{"number": place + 1, "name": name} for place, name in enumerate(diagram.waves)],
        "lanes": [{"id": lane.id, "name": lane.name} for lane in diagram.lanes],
        "hubs": [{"node": hub.node, "letter": hub.letter, "name": hub.name} for hub in diagram.hubs],
        "nodes": [{"id": node.id, **_node_data(node), "waves": list(node.waves)} for node in diagram.nodes],
        "edges": [
            {
                "provider": edge.provider,
                "dependent": edge.dependent,
                "kind": edge.kind.value,
                "style": style.value,
                "shown": how.value,
            }
            for edge, (style, how) in _edges(found).items()
        ],
        "cycles": [list(cycle) for cycle in found.cycles.shortest],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


WRITERS: Final[dict[TextFormat, Callable[[Diagram], str]]] = {
    "dot": dot,
    "mermaid": mermaid,
    "graphml": graphml,
    "json": as_json,
}


def _edges(found: Filtered) -> dict[Edge, tuple[Style, Shown]]:
    """Return meaning and appearance of every edge, in the diagram's order."""
    return {edge: (found.styles[edge], how) for edge, how in shown(found).items()}


def _node_data(node: Node) -> dict[str, str]:
    return {
        "label": node.label,
        "lane": node.lane,
        "waves": ",".join(map(str, node.waves)),
        "sign": node.sign.value,
        "kind": node.kind,
        "group": node.group,
        "note": node.note,
    }


def _data(part: str, values: dict[str, str]) -> Iterable[str]:
    for name, value in values.items():
        if value:
            yield f'      <data key="{part}_{name}">{escape(value)}</data>'


def _marked(node: Node) -> str:
    """Return the label behind its waves: colour alone says nothing in black and white."""
    return f"[{','.join(map(str, node.waves))}] {node.label}" if node.waves else node.label


def _dot_node(node: Node, diagram: Diagram) -> str:
    if not node.waves:
        return f'label={_quoted(node.label)}, fillcolor="{palette.PAPER}", style="filled,rounded,dashed"'
    colour = palette.wave_colour(node.waves[0], len(diagram.waves))
    return f'label={_quoted(_marked(node))}, fillcolor="{palette.tint(colour)}", color="{colour}"'


def _dot_edge(edge: Edge, style: Style, how: Shown) -> str:
    pen = PENS[style]
    dashes = "dashed" if style is Style.CYCLE else "dotted" if edge.kind is EdgeKind.SOFT else "solid"
    faint = ', constraint=false, color="#D5DADF"' if how is Shown.IMPLIED else f', color="{pen.colour}"'
    return f"style={dashes}, penwidth={pen.line}{faint}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _entities(text: str) -> str:
    """Return the text for a quoted Mermaid label, where only entities can stand for special signs."""
    return "".join(f"#{ord(letter)};" if letter in '"#<>&`\\' else letter for letter in text)
