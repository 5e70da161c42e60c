"""Why an asset or a system has its place in a plan, computed from plan and inventory alone."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.binding import binding
from planner.pipeline.calendar import windows_for
from planner.pipeline.explanation import Appointment, Explanation, Fact, Work
from planner.pipeline.load import load_inventory, load_scenario
from planner.pipeline.outage_story import Stories
from planner.pipeline.passed import Party, minutes, passed
from planner.pipeline.verify import read_plan
from planner.pipeline.waiting import Waiting
from planner.plan import file
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.safety.readable import readable
from planner.sources import Loaded
from planner.units.progress import Progress
from planner.units.span import Minute

ZONE = "project.time_zone"


def explain_file(
    inventory: Path, plan_file: Path, subject: str, progress: Progress, scenario: Path | None = None
) -> Explanation:
    """Read both and return the explanation of a subject.

    Raises
    ------
    Faults
        All faults of the inventory.
    Failure
        If the file is no plan of this version, or the subject is neither an asset nor a system.
    OtherInventory
        If the plan was made from another inventory; with every change.
    """
    loaded = load_scenario(inventory, scenario) if scenario else load_inventory(inventory)
    plan = read_plan(plan_file)
    file.require_same(plan, loaded.inventory)
    progress("explain", 0, 1)
    found = explain(loaded, plan, subject)
    progress("explain", 1, 1)
    return found


def explain(loaded: Loaded, plan: Plan, subject: str) -> Explanation:
    """Return what a plan of this inventory does with a subject, and the facts behind it.

    Raises
    ------
    Failure
        If the subject is neither an asset nor a system; it names the nearest one.
    """
    inventory = loaded.inventory
    _require(inventory, subject)
    whole = readable(inventory, plan)
    waiting = Waiting(whole)
    space = "assets" if subject in inventory.assets else "systems"
    affected = windows_for(inventory, subject).affected
    stories = Stories(waiting, waiting.replay)
    bound = tuple(binding(loaded, waiting, space, subject, affected))
    return Explanation(
        loaded=loaded,
        plan=whole,
        subject=subject,
        space=space,
        binding=bound,
        preparation=tuple(_works(waiting, (s for s in whole.preparation if subject in s.assets))),
        appointments=tuple(_appointments(inventory, whole, waiting, subject)),
        stories=tuple(stories.of(outage, subject) for outage in whole.outages if outage.system == subject),
        beside=tuple(stories.of(outage, subject) for outage in _taken_along(whole, waiting, subject, affected)),
        times=tuple(_zone(loaded, bound)),
    )


def _require(inventory: Inventory, subject: str) -> None:
    known = (*inventory.assets, *inventory.systems)
    if subject not in known:
        near = get_close_matches(subject, known, n=1)
        raise Failure(
            f"there is no asset or system {subject!r} in the inventory",
            cure=f"did you mean {near[0]!r}?" if near else "name an asset or a system",
            japanese=(
                f"インベントリに {subject!r} という資産やシステムはありません",
                f"もしかして {near[0]!r} ?" if near else "資産かシステムを指定してください",
            ),
        )


def _works(waiting: Waiting, steps: Iterator[Step]) -> Iterator[Work]:
    for step in steps:
        yield Work(step, waiting.before(step))


def _appointments(inventory: Inventory, plan: Plan, waiting: Waiting, subject: str) -> Iterator[Appointment]:
    """Every wave with a step about the subject, and the windows between it and the one before."""
    begin = inventory.project.horizon.start
    for wave in sorted(plan.waves, key=lambda wave: wave.window.start):
        steps = tuple(step for step in wave.steps if subject in step.assets)
        if steps:
            turns = tuple(turn for turn in wave.turns if _is_in(turn.assets, turn.start, turn.end, subject, steps))
            party = Party(subject, minutes(steps), steps, turns)
            missed = passed(waiting, party, begin, wave)
            yield Appointment(wave, turns, tuple(_works(waiting, iter(steps))), party.minutes, tuple(missed))
            begin = wave.window.end


def _is_in(assets: tuple[str, ...], start: Minute, end: Minute, subject: str, steps: tuple[Step, ...]) -> bool:
    return subject in assets or any(start <= step.start and step.end <= end for step in steps)


def _taken_along(plan: Plan, waiting: Waiting, subject: str, affected: tuple[str, ...]) -> Iterator[Outage]:
    """The outages, while a step is about the subject, of systems that do not work without it."""
    own = [step.span for step in waiting.about(subject)]
    for outage in plan.outages:
        if outage.system in affected and any(span.overlaps(outage.span) for span in own):
            yield outage


def _zone(loaded: Loaded, facts: tuple[Fact, ...]) -> Iterator[Fact]:
    """Where the zone stands in which times without an offset are read, and which times of the facts are read so."""
    origin = loaded.provenance.get(ZONE)
    usual = origin is None or origin.layer.startswith("shipped")
    yield Fact("zone", {"zone": loaded.inventory.project.zone, "written": "" if usual else "yes"}, ZONE)
    clock = loaded.inventory.clock
    for fact in facts:
        source = loaded.provenance.get(fact.path)
        for read in (fact.values[name] for name in ("start", "end") if name in fact.values):
            written = f"{clock.local(clock.parse(read)):%Y-%m-%d %H:%M}"
            if source is not None and re.search(rf"{written}(?![:+\-Z])", source.text):
                yield Fact("read_as", {"written": written, "read": read}, fact.path)
