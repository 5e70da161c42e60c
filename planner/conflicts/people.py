"""Who works, how many, and when they may (S15)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Change, Cost, Relief, Rung, relief
from planner.conflicts.change import of_asset, of_team
from planner.conflicts.papers import stays
from planner.model.asset import Asset, Demand, Work
from planner.model.inventory import Inventory
from planner.model.people import Contract, Person, Team
from planner.plan.refusal import Fact, Reason

MANY = 12
"""People more than any step asks for."""


def too_small(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A team with fewer people than a step takes."""
    team = inventory.teams[reason.subjects[0]]
    count, have, skill = int(reason.values["count"]), int(reason.values["have"]), _skill(reason)
    yield size(team, skill, have, max(count - have, 1))
    for id in reason.subjects[1:]:
        asset = inventory.assets[id]
        values = {"asset": id, "team": _named(team, skill), "count": str(count)}
        yield Candidate(
            Fact("has_crew", f"assets.{id}.crew", values), _without(asset, team.id, have), _smaller(asset, team, have)
        )


def _skill(reason: Reason) -> str | None:
    skill = reason.values.get("skill", "-")
    return None if skill == "-" else skill


def _named(team: Team, skill: str | None) -> str:
    """As a crew is written in the inventory."""
    return f"{team.id}:{skill}" if skill else team.id


def size(team: Team, skill: str | None, have: int, short: int) -> Candidate:
    """How many people of a team there are; one by one more of them would help."""
    path, skills = f"teams.{team.id}.people", frozenset({skill} if skill else ())
    steps = [
        Rung(
            Fact("relax_people", path, {"team": _named(team, skill), "count": str(more)}),
            Cost.PEOPLE + more - short,
            of_team(team.id, _larger(more, skills)),
        )
        for more in range(short, short + 3)
    ]
    values = {"team": _named(team, skill), "have": str(have)}
    every = frozenset(s for person in team.people for s in person.skills) | skills
    return Candidate(Fact("has_people", path, values), of_team(team.id, _larger(MANY, every)), (Relief(tuple(steps)),))


def _larger(count: int, skills: frozenset[str]) -> Callable[[Team], Team]:
    def larger(team: Team) -> Team:
        first = len(team.people) + 1
        more = tuple(Person(f"{team.id}/+{n}", f"+{n}", skills) for n in range(first, first + count))
        return replace(team, people=(*team.people, *more))

    return larger


def _without(asset: Asset, team: str, at_most: int) -> Change:
    """No step of the asset asks for more of the team; who has nobody does not handle it either."""

    def fewer(work: Work) -> Work:
        crew = tuple(_capped(demand, team, at_most) for demand in work.crew)
        return replace(work, crew=tuple(demand for demand in crew if demand.count), witness=work.witness)

    def changed(found: Asset) -> Asset:
        works = {kind: fewer(work) for kind, work in found.works.items()}
        return replace(found, works=works, handled_by=found.handled_by if at_most or found.handled_by != team else None)

    return of_asset(asset.id, changed)


def _capped(demand: Demand, team: str, at_most: int) -> Demand:
    return replace(demand, count=min(demand.count, at_most)) if demand.team == team else demand


def _smaller(asset: Asset, team: Team, have: int) -> tuple[Relief, ...]:
    if not have:
        return (stays(asset),)
    values = {"asset": asset.id, "team": team.id, "count": str(have)}
    told = Fact("relax_crew", f"assets.{asset.id}.crew", values)
    return (relief(told, Cost.PEOPLE + 5, _without(asset, team.id, have)), stays(asset))


