"""Who takes part and whom to call, as far as a paper for everybody may say."""

from __future__ import annotations

from collections.abc import Iterable

from planner.plan.step import Step
from planner.rendering.documents.naming import Naming
from planner.rendering.documents.view import ContactRow, TeamRow


def contacts(naming: Naming) -> tuple[ContactRow, ...]:
    """All contacts; of confidential ones the role alone, the rest stands on a separate sheet."""
    restricted = str(naming.words["general"]["restricted"])
    return tuple(
        ContactRow(restricted, contact.role, restricted)
        if contact.confidential
        else ContactRow(contact.name, contact.role, contact.phone or "")
        for contact in naming.inventory.contacts.values()
    )


def teams(naming: Naming, steps: Iterable[Step]) -> tuple[TeamRow, ...]:
    """The teams of these steps, each with those of its people who have work in them."""
    busy = {id for step in steps for id in (*step.people, step.witness) if id}
    rows = []
    for team in naming.inventory.teams.values():
        names = [person.name for person in team.people if person.id in busy]
        if names:
            rows.append(TeamRow(team.name, naming.words.joined(names), naming.phone(team.contact)))
    return tuple(rows)


def callers(naming: Naming) -> tuple[str, ...]:
    """The first two contacts that may be named to all, with their numbers."""
    open_ = [contact for contact in naming.inventory.contacts.values() if contact.phone and not contact.confidential]
    return tuple(f"{contact.name} {contact.phone}" for contact in open_[:2])
