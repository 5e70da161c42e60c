"""The guide to the inventory language names every key that a record may hold."""

import re
from pathlib import Path

import pytest

from planner.sources.fields import Record
from planner.sources.records import assets, rules, scenario, surroundings
from planner.sources.sections import KEYS

GUIDE = (Path(__file__).parents[2] / "inventory" / "README.md").read_text(encoding="utf-8")
RECORDS = [
    kind
    for module in (assets, rules, scenario, surroundings)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Record) and kind is not Record
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_key_of_a_record_stands_in_the_guide(record: type[Record]) -> None:
    keys = [field.alias or name for name, field in record.model_fields.items()]
    assert [key for key in keys if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_every_top_level_key_stands_in_the_guide() -> None:
    assert [key for key in KEYS if not re.search(rf"\b{key}:", GUIDE)] == []
