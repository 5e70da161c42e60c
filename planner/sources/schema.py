"""The JSON Schema of an inventory file, from the records that read it; for editors and other programs."""

from __future__ import annotations

from typing import Any

from pydantic import Field, create_model

from planner.sources.fields import Record
from planner.sources.index import RECORD_SECTIONS
from planner.sources.layers import optional, partial
from planner.sources.records.rules import PhaseRecord, WindowRecord
from planner.sources.records.scenario import ScenarioRecord
from planner.sources.sections import KINDS, LISTS, SINGLES, VERSION
from planner.sources.vocabulary import Id

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def inventory_schema() -> dict[str, Any]:
    """Return the JSON Schema of one file of an inventory.

    Every top-level key is optional, because an inventory may be split over files. A schema sees one value at a time:
    what `planner check` says about references, repeated ids and dates goes beyond it.
    """
    schema = _file().model_json_schema(by_alias=True, mode="validation")
    schema["properties"]["version"] = {"const": VERSION}
    schema = _plain(schema)
    return {
        "$schema": DIALECT,
        "title": "Inventory of planner",
        "description": "One file of an inventory; the files of a folder are read together.",
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
    }


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario: its own keys, and parts of an inventory in which nothing is required.

    A value under ``change`` may also stand under its way as a key, as ``systems.zei.leaves``.
    """
    added, changed = _file(), _changed()
    fields: dict[str, Any] = {"change": (changed | None, None), "add": (added | None, None)}
    made = create_model("ScenarioFile", __base__=ScenarioRecord, **fields)
    schema = _plain(made.model_json_schema(by_alias=True, mode="validation"))
    schema["$defs"][changed.__name__] |= {"patternProperties": {r"^\w+\..+": {}}}
    schema["properties"]["called"]["items"] = {"$ref": "#/$defs/BlackoutRecord"}
    return {
        "$schema": DIALECT,
        "title": "Scenario of planner",
        "description": "A small overlay on an inventory, for `planner whatif`.",
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
    }


def _changed() -> type[Record]:
    """Return the record of parts of an inventory that change: lists of records that say their id and what changes."""
    fields: dict[str, Any] = {key: (partial(key) | None, None) for key in SINGLES} | {
        "defaults": (_defaults() | None, None)
    }
    for key in RECORD_SECTIONS:
        record = create_model(f"{LISTS[key].__name__}Changed", __base__=optional(LISTS[key]), id=(Id, ...))
        fields[key] = (list[record], Field(default_factory=list))  # type: ignore[valid-type]
    parts: dict[str, Any] = {
        "windows": (list[optional(WindowRecord)], Field(default_factory=list)),  # type: ignore[misc]
        "phases": (list[optional(PhaseRecord)], Field(default_factory=list)),  # type: ignore[misc]
    }
    fields["calendar"] = (create_model("CalendarChanged", __base__=partial("calendar"), **parts) | None, None)
    return create_model("Changed", __base__=Record, **fields)


def _plain(schema: Any) -> Any:
    """Return a schema without null, which stands nowhere in an inventory, and without titles made from names."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema if part != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _plain(value) for key, value in schema.items() if (key, value) not in _NOISE}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    alone = kept.get("anyOf", ())
    return {**{k: v for k, v in kept.items() if k != "anyOf"}, **alone[0]} if len(alone) == 1 else kept


_NOISE: tuple[tuple[str, Any], ...] = (("default", None), ("default", ()), ("default", []))


def _file() -> type[Record]:
    """Return the record of a whole file, which may hold only parts of project, calendar and policy."""
    fields: dict[str, Any] = {"version": (int | None, None)}
    fields |= {key: (_spread(key) | None, None) for key in SINGLES}
    fields["defaults"] = (_defaults() | None, None)
    fields |= {key: (list[record], Field(default_factory=list)) for key, record in LISTS.items()}  # type: ignore[valid-type]
    return create_model("InventoryFile", __base__=Record, **fields)


def _spread(key: str) -> Any:
    return partial(key)


def _defaults() -> Any:
    fields: dict[str, Any] = {kind: (partial(kind) | None, None) for kind in KINDS}
    return create_model("Defaults", __base__=Record, **fields)
