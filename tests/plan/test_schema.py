import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest

from planner.model.chain import StepKind
from planner.model.policy import Severity
from planner.plan import file
from planner.plan.finding import Certificate, Finding, Verdict
from planner.plan.plan import Term
from planner.plan.schema import plan_schema
from planner.plan.step import RollbackStep
from planner.plan.wave import CheckPoint, Gate
from planner.units.span import Span
from tests.plan.fits import misfits
from tests.safety import komachi

SCHEMA = plan_schema()


def written() -> dict[str, Any]:
    """A plan file with a check point, a gate, an objective and a verdict, read back as plain data."""
    plan = komachi.plan()
    wave = plan.waves[0]
    rollback = (RollbackStep(StepKind.START, ("db1",), 0, 15),)
    point = CheckPoint("c1", (), wave.window.start, minutes=15, deadline=wave.window.start + 60, rollback=rollback)
    gate = Gate("g1", wave.window.start, wave.steps[0].id, "ict/1", "ict/2", ("ok",))
    full = dataclasses.replace(
        plan,
        waves=(dataclasses.replace(wave, check_points=(point,), gates=(gate,)), *plan.waves[1:]),
        objective=(Term("waves", 48_000, 24_000, "one wave at least"),),
    )
    finding = Finding("S01", Severity.ERROR, "late", ("jumin",), span=Span(1, 2), values={"minutes": "5"})
    verdict = Verdict((finding,), Certificate("sha256:0", 10, {"S01": 10}, ("S05",), {"S01": "error"}))
    data: dict[str, Any] = json.loads(file.dump(full, verdict))
    return data


def test_a_plan_as_it_is_dumped_fits_the_schema() -> None:
    assert misfits(written(), SCHEMA, SCHEMA) == []


def test_every_reference_of_the_schema_is_defined_and_every_definition_is_used() -> None:
    used = {node["$ref"].removeprefix("#/$defs/") for node in _nodes(SCHEMA) if "$ref" in node}

    assert used == set(SCHEMA["$defs"])


def test_the_schema_is_itself_plain_json_and_names_its_dialect() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("waves", 0, "window", "start"), 29_000_000),
        (("waves", 0, "window", "start"), "2027-01-09T22:00"),
        (("waves", 0, "steps", 0, "kind"), "explode"),
        (("waves", 0, "gates", 0, "at"), None),
        (("outages", 0, "computed"), "240"),
        (("inventory", "project", "horizon", "start"), "2027-01-09T22:00+09:00"),
        (("inventory", "surprise"), 1),
        (("version",), 2),
        (("surprise",), 1),
    ],
)
def test_what_the_reader_would_refuse_does_not_fit(path: tuple[Any, ...], value: object) -> None:
    data = written()
    place: Any = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value

    assert misfits(data, SCHEMA, SCHEMA) != []


@pytest.mark.parametrize("key", ["format", "version", "id", "inventory", "inventory_hash", "making", "waves"])
def test_what_every_plan_has_is_required(key: str) -> None:
    data = written()
    del data[key]

    assert misfits(data, SCHEMA, SCHEMA) == [f"$: {key} is missing"]


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _nodes(part)
