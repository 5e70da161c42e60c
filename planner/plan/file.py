"""The plan file: versioned JSON with the canonical inventory inside."""

import json
from typing import Any, Protocol

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.plan.fact_values import changes
from planner.plan.finding import Verdict
from planner.plan.plan import Plan
from planner.units.clock import Clock

FORMAT = "planner.plan"
VERSION = 1
INSTANTS = frozenset({"start", "end", "at", "planned", "deadline"})
"""Keys that hold instants in the plan's own part and in the verdict; written as local ISO 8601 with offset."""


class NotAPlan(ValueError):
    """The text is not a plan file of this version; the message says what was found and what is allowed."""


class OtherInventory(ValueError):
    """The plan was made from another inventory; ``changes`` are (path, value in the plan, value now)."""

    def __init__(self, changes: list[tuple[str, Any, Any]]) -> None:
        super().__init__(f"the plan was made from another inventory: {len(changes)} changes")
        self.changes = changes


def dump(plan: Plan, verdict: Verdict | None = None) -> str:
    """Return the file's text: indented JSON, LF, a newline at the end; the same plan gives the same bytes."""
    body = _instants(canonical.encode(plan), plan.inventory.clock)
    inventory = canonical.encode(plan.inventory)
    head = {"format": FORMAT, "version": VERSION, "id": identity(plan)}
    checked = {"verdict": _instants(canonical.encode(verdict), plan.inventory.clock)} if verdict else {}
    data = {**head, **{k: v for k, v in body.items() if k != "inventory"}, **checked, "inventory": inventory}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def identity(plan: Plan) -> str:
    """The project's id and the first eight digits of the plan's hash; the same plan has the same id."""
    return f"{plan.inventory.project.id}-{canonical.digest(plan).removeprefix('sha256:')[:8]}"


def parse(text: str) -> Plan:
    """Read a plan file; a verdict inside is not trusted and not read.

    Raises
    ------
    NotAPlan
        If it is not JSON, of another format or a newer version, or if a field has the wrong shape.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise NotAPlan(f"not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NotAPlan(f'"format" must be "{FORMAT}"')
    if data.get("version") != VERSION:
        raise NotAPlan(f"version {data.get('version')!r} of the plan format; this planner reads version {VERSION}")
    return _decode(data)


class MadeOf(Protocol):
    """A plan or a refusal, with the inventory that it is of."""

    @property
    def inventory(self) -> Inventory: ...


def require_same(made: MadeOf, inventory: Inventory) -> None:
    """Refuse a plan, or a refusal, of another inventory.

    Raises
    ------
    OtherInventory
        With every change, if the comparable parts differ.
    """
    found = changes(made.inventory, inventory)
    if found:
        raise OtherInventory(found)


def _decode(data: dict[str, Any]) -> Plan:
    try:
        inventory = canonical.decode(Inventory, data["inventory"])
        own = {k: v for k, v in data.items() if k not in ("format", "version", "id", "verdict", "inventory")}
        body = _minutes(own, inventory.clock)
        return canonical.decode(Plan, {**body, "inventory": data["inventory"]})
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise NotAPlan(f"a field of the plan has the wrong shape: {error}") from error


def _instants(data: Any, clock: Clock) -> Any:
    if isinstance(data, dict):
        return {
            k: clock.iso(v) if k in INSTANTS and isinstance(v, int) else _instants(v, clock)
            for k, v in data.items()
            if k != "inventory"
        }
    return [_instants(v, clock) for v in data] if isinstance(data, list) else data


def _minutes(data: Any, clock: Clock) -> Any:
    if isinstance(data, dict):
        return {
            k: clock.parse(v) if k in INSTANTS and isinstance(v, str) else _minutes(v, clock) for k, v in data.items()
        }
    return [_minutes(v, clock) for v in data] if isinstance(data, list) else data
