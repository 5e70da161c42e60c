"""The JSON Schema, tried by a small validator of the keywords that it uses."""

import re
from pathlib import Path
from typing import Any

import pytest

from planner.sources.document import read_document
from planner.sources.nodes import MappingNode, Node, SequenceNode
from planner.sources.schema import inventory_schema, scenario_schema

SHIPPED = sorted((Path(__file__).parents[2] / "inventory").glob("*.yaml"))
SCHEMA = inventory_schema()


def typed(node: Node) -> Any:
    """The node as an editor sees it: plain numbers and booleans by YAML's core schema, everything else text."""
    if isinstance(node, MappingNode):
        return {key: typed(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [typed(item) for item in node.items]
    if not node.plain:
        return node.text
    if node.text in ("true", "false"):
        return node.text == "true"
    if re.fullmatch(r"-?\d+", node.text):
        return int(node.text)
    return float(node.text) if re.fullmatch(r"-?\d+\.\d+", node.text) else node.text


KINDS = {
    "string": str,
    "boolean": bool,
    "object": dict,
    "array": list,
    "number": (int, float),
    "integer": int,
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema and not any(fits(value, part) for part in schema["anyOf"]):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    return fits_kind(value, schema) and fits_parts(value, schema)


def fits_kind(value: Any, schema: dict[str, Any]) -> bool:
    kinds = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", list(KINDS))
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return any(isinstance(value, KINDS[kind]) and (number or kind not in ("number", "integer")) for kind in kinds)


def fits_parts(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, dict):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties", True)
        return all(key in value for key in schema.get("required", ())) and all(
            fits(part, known[key]) if key in known else other is True or (other and fits(part, other))
            for key, part in value.items()
        )
    if isinstance(value, list) and "items" in schema:
        return all(fits(part, schema["items"]) for part in value)
    return True


def fits_inventory(text: str) -> bool:
    root = read_document(text.encode(), "a.yaml").root
    assert root is not None
    return fits(typed(root), SCHEMA)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_each_file_of_the_shipped_example_fits_the_schema(file: Path):
    assert fits_inventory(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "sevrers: []",
        "servers: [{id: a, knd: server}]",
        "servers: [{at: R1/1}]",
        "servers: [{id: a, kind: srever}]",
        "servers: [{id: a, stateful: 3}]",
        "version: 2",
        "defaults: {srever: {}}",
        "policy: {staff: {shft: 12h}}",
    ],
)
def test_what_the_loader_refuses_by_its_shape_the_schema_refuses_too(text: str):
    assert not fits_inventory(text)


def test_the_schema_speaks_of_no_null_because_a_key_without_a_value_is_a_fault():
    assert "null" not in str(SCHEMA)


SCENARIOS = sorted((Path(__file__).parents[2] / "inventory" / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_each_shipped_scenario_fits_its_schema(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.sources.test_schema.SCHEMA", scenario_schema())
    root = read_document(file.read_bytes(), "a.yaml").root
    assert root is not None

    assert fits(typed(root), scenario_schema())


def test_a_misspelt_key_of_a_scenario_does_not_fit_its_schema(monkeypatch: pytest.MonkeyPatch):
    schema = scenario_schema()
    monkeypatch.setattr("tests.sources.test_schema.SCHEMA", schema)
    head = {"version": 1, "scenario": {"title": "x"}}

    assert fits({**head, "opens": []}, schema)
    assert not fits({**head, "opnes": []}, schema)
