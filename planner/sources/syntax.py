"""What a stop of the YAML parser means in the words of the person who typed the file."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from planner.errors import Fault
from planner.sources.nodes import Source

_RUN_TOGETHER = re.compile(r"^\s*(?:- +)*([^\W\d][\w-]*)(:)([^\s/:][^:]*)$")
_KEY = re.compile(r"^\s*(?:- +)*[^:#'\"\[{]+: ")
_BLANK_INDENT = re.compile(r"^\s*(?:- +)*?([^\S \t\n])")


def explain(error: yaml.YAMLError, source: Source) -> Fault:
    """Return the fault behind a parser error: the plainest cause that its neighbourhood shows."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Fault("E100", source.position(1, 1), {"problem": str(error)})
    mark = error.problem_mark
    context = error.context_mark or mark
    found = _Stop(source, str(error.problem), mark.line, mark.column, context.line, context.column)
    for reading in _READINGS:
        if fault := reading(found):
            return fault
    return found.fault("E100", found.line, found.column, problem=found.problem)


class _Stop:
    """Where the parser stopped, what it says, and where the thing began that it was reading; all counted from 0."""

    def __init__(self, source: Source, problem: str, line: int, column: int, from_line: int, from_column: int) -> None:
        self.source = source
        self.problem = problem
        self.line, self.column = _inside(source, line, column)
        self.from_line, self.from_column = _inside(source, from_line, from_column)

    def text(self, line: int) -> str:
        return self.source.lines[line]

    def at(self, line: int, column: int) -> str:
        return self.text(line)[column : column + 1]

    def before(self, line: int) -> int | None:
        """Return the last line before this one that holds more than a comment."""
        return next(
            (n for n in range(line - 1, -1, -1) if self.text(n).strip() and not _is_comment(self.text(n))), None
        )

    def suspects(self) -> list[int]:
        """Return the lines where the cause may stand, likeliest first."""
        lines = [self.from_line, self.line, self.before(self.line)]
        return list(dict.fromkeys(line for line in lines if line is not None))

    def fault(self, key: str, line: int, column: int, width: int = 1, **arguments: str) -> Fault:
        return Fault(key, self.source.position(line + 1, column + 1, width), arguments)


def _inside(source: Source, line: int, column: int) -> tuple[int, int]:
    """Return the place itself, or the end of the text where the parser marks the line after the last."""
    last = len(source.lines) - 1
    return (line, min(column, len(source.lines[line]))) if line <= last else (last, len(source.lines[last]))


def _is_comment(text: str) -> bool:
    return text.lstrip().startswith("#")


def _tab(stop: _Stop) -> Fault | None:
    for line in stop.suspects():
        text = stop.text(line)
        indent = text[: len(text) - len(text.lstrip())]
        if "\t" in indent:
            return stop.fault("E102", line, indent.index("\t"))
    return stop.fault("E102", stop.line, stop.column) if stop.at(stop.line, stop.column) == "\t" else None


def _wide_blank(stop: _Stop) -> Fault | None:
    for line in stop.suspects():
        if found := _BLANK_INDENT.match(stop.text(line)):
            return stop.fault("E101", line, found.start(1), visible=f"U+{ord(found[1]):04X}")
    return None


def _wide_colon(stop: _Stop) -> Fault | None:
    for line in stop.suspects():
        text = stop.text(line)
        if "\uff1a" in text and ": " not in text[: text.index("\uff1a")]:
            return stop.fault("E103", line, text.index("\uff1a"))
    return None


def _run_together(stop: _Stop) -> Fault | None:
    for line in stop.suspects():
        if found := _RUN_TOGETHER.match(stop.text(line)):
            key, value = found[1], found[3].strip()
            return stop.fault("E103.space", line, found.start(2), found=f"{key}:{value}", suggestion=f"{key}: {value}")
    return None


