"""Work that nobody can ever do: a team without people, a contract that covers no window (S15, S18)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.model.asset import Asset, Demand
from planner.model.chain import HANDS_ON
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.plan.refusal import Reason
from planner.scheduling.attendance import able, attendance, present
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import Due, due_steps
from planner.units.span import Spans

Problem = tuple[str, str, tuple[tuple[str, str], ...], str]
"""The key of the reason, the team, its values, and the fact of the team that is the cause."""


@dataclass(slots=True)
class Presence:
    """When people of an inventory are there; each is asked once about the same hours."""

    inventory: Inventory
    _attends: dict[str, Spans] = field(default_factory=dict)
    _longest: dict[tuple[str, int], tuple[Spans, int]] = field(default_factory=dict)

    def longest(self, team: Team, person: Person, free: Spans) -> int:
        """The most minutes on end that somebody may work in these hours."""
        key = person.id, id(free)
        if key not in self._longest:
            if team.id not in self._attends:
                self._attends[team.id] = attendance(self.inventory, team)
            there = present(person, self._attends[team.id]).intersection(free)
            self._longest[key] = free, max((part.minutes for part in there), default=0)  # kept: so is its identity
        return self._longest[key][1]


def understaffed(inventory: Inventory) -> Iterator[Reason]:
    """Each lack of people with all assets that it keeps from being worked on."""
    found: dict[Problem, list[str]] = defaultdict(list)
    presence = Presence(inventory)
    for asset in inventory.assets.values():
        for problem in dict.fromkeys(_problems(inventory, asset, presence)):
            found[problem].append(asset.id)
    for (key, team, values, fact), assets in found.items():
        told = {"team": team, "assets": ", ".join(assets), **dict(values)}
        facts = (fact, *(f"assets.{id}" for id in assets))
        yield Reason(key, (team, *assets), told, facts)


def _problems(inventory: Inventory, asset: Asset, presence: Presence) -> Iterator[Problem]:
    for due in due_steps(inventory, asset):
        yield from _without_body(inventory, asset, due)
        demands = (*due.work.crew, *((due.work.witness,) if due.work.witness else ()))
        for demand in demands:
            team = inventory.teams[demand.team]
            if binds(inventory, "S15", asset.id, team.id, *(person.id for person in team.people)):
                yield from _lack(due, demand, team, presence)


def _without_body(inventory: Inventory, asset: Asset, due: Due) -> Iterator[Problem]:
    body = inventory.teams.get(asset.handled_by or "")
    if body is not None and due.kind in HANDS_ON and not body.people and binds(inventory, "S18", asset.id, body.id):
        yield "fact_team_too_small", body.id, _size(Demand(body.id), 0), f"teams.{body.id}"


def _lack(due: Due, demand: Demand, team: Team, presence: Presence) -> Iterator[Problem]:
    fit = able(team, demand)
    kinds = team.contract.kinds if team.contract else frozenset()
    if len(fit) < demand.count:
        yield "fact_team_too_small", team.id, _size(demand, len(fit)), f"teams.{team.id}"
    elif kinds and due.kind.value not in kinds:
        yield "fact_kind_not_in_contract", team.id, (("kind", due.kind.value),), f"teams.{team.id}.contract"
    elif _holds(due.free, due):  # where no window is long enough, it is not for want of people
        can = sum(presence.longest(team, person, due.free) >= due.work.duration.likely for person in fit)
        if can < demand.count:
            fact = f"teams.{team.id}.contract" if team.contract else f"teams.{team.id}"
            yield "fact_team_never_there", team.id, (), fact


def _holds(spans: Spans, due: Due) -> bool:
    """Whether the step fits into one of the spans."""
    return any(part.minutes >= due.work.duration.likely for part in spans)


def _size(demand: Demand, have: int) -> tuple[tuple[str, str], ...]:
    return ("count", str(demand.count)), ("skill", demand.skill or "-"), ("have", str(have))
