"""What is known of one subject of a plan: when, what binds it, what it waits for, and its outages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.calendar import Judgement, Obstacle
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Turn, Wave
from planner.sources import Loaded
from planner.units.span import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: ``key`` names its sentence, ``values`` fill it, ``path`` is where it stands in the inventory.

    ``rule`` is the safety rule by which it binds, empty where it binds by none.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """What a step begins after.

    ``after`` ended ``slack`` minutes before it: another step, or (None) what the fact names, as the opening of a
    window.
    """

    fact: Fact
    after: Step | None
    slack: int

    @property
    def tight(self) -> bool:
        """Whether the step begins in the minute in which this ends."""
        return self.slack == 0


@dataclass(frozen=True, slots=True)
class Work:
    """One step of the subject and everything that it waits for, the latest end first."""

    step: Step
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Partners:
    """Some of the same turn, or what a system runs on, whom the same obstacles or facts keep out of a window.

    ``obstacles`` are those of a window that is closed to them altogether, ``facts`` what keeps them out of an open one.
    """

    ids: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A window before the one in which the subject is worked on, and why it is not that one.

    ``longest`` are the minutes of its longest usable part, ``wave`` the wave that uses it; ``reasons`` and ``partners``
    are what else keeps the subject out, empty where no fact does.
    """

    judgement: Judgement
    longest: int
    wave: str | None
    reasons: tuple[Fact, ...]
    partners: tuple[Partners, ...]

    @property
    def open(self) -> bool:
        """Whether no fact kept the subject out."""
        return self.longest > 0 and not self.reasons and not self.partners


@dataclass(frozen=True, slots=True)
class Appointment:
    """The subject's part in one wave: its turns, its steps, the windows that it did not take.

    ``minutes`` lie between the beginning of its first and the end of its last step that is more than preparation.
    """

    wave: Wave
    turns: tuple[Turn, ...]
    works: tuple[Work, ...]
    minutes: int
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One step on the critical chain of an outage; ``waits`` idle minutes lie before it, ``fact`` is why it waits."""

    step: Step
    waits: int
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Story:
    """One outage: what is declared and computed, the chain of steps that fills it, and what would shorten it.

    ``gain`` are the minutes by which it would end earlier if the subject's own steps took no time.
    """

    outage: Outage
    computed: tuple[Span, ...]
    first: Fact
    chain: tuple[Link, ...]
    shorter: tuple[Fact, ...]
    gain: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one subject.

    ``space`` is ``assets`` or ``systems``, ``preparation`` its steps outside waves. ``stories`` are its own outages,
    ``beside`` those, during its steps, of systems that do not work without it. ``times`` say in which zone times
    without an offset are read, and which of those that bind it are written so.
    """

    loaded: Loaded
    plan: Plan
    subject: str
    space: str
    binding: tuple[Fact, ...]
    preparation: tuple[Work, ...]
    appointments: tuple[Appointment, ...]
    stories: tuple[Story, ...]
    beside: tuple[Story, ...]
    times: tuple[Fact, ...]
