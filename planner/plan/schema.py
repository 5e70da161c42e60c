"""The JSON Schema of the plan file, derived from the dataclasses as the codec is: a new field needs no code here."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf
from planner.plan.file import FORMAT, INSTANTS, VERSION
from planner.plan.finding import Verdict
from planner.plan.plan import Plan

TAGGED = (Leaf, AllOf, AtLeast)
"""Members of a union of dataclasses carry ``"is": class name``."""

SIMPLE: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}
INSTANT: dict[str, Any] = {
    "type": "string",
    "format": "date-time",
    "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}[+-]\\d{2}:\\d{2}$",
}


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the plan file of this version.

    Instants of the plan and of the verdict are local ISO 8601 with offset; those of the inventory inside are whole
    minutes since 1970-01-01T00:00Z, as the canonical form has them.
    """
    own, raw = Definitions(local=True), Definitions(local=False)
    body = own.shape(Plan, without="inventory")
    head = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "id": {"type": "string", "description": "The project's id and eight digits of the plan's hash."},
    }
    inside = {"verdict": own.reference(Verdict), "inventory": raw.reference(Inventory)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "planner plan file",
        "description": body["description"],
        "type": "object",
        "properties": {**head, **body["properties"], **inside},
        "required": [*head, *body["required"], "inventory"],
        "additionalProperties": False,
        "$defs": dict(sorted({**own.found, **raw.found}.items())),
    }


class Definitions:
    """The definitions of dataclasses and enumerations, gathered while a schema is built.

    Parameters
    ----------
    local : bool
        Whether instants are written as local ISO 8601 instead of minutes.
    """

    def __init__(self, *, local: bool) -> None:
        self._local = local
        self.found: dict[str, dict[str, Any]] = {}

    def reference(self, kind: type) -> dict[str, Any]:
        """A reference to the definition of a dataclass or enumeration, which is added if it is new."""
        name = kind.__name__ if self._local or issubclass(kind, Enum) else f"canonical.{kind.__name__}"
        if name not in self.found:
            self.found[name] = {}  # a tree holds trees
            self.found[name] = self._values(kind) if issubclass(kind, Enum) else self.shape(kind)
        return {"$ref": f"#/$defs/{name}"}

    def shape(self, kind: type, without: str = "") -> dict[str, Any]:
        """The object that a dataclass is written as; what has its default is left out, so it is not required."""
        hints = typing.get_type_hints(kind)
        fields = [field for field in dataclasses.fields(kind) if field.init and field.name != without]
        properties = {field.name: self._field(field.name, hints[field.name]) for field in fields}
        required = [field.name for field in fields if _has_no_default(field)]
        if kind in TAGGED:
            properties, required = {"is": {"const": kind.__name__}, **properties}, ["is", *required]
        return {
            "description": (kind.__doc__ or kind.__name__).split("\n\n")[0].strip(),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _field(self, name: str, hint: Any) -> dict[str, Any]:
        if self._local and name in INSTANTS and int in (hint, *typing.get_args(hint)):
            return INSTANT if hint is int else {"anyOf": [INSTANT, SIMPLE[type(None)]]}
        return self._of(hint)

    def _of(self, hint: Any) -> dict[str, Any]:
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            return {"anyOf": [self._of(part) for part in args]}
        if origin is tuple and args[-1] is not Ellipsis:
            return {"type": "array", "prefixItems": [self._of(part) for part in args], "items": False}
        if origin in (tuple, frozenset):
            unique = {"uniqueItems": True} if origin is frozenset else {}
            return {"type": "array", "items": self._of(args[0]), **unique}
        if origin is not None:
            return {"type": "object", "propertyNames": self._of(args[0]), "additionalProperties": self._of(args[1])}
        return dict(SIMPLE[hint]) if hint in SIMPLE else self.reference(hint)

    def _values(self, kind: type[Enum]) -> dict[str, Any]:
        doc = (kind.__doc__ or kind.__name__).split("\n\n")[0].strip()
        return {"description": doc, "enum": [member.value for member in kind]}


def _has_no_default(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
