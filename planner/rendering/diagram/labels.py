"""Labels in at most two lines, broken where the script changes; numbers stay with their counters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planner.rendering import typeface

_OPENING: Final = "(（「『[［〔【〈《"
_CLOSING: Final = ")）」』]］〕】〉》、。,.・/／-：:"


@dataclass(frozen=True, slots=True)
class Label:
    """One or two lines of text, their size in points, and the width of the wider one."""

    lines: tuple[str, ...]
    size: float
    width: float


def script(letter: str) -> str:
    """Return the script of a letter: kanji, kana, latin, digit, space, opening, closing or sign."""
    for name, members in (("opening", _OPENING), ("closing", _CLOSING)):
        if letter in members:
            return name
    if letter.isspace():
        return "space"
    if letter.isdigit():
        return "digit"
    name = unicodedata.name(letter, "")
    if "KATAKANA" in name or "HIRAGANA" in name:
        return "katakana" if "KATAKANA" in name else "hiragana"
    if "CJK" in name:
        return "kanji"
    return "latin" if letter.isalpha() else "sign"


def breaks(text: str) -> tuple[int, ...]:
    """Return the places where a line may end, from the start of the text, in letters."""
    return tuple(at + 1 for at, (before, after) in enumerate(pairwise(text)) if _may_break(before, after))


def label(text: str, size: float, room: float, least: float) -> Label:
    """Return the text in one line where it fits, else in two, smaller where it must be; never below `least`.

    Parameters
    ----------
    text : str
    size : float
        The wanted size in points.
    room : float
        The width that there is. A label of the least size can be wider: `Label.width` says so.
    least : float
        The smallest size.
    """
    one = _set((text,), size, room, least)
    if one.size == size:
        return one
    two = [_set((text[:at].rstrip(), text[at:].lstrip()), size * 0.96, room, least) for at in breaks(text)]
    return min([one, *two], key=lambda label: (-round(label.size, 2), label.width))


def stacked(text: str) -> bool:
    """Whether the text is written from top to bottom, letter by letter: it holds a Japanese letter."""
    return any(script(letter) in {"kanji", "katakana", "hiragana"} for letter in text)


def _set(lines: tuple[str, ...], size: float, room: float, least: float) -> Label:
    widest = max(lines, key=lambda line: typeface.width(line, 1.0))
    fitting = max(least, min(size, typeface.fitted(widest, size, room)))
    return Label(lines, fitting, typeface.width(widest, fitting))


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two letters."""
    old, new = script(before), script(after)
    if new in {"closing", "space"} or old == "opening":
        return False
    if old in {"space", "closing"} or new == "opening":
        return not (old == "closing" and before in ".,:：-" and new in {"digit", "latin"})
    if "digit" in {old, new} or "sign" in {old, new} or new == "hiragana":
        return False
    return old != new
