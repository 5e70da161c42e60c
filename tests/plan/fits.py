"""As much of JSON Schema as the plan's schema uses, so that the tests need no further library."""

import re
from typing import Any

TYPES: dict[str, Any] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
    "array": list,
    "object": dict,
}
KNOWN = {
    *("$ref", "$schema", "$defs", "title", "description", "format", "type", "const", "enum", "pattern", "anyOf"),
    *("properties", "required", "additionalProperties", "propertyNames", "items", "prefixItems", "uniqueItems"),
}


def misfits(data: Any, schema: Any, root: dict[str, Any], path: str = "$") -> list[str]:
    """Where ``data`` breaks ``schema``; a keyword that is not known here is an error of the test."""
    if isinstance(schema, bool):
        return [] if schema else [f"{path}: not allowed"]
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return misfits(data, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    if "anyOf" in schema:
        return [] if any(not misfits(data, part, root, path) for part in schema["anyOf"]) else [f"{path}: none fits"]
    return [*_value(data, schema, path), *_parts(data, schema, root, path)]


def _value(data: Any, schema: dict[str, Any], path: str) -> list[str]:
    found = []
    if "type" in schema:
        is_number_as_truth = isinstance(data, bool) and schema["type"] != "boolean"
        if is_number_as_truth or not isinstance(data, TYPES[schema["type"]]):
            found.append(f"{path}: not {schema['type']}")
    if "const" in schema and data != schema["const"]:
        found.append(f"{path}: not {schema['const']}")
    if "enum" in schema and data not in schema["enum"]:
        found.append(f"{path}: not one of {schema['enum']}")
    if "pattern" in schema and isinstance(data, str) and not re.search(schema["pattern"], data):
        found.append(f"{path}: not like {schema['pattern']}")
    return found


def _parts(data: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    found: list[str] = []
    if isinstance(data, dict):
        known = schema.get("properties", {})
        found += [f"{path}: {key} is missing" for key in schema.get("required", []) if key not in data]
        for key, value in data.items():
            found += misfits(key, schema.get("propertyNames", True), root, f"{path}.{key}")
            found += misfits(value, known.get(key, schema.get("additionalProperties", True)), root, f"{path}.{key}")
    if isinstance(data, list):
        first = schema.get("prefixItems", [])
        found += [f"{path}: too short"] if len(data) < len(first) else []
        for number, value in enumerate(data):
            part = first[number] if number < len(first) else schema.get("items", True)
            found += misfits(value, part, root, f"{path}[{number}]")
    return found
