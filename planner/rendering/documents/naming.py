"""Names of what a plan speaks about: subjects, people, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.model.place import Position
from planner.rendering.documents.words import Words


@dataclass(frozen=True, slots=True)
class Naming:
    """Looks names up in one inventory; what it does not hold is shown by its id."""

    inventory: Inventory
    words: Words
    members: dict[str, tuple[Team, Person]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", {person.id: (team, person) for team, person in self.inventory.people()})

    def subject(self, id: str) -> str:
        """The name of an asset, system or link."""
        for known in (self.inventory.assets, self.inventory.systems, self.inventory.links):
            if id in known:
                return known[id].name
        return id

    def subjects(self, ids: Iterable[str]) -> str:
        return self.words.joined(self.subject(id) for id in ids)

    def person(self, id: str | None) -> str:
        """The team and the name, such as ``搬送 3``; a contact by its name and role, a confidential one by its role."""
        if id is None:
            return ""
        if id in self.inventory.contacts:
            contact = self.inventory.contacts[id]
            return contact.role if contact.confidential else f"{contact.name} ({contact.role})"
        if id not in self.members:
            return id
        team, person = self.members[id]
        return person.name if person.name.startswith(team.name) else f"{team.name} {person.name}"

    def people(self, ids: Sequence[str]) -> tuple[str, ...]:
        """One entry per team with its people, in the order of the ids."""
        teams: dict[str, list[str]] = {}
        for id in ids:
            team, name = self._split(id)
            teams.setdefault(team, []).append(name)
        return tuple(f"{team} {self.words.joined(names)}".strip() for team, names in teams.items())

    def teams(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of the teams of these people, each once, in order."""
        return tuple(dict.fromkeys(self.members[id][0].id for id in ids if id in self.members))

    def phone(self, contact: str | None) -> str:
        """The number of a contact that may stand in every paper, empty without one."""
        found = self.inventory.contacts.get(contact or "")
        return found.phone or "" if found and not found.confidential else ""

    def room(self, id: str) -> str:
        return self.inventory.rooms[id].name if id in self.inventory.rooms else id

    def position(self, place: Position | None, height: int | None = None) -> str:
        """The room, and the rack and its units where they are known."""
        if place is None:
            return ""
        if place.rack is None:
            return self.room(place.room)
        rack = self.inventory.racks[place.rack].name if place.rack in self.inventory.racks else place.rack
        if place.unit is None:
            return self.words.say("places", "rack", room=self.room(place.room), rack=rack)
        top = place.unit + (height or 1) - 1
        unit = str(place.unit) if top == place.unit else f"{place.unit}-{top}"
        return self.words.say("places", "position", room=self.room(place.room), rack=rack, unit=unit)

    def department(self, id: str | None) -> str:
        if id is None:
            return ""
        return self.inventory.departments[id].name if id in self.inventory.departments else id

    def _split(self, id: str) -> tuple[str, str]:
        if id not in self.members:
            return id, ""
        team, person = self.members[id]
        return team.name, person.name
