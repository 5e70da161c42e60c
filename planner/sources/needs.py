"""Needs as people write them: ``db1``, ``[db1, ad]``, ``{at_least: 1, of: [ad1, ad2]}``, ``{soft: gw}``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.model.asset import NETWORK_KINDS, AssetKind
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree, leaves
from planner.sources.dates import read_moment
from planner.sources.index import ASSETS, Context, known, refers
from planner.sources.nodes import MappingNode, ScalarNode
from planner.sources.scalars import Reader, number, read_flag, whole
from planner.sources.unfit import Table, Unfit, choices, read_each, scalar, written

PROVIDERS = (*ASSETS, "systems", "groups")

_LIVE_KINDS: frozenset[AssetKind | None] = NETWORK_KINDS | {AssetKind.LINE, AssetKind.TERMINALS}
_TREE_KEYS = ("at_least", "percent", "of", "keep", "in_room")
_GROUP_KEYS = ("id", "name", *_TREE_KEYS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need as it is written; without ``kind`` it is inferred from who needs what."""

    tree: Tree
    kind: NeedKind | None
    terms: Mapping[str, Any]

    def need(self, context: Context) -> Need:
        """Return the need with its kind, inferred where it is not written."""
        return Need(self.kind or inferred(self.tree, context), self.tree, **self.terms)


def inferred(tree: Tree, context: Context) -> NeedKind:
    """Return hard where anything that computes, stores or feeds power is needed, else live."""
    kinds = {context.index.kind(id) for id in leaves(tree)} - {None}
    return NeedKind.HARD if kinds - _LIVE_KINDS else NeedKind.LIVE


def read_needs(value: Any, context: Context) -> tuple[Wanted, ...]:
    """Return the needs of one subject; in a list each is one by itself."""
    parts = value if isinstance(value, list) else [value]
    return tuple(wanted for each in read_each(parts, lambda part: _wanted(part, context)) for wanted in each)


def read_tree(value: Any, context: Context) -> Tree:
    """Return the tree of ids; a list means all of."""
    return _tree(value, context, ())


def _wanted(value: Any, context: Context) -> list[Wanted]:
    if not isinstance(value, Table):
        return [Wanted(_tree(value, context, ()), None, {})]
    kinds = [kind for kind in NeedKind if kind in value]
    if not kinds:
        return [Wanted(_tree(_only(value, _TREE_KEYS, also=_TERMS), context, ()), None, _terms(value, context))]
    _refuse_unknown(value, [*NeedKind, *_TERMS])
    return [Wanted(_tree(value[kind], context, ()), kind, _terms(value, context)) for kind in kinds]


def _last_day(value: Any, context: Context) -> int:
    return read_moment(value, context.clock, context.weekdays) + 24 * 60


def _moment(value: Any, context: Context) -> int:
    return read_moment(value, context.clock, context.weekdays)


_TERMS: Mapping[str, tuple[str, Reader]] = {
    "mbps": ("mbps", whole(0, 10_000_000)),
    "latency_ms": ("latency_ms", number(0, 60_000)),
    "same_room": ("same_room", read_flag),
    "from": ("since", _moment),
    "until": ("until", _moment),
    "last_day": ("until", _last_day),
    "hours": ("slot", refers("hours")),
    "may_miss": ("may_miss", whole(0, 1000)),
}
"""What may stand beside a need: the key, the field of `Need`, and how the value is read."""


def _terms(value: Mapping[str, Any], context: Context) -> dict[str, Any]:
    return {field: read(value[key], context) for key, (field, read) in _TERMS.items() if key in value}


def _only(value: Table, keys: tuple[str, ...], also: Mapping[str, object]) -> Table:
    _refuse_unknown(value, [*keys, *also])
    kept = Table({key: part for key, part in value.items() if key in keys})
    kept.node = value.node
    return kept


def _refuse_unknown(value: Table, allowed: list[str]) -> None:
    for key in value:
        if key not in allowed:
            at = value.node.entries[key].key if isinstance(value.node, MappingNode) else value.node
            raise Unfit("E201", at, key=key, **choices(key, allowed))


def _tree(value: Any, context: Context, inside: tuple[str, ...]) -> Tree:
    """Read a tree; ``inside`` are the groups that are being read, so that none can contain itself."""
    if isinstance(value, list):
        parts = read_each(value, lambda part: _tree(part, context, inside))
        if not parts:
            raise Unfit("E203", value, found="[]", expected="id")
        return parts[0] if len(parts) == 1 else AllOf(parts)
    if isinstance(value, Table):
        _refuse_unknown(value, list(_TREE_KEYS))
        return _at_least(value, context, inside)
    node = scalar(value, "id, [a, b], {at_least: 1, of: [a, b]}")
    known(node, node.text, PROVIDERS, context.index)
    group = context.index.ids["groups"].get(node.text)
    return _group(node, group, context, inside) if group else Leaf(node.text)


def _group(node: ScalarNode, group: MappingNode, context: Context, inside: tuple[str, ...]) -> Tree:
    if node.text in inside:
        cycle = inside[inside.index(node.text) :]
        if node.text == min(cycle):  # every cycle is told once, where its first id is named
            raise Unfit("E303.group", node, id=node.text, cycle=" -> ".join((*cycle, node.text)))
        return Leaf(node.text)
    record = written(group)
    return _at_least(_only(record, _GROUP_KEYS, {}), context, (*inside, node.text), node.text)


def _at_least(value: Any, context: Context, inside: tuple[str, ...], group: str | None = None) -> Tree:
    """Read a k-of-n; without ``at_least`` and ``percent`` all members are needed."""
    if "of" not in value:
        raise Unfit("E202", value, key="of")
    members = value["of"] if isinstance(value["of"], list) else [value["of"]]
    parts = read_each(members, lambda part: _tree(part, context, inside))
    count = _count(value, len(parts), context)
    keep = whole(1, len(parts))(value["keep"], context) if "keep" in value else count
    if keep < count:
        raise Unfit("E205", value["keep"], found=str(keep), low=str(count), high=str(len(parts)))
    in_room = read_flag(value["in_room"], context) if "in_room" in value else False
    return AtLeast(count, parts, keep, in_room, group)


def _count(value: Mapping[str, Any], parts: int, context: Context) -> int:
    if not parts:
        raise Unfit("E203", value["of"], found="[]", expected="id")
    if "at_least" in value:
        count: int = whole(1, parts)(value["at_least"], context)
        return count
    if "percent" in value:
        share: float = number(0, 100)(value["percent"], context) / 100
        return max(1, math.ceil(round(parts * share, 6)))  # 30 % of 10 are 3, whatever floats say
    return parts


def members_of(value: Any, context: Context) -> tuple[str, ...]:
    """Return the assets of a list in which groups stand for their members."""
    return tuple(dict.fromkeys(leaves(_tree(value, context, ()))))
