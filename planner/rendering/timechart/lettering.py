"""Texts that keep to their room: never smaller than legible, shortened where they are too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.rendering import typeface
from planner.rendering.diagram.description import Language

LEGIBLE: Final = 8.0
"""The least size of any text on A3, in points."""
CUT: Final = "…"
SLACK: Final = 0.01
"""Points by which a text may be too wide: a size that is made to fit fits but for rounding."""
COMMA: Final[dict[Language, str]] = {"ja": "、", "en": ", "}


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, without its end where it is wider than `room`; empty where no letter has room."""
    if typeface.width(text, size, bold=bold) <= room + SLACK:
        return text
    for count in range(len(text) - 1, 0, -1):
        cut = text[:count].rstrip() + CUT
        if typeface.width(cut, size, bold=bold) <= room:
            return cut
    return ""


def listed(head: str, names: Sequence[str], size: float, room: float, comma: str) -> str:
    """Return ``head a, b +3``: as many names as there is room for, at least one, then how many are left out."""
    start = f"{head} " if head else ""
    for count in range(len(names), 1, -1):
        left = f" +{len(names) - count}" if count < len(names) else ""
        text = f"{start}{comma.join(names[:count])}{left}"
        if typeface.width(text, size) <= room:
            return text
    left = f" +{len(names) - 1}" if len(names) > 1 else ""
    return shortened(f"{start}{names[0]}", size, room - typeface.width(left, size)) + left


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """Return the text, in bold letters, on at most `most` lines: broken at spaces, else anywhere."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if typeface.width(joined, size, bold=True) <= room:
            lines[-1] = joined
            continue
        lines += _pieces(word, size, room)
    lines = [line for line in lines if line]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), size, room, bold=True)]


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and typeface.width(pieces[-1] + letter, size, bold=True) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
