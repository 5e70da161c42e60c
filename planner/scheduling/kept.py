"""What another plan decided, in the jobs and windows of this inventory: which turn each job was in, and when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.calendar import Window
from planner.model.chain import StepKind
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Turn, Wave
from planner.scheduling.job import Job, JobKind
from planner.units.span import Minute, Span

K = StepKind
MARKS: Mapping[JobKind, tuple[StepKind, ...]] = {
    JobKind.MOVE: (K.CARRY, K.MOUNT),
    JobKind.RELAY: (K.SWITCH_OVER, K.LAY),
    JobKind.INSTALL: (K.MOUNT, K.START, K.CHECK),
    JobKind.SWITCH: (K.SWITCH_OVER,),
    JobKind.RENUMBER: (K.RENUMBER,),
    JobKind.RETIRE: (K.DISPOSE, K.STOP),
    JobKind.TEST: (K.TEST,),
}
"""The steps by which a job is known in a plan, the surest first."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn of the other plan: its jobs that are still to be done, its steps, and the window in which it lay.

    ``home`` is that window as it is now, None if nothing of it is left.
    """

    jobs: tuple[str, ...]
    steps: tuple[Step, ...]
    span: Span
    since: Minute
    home: Window | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The turns in order of time, and the turn of each job that the other plan does in a wave."""

    turns: tuple[KeptTurn, ...]
    of_job: Mapping[str, KeptTurn]

    def at(self, window: Window) -> tuple[KeptTurn, ...]:
        """The turns that belong into a window."""
        return tuple(turn for turn in self.turns if turn.home is not None and turn.home.id == window.id)

    def windows(self) -> tuple[Window, ...]:
        """The windows that the other plan uses, as they are now, in order of time."""
        found = {turn.home.id: turn.home for turn in self.turns if turn.home is not None}
        return tuple(sorted(found.values(), key=lambda window: (window.span, window.id)))


def kept(before: Plan, jobs: Mapping[str, Job], windows: Sequence[Window]) -> Kept:
    """Return what ``before`` says about these jobs."""
    parts = [(wave, turn, _steps_in(wave, turn)) for wave in before.waves for turn in turns_of(wave)]
    where = {id: _turn_of(job, [steps for _, _, steps in parts]) for id, job in jobs.items()}
    found: list[KeptTurn] = []
    of_job: dict[str, KeptTurn] = {}
    for number, (wave, turn, steps) in enumerate(parts):
        ranks = {id: _rank(turn, jobs[id]) for id, n in where.items() if n == number}
        own = tuple(sorted(ranks, key=ranks.__getitem__))
        span = Span(turn.start, turn.end)
        made = KeptTurn(own, steps, span, wave.window.start, home_of(wave, span, windows))
        if own:
            found.append(made)
            of_job |= dict.fromkeys(own, made)
    return Kept(tuple(sorted(found, key=lambda turn: turn.span)), of_job)


def turns_of(wave: Wave) -> tuple[Turn, ...]:
    """The turns of a wave; one that names none is one turn, of all but the systems that it accepts."""
    if wave.turns or not wave.steps:
        return wave.turns
    accepted = {id for step in wave.steps if step.kind is K.ACCEPT for id in step.assets}
    subjects = tuple(dict.fromkeys(id for step in wave.steps for id in step.assets if id not in accepted))
    whole = Turn(wave.id, subjects, min(s.start for s in wave.steps), max(s.end for s in wave.steps))
    return (whole,)


def home_of(wave: Wave, span: Span, windows: Iterable[Window]) -> Window | None:
    """The window in which a turn of an old wave belongs: the same one, where it still is, or what is left around it."""
    ranked = [(_nearness(wave, span, window), -n, window) for n, window in enumerate(windows)]
    best = max(ranked, key=lambda row: row[:2], default=None)
    return best[2] if best and best[0] else None


def _nearness(wave: Wave, span: Span, window: Window) -> int:
    covers = window.span.covers(span)
    if window.id == wave.window_id:
        return 4 if covers else 2
    if not covers:
        return 0
    return 3 if window.id.startswith(f"{wave.window_id}/") else 1


def _rank(turn: Turn, job: Job) -> int:
    """Where the turn names the first of the job's subjects."""
    return min((turn.assets.index(id) for id in job.subjects if id in turn.assets), default=len(turn.assets))


def _steps_in(wave: Wave, turn: Turn) -> tuple[Step, ...]:
    return tuple(step for step in wave.steps if turn.start <= step.start and step.end <= turn.end)


def _turn_of(job: Job, turns: Sequence[Sequence[Step]]) -> int | None:
    """The number of the turn in which most of the job's subjects do what it is about."""
    found = Counter(n for subject in job.subjects for n in _visit(job, subject, turns))
    return min(found, key=lambda n: (-found[n], n)) if found else None


def _visit(job: Job, subject: str, turns: Sequence[Sequence[Step]]) -> Iterator[int]:
    for kind in MARKS[job.kind]:
        visits = [n for n, steps in enumerate(turns) for s in steps if s.kind is kind and subject in s.assets]
        visits = [
            n for n in dict.fromkeys(visits) if job.kind is not JobKind.INSTALL or not _carried(subject, turns[n])
        ]
        if len(visits) > job.stage:
            yield visits[job.stage]
            return


def _carried(subject: str, steps: Sequence[Step]) -> bool:
    return any(step.kind is K.CARRY and subject in step.assets for step in steps)