def _quote(stop: _Stop) -> Fault | None:
    if "unknown escape" in stop.problem:
        begin = stop.column - (stop.at(stop.line, stop.column) != "\\")
        return stop.fault("E109.escape", stop.line, begin, 2, found=stop.text(stop.line)[begin : begin + 2])
    opened = stop.at(stop.from_line, stop.from_column)
    if "end of stream" in stop.problem and opened in ("'", '"'):
        return stop.fault("E113", stop.from_line, stop.from_column, found=opened)
    return None


def _bracket(stop: _Stop) -> Fault | None:
    opened = stop.at(stop.from_line, stop.from_column)
    if opened in ("[", "{") and "expected" in stop.problem:
        return stop.fault("E111", stop.from_line, stop.from_column, found=opened)
    here = stop.at(stop.line, stop.column)
    if here in ("]", "}", ",") and "expected" in stop.problem:
        return stop.fault("E111", stop.line, stop.column, found=here)
    return _open_bracket(stop) if "expected node content" in stop.problem else None


def _open_bracket(stop: _Stop) -> Fault | None:
    """Find the bracket before the end of the text that was still waiting for its content."""
    for line in range(stop.line, -1, -1):
        text = stop.text(line)[: stop.column] if line == stop.line else stop.text(line)
        column = max(text.rfind("["), text.rfind("{"))
        if column >= 0:
            return stop.fault("E111", line, column, found=text[column])
    return None


def _first_letter(stop: _Stop) -> Fault | None:
    if "cannot start any token" in stop.problem:
        return stop.fault("E109", stop.line, stop.column, found=stop.at(stop.line, stop.column))
    if "alphabetic or numeric" in stop.problem:
        return stop.fault("E109", stop.from_line, stop.from_column, found=stop.at(stop.from_line, stop.from_column))
    return None


def _no_colon(stop: _Stop) -> Fault | None:
    if "could not find expected ':'" not in stop.problem:
        return None
    word = stop.text(stop.from_line)[stop.from_column :].strip()
    return stop.fault("E103.missing", stop.from_line, stop.from_column, len(word), found=word)


def _colon_in_value(stop: _Stop) -> Fault | None:
    if "mapping values are not allowed" in stop.problem and _KEY.match(stop.text(stop.line)[: stop.column]):
        return stop.fault("E104", stop.line, stop.column)
    return None


def _indentation(stop: _Stop) -> Fault | None:
    text = stop.text(stop.line)
    found = len(text) - len(text.lstrip())
    neighbour = stop.before(stop.line)
    while text.lstrip().startswith("-") and neighbour is not None and not stop.text(neighbour).lstrip().startswith("-"):
        neighbour = stop.before(neighbour)
    if neighbour is None:
        return None
    other = stop.text(neighbour)
    lead = other.lstrip() if text.lstrip().startswith("-") else other.lstrip(" -")
    expected = len(other) - len(lead)
    if expected == found:
        return None
    position = stop.source.position(stop.line + 1, found + 1)
    related = (stop.source.position(neighbour + 1, expected + 1),)
    return Fault("E105", position, {"found": str(found), "expected": str(expected)}, related=related)


def _after_the_end(stop: _Stop) -> Fault | None:
    if "document start" in stop.problem:
        return _indented_start(stop) or stop.fault("E107", stop.line, stop.column)
    if stop.text(stop.line)[: stop.column].rstrip().endswith(("'", '"', "]", "}")):
        return stop.fault("E109.after", stop.line, stop.column)
    return None


def _indented_start(stop: _Stop) -> Fault | None:
    """Tell a file whose first line is indented, so that the next one seems to begin another document."""
    first = stop.before(stop.line)
    while first is not None and (earlier := stop.before(first)) is not None:
        first = earlier
    indent = len(stop.text(first)) - len(stop.text(first).lstrip(" ")) if first is not None else 0
    return stop.fault("E105", first, indent, found=str(indent), expected="0") if first is not None and indent else None


_READINGS: tuple[Callable[[_Stop], Fault | None], ...] = (
    _quote,
    _tab,
    _wide_blank,
    _bracket,
    _first_letter,
    _wide_colon,
    _run_together,
    _colon_in_value,
    _no_colon,
    _after_the_end,
    _indentation,
)