def kind_not_covered(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A contract that does not name the work."""
    team = inventory.teams[reason.subjects[0]]
    covered = team.contract.kinds if team.contract else frozenset[str]()
    asked = _asked_of(inventory, team) - covered
    path, values = f"teams.{team.id}.contract", {"team": team.id, "kinds": ", ".join(sorted(asked))}
    added = of_team(team.id, lambda t: _contract(t, lambda c: replace(c, kinds=c.kinds | asked)))
    lift = of_team(team.id, lambda t: _contract(t, lambda c: replace(c, kinds=frozenset())))
    stay = tuple(stays(inventory.assets[id]) for id in reason.subjects[1:2])
    step = relief(Fact("relax_contract_kinds", path, values), Cost.PAPER, added)
    fact = Fact("has_contract_kinds", path, {"team": team.id, "kinds": ", ".join(sorted(covered))})
    yield Candidate(fact, lift, (step, *stay))


def _asked_of(inventory: Inventory, team: Team) -> frozenset[str]:
    """The kinds of work on any asset for which somebody of the team is asked."""
    every = (works for asset in inventory.assets.values() for works in asset.works.items())
    return frozenset(k.value for k, work in every if any(demand.team == team.id for demand in work.crew))


def _contract(team: Team, change: Callable[[Contract], Contract]) -> Team:
    return team if team.contract is None else replace(team, contract=change(team.contract))


def never_there(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Every limit of when people of a team may be there."""
    yield from presence(inventory, inventory.teams[reason.subjects[0]])


def presence(inventory: Inventory, team: Team) -> Iterator[Candidate]:
    """The dates, nights and closed days of a contract, the hours, the notice and the absences of a team."""
    path, values = f"teams.{team.id}.contract", {"team": team.id}
    contract = team.contract
    if contract is not None and contract.covers is not None:
        clock = inventory.clock
        last = clock.day(contract.covers.end - 1).isoformat()
        end = clock.day(inventory.project.horizon.end - 1).isoformat()
        dates = {**values, "first": clock.day(contract.covers.start).isoformat(), "last": last}
        throughout = of_team(team.id, lambda t: _contract(t, lambda c: replace(c, covers=inventory.project.horizon)))
        yield _paper(
            ("has_contract_dates", path, dates), ("relax_contract_dates", path, {**values, "last": end}), throughout
        )
    if contract is not None and not contract.nights:
        nights = of_team(team.id, lambda t: _contract(t, lambda c: replace(c, nights=True)))
        yield _paper(("has_no_nights", path, values), ("relax_nights", path, values), nights)
    if contract is not None and not contract.closed_days:
        closed = of_team(team.id, lambda t: _contract(t, lambda c: replace(c, closed_days=True)))
        yield _paper(("has_no_closed_days", path, values), ("relax_closed_days", path, values), closed)
    if team.hours is not None:
        where, told = f"teams.{team.id}.hours", {**values, "hours": team.hours}
        any_time = of_team(team.id, lambda t: replace(t, hours=None))
        yield _paper(("has_team_hours", where, told), ("relax_team_hours", where, told), any_time, Cost.PEOPLE)
    if team.notice_days:
        where, told = f"teams.{team.id}.notice_days", {**values, "days": str(team.notice_days)}
        at_once = of_team(team.id, lambda t: replace(t, notice_days=0))
        yield _paper(("has_notice", where, told), ("relax_notice", where, values), at_once)
    for person in team.people:
        if person.absent:
            yield _absence(team, person)


def _paper(
    fact: tuple[str, str, dict[str, str]],
    given: tuple[str, str, dict[str, str]],
    change: Change,
    cost: int = Cost.PAPER + 5,
) -> Candidate:
    return Candidate(Fact(*fact), change, (relief(Fact(*given), cost, change),))


def _absence(team: Team, person: Person) -> Candidate:
    path, values = f"teams.{team.id}.people", {"team": team.id, "person": person.id}

    def there(found: Team) -> Team:
        return replace(found, people=tuple(replace(p, absent=()) if p.id == person.id else p for p in found.people))

    step = relief(Fact("relax_absence", path, values), Cost.PEOPLE, of_team(team.id, there))
    return Candidate(Fact("has_absence", path, values), of_team(team.id, there), (step,))
