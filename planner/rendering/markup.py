"""Drawings as SVG inside an HTML page: letters stay letters, and what a shape stands for is an attribute.

The page searches its text and finds a node or line by ``data-tag``; the fonts are the reader's, so every text carries
the width that it has in ours and never leaves its box.
"""

from __future__ import annotations

from html import escape

from planner.rendering import typeface
from planner.rendering.drawing import Box, Disc, Drawing, Path, Shape, Text
from planner.rendering.outline import CLOSE, CURVE, LINE, MOVE, Stroke, rounded

FONTS = "'BIZ UDPGothic','BIZ UDGothic','Yu Gothic UI',Meiryo,'Noto Sans CJK JP',sans-serif"
_ANCHOR = {"left": "start", "middle": "middle", "right": "end"}
_LETTER = {MOVE: "M", LINE: "L", CLOSE: "Z"}


def markup(drawing: Drawing) -> str:
    """Return the drawing as one ``<svg>`` element without any request, style sheet or script."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}" '
        f'role="img" aria-label="{escape(drawing.title)}" font-family="{FONTS}">'
    )
    return "\n".join([head, *(_element(shape) for shape in drawing.shapes), "</svg>", ""])


def _element(shape: Shape) -> str:
    tag = f' data-tag="{escape(shape.tag)}"' if shape.tag else ""
    if isinstance(shape, Text):
        return _text(shape, tag)
    if isinstance(shape, Disc):
        place = f'cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.radius)}"'
        return f"<circle {place}{_paint(shape.fill, shape.stroke, shape.line)}{tag}/>"
    if isinstance(shape, Path):
        way = _way(rounded(shape.points, shape.radius, closed=shape.closed))
        return f'<path d="{way}"{_paint(shape.fill, shape.stroke, shape.line, shape.dashes)}{tag}/>'
    return _box(shape, tag)


def _box(box: Box, tag: str) -> str:
    place = f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'
    radius = f' rx="{_number(box.radius)}"' if box.radius else ""
    return f"<rect {place}{radius}{_paint(box.fill, box.stroke, box.line, box.dashes)}{tag}/>"


def _text(text: Text, tag: str) -> str:
    base = text.y + typeface.MIDDLE * text.size
    turn = f' transform="rotate({_number(-text.angle)} {_number(text.x)} {_number(text.y)})"' if text.angle else ""
    length = _number(typeface.width(text.text, text.size, bold=text.bold))
    look = f' font-size="{_number(text.size)}" fill="{text.colour}"' + (' font-weight="700"' if text.bold else "")
    fit = f' textLength="{length}" lengthAdjust="spacingAndGlyphs"' if text.text else ""
    place = f'x="{_number(text.x)}" y="{_number(base)}" text-anchor="{_ANCHOR[text.anchor]}"'
    return f"<text {place}{look}{fit}{turn}{tag}>{escape(text.text)}</text>"


def _paint(fill: str, stroke: str, line: float, dashes: tuple[float, ...] = ()) -> str:
    drawn = f' stroke="{stroke}" stroke-width="{_number(line)}"' if stroke else ""
    dashed = f' stroke-dasharray="{" ".join(map(_number, dashes))}"' if stroke and dashes else ""
    return f' fill="{fill or "none"}"{drawn}{dashed}'


def _way(stroke: Stroke) -> str:
    parts: list[str] = []
    control = ""
    for code, (x, y) in stroke:
        place = f"{_number(x)} {_number(y)}"
        if code == CURVE:
            if control:
                parts.append(f"Q{control} {place}")
            control = "" if control else place
        else:
            parts.append("Z" if code == CLOSE else _LETTER[code] + place)
    return "".join(parts)


def _number(value: float) -> str:
    """Return the number with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
