"""Whether the office's own words fit in the place of the shipped ones: known names, the same kind, the same braces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from planner.errors import Fault, Faults, Position
from planner.errors.text import listed
from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.rendering.documents.nearness import nearest

BRACES: Mapping[str, frozenset[str]] = {
    "actions": frozenset({"names", "way", "to", "moves", "addresses", "holder"}),
    "expected": frozenset(),
    "undo": frozenset({"to", "moves", "holder"}),
}
"""Sections to which words may be added, by kind of step or ``kind.sort``; and what their sentences may hold."""
_SORTS = (*(kind.value for kind in AssetKind), "system", "link")
_PADDED = frozenset({"year", "month", "day"})
"""Numbers, which alone may be padded as in ``{month:02}``."""


def require_fitting(file: Path, found: Mapping[str, Any], shipped: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse words that no document would use or that would break one.

    Raises
    ------
    Faults
        All that is wrong in the file, each with its line.
    """
    faults = list(_faults(_Lines(file), found, shipped))
    if faults:
        raise Faults(faults)


class _Lines:
    """Where the words of a file stand."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines = file.read_text(encoding="utf-8-sig").splitlines()

    def place(self, section: str, key: str = "") -> Position:
        """The line of a section's head, or of a word in it; the whole file where neither is found."""
        inside = False
        for number, line in enumerate(self.lines, 1):
            head = re.match(r"\s*\[\s*\"?([^\]\"]+?)\"?\s*\]", line)
            if head:
                inside = head[1] == section
                if inside and not key:
                    return Position(str(self.file), number, head.start(1) + 1, len(section), line)
            word = re.match(rf"\s*\"?({re.escape(key)})\"?\s*=", line) if key and inside else None
            if word:
                return Position(str(self.file), number, word.start(1) + 1, len(key), line)
        return Position(str(self.file))


def _faults(lines: _Lines, found: Mapping[str, Any], shipped: Mapping[str, Mapping[str, Any]]) -> Iterable[Fault]:
    for section, entries in found.items():
        if section not in shipped or not isinstance(entries, Mapping):
            yield _unknown(lines.place(section), section, shipped)
            continue
        for key, text in entries.items():
            yield from _word_faults(lines.place(section, key), section, key, text, shipped[section])


def _word_faults(place: Position, section: str, key: str, text: object, shipped: Mapping[str, Any]) -> Iterable[Fault]:
    if key not in shipped and not _may_be_added(section, key):
        yield _unknown(place, key, shipped)
        return
    example = shipped.get(key, "")
    if not _alike(text, example):
        wanted = f'{len(example)} x "..."' if isinstance(example, list) else '"..."'
        yield Fault("E703.kind", place, {"name": key, "allowed": wanted})
        return
    allowed = BRACES.get(section) or _names(str(example))
    wrong = _wrong_braces(str(text), allowed) if isinstance(text, str) else None
    if wrong is not None:
        yield Fault("E703", place, {"name": key, "found": wrong, "allowed": listed(sorted(allowed)) or "-"})


def _unknown(place: Position, word: str, known: Iterable[str]) -> Fault:
    choices = sorted(known)
    return Fault("E702.word", place, {"name": word, "allowed": listed(choices), **nearest(word, choices)})


def _may_be_added(section: str, key: str) -> bool:
    kind, mark, sort = key.partition(".")
    return section in BRACES and kind in set(StepKind) and (not mark or sort in _SORTS)


def _alike(text: object, example: object) -> bool:
    if isinstance(example, list):
        return isinstance(text, list) and len(text) == len(example) and all(isinstance(part, str) for part in text)
    return isinstance(text, str)


def _names(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _wrong_braces(text: str, allowed: frozenset[str]) -> str | None:
    """The first brace that cannot be filled in; None where all can."""
    try:
        fields = [(name, form, turn) for _, name, form, turn in Formatter().parse(text) if name is not None]
    except ValueError as error:
        return str(error)
    for name, form, turn in fields:
        padded = not form or (name in _PADDED and re.fullmatch(r"0?\d{1,2}", form))
        if name not in allowed or turn or not padded:
            return "{" + name + (f"!{turn}" if turn else "") + (f":{form}" if form else "") + "}"
    return None
