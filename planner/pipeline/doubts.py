"""Warnings that need the whole inventory related: nobody needs a machine, a redundant pair goes into one rack."""

from collections.abc import Iterator

from planner.dependencies import orphans, racked_together, sent_together
from planner.errors import Fault, Position
from planner.model.chain import Method
from planner.pipeline.places import place_of
from planner.scheduling.pins import beneath
from planner.sources import Loaded


def doubts(loaded: Loaded) -> Iterator[Fault]:
    """Yield what fits and is probably not meant, each with its place."""
    for id in orphans(loaded.inventory):
        yield Fault("W306", _place(loaded, f"assets.{id}"), {"id": id}, f"assets.{id}")
    yield from _in_one_rack(loaded)
    yield from _pins_of_nothing(loaded)


def _in_one_rack(loaded: Loaded) -> Iterator[Fault]:
    """One warning for all that need the same members of the same rack."""
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for void in racked_together(loaded.inventory):
        key = (sent_together(loaded.inventory, void), void.element.id)
        found.setdefault(key, []).append(void.dependent)
    for (members, rack), dependents in found.items():
        facts = [f"assets.{id}.stages" for id in members]
        first, *others = (_place(loaded, fact) for fact in facts[::-1])
        values = {"assets": ", ".join(members), "rack": rack, "needed": ", ".join(dict.fromkeys(dependents))}
        yield Fault("W307", first, values, facts[-1], tuple(others))


def _pins_of_nothing(loaded: Loaded) -> Iterator[Fault]:
    """One warning for each pin of which nothing moves, so that it binds no wave."""
    inventory = loaded.inventory
    for number, pin in enumerate(inventory.pins):
        found = (inventory.assets[id] for id in beneath(inventory, pin.subjects))
        if all(asset.method in (Method.STAY, Method.FOLLOW) for asset in found):
            fact = f"pins.{number}"
            yield Fault("W309", _place(loaded, fact), {"subjects": ", ".join(pin.subjects)}, fact)


def _place(loaded: Loaded, fact: str) -> Position:
    return place_of(loaded.provenance, fact) or Position(fact)
