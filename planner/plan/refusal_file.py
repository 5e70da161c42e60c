"""The file of a refusal: versioned JSON with the canonical inventory inside, like a plan's."""

import json
from dataclasses import dataclass
from typing import Any

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.plan.refusal import Refusal

FORMAT = "planner.refusal"
VERSION = 1


class NotARefusal(ValueError):
    """The text is not a refusal of this version; the message says what was found and what is allowed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal with the inventory that was refused."""

    inventory: Inventory
    refusal: Refusal


def dump(refused: Refused) -> str:
    """Return the file's text: indented JSON, LF, a newline at the end; the same refusal gives the same bytes."""
    head = {"format": FORMAT, "version": VERSION, "inventory_hash": canonical.digest(refused.inventory)}
    body = {"refusal": canonical.encode(refused.refusal), "inventory": canonical.encode(refused.inventory)}
    return json.dumps({**head, **body}, ensure_ascii=False, indent=1) + "\n"


def is_refusal(text: str) -> bool:
    """Whether the text says that it is a refusal, of any version."""
    return bool(_format(text) == FORMAT)


def _format(text: str) -> Any:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data.get("format") if isinstance(data, dict) else None


def parse(text: str) -> Refused:
    """Read the file of a refusal.

    Raises
    ------
    NotARefusal
        If it is of another format or version, or if a field has the wrong shape.
    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise NotARefusal(f'"format" must be "{FORMAT}" and "version" {VERSION}')
        inventory = canonical.decode(Inventory, data["inventory"])
        return Refused(inventory, canonical.decode(Refusal, data["refusal"]))
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise NotARefusal(f"a field of the refusal has the wrong shape: {error}") from error
