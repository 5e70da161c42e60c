"""Alternatives to a plan: the same inventory, other aims; each verified, and only those that nothing else beats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.pipeline.plan import Planned
from planner.pipeline.shelf import Shelf
from planner.plan import file
from planner.plan.choice import CHOSEN, Candidate, Choice, Dropped, Why
from planner.plan.choice_file import FOLDER, dump, file_of
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.safety.verify import verify
from planner.scheduling.aim import AIMS, Aim, at_most
from planner.scheduling.alternatives import Alternatives, alternatives
from planner.scheduling.bounds import bounds
from planner.scheduling.options import Options
from planner.units.progress import Progress
from planner.whatif.choosing import candidate, choose, labels

LIST = "alternatives.json"
PICTURES = ("alternatives.png", "alternatives.svg")
DPI = 120
"""Of the PNG picture, as in the documents."""


@dataclass(frozen=True, slots=True)
class Alternated:
    """What there is to choose from; ``planned`` has every plan that is offered with its verdict, by id."""

    choice: Choice
    planned: Mapping[str, Planned]


def alternate(
    planned: Planned, most: int, options: Options, progress: Progress, stopped: Callable[[], bool]
) -> Alternated:
    """Return at most ``most`` plans to choose from, ``planned`` first.

    First the least number of waves is looked for, one fewer at a time, then the plan that is best in one term after
    another, until there are enough that none beats. Every plan is verified before it is compared. What was found
    before the search is stopped is kept; an aim that is under way then is given up.
    """
    run = alternatives(planned.plan, options, progress, stopped)
    search = _Search(planned, most, run, progress, stopped)
    search.look()
    return _labelled(search.choice(), search.found)


def add_alternatives(
    planned: Planned,
    most: int,
    out: Path,
    language: str | None,
    options: Options,
    progress: Progress,
    stopped: Callable[[], bool],
) -> tuple[Choice, list[Path]]:
    """Look for alternatives and write them beside the plan; return what there is to choose from, and the new paths."""
    found = alternate(planned, most, options, progress, stopped)
    return found.choice, write_alternatives(found, out, language)


def _labelled(choice: Choice, found: Mapping[str, Planned]) -> Alternated:
    """Every plan under the id of what it is better in; the plan itself says it too."""
    ids = labels(choice)
    planned = {ids[each.id]: _saying(ids[each.id], found[each.id]) for each in choice.offered}
    offered = [
        replace(candidate(id, each.plan), better=old.better)
        for (id, each), old in zip(planned.items(), choice.offered, strict=True)
    ]
    swapped = {id: old for old, id in ids.items()}
    dropped = [
        replace(each, id=swapped.get(each.id, each.id), by=ids.get(each.by or "", each.by)) for each in choice.dropped
    ]
    return Alternated(replace(choice, offered=tuple(offered), dropped=tuple(dropped)), planned)


def _saying(id: str, planned: Planned) -> Planned:
    """The plan with what it is best in; the chosen one as it is."""
    if id == CHOSEN:
        return planned
    return replace(planned, plan=replace(planned.plan, making=replace(planned.plan.making, alternative=id)))


@dataclass(slots=True)
class _Search:
    """What was found so far, in the order in which it was looked for."""

    base: Planned
    most: int
    run: Alternatives
    progress: Progress
    stopped: Callable[[], bool]
    found: dict[str, Planned] = field(init=False, default_factory=dict)
    dropped: list[Dropped] = field(init=False, default_factory=list)
    candidates: dict[str, Candidate] = field(init=False, default_factory=dict)
    fewer: list[str] = field(init=False, default_factory=list)
    asked: int = field(init=False, default=0)
    cut_short: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.found[CHOSEN] = self.base
        self.candidates[CHOSEN] = candidate(CHOSEN, self.base.plan)

    def look(self) -> None:
        """Ask for the fewest waves, then for one aim after the other until there are enough."""
        self._fewest_waves()
        for aim in AIMS:
            if self._enough() or self._asked_to_stop():
                break
            self._ask(aim)
        self.progress("alternatives", self.asked, self.asked)

    def _fewest_waves(self) -> None:
        """Ask for fewer waves than there are, until there is no such plan, or no plan can have fewer."""
        waves, least = len(self.base.plan.waves) - 1, self._least_waves()
        while waves >= least and not self._asked_to_stop():
            aim = at_most(waves)
            self._ask(aim)
            if aim.id not in self.found:
                break
            self.fewer.append(aim.id)
            waves = len(self.found[aim.id].plan.waves) - 1

    def _asked_to_stop(self) -> bool:
        """Whether to stop; a limit that passes after the search is over has not cut it short."""
        self.cut_short = self.cut_short or self.stopped()
        return self.cut_short

    def choice(self) -> Choice:
        """At most as many as are wanted; the fewest waves come first, further plans with fewer waves last."""
        return choose(self._in_order(), self.most, self.dropped, stopped=self.cut_short)

    def _in_order(self) -> list[Candidate]:
        first = [CHOSEN, *self.fewer[-1:]]
        others = [id for id in self.candidates if id not in first and id not in self.fewer]
        last = [id for id in reversed(self.fewer) if id not in first]
        return [self.candidates[id] for id in (*first, *others, *last)]

    def _least_waves(self) -> int:
        """A number that no plan is below."""
        weights = self.base.plan.inventory.policy.weights
        bound = bounds(self.base.plan.inventory)["waves"].value
        return max(1, bound // weights.wave if weights.wave else 1)

    def _enough(self) -> bool:
        """Whether there are as many as are wanted; plans with fewer waves count as one."""
        every = choose(self._in_order(), len(self.candidates)).offered
        return len([each for each in every if each.id not in self.fewer[:-1]]) >= self.most

    def _ask(self, aim: Aim) -> None:
        """Make a plan for the aim and verify it; one with the same steps as another is dropped at once."""
        self.progress("alternatives", self.asked, max(len(AIMS) + 1, self.asked + 1))
        self.asked += 1
        answer = self.run.plan(aim)
        if self._asked_to_stop():
            return
        if isinstance(answer, Refusal):
            self.dropped.append(Dropped(aim.id, Why.NONE))
            return
        same = next((id for id, other in self.found.items() if _same(other.plan, answer)), None)
        if same is not None:
            self.dropped.append(Dropped(aim.id, Why.EQUAL, same))
            return
        verdict = verify(answer.inventory, answer)
        if not verdict.safe:
            self.dropped.append(Dropped(aim.id, Why.UNSAFE))
            return
        self.found[aim.id] = Planned(answer, verdict)
        self.candidates[aim.id] = candidate(aim.id, answer)


def _same(one: Plan, other: Plan) -> bool:
    """Whether everything but how they were made is equal."""
    return replace(one, making=other.making) == other


def write_alternatives(found: Alternated, out: Path, language: str | None) -> list[Path]:
    """Write the list of alternatives, in a language the picture, and each one's plan file; return the new paths.

    They belong to the plan beside them: another plan takes their place, as that of its papers. Of an earlier search
    for alternatives to the same plan nothing stays.
    """
    choice = found.choice
    plans = {file_of(each.id): _dumped(found.planned[each.id]) for each in choice.offered[1:]}
    beside = {LIST: dump(choice).encode(), **(_pictures(choice, language) if language else {})}
    return Shelf(out).put(file.identity(choice.chosen.plan), {**beside, **plans}, instead_of=_of_alternatives)


def _of_alternatives(name: str) -> bool:
    return name in {LIST, *PICTURES} or name.startswith(f"{FOLDER}/")


def _dumped(planned: Planned) -> bytes:
    return file.dump(planned.plan, planned.verdict).encode()


def _pictures(choice: Choice, language: str) -> dict[str, bytes]:
    from planner.rendering import canvas  # noqa: PLC0415 - pictures load late
    from planner.rendering.alternatives import sheet  # noqa: PLC0415

    drawing = sheet(choice, "en" if language == "en" else "ja")
    png, svg = PICTURES
    return {png: canvas.picture(drawing, "png", dpi=DPI), svg: canvas.picture(drawing, "svg")}
