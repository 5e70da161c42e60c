"""A value that does not fit: what is wrong with it, told apart from where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

from planner.errors.text import listed
from planner.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode, Source

T = TypeVar("T")

_NOWHERE = Source("", ())


class Table(dict[str, Any]):
    """A mapping for pydantic that still knows its node."""

    node: Node


class Row(list[Any]):
    """A list for pydantic that still knows its node."""

    node: Node


class Unfit(Exception):
    """Raised where a value is read; whoever knows the position makes a fault of it.

    Parameters
    ----------
    key
        The message key of the fault.
    at
        The value or part of it that is wrong; None for the whole value that was being read.
    arguments
        What the message speaks about.
    """

    def __init__(self, key: str, at: object = None, /, **arguments: str) -> None:
        super().__init__(key)
        self.key = key
        self.at = node_of(at)
        self.arguments = arguments
        self.others: tuple[Unfit, ...] = ()


def brief(node: Node, **entries: Node) -> Table:
    """Return the mapping that a short form stands for; its faults are told at the short form."""
    table = Table(entries)
    table.node = node
    return table


def read_each(parts: Iterable[Any], read: Callable[[Any], T]) -> tuple[T, ...]:
    """Return what is read from each part.

    Raises
    ------
    Unfit
        For the first part that does not fit, with the others that do not.
    """
    found: list[T] = []
    wrong: list[Unfit] = []
    for part in parts:
        try:
            found.append(read(part))
        except Unfit as unfit:
            unfit.at = unfit.at or node_of(part)
            wrong += [unfit, *unfit.others]
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return tuple(found)


def node_of(value: object) -> Node | None:
    """Return the node behind a written value."""
    if isinstance(value, Table | Row):
        return value.node
    return value if isinstance(value, Node) else None


def scalar(value: Any, expected: str) -> ScalarNode:
    """Return the value as one piece of text.

    Raises
    ------
    Unfit
        When it is a list or a mapping.
    """
    if isinstance(value, ScalarNode):
        return value
    if isinstance(value, str):  # the key of a mapping; whoever binds the mapping knows its place
        return ScalarNode(_NOWHERE, 0, 0, 1, value, plain=False)
    raise Unfit("E203", value, found="[...]" if isinstance(value, list) else "{...}", expected=expected)


def folded(node: ScalarNode) -> str:
    """Return the text with full-width digits and letters as plain ones, without blanks around it."""
    return unicodedata.normalize("NFKC", node.text).strip()


def choices(word: str, allowed: Iterable[str]) -> dict[str, str]:
    """Return the arguments of "did you mean": the nearest of the allowed words, if one is near, and the list."""
    words = list(allowed)
    near = nearest(word, words)
    return {"allowed": listed(words), **({"nearest": near} if near else {})}


def nearest(word: str, words: list[str]) -> str | None:
    """Return the word that was probably meant: equal but for case and width, else the closest in letters."""
    plain = {_plain(known): known for known in reversed(words)}
    close = get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("_", "-")


def written(node: Node) -> Any:
    """Return a node as dictionaries and lists that know their nodes; scalars stay, nulls are left out."""
    if isinstance(node, MappingNode):
        table = Table((key, written(entry.value)) for key, entry in node.entries.items() if not _is_null(entry.value))
        table.node = node
        return table
    if isinstance(node, SequenceNode):
        row = Row(written(item) for item in node.items if not _is_null(item))
        row.node = node
        return row
    return node


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.is_null
