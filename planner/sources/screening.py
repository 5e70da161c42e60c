"""What no inventory may hold: secrets; and what says nothing: keys without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.errors import Fault
from planner.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode

_SECRET = re.compile(
    r"(?i)(.*[_-])?(password|passwd|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|community|credentials?)"
)
_SECRET_VALUE = re.compile(
    r"(?i)(?P<key>(?:[\w-]*[_-])?(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|community|credentials?)"
    r"['\"]?\s*[:=\uff1a]\s*)(?P<value>[^\s,}\]][^,}\]]*)"
)
_BEGIN = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_END = "-----END"


def is_secret(key: str) -> bool:
    """Tell a key that announces a secret."""
    return _SECRET.fullmatch(key) is not None


def masked(lines: list[str]) -> tuple[str, ...]:
    """Return the lines as faults may show them: what looks like a secret is starred out, columns stay."""
    inside = False
    shown = []
    for line in lines:
        begins = _BEGIN.search(line)
        inside = inside or begins is not None
        ends = _END in line
        shown.append(_starred(line, 0) if inside else _SECRET_VALUE.sub(_hide, line))
        inside = inside and not ends
    return tuple(shown)


def _starred(line: str, start: int) -> str:
    return line[:start] + re.sub(r"\S", "*", line[start:])


def _hide(found: re.Match[str]) -> str:
    return found["key"] + "*" * len(found["value"])


def screen(node: Node, path: str = "") -> Iterator[Fault]:
    """Yield a fault for every secret and every key without a value below a node."""
    if isinstance(node, ScalarNode):
        if _BEGIN.search(node.text):
            yield Fault("E209.key", node.position, {}, path)
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.items):
            yield from screen(item, f"{path}[{number}]")
    else:
        yield from _screen_entries(node, path)


def _screen_entries(node: MappingNode, path: str) -> Iterator[Fault]:
    for key, entry in node.entries.items():
        where = f"{path}.{key}" if path else key
        if is_secret(key):
            yield Fault("E209", entry.key.position, {"key": key}, where)
        elif isinstance(entry.value, ScalarNode) and entry.value.is_null:
            yield Fault("E213", entry.key.position, {"key": key}, where)
        else:
            yield from screen(entry.value, where)
