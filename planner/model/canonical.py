"""The canonical JSON form of frozen data, its hash, and the differences between two of them.

One codec serves inventory and plan: it walks dataclass fields and type hints, so a new field needs no code here.
Members of unions of dataclasses carry ``"is": class name``; fields with their default are left out; sets are sorted.
"""

import dataclasses
import functools
import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date
from enum import Enum
from operator import itemgetter
from typing import Any, TypeVar

T = TypeVar("T")

OUTSIDE_COMPARISON = frozenset(
    {"name", "note", "action", "expected", "contact", "contacts", "told", "fallback", "phone"}
)
"""Names, notes and contacts: `render` takes them from the inventory, so they do not make it another one."""

PLAIN = frozenset({str, int, float, bool, type(None)})
"""What JSON knows as it is."""


def encode(value: Any, without: Set[str] = frozenset()) -> Any:
    """Return plain JSON data for frozen data, ``without`` the fields of these names; ids of these names stay."""
    kind: Any = type(value)
    return value if kind in PLAIN else _encoder(kind)(value, without)


Encoder = Callable[[Any, Set[str]], Any]


@functools.cache
def _encoder(kind: type) -> Encoder:
    """How values of a kind are written."""
    if dataclasses.is_dataclass(kind):
        return functools.partial(_of_fields, _shape(kind), kind.__name__ if kind.__name__ in _tagged() else None)
    kinds: tuple[tuple[tuple[type, ...], Encoder], ...] = (
        ((Enum,), lambda value, _: value.value),
        ((Mapping,), _of_mapping),
        ((frozenset, set), lambda value, without: sorted((encode(v, without) for v in value), key=str)),
        ((tuple, list), lambda value, without: [encode(v, without) for v in value]),
        ((date,), lambda value, _: value.isoformat()),
    )
    return next((encoder for types_, encoder in kinds if issubclass(kind, types_)), lambda value, _: value)


def _of_fields(shape: Iterable[tuple[str, Any]], tag: str | None, value: object, without: Set[str]) -> Any:
    body = {} if tag is None else {"is": tag}
    for name, held in _told(shape, value, without):
        body[name] = held if type(held) in PLAIN else encode(held, without)
    return body


def _told(shape: Iterable[tuple[str, Any]], value: object, without: Set[str]) -> Iterator[tuple[str, Any]]:
    """The fields that are written: not those that have their default."""
    for name, default in shape:
        held = getattr(value, name)
        if held is not default and name not in without and held != default:
            yield name, held


def _of_mapping(value: Mapping[Any, Any], without: Set[str]) -> Any:
    return {_key(k): encode(v, without) for k, v in sorted(value.items(), key=lambda item: _key(item[0]))}


@functools.cache
def _shape(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of frozen data, each with its default; nothing is equal to the one of a field that has none."""
    fields = [f for f in dataclasses.fields(kind) if f.init]
    return tuple(
        (f.name, f.default if f.default_factory is dataclasses.MISSING else f.default_factory()) for f in fields
    )


def decode(kind: type[T], data: Any) -> T:
    """Rebuild frozen data; the inverse of `encode`.

    Raises
    ------
    ValueError, KeyError, TypeError
        If ``data`` does not have the shape of ``kind``.
    """
    return typing.cast(T, _decode(kind, data))


def text(value: object) -> str:
    """The canonical text: sorted keys, no spaces, UTF-8 kept."""
    return _dumped(encode(value))


def digest(value: object) -> str:
    """``sha256:`` and the hash of the comparable part of ``value``."""
    hashed = hashlib.sha256()
    for piece in _pieces(value, OUTSIDE_COMPARISON, depth=2):
        hashed.update(piece.encode())
    return "sha256:" + hashed.hexdigest()


def _pieces(value: Any, without: Set[str], *, depth: int) -> Iterator[str]:
    """The canonical text, part by part as far as ``depth``: that of a great inventory need not be held as a whole."""
    kind: Any = type(value)
    if depth and isinstance(value, Mapping):
        members = sorted(((_key(key), held) for key, held in value.items()), key=itemgetter(0))
    elif depth and kind.__name__ not in _tagged() and dataclasses.is_dataclass(value):
        members = sorted(_told(_shape(kind), value, without), key=itemgetter(0))
    else:
        yield _dumped(encode(value, without))
        return
    for number, (key, held) in enumerate(members):
        yield f"{',' if number else '{'}{_dumped(key)}:"
        yield from _pieces(held, without, depth=depth - 1)
    yield "}" if members else "{}"


_dumped = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _comparable(value: object) -> Any:
    return encode(value, OUTSIDE_COMPARISON)


def differences(old: object, new: object) -> list[tuple[str, Any, Any]]:
    """Every changed path with its old and new value (None: not there), in path order."""
    return sorted(_differences("", _comparable(old), _comparable(new)), key=lambda row: row[0])


def _differences(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _differences(f"{path}.{key}" if path else key, old.get(key), new.get(key))
    elif old != new:
        yield path, old, new


def _key(key: object) -> str:
    if isinstance(key, Enum):
        return str(key.value)
    return key.isoformat() if isinstance(key, date) else str(key)


@functools.cache
def _tagged() -> frozenset[str]:
    return frozenset({"Leaf", "AllOf", "AtLeast"})


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _decode_union(typing.get_args(kind), data)
    if origin is not None:
        return _decode_collection(origin, typing.get_args(kind), data)
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(typing.cast(type, kind), data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is date:
        return date.fromisoformat(data)
    return float(data) if kind is float and isinstance(data, int) else _plain(kind, data)


def _plain(kind: Any, data: Any) -> Any:
    if kind is Any or (
        isinstance(kind, type) and isinstance(data, kind) and not (kind is int and isinstance(data, bool))
    ):
        return data
    raise TypeError(f"expected {kind}, found {data!r}")


def _decode_union(args: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        if type(None) in args:
            return None
        raise TypeError("found nothing where a value is needed")
    kinds = [a for a in args if a is not type(None)]
    if len(kinds) == 1:
        return _decode(kinds[0], data)
    if isinstance(data, dict):
        return _decode(next(k for k in kinds if k.__name__ == data["is"]), data)
    return _decode(next(k for k in kinds if not dataclasses.is_dataclass(k)), data)


def _decode_collection(origin: Any, args: tuple[Any, ...], data: Any) -> Any:
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_decode(args[0], v) for v in data)
        return tuple(_decode(kind, v) for kind, v in zip(args, data, strict=True))
    if origin is frozenset:
        return frozenset(_decode(args[0], v) for v in data)
    if origin is list:
        return [_decode(args[0], v) for v in data]
    return {_decode(args[0], k): _decode(args[1], v) for k, v in data.items()}


def _decode_dataclass(kind: type, data: Any) -> Any:
    known = {f.name for f in dataclasses.fields(kind) if f.init}
    unknown = data.keys() - known - {"is"}
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    hints = _hints(kind)
    return kind(**{name: _decode(hints[name], data[name]) for name in known if name in data})
