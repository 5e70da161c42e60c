"""The guide to the templates tells the names that templates really see."""

import re
from dataclasses import fields, is_dataclass

from planner.rendering.documents import rollback_view, view
from planner.rendering.documents.engine import Engine
from planner.resources import templates_folder

GUIDE = (templates_folder() / "README.md").read_text(encoding="utf-8")


def test_the_guide_lists_every_record_with_exactly_its_names() -> None:
    told = {
        name: re.findall(r"`(\w+)`", names)
        for name, names in re.findall(r"^\| `([A-Z]\w+)` \| ((?:`\w+` ?)+) \|", GUIDE, flags=re.MULTILINE)
    }

    seen = [found for room in (view, rollback_view) for found in vars(room).items() if is_dataclass(found[1])]
    records = {name: record for name, record in seen if record.__module__.startswith("planner.rendering")}
    assert told == {name: [field.name for field in fields(record)] for name, record in records.items()}


def test_the_guide_lists_every_file_that_may_be_overridden() -> None:
    shipped = {file.name for file in templates_folder().iterdir() if file.is_file()} - {"README.md"}

    assert {name for name in shipped if f"`{name}`" not in GUIDE} == set()


def test_the_guide_lists_every_filter_of_the_house() -> None:
    shipped = Engine((templates_folder(),)).environment
    own = set(shipped.filters) - set(type(shipped)().filters)

    assert own == set(re.findall(r"^\| `(\w+)` \| (?:Markdown|HTML)", GUIDE, flags=re.MULTILINE))
