"""The JSON Schemas of what is read and written."""

from typing import Any

from planner.plan.schema import plan_schema
from planner.sources.schema import inventory_schema, scenario_schema

SCHEMA_FILE = "inventory.schema.json"
"""The name under which `planner init` writes the schema for editors."""

SCHEMAS = {"inventory": inventory_schema, "plan": plan_schema, "scenario": scenario_schema}


def schema_of(what: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an ``inventory`` file, of a ``plan`` file or of a ``scenario``.

    Raises
    ------
    KeyError
        If ``what`` is none of them.
    """
    return SCHEMAS[what]()
