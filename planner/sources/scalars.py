"""Readers of single values: each takes what is written and returns what it means, or says why it does not fit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Any, TypeVar

from planner.sources.nodes import ScalarNode
from planner.sources.unfit import Unfit, choices, folded, read_each, scalar

Word = TypeVar("Word", bound=StrEnum)
Reader = Callable[[Any, Any], Any]

UNKNOWN = frozenset({"unknown", "不明", "?"})

_NUMBER_LIKE = re.compile(
    r"[-+]?(0[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.inf|\.nan)"
)
_WHOLE = re.compile(r"[-+]?[0-9]{1,12}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,6})?")


def read_text(value: Any, _context: object) -> str:
    """Return the text as it is written."""
    return scalar(value, "text").text


def read_id(value: Any, _context: object) -> str:
    """Return an id; plain text that other readers of YAML would take for a number must be quoted.

    Raises
    ------
    Unfit
        E203 for a plain number, E206 for blanks and marks that references could not be told from.
    """
    node = scalar(value, "text")
    if node.plain and _NUMBER_LIKE.fullmatch(node.text):
        raise Unfit("E203.quote", node, found=node.text)
    if not node.text.strip() or re.search(r"[\s/,*:\[\]{}]", node.text):
        raise Unfit("E206", node, found=node.text)
    return node.text


def read_flag(value: Any, _context: object) -> bool:
    """Return a yes-or-no value, which is written ``true`` or ``false``."""
    node = scalar(value, "true, false")
    if node.text.lower() not in ("true", "false"):
        raise Unfit("E203.boolean", node, found=node.text)
    return node.text.lower() == "true"


def or_unknown(read: Reader) -> Reader:
    """Return a reader that also takes ``unknown``, which is None and never zero."""

    def read_known(value: Any, context: object) -> Any:
        return None if folded(scalar(value, "unknown")) in UNKNOWN else read(value, context)

    return read_known


def whole(low: int, high: int) -> Reader:
    """Return a reader of whole numbers from ``low`` to ``high``."""

    def read(value: Any, _context: object) -> int:
        node = scalar(value, f"{low}..{high}")
        text = folded(node).replace(",", "")
        if not _WHOLE.fullmatch(text):
            raise Unfit("E203", node, found=node.text, expected=f"{low}..{high}")
        return int(_within(float(text), low, high, node))

    return read


def number(low: float, high: float, scale: int | None = None) -> Reader:
    """Return a reader of numbers. With ``scale`` the result is whole, times the scale."""

    def read(value: Any, _context: object) -> float:
        node = scalar(value, f"{low:g}..{high:g}")
        text = folded(node).replace(",", "")
        if not _NUMBER.fullmatch(text):
            raise Unfit("E203", node, found=node.text, expected=f"{low:g}..{high:g}")
        found = _within(float(text), low, high, node)
        return round(found * scale) if scale else found

    return read


def _within(found: float, low: float, high: float, node: ScalarNode) -> float:
    if not math.isfinite(found) or not low <= found <= high:
        raise Unfit("E205", node, found=node.text, low=f"{low:g}", high=f"{high:g}")
    return found


def word(kind: type[Word]) -> Reader:
    """Return a reader of one of the words of an enumeration."""
    words = {str(each): each for each in kind}
    expected = ", ".join(words)

    def read(value: Any, _context: object) -> Word:
        found = words.get(value) if isinstance(value, str) else None
        if found is not None:
            return found
        node = scalar(value, expected)
        if node.text in words:
            return words[node.text]
        raise Unfit("E204", node, found=node.text, **choices(node.text, words))

    return read


def several(read: Reader) -> Reader:
    """Return a reader of one value or a list of them."""

    def read_all(value: Any, context: object) -> tuple[Any, ...]:
        parts = value if isinstance(value, list) else [value]
        return read_each(parts, lambda part: read(part, context))

    return read_all


def each(read: Reader, count: int) -> Reader:
    """Return a reader of a list of exactly ``count`` values, which may be equal."""

    def read_list(value: Any, context: object) -> tuple[Any, ...]:
        parts = read_each(value if isinstance(value, list) else [], lambda part: read(part, context))
        if len(parts) != count:
            raise Unfit("E203", value, found=f"[{', '.join(map(str, parts))}]", expected=f"[{', '.join('ab'[:count])}]")
        return parts

    return read_list


def pair(read: Reader) -> Reader:
    """Return a reader of two different values."""

    def read_two(value: Any, context: object) -> tuple[Any, ...]:
        parts = read_each(value if isinstance(value, list) else [], lambda part: read(part, context))
        if len(set(parts)) != 2 or len(parts) != 2:
            raise Unfit("E203", value, found=f"[{', '.join(map(str, parts))}]", expected="[a, b]")
        return parts

    return read_two


def read_address(value: Any, _context: object) -> str:
    """Return an IP address in its usual form."""
    node = scalar(value, "10.0.0.1")
    try:
        return str(ip_address(node.text))
    except ValueError:
        raise Unfit("E210", node, found=node.text, expected="10.0.0.1") from None


def read_prefix(value: Any, _context: object) -> str:
    """Return an IP prefix; bits beyond its length are not allowed."""
    node = scalar(value, "10.0.0.0/24")
    try:
        return str(ip_network(node.text))
    except ValueError:
        raise Unfit("E210", node, found=node.text, expected="10.0.0.0/24") from None
