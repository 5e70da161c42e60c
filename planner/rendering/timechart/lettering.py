"""Texts that keep to their room: never smaller than legible, shortened where they are too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.rendering import typeface
from planner.rendering.diagram.description import Language

LEGIBLE: Final = 8.0
"""The least size of any text on A3, in points."""
CUT: Final = "…"
COMMA: Final[dict[Language, str]] = {"ja": "、", "en": ", "}


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, without its end where it is wider than `room`; empty where no letter has room."""
    if typeface.width(text, size, bold=bold) <= room:
        return text
    for count in range(len(text) - 1, 0, -1):
        cut = text[:count].rstrip() + CUT
        if typeface.width(cut, size, bold=bold) <= room:
            return cut
    return ""


def listed(head: str, names: Sequence[str], size: float, room: float, comma: str) -> str:
    """Return ``head a, b +3``: as many names as there is room for, then how many are left out."""
    if not names:
        return shortened(head, size, room)
    for count in range(len(names), 1, -1):
        left = f" +{len(names) - count}" if count < len(names) else ""
        text = f"{head} {comma.join(names[:count])}{left}"
        if typeface.width(text, size) <= room:
            return text
    left = f" +{len(names) - 1}" if len(names) > 1 else ""
    return shortened(f"{head} {names[0]}", size, room - typeface.width(left, size)) + left
