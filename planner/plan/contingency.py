"""What single failures do to a plan: the answers of `planner contingency`."""

from dataclasses import dataclass
from enum import StrEnum

from planner.units.span import Minute


class Failure(StrEnum):
    """What fails, one at a time."""

    ASSET = "asset"  # it does not come up again
    TEAM = "team"  # one person less
    STEP = "step"  # it ends late


class Reaction(StrEnum):
    """What the crew does about it."""

    CARRY_ON = "carry_on"  # without what failed, or later
    TURN_BACK = "turn_back"  # by the plan's own rollback
    NOT_BEGUN = "not_begun"  # known before: the wave is put off, and everything stays as it is


class Obstacle(StrEnum):
    """Why a wave is put off."""

    NOBODY = "nobody"  # nobody else of the team can do a step
    STRAIN = "strain"  # shifts, rest or hours of those who take over (S15)
    DELAY = "delay"  # it would cost service, a rollback deadline or the window's end
    MISSING = "missing"  # what was prepared for it is not there


class CoverKind(StrEnum):
    """What stands in for what failed."""

    REDUNDANCY = "redundancy"  # other members of a k-of-n need
    HOSTS = "hosts"  # other hosts of the cluster have the memory for its VMs
    SPARE = "spare"  # what it was to replace still serves
    OLD_END = "old_end"  # the old end of the line is still there (dual-lay)
    COPY = "copy"  # its data lie elsewhere and can be read back
    PEOPLE = "people"  # others of the team take over
    SLACK = "slack"  # the time that the plan leaves
    FALLBACK = "fallback"  # what those who are out do meanwhile


@dataclass(frozen=True, slots=True)
class Cover:
    """``by`` are ids; ``subject`` is whose redundancy or fallback it is, ``text`` a fallback in the office's words."""

    kind: CoverKind
    by: tuple[str, ...] = ()
    subject: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Service minutes that a system loses.

    ``since`` is the first of them, ``weighted`` are ``minutes`` times the weight of its criticality. ``at_opening``
    says that the system is out when its service begins, not taken out in the midst of it. ``cause`` is the chain of ids
    from what failed to the system.
    """

    system: str
    since: Minute
    minutes: int
    weighted: int
    at_opening: bool
    cause: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One failure and what comes of it.

    ``subject`` is the asset, the team or the step; ``wave`` the wave that it strikes (None: before all waves), ``step``
    the step that fails, or that nobody can do, ``at`` when that is seen. ``late`` are minutes, of the step or of the
    wave's last step, ``missing`` is the person, ``obstacle`` why the wave is put off. ``check_point`` is whose rollback
    would be used, ``deadline`` until when; ``rollback`` says whether that was still possible (None: there is nothing to
    turn back). ``missed`` are the check points that come after their deadlines, and "window" if the wave does not end
    in it; ``beyond`` the systems that are out for longer than they may be. ``if_back`` is what is lost, weighted, if it
    is turned back and what failed works again where it was (None: not possible).
    """

    failure: Failure
    subject: str
    wave: str | None
    step: str | None
    at: Minute
    reaction: Reaction
    late: int = 0
    missing: str | None = None
    check_point: str | None = None
    deadline: Minute | None = None
    rollback: bool | None = None
    missed: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    covers: tuple[Cover, ...] = ()
    if_back: int | None = None
    obstacle: Obstacle | None = None

    @property
    def weighted(self) -> int:
        """Service minutes lost, each times the weight of its system's criticality."""
        return sum(loss.weighted for loss in self.losses)

    @property
    def minutes(self) -> int:
        """Service minutes lost, of all systems together."""
        return sum(loss.minutes for loss in self.losses)

    @property
    def harmless(self) -> bool:
        """Whether nobody notices: no service minute is lost, and the wave is held to its end."""
        return not self.losses and self.reaction is Reaction.CARRY_ON and not self.missed


@dataclass(frozen=True, slots=True)
class Contingencies:
    """Every single failure, the worst first.

    ``repair`` are the minutes for which a system stays out from its first service minute on, ``delays`` the delays of
    steps that were looked at.
    """

    cases: tuple[Case, ...]
    repair: int
    delays: tuple[int, ...]
