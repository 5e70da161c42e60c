"""What the order of a plan leaves free, and what another one costs: the answers of `planner order`."""

from dataclasses import dataclass

from planner.plan.comparison import Break, Tally
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn in the order that is looked at: when it ends, and the live needs that cross a bridge.

    ``peak`` is the most of them at once from the end of the turn before to its own end, ``after`` those there are when
    it ends.
    """

    wave: str
    turn: str
    assets: tuple[str, ...]
    start: Minute
    end: Minute
    peak: int
    after: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An order and what comes of it.

    ``chains`` are what was asked for, none for the plan's own order. ``total`` are the minutes that live needs cross a
    bridge, all of them together, ``peak`` the most at once. ``breaks`` is empty where the order keeps the rules.
    """

    chains: tuple[tuple[str, ...], ...]
    passages: tuple[Passage, ...]
    peak: int
    total: int
    tally: Tally
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two waves, or turns of one wave, that change places (more than two: their order turned round).

    ``weighted`` and ``total`` are how much more outage (minutes times criticality), and how many more minutes of needs
    across bridges, that makes.
    """

    ids: tuple[str, ...]
    breaks: tuple[Break, ...]
    weighted: int = 0
    total: int = 0

    @property
    def harmless(self) -> bool:
        """Whether the verifier has nothing against it."""
        return not self.breaks


@dataclass(frozen=True, slots=True)
class Freedom:
    """The exchanges that were judged, and groups of turns in a row of which all neighbours may change places.

    ``left`` are exchanges that were not judged before the search was stopped.
    """

    exchanges: tuple[Exchange, ...]
    groups: tuple[tuple[str, ...], ...] = ()
    left: int = 0
