"""From positioned nodes to records: pydantic's errors become faults with the place of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from planner.errors import Fault, Position
from planner.sources.fields import UNFIT, Record
from planner.sources.index import Context
from planner.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.screening import is_secret
from planner.sources.unfit import Unfit, choices, written

R = TypeVar("R", bound=Record)

_KEY = "[key]"
_RUN_TOGETHER = re.compile(r"([^\W\d][\w-]*)(:|\uff1a)(\S.*)", re.DOTALL)
_SHAPES = {"model_type": "{key: value}", "dict_type": "{key: value}", "list_type": "[...]"}


def bind(kind: type[R], node: Node, context: Context, path: str) -> tuple[R | None, list[Fault]]:
    """Return the record that a node holds, or None and all faults of it."""
    try:
        return kind.model_validate(written(node), context=context), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, [fault for detail in details for fault in _faults(kind, detail, node, path)]


def _faults(kind: type[Record], detail: Any, record: Node, path: str) -> Iterator[Fault]:
    loc: Sequence[str | int] = detail["loc"]
    holder, node = _walk(record, loc)
    where = path + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc if part != _KEY)
    if detail["type"] == "missing":
        yield from _missing(holder, str(loc[-1]), path, where)
    elif detail["type"] == "extra_forbidden":
        yield from _unknown(kind, loc, holder, where)
    elif detail["type"] == UNFIT:
        yield from _unfit(detail["ctx"]["unfit"], node, where, is_key=bool(loc) and loc[-1] == _KEY)
    else:
        yield misshapen(node, _SHAPES.get(detail["type"], detail["msg"]), where)


def _unfit(unfit: Unfit, node: Node, where: str, *, is_key: bool) -> Iterator[Fault]:
    """Tell a value, or several in a list, that a reader refused; a key that is no known word is an unknown key."""
    for each in (unfit, *unfit.others):
        if is_key:
            arguments = {"key": each.arguments.get("found", ""), **each.arguments}
            yield Fault("E201" if each.key == "E204" else each.key, node.position, arguments, where)
        else:
            yield Fault(each.key, (each.at or node).position, each.arguments, where)


def _missing(holder: Node, key: str, path: str, where: str) -> Iterator[Fault]:
    """Tell what is missing at the first key of its record; where nothing is written as value that is told already."""
    if not isinstance(holder, MappingNode) or key not in holder.entries:
        yield Fault("E202", holder.position, {"key": key, "record": path}, where)


def _unknown(kind: type[Record], loc: Sequence[str | int], holder: Node, where: str) -> Iterator[Fault]:
    key = str(loc[-1])
    if not is_secret(key) and isinstance(holder, MappingNode):
        allowed = _keys(kind, loc[:-1])
        yield Fault("E201", holder.entries[key].key.position, {"key": key, **choices(key, allowed)}, where)


def _keys(kind: Any, loc: Sequence[str | int]) -> list[str]:
    """Return the keys that the record may hold in which an unknown one was found."""
    for part in loc:
        fields = getattr(kind, "model_fields", {})
        field = next((f for name, f in fields.items() if (f.alias or name) == part), None)
        if field is not None:
            kind = _record_in(field.annotation) or kind
    return [f.alias or name for name, f in kind.model_fields.items()]


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(part) for part in getattr(annotation, "__args__", ()))
    return next((record for record in found if record), None)


def misshapen(node: Node, expected: str, where: str) -> Fault:
    """Tell a value of the wrong shape; text that was meant as a key and its value is told as such."""
    together = _RUN_TOGETHER.fullmatch(node.text) if isinstance(node, ScalarNode) and node.plain else None
    if together and isinstance(node, ScalarNode):
        column = node.column + together.start(2)
        position = node.source.position(node.line, column)
        if together[2] == "\uff1a":
            return Fault("E103", position, {}, where)
        meant = {"found": node.text, "suggestion": f"{together[1]}: {together[3]}"}
        return Fault("E103.space", position, meant, where)
    return Fault("E203", node.position, {"found": shown(node), "expected": expected}, where)


def shown(node: Node) -> str:
    """Return a node as a fault may show it."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return f"[{', '.join(shown(item) for item in node.items)}]"
    return f"{{{', '.join(f'{key}: {shown(entry.value)}' for key, entry in node.entries.items())}}}"


def _walk(node: Node, loc: Sequence[str | int]) -> tuple[Node, Node]:
    """Return the record in which the way ends and the value there, as far as the way can be gone."""
    holder = node
    for number, part in enumerate(loc):
        if part == _KEY:
            return holder, _key_node(holder, loc[number - 1]) or node
        child = _child(node, part)
        if child is None:
            return node, node
        holder, node = node, child
    return holder, node


def _child(node: Node, part: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return node.get(str(part))
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None


def _key_node(holder: Node, part: str | int) -> Node | None:
    entry = holder.entries.get(str(part)) if isinstance(holder, MappingNode) else None
    return entry.key if entry else None


def at(node: Node, *path: str) -> Position:
    """Return the place of a value inside a record, or of the record where it is not written."""
    for key in path:
        child = _child(node, key)
        if child is None:
            break
        node = child
    return node.position
