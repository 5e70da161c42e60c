"""The page of each safety rule: its sentence, why it matters, an example that keeps it and one that breaks it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal, Self

RULE_IDS = tuple(f"S{number:02}" for number in range(1, 24))
LANGUAGES = ("ja", "en")

Texts = Mapping[str, str]
"""A text by language: ``ja`` and ``en``."""


@dataclass(frozen=True, slots=True)
class Change:
    """What breaks the example: ``old``, found once in the part, becomes ``new``."""

    part: Literal["inventory", "plan"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule for people.

    ``passes`` and ``breaks`` say what happens in the example and in the broken one, ``remedy`` what to do about it.
    ``inventory`` is what the example adds to `base_inventory`, ``plan`` its plan (`planner.plan.notation`), ``changes``
    what breaks it.
    """

    id: str
    name: Texts
    sentence: Texts
    why: Texts
    passes: Texts
    breaks: Texts
    remedy: Texts
    inventory: str
    plan: str
    changes: tuple[Change, ...]

    def broken(self) -> Self:
        """The page with the example that breaks the rule in place of the one that keeps it.

        Raises
        ------
        ValueError
            If a change is not found exactly once.
        """
        inventory, plan = self.inventory, self.plan
        for change in self.changes:
            if change.part == "inventory":
                inventory = self._changed(inventory, change)
            else:
                plan = self._changed(plan, change)
        return replace(self, inventory=inventory, plan=plan)

    def _changed(self, text: str, change: Change) -> str:
        if text.count(change.old) != 1:
            raise ValueError(f"{self.id}: {change.old!r} is not once in the {change.part}")
        return text.replace(change.old, change.new)


@lru_cache
def rule_page(id: str) -> RulePage:
    """Return the page of a rule.

    Raises
    ------
    ValueError
        If there is no such rule.
    """
    if id not in RULE_IDS:
        raise ValueError(f"no rule {id!r}; there are: {', '.join(RULE_IDS)}")
    data = tomllib.loads(_shipped(f"{id}.toml"))
    changes = tuple(Change(c["part"], c["old"], c["new"]) for c in data.pop("change"))
    example = data.pop("example")
    return RulePage(id=id, inventory=example["inventory"], plan=example["plan"], changes=changes, **data)


def base_inventory() -> str:
    """The inventory that the examples of all rules share."""
    return _shipped("base.yaml")


def _shipped(name: str) -> str:
    return files("planner.resources").joinpath("rules", name).read_text(encoding="utf-8")
