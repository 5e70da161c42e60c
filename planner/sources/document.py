"""One file: from its bytes to positioned nodes, with every fault on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from planner.errors import Fault
from planner.sources.composing import Broken, Composer
from planner.sources.encoding import decode
from planner.sources.nodes import MappingNode, Node, Source
from planner.sources.syntax import explain

LARGEST_FILE = 10_000_000
MOST_REPAIRS = 30

_CONFLICT = re.compile(r"<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$)")


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says: its sections by name, and whether a part had to be left out."""

    file: str
    root: MappingNode | None
    faults: tuple[Fault, ...]
    whole: bool


def read_document(data: bytes, file: str, encoding: str = "auto") -> Document:
    """Return the document of a file; a record that cannot be read is left out and the rest is read."""
    decoded = decode(data, file, encoding)
    if decoded.text is None:
        return Document(file, None, decoded.faults, whole=False)
    lines, conflicts = _without_conflicts(decoded.text.split("\n"), decoded.source)
    root, faults, whole = _compose(lines, decoded.source)
    faults = [*decoded.faults, *conflicts, *faults]
    if root is None and not any(fault.severity == "error" for fault in faults):
        faults.append(Fault("E108", decoded.source.position(1, 1)))
    if root is not None and not isinstance(root, MappingNode):
        faults.append(Fault("E203.top", root.position))
        root, whole = None, False
    return Document(file, root, tuple(faults), whole and not conflicts)


def _without_conflicts(lines: list[str], source: Source) -> tuple[list[str], list[Fault]]:
    """Report the marks that git leaves, and go on with the first side of each conflict."""
    kept, faults, other_side = [], [], False
    for number, line in enumerate(lines, 1):
        mark = line[0] if _CONFLICT.match(line) else ""
        if mark == "<":
            faults.append(Fault("E117", source.position(number, 1, len(line))))
        if mark:
            other_side = mark in "=|"
        kept.append("" if mark or (other_side and faults) else line)
    return kept, faults


def _compose(lines: list[str], source: Source) -> tuple[Node | None, list[Fault], bool]:
    """Compose the document; after a stop leave out the record around it and compose again."""
    stops: list[Fault] = []
    for _ in range(MOST_REPAIRS):
        composer = Composer(source)
        try:
            root = composer.compose("\n".join(lines))
        except Broken as broken:
            stops.append(broken.fault)
        except yaml.YAMLError as error:
            stops.append(explain(error, source))
        else:
            return root, [*stops, *composer.faults], composer.whole and not stops
        if not _leave_out(lines, stops[-1].line - 1):
            break
    return None, stops, False


def _leave_out(lines: list[str], line: int) -> bool:
    """Empty the record around a line, else its section; tell whether anything was emptied."""
    start, end = _section(lines, line)
    first = next((n for n in range(start + 1, end) if _is_content(lines[n])), end)
    if first < end and lines[first].lstrip().startswith("- "):
        indent = len(lines[first]) - len(lines[first].lstrip())
        items = [n for n in range(first, end) if lines[n].startswith(" " * indent + "- ")]
        start = max((n for n in items if n <= line), default=start)
        end = min((n for n in items if n > line), default=end)
    emptied = any(_is_content(lines[n]) for n in range(start, end))
    lines[start:end] = [""] * (end - start)
    return emptied


def _section(lines: list[str], line: int) -> tuple[int, int]:
    """Return the first line of the top-level key around a line, and the line after its last."""
    heads = [
        n for n, text in enumerate(lines) if text[:1] not in ("", " ", "\t", "#", "-", "]", "}", "\u00a0", "\u3000")
    ]
    start = max((n for n in heads if n <= line), default=0)
    return start, min((n for n in heads if n > line), default=len(lines))


def _is_content(text: str) -> bool:
    return bool(text.strip()) and not text.lstrip().startswith("#")
