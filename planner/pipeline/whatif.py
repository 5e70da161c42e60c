"""Scenarios beside a plan: does it hold, which plan changes least, which is best; in several processes if wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.errors import Fault, Faults, Position
from planner.model import canonical
from planner.model.inventory import Inventory
from planner.pipeline.load import startable
from planner.pipeline.plan import Planned, make
from planner.pipeline.processes import spread
from planner.pipeline.refusal import examine
from planner.pipeline.replan import replan
from planner.pipeline.scenario_faults import twice, unordered
from planner.plan.comparison import Answer, Asked, Comparison, Holding, Outcome
from planner.plan.plan import Plan
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.reschedule import restated
from planner.sources.scenarios.loading import load_scenarios
from planner.sources.scenarios.scenario import Scenario
from planner.units.progress import Progress, silent
from planner.whatif.arrangement import Chain, arranged, keeps, named, pinned, swapped
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
    """How the answers are looked for: what is asked, how hard, and in how many processes.

    ``examined``: of what has no plan the facts that conflict are looked for, and changes that would make one.
    """

    asked: tuple[Asked, ...] = tuple(Asked)
    options: Options = field(default_factory=Options)
    jobs: int = 1
    examined: bool = False


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
    faults = [fault for scenario in scenarios for fault in unordered(scenario, plan)]
    faults += twice(scenarios)
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
    found: Found = {}
    run = _together if min(search.jobs, len(tasks)) > 1 else _in_turn
    for number, (each, asked, answer) in enumerate(run(before, tasks, search, progress, stopped), 1):
        if answer is not None:
            found[each.id, asked] = answer
            heard(each.id, asked, answer)
        progress("whatif", number, len(tasks))
    if search.examined:
        found |= _examined(studies, found, search, progress, stopped)
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
        found = _outcome(before, _without_dates(each.inventory, planned) if number else planned, each)
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


def _without_dates(inventory: Inventory, planned: Planned | Refusal) -> Planned | Refusal:
    """The same steps as a plan of the facts alone, where that is safe: the dates were only there to keep an order."""
    if isinstance(planned, Refusal) or not planned.verdict.safe:
        return planned
    plan = restated(inventory, planned.plan)
    freed = Planned(plan, verify(inventory, plan))
    return freed if freed.verdict.safe else planned


def _outcome(before: Plan, planned: Planned | Refusal, each: Study) -> Outcome:
    if isinstance(planned, Refusal):
        return Outcome(None, planned)
    if not planned.verdict.safe:
        return Outcome(None, unsafe=planned.verdict.failures)
    if not keeps(planned.plan, named(before, each.chains)):
        subjects = tuple(dict.fromkeys(id for chain in each.chains for id in chain))
        return Outcome(None, Refusal(RefusalKind.NOT_FOUND, (Reason("order_not_kept", subjects),)))
    found = Outcome(tally(planned.plan), changes=difference(before, planned.plan))
    same = not canonical.differences(planned.plan.inventory, each.inventory)
    return replace(found, plan=planned.plan, verdict=planned.verdict) if same else found


Found = dict[tuple[str, Asked], Holding | Outcome]


def _examined(
    studies: Sequence[Study], found: Found, search: Search, progress: Progress, stopped: Callable[[], bool]
) -> Found:
    """The outcomes without a plan again, with what conflicts and what would make a plan; each refusal is asked once.

    Not where an order is forced: no fact says so, and so none can be given up.
    """
    refused = [(each, first) for each in studies if not each.chains and (first := _refusal(each.id, found))]
    calls = [(each.inventory, refusal, search.options) for each, refusal in refused]
    examined: Found = {}
    progress("conflicts", 0, len(calls))
    for done, (number, answer) in enumerate(spread(_examine, calls, search.jobs, stopped), 1):
        each, asked_of = refused[number]
        for asked in Asked:
            outcome = found.get((each.id, asked))
            if isinstance(outcome, Outcome) and outcome.refusal and outcome.refusal.reasons == asked_of.reasons:
                examined[each.id, asked] = replace(outcome, refusal=answer)
        progress("conflicts", done, len(calls))
    return examined


def _refusal(id: str, found: Found) -> Refusal | None:
    outcomes = (found.get((id, asked)) for asked in (Asked.NEW, Asked.LEAST))
    return next((o.refusal for o in outcomes if isinstance(o, Outcome) and o.refusal), None)


def _examine(inventory: Inventory, refusal: Refusal, options: Options, stopped: Callable[[], bool]) -> Refusal:
    return examine(inventory, refusal, options, silent, stopped)


def _answer(id: str, found: Found) -> Answer:
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
