"""Works: durations with the people who do them, roles resolved to teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.model.asset import Crew, Demand, Work
from planner.model.chain import HANDS_ON, StepKind
from planner.model.people import Team
from planner.sources.crews import Hands
from planner.sources.records.assets import Changes
from planner.units.duration import Duration

SYSTEM_STEPS = frozenset({StepKind.STOP, StepKind.START, StepKind.ACCEPT, StepKind.CONFIRM})
ASSET_STEPS = frozenset(StepKind) - {StepKind.ACCEPT, StepKind.CONFIRM, StepKind.CLOSE}


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who stands behind the roles: the office's own team and the carriers."""

    own: Team | None
    movers: Team | None

    @classmethod
    def of(cls, teams: Iterable[Team], movers: str | None) -> Staffing:
        """The first own team, and the team that is marked as movers, else the own one."""
        listed = list(teams)
        own = next((team for team in listed if team.own), None)
        return cls(own, next((team for team in listed if team.id == movers), own))

    def crew(self, hands: Iterable[Hands], parties: Parties) -> Crew:
        """Return the people that a crew asks for; where a role has no team, nobody."""
        counts: dict[tuple[str, str | None], int] = {}
        for wanted in hands:
            team, count = self._team(wanted, parties)
            if team:
                counts[team, wanted.skill] = counts.get((team, wanted.skill), 0) + count
        return tuple(Demand(team, count, skill) for (team, skill), count in counts.items())

    def _team(self, wanted: Hands, parties: Parties) -> tuple[str | None, int]:
        own = self.own.id if self.own else None
        if not wanted.is_role:
            return wanted.team, wanted.count
        if wanted.team == "movers" and self.movers:
            count = min(wanted.count, len(self.movers.people)) if self.movers is self.own else wanted.count
            return self.movers.id, count
        named = {"owner": parties.owner, "vendor": parties.vendor}.get(wanted.team)
        return named or own, wanted.count


@dataclass(frozen=True, slots=True)
class Parties:
    """Who owns and who maintains a subject, where these are teams; ``critical`` under the two-person rule."""

    owner: str | None = None
    vendor: str | None = None
    critical: bool = False


def works_of(
    record: Changes, staffing: Staffing, parties: Parties, kinds: frozenset[StepKind]
) -> Mapping[StepKind, Work]:
    """Return the work of every kind of step that has a duration, in the order of the kinds."""
    works: dict[StepKind, Work] = {}
    for kind in StepKind:
        if kind in kinds and kind in record.steps:
            crew = staffing.crew(record.crew.get(kind, ()), parties)
            witness = _witness(kind, record, crew, staffing, parties)
            works[kind] = Work(record.steps[kind], crew, witness, record.actions.get(kind), record.expected.get(kind))
    return works


def with_body(works: Mapping[StepKind, Work], body: str | None) -> Mapping[StepKind, Work]:
    """Return the works with one person of the body that handles the asset on every step that touches it."""
    if body is None:
        return works
    return {kind: _accompanied(work, body) if kind in HANDS_ON else work for kind, work in works.items()}


def _accompanied(work: Work, body: str) -> Work:
    there = any(demand.team == body for demand in (*work.crew, *((work.witness,) if work.witness else ())))
    return work if there else replace(work, crew=(*work.crew, Demand(body)))


def after_mounting(works: Mapping[StepKind, Work]) -> tuple[Mapping[StepKind, Work], int | None]:
    """Return the works with what is left of warming up once the asset is mounted, and the whole of it (None: unknown).

    It warms up from its arrival on, also while it is mounted.
    """
    whole = works.get(StepKind.WARM_UP)
    if whole is None:
        return works, None
    mounted = works[StepKind.MOUNT].duration.likely if StepKind.MOUNT in works else 0
    told = (whole.duration.minimum, whole.duration.likely, whole.duration.maximum)
    left = Duration(*(max(0, minutes - mounted) for minutes in told))
    kept = {kind: work for kind, work in works.items() if kind is not StepKind.WARM_UP or left.likely}
    if left.likely:
        kept[StepKind.WARM_UP] = replace(whole, duration=left)
    return kept, whole.duration.likely


def rollback_of(record: Changes, works: Mapping[StepKind, Work]) -> Mapping[StepKind, Work]:
    """Return the work of undoing a kind of step, where its duration differs."""
    nobody = Work(next(iter(record.rollback.values()))) if record.rollback else None
    found: dict[StepKind, Work] = {}
    for kind, duration in record.rollback.items():
        done = works.get(kind, nobody)
        if done:
            found[kind] = Work(duration, done.crew, done.witness)
    return found


def _witness(kind: StepKind, record: Changes, crew: Crew, staffing: Staffing, parties: Parties) -> Demand | None:
    declared = staffing.crew(record.witness.get(kind, ()), parties)
    if declared or kind in record.witness:
        return declared[0] if declared else None
    alone = sum(demand.count for demand in crew) == 1
    if parties.critical and alone and staffing.own:  # two pairs of hands already are two people
        return Demand(staffing.own.id)
    return None
