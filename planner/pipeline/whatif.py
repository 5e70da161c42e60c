"""Scenarios beside a plan: does it hold, which plan changes least, which is best; in several processes if wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.errors import Fault, Faults, Position
from planner.model.inventory import Inventory
from planner.pipeline.load import startable
from planner.pipeline.plan import Planned, make
from planner.pipeline.processes import spread
from planner.pipeline.replan import replan
from planner.pipeline.verify import Verified
from planner.plan.comparison import Answer, Asked, Comparison, Holding, Outcome
from planner.plan.plan import Plan
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.scheduling.options import Options
from planner.sources.scenarios.loading import load_scenarios
from planner.sources.scenarios.scenario import Mentioned, Scenario
from planner.units.progress import Progress, silent
from planner.whatif.arrangement import Chain, NoOrder, arranged, keeps, named, pinned, spots_of, swapped
from planner.whatif.difference import difference
from planner.whatif.holding import holding
from planner.whatif.tally import tally

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Study:
    """What has to be known of a scenario to answer for it; ``alive`` are the facts before assets were dead."""

    id: str
    inventory: Inventory
    alive: Inventory
    dead: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """How the answers are looked for: what is asked, how hard, and in how many processes."""

    asked: tuple[Asked, ...] = tuple(Asked)
    options: Options = field(default_factory=Options)
    jobs: int = 1


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return scenario files; a folder stands for the YAML files in it, in the order of their names.

    Raises
    ------
    Faults
        If a folder has none.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        if not inside:
            raise Faults([Fault("E108", Position(path.as_posix()))])
        found += inside
    return tuple(dict.fromkeys(found))


def read_scenarios(inventory: Path, files: Iterable[Path], plan: Plan) -> tuple[Scenario, ...]:
    """Return the scenarios of these files on an inventory.

    Raises
    ------
    Faults
        All faults of the inventory or of the scenarios; also orders of what the plan does not know.
    """
    _, scenarios = load_scenarios(inventory, files)
    faults = [fault for scenario in scenarios for fault in _unordered(scenario, plan)]
    faults += _twice(scenarios)
    for scenario in scenarios:
        try:
            startable(scenario.loaded)
        except Faults as circles:
            faults += circles.faults
    if faults:
        raise Faults(faults)
    return scenarios


def study(scenario: Scenario, plan: Plan) -> Study:
    """Return what a scenario asks of a plan."""
    chains = [tuple(named.id for named in chain) for chain in scenario.order]
    chains += [swapped(plan, tuple(named.id for named in pair)) for pair in scenario.swaps]
    inventories = scenario.loaded.inventory, scenario.alive.inventory
    return Study(scenario.id, *inventories, scenario.dead, tuple(chains))


Heard = Callable[[str, Asked, Holding | Outcome], None]
"""Who is told each answer when it is there."""


def unheard(_scenario: str, _asked: Asked, _answer: Holding | Outcome) -> None:
    """Tell nobody."""


def compare(
    before: Plan,
    studies: Sequence[Study],
    search: Search,
    progress: Progress,
    stopped: Callable[[], bool],
    heard: Heard = unheard,
) -> Comparison:
    """Return the answers for all scenarios; what was not reached before the search was stopped is left out of them."""
    tasks = [(each, asked) for each in studies for asked in search.asked]
    found: dict[tuple[str, Asked], Holding | Outcome] = {}
    run = _together if min(search.jobs, len(tasks)) > 1 else _in_turn
    for number, (each, asked, answer) in enumerate(run(before, tasks, search, progress, stopped), 1):
        if answer is not None:
            found[each.id, asked] = answer
            heard(each.id, asked, answer)
        progress("whatif", number, len(tasks))
    return Comparison(tally(before), tuple(_answer(each.id, found) for each in studies))


def ask(
    before: Plan, each: Study, asked: Asked, options: Options, progress: Progress, stopped: Callable[[], bool]
) -> Holding | Outcome | None:
    """Return the answer to one question about one scenario; None if it was stopped before there was one."""
    plan = arranged(each.alive, before, each.chains) if each.chains else before
    if asked is Asked.HOLDS:
        return holding(each.alive, plan, each.dead, rearranged=plan.steps() != before.steps())
    found = Outcome(None)
    for number, inventory in enumerate(_inventories(each, plan)):
        planned: Planned | Refusal = (
            replan(inventory, plan, options, progress, stopped)
            if asked is Asked.LEAST
            else make(inventory, options, progress, stopped)
        )
        found = _outcome(before, planned, each.chains)
        if number and found.refusal is not None:
            # Other dates may keep the order too: that there is no plan with these proves nothing.
            found = Outcome(None, replace(found.refusal, kind=RefusalKind.NOT_FOUND, conflicts=()))
        if found.tally is not None or stopped():
            break
    # A search that was stopped before it had a plan has proved nothing.
    nothing = found.refusal is not None and found.refusal.kind is RefusalKind.NOT_FOUND
    return None if nothing and stopped() else found


def _inventories(each: Study, plan: Plan) -> Iterator[Inventory]:
    """The facts; where a plan of them does not keep the order that is asked for, with that order as dates."""
    yield each.inventory
    if each.chains:
        yield pinned(each.inventory, plan, each.chains)


def _outcome(before: Plan, planned: Planned | Refusal, chains: Sequence[Chain]) -> Outcome:
    if isinstance(planned, Refusal):
        return Outcome(None, planned)
    if not planned.verdict.safe:
        return Outcome(None, unsafe=planned.verdict.failures)
    if not keeps(planned.plan, named(before, chains)):
        subjects = tuple(dict.fromkeys(id for chain in chains for id in chain))
        return Outcome(None, Refusal(RefusalKind.NOT_FOUND, (Reason("order_not_kept", subjects),)))
    return Outcome(tally(planned.plan), changes=difference(before, planned.plan))


def _answer(id: str, found: dict[tuple[str, Asked], Holding | Outcome]) -> Answer:
    held, least, new = (found.get((id, asked)) for asked in (Asked.HOLDS, Asked.LEAST, Asked.NEW))
    return Answer(
        id,
        held if isinstance(held, Holding) else None,
        least if isinstance(least, Outcome) else None,
        new if isinstance(new, Outcome) else None,
    )


Told = Iterator[tuple[Study, Asked, Holding | Outcome | None]]


def _in_turn(
    before: Plan,
    tasks: Sequence[tuple[Study, Asked]],
    search: Search,
    progress: Progress,
    stopped: Callable[[], bool],
) -> Told:
    for each, asked in tasks:
        if stopped():
            return
        yield each, asked, ask(before, each, asked, search.options, progress, stopped)


def _together(
    before: Plan,
    tasks: Sequence[tuple[Study, Asked]],
    search: Search,
    _progress: Progress,
    stopped: Callable[[], bool],
) -> Told:
    """Ask in several processes, each answer when it is there; a stop ends those that run and begins no other."""
    calls = [(before, each, asked, search.options) for each, asked in tasks]
    for number, answer in spread(_asked, calls, search.jobs, stopped):
        yield *tasks[number], answer


def _asked(
    before: Plan, each: Study, asked: Asked, options: Options, stopped: Callable[[], bool]
) -> Holding | Outcome | None:
    return ask(before, each, asked, options, silent, stopped)


def _unordered(scenario: Scenario, plan: Plan) -> Iterator[Fault]:
    for chain in (*scenario.order, *scenario.swaps):
        try:
            spots_of(plan, tuple(named.id for named in chain))
        except NoOrder as found:
            yield _no_order(chain, found)


def _no_order(chain: Iterable[Mentioned], found: NoOrder) -> Fault:
    named = next(each for each in chain if each.id == found.id)
    key = "E317.together" if found.other else "E317"
    return Fault(key, named.position, {"id": found.id, "other": found.other or ""})


def _twice(scenarios: Sequence[Scenario]) -> Iterator[Fault]:
    """Tell scenarios with one id, whose answers nobody could tell apart."""
    first: dict[str, Scenario] = {}
    for scenario in scenarios:
        known = first.setdefault(scenario.id, scenario)
        if known is not scenario:
            yield Fault("E207", Position(scenario.file), {"id": scenario.id, "first": known.file, "other": known.id})


def write_pictures(
    verified: Verified, scenarios: Sequence[Scenario], found: Comparison, files: Sequence[Path], language: str
) -> None:
    """Draw the comparison into files that end in ``.png`` or ``.svg``; without files nothing is drawn."""
    if not files:
        return
    from planner.rendering import canvas  # noqa: PLC0415 - pictures load late
    from planner.rendering.comparison import sheet  # noqa: PLC0415

    titles = {scenario.id: scenario.title[language] for scenario in scenarios}
    drawing = sheet(verified.loaded.inventory, found, titles, "en" if language == "en" else "ja")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        canvas.save(drawing, file)
