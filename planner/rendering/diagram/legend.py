"""The legend: only what occurs in the picture, in as many rows as the width needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.description import Language, Node, Sign
from planner.rendering.diagram.filtering import Chip, Filtered
from planner.rendering.diagram.lines import PENS, head
from planner.rendering.diagram.marks import CHIP, DASHES, RADIUS, chip_mark, strip
from planner.rendering.diagram.wording import WORDING
from planner.rendering.drawing import Box, Drawing, Path, Shape, Text

SIZE: Final = 9.0
ROW: Final = 20.0
SWATCH: Final = 34.0
GAP: Final = 18.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample at the origin, its width, and what it means."""

    sample: tuple[Shape, ...]
    width: float
    text: str

    @property
    def room(self) -> float:
        """The width of sample and text, in points."""
        return self.width + 5 + typeface.width(self.text, SIZE) + GAP


def legend(found: Filtered, width: float) -> Drawing:
    """Return the legend of a filtered diagram, at most `width` points wide."""
    return rows(entries(found), width)


def rows(samples: Iterable[Entry], width: float) -> Drawing:
    """Return entries side by side, in as many rows as the width needs."""
    shapes: list[Shape] = []
    x, y = 0.0, ROW / 2
    for entry in samples:
        if x and x + entry.room - GAP > width:
            x, y = 0.0, y + ROW
        shapes += Drawing(0, 0, entry.sample).placed(1.0, x, y)
        shapes.append(Text(x + entry.width + 5, y, entry.text, SIZE))
        x += entry.room
    return Drawing(width, y + ROW / 2, tuple(shapes))


def entries(found: Filtered) -> Iterable[Entry]:
    """Return what the picture needs explained: waves, signs, lines, letters."""
    diagram = found.diagram
    yield from wave_entries(diagram.nodes, diagram.waves)
    yield from sign_entries(diagram.nodes, diagram.language)
    yield from _lines(found)
    yield from _letters(found)


def wave_entries(nodes: Iterable[Node], waves: Sequence[str]) -> Iterable[Entry]:
    """Return a sample of every wave in which one of the nodes moves."""
    for wave in sorted({wave for node in nodes for wave in node.waves}):
        yield Entry(_swatch(Node("", "", "", (wave,)), len(waves)), SWATCH, waves[wave - 1])


def sign_entries(nodes: Iterable[Node], language: Language) -> Iterable[Entry]:
    """Return a sample of every sign that one of the nodes has instead of a wave."""
    words = WORDING[language]
    used = {node.sign for node in nodes if not node.waves}
    for sign in Sign:
        if sign in used:
            yield Entry(_swatch(Node("", "", "", (), sign), 1), SWATCH, words.signs.get(sign, words.unplanned))


def _lines(found: Filtered) -> Iterable[Entry]:
    words = WORDING[found.diagram.language]
    used = {line.style for line in found.lines}
    for style, pen in PENS.items():
        if style in used:
            stroke = Path(((0, 0), (SWATCH - pen.head * 0.8, 0)), pen.colour, pen.line, dashes=pen.dashes)
            yield Entry((stroke, head((SWATCH, 0), (0, 0), pen)), SWATCH, words.styles[style])


def _letters(found: Filtered) -> Iterable[Entry]:
    used = {chip.letter for chips in found.chips.values() for chip in chips}
    names = {hub.letter: hub.name for hub in reversed(found.diagram.hubs)}
    for letter in sorted(used):
        yield Entry(tuple(chip_mark(CHIP, 0, Chip(letter, late=False))), 2 * CHIP, names[letter])
    if any(chip.late for chips in found.chips.values() for chip in chips):
        late = tuple(chip_mark(CHIP, 0, Chip("!", late=True)))
        yield Entry(late, 2 * CHIP, WORDING[found.diagram.language].late_chip)


def _swatch(node: Node, waves: int) -> tuple[Shape, ...]:
    colour = palette.wave_colour(node.waves[0], waves) if node.waves else palette.STILL
    frame = Box(0, -7, SWATCH, 14, palette.tint(colour) if node.waves else palette.PAPER, colour, 1.0, RADIUS)
    return (replace(frame, dashes=() if node.waves else DASHES), *strip(0, -7, 14, node, waves))
