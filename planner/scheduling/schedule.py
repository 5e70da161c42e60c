"""The whole problem: placement, preparation, turns in windows, times and people, check points, objective."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import planner
from planner.calendar import windows
from planner.model import canonical
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Making, Plan
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.plan.step import Step
from planner.scheduling.assemble import Assembly, nights, number
from planner.scheduling.choose import WindowSearch
from planner.scheduling.construct import Construction
from planner.scheduling.decision import decisions
from planner.scheduling.draft import Draft
from planner.scheduling.duty import Roster
from planner.scheduling.exhaust import exhaust
from planner.scheduling.job import Job, jobs_of
from planner.scheduling.joint import JointMoves
from planner.scheduling.late import late_turns, unless_late
from planner.scheduling.objective import proved, terms
from planner.scheduling.obstacles import Obstacles
from planner.scheduling.options import QUESTIONS, Options, solver_name
from planner.scheduling.outages import declare
from planner.scheduling.pins import in_the_way, pinned, united
from planner.scheduling.placement import place
from planner.scheduling.polish import Polish, TimedTurn
from planner.scheduling.prepare import Preparation, install_ahead, lay_ahead
from planner.scheduling.provider import Providers
from planner.scheduling.replay_apart import course, quarter_of
from planner.scheduling.restorable import while_restorable
from planner.scheduling.safeguards import Safeguards
from planner.scheduling.sweep import FEW, drafted
from planner.scheduling.transition import Transitions
from planner.scheduling.truth import Truth
from planner.scheduling.turn_tasks import TurnTasks
from planner.scheduling.unmendable import undecidable, unmendable
from planner.units.progress import Progress

ATTEMPTS = 4
"""How often the whole is done again because a rollback turned out longer than guessed."""

HURRY = 10
"""Who stops the search waits for the plan: its turns are then timed with this part of the effort."""


def never() -> bool:
    """Nothing stops the search."""
    return False


def silent(_what: str, _done: int, _of: int | None) -> None:
    """Say nothing."""


def schedule(
    inventory: Inventory,
    options: Options | None = None,
    progress: Progress = silent,
    stopped: Callable[[], bool] = never,
) -> Plan | Refusal:
    """Return a plan of ``inventory``, or why there is none.

    ``stopped`` is asked between drafts; when it says yes the best plan so far is finished and marked. The plan is
    not yet verified: that is for who does not share this code.
    """
    known, placements = unmendable(inventory), place(inventory)
    if isinstance(placements, Refusal):
        told = placements.reasons if placements.kind is RefusalKind.IMPOSSIBLE or not known else ()
        return Refusal(RefusalKind.IMPOSSIBLE if known else placements.kind, (*known, *told))
    if known:
        return Refusal(RefusalKind.IMPOSSIBLE, known)
    lacking = tuple(undecidable(inventory))
    if lacking:
        return Refusal(RefusalKind.NOT_FOUND, lacking)
    return Scheduling(inventory, options or Options(), progress, stopped, placements).run()


def refuted(inventory: Inventory, effort: float, stopped: Callable[[], bool] = never) -> Refusal | None:
    """Return why no plan of the inventory can be, where that is proved without drafting one; None proves nothing.

    Small problems are gone through completely unless ``effort`` is 0.
    """
    known = unmendable(inventory)
    if known:
        return Refusal(RefusalKind.IMPOSSIBLE, known)
    placements = place(inventory)
    if isinstance(placements, Refusal):
        return placements if placements.kind is RefusalKind.IMPOSSIBLE else None
    if not effort:
        return None
    return Scheduling(inventory, Options(effort), silent, stopped, placements).exhausted()


@dataclass(slots=True)
class Scheduling:
    """One run. The parts are made in the order in which they are written here."""

    inventory: Inventory
    options: Options
    progress: Progress
    stopped: Callable[[], bool]
    placements: Mapping[str, Position]
    truth: Truth = field(init=False)
    providers: Providers = field(init=False)
    preparation: Preparation = field(init=False)
    effort_done: dict[str, float] = field(init=False, default_factory=dict)
    cut_short: bool = field(init=False, default=False)
    questions: int = field(init=False, default=0)
    unmanned: Draft | None = field(init=False, default=None)
    hopeless: bool = field(init=False, default=False)

    def exhausted(self) -> Refusal | None:
        """The refusal of a small problem all of whose plans were gone through; None if one was found, or not all."""
        construction = self.begin()
        found = exhaust(construction, self.preparation, self.options.effort, self._asked)
        if found is None or found.turns or self.cut_short:
            return None
        subjects = tuple(s for job in construction.jobs.values() for s in job.subjects)
        return Refusal(RefusalKind.NO_PATH, (Reason("no_way_at_all", subjects, {"states": str(found.states)}),))

    def run(self) -> Plan | Refusal:
        construction = self.begin()
        prepared = list(self.preparation.steps), self.preparation.roster.copy()
        best = self._exhausted(construction)
        return best if best is not None else self.searched(construction, *prepared)

    def searched(self, construction: Construction, steps: Sequence[Step], roster: Roster) -> Plan | Refusal:
        """The best plan of the search; ``steps`` and ``roster`` are what was prepared before it."""
        self.preparation.restore(steps, roster)
        answer = self._attempt(construction)
        for _ in range(ATTEMPTS):
            if not self._knows_better(construction, answer) or self._asked():
                break
            self.preparation.restore(steps, roster)
            answer = self._attempt(construction)
        return unless_late(answer)

    def _knows_better(self, construction: Construction, answer: Plan | Refusal) -> bool:
        """Whether another attempt may do better: a draft that nobody can carry out is barred, late turns are slower."""
        if self.unmanned is not None:
            construction.bar(self.unmanned)
            self.unmanned = None
            return True
        late = late_turns(answer) if isinstance(answer, Plan) else {}
        construction.slow_down(late)
        return bool(late)

    def begin(self) -> Construction:
        """Everything that drafts are made from; what needs no window is prepared already."""
        self.truth = Truth(self.inventory)
        self.providers = Providers(self.inventory)
        self.preparation = Preparation(self.inventory, Roster(self.inventory))
        return self._prepare(pinned(self.inventory, while_restorable(self.inventory, jobs_of(self.inventory))))

    def _exhausted(self, construction: Construction) -> Plan | None:
        """The best of all plans of a small problem; None if it is not small, or there is none."""
        found = exhaust(construction, self.preparation, self.options.effort, self._asked)
        if found is None:
            return None
        self.effort_done["exhausted_states"] = float(found.states)
        self.hopeless = not found.turns
        plan = self._plan(construction, found.turns) if found.turns else None
        if not isinstance(plan, Plan) or late_turns(plan):
            return None
        return replace(plan, objective=proved(plan.objective))

    def _asked(self) -> bool:
        """Whether to stop; a limit that passes after the search is over has not cut it short."""
        if not self.cut_short:
            self.cut_short = self.stopped() or self.questions == self.options.questions
            if self.cut_short:
                self.effort_done[QUESTIONS] = float(self.questions)
            self.questions += 1
        return self.cut_short

    def _attempt(self, construction: Construction) -> Plan | Refusal:
        """One complete pass with what is known of the length of rollbacks."""
        construction.transitions.rolls = True
        construction.forget()
        draft = self._or_together(construction, self._search(construction, "drafts"))
        if draft.undone and self._goes_together(construction, draft):
            draft = self._search(construction, "joint_drafts")
        if draft.undone and construction.joint is not None:
            draft = self._bound(construction, construction.joint, draft)
        if draft.undone:
            # Minutes inside service hours come first in the objective, so they are spent only where nothing else goes.
            construction.lenient = True
            construction.forget()
            draft = self._search(construction, "lenient_drafts")
        if draft.undone:
            return self._refuse(construction, draft)
        timed = self._polish(construction, draft)
        return timed if isinstance(timed, Refusal) else self._plan(construction, timed)

    def _or_together(self, construction: Construction, draft: Draft) -> Draft:
        """The better of a draft that moves clusters host by host and one that stops them; the first if they are equal.

        Nobody is out for a host that is emptied first, but a window holds fewer hosts one by one.
        """
        if not any(turn.outcome.evacuation for turn in draft.turns):
            return draft
        construction.transitions.rolls = False
        construction.forget()
        other = self._search(construction, "together_drafts")
        if other.cost < draft.cost:
            return other
        construction.transitions.rolls = True
        construction.forget()
        return draft

    def _bound(self, construction: Construction, joint: JointMoves, draft: Draft) -> Draft:
        """The better of the draft and one in which what is left goes with what it could have gone with at first."""
        if joint.bound or not joint.bind(sorted(draft.undone), self.inventory.project.horizon.end - 1):
            return draft
        construction.forget()
        other = self._search(construction, "bound_drafts")
        if other.cost < draft.cost:
            return other
        joint.bound.clear()
        construction.forget()
        return draft

    def _goes_together(self, construction: Construction, draft: Draft) -> bool:
        """Let jobs that may not go alone go with others, if that helps any that is left."""
        if construction.joint is not None or len(construction.jobs) > FEW:
            return False
        joint = JointMoves(construction.transitions)
        done, late = frozenset(construction.jobs) - draft.undone, self.inventory.project.horizon.end - 1
        found = [joint.batch(state, id, late) for state in (done, frozenset()) for id in sorted(draft.undone)]
        if not any(ids and len(ids) > 1 for ids in found):
            return False
        construction.joint = joint
        construction.forget()
        return True

    def _prepare(self, jobs: Sequence[Job]) -> Construction:
        every = {job.id: job for job in jobs}
        transitions = Transitions(self.inventory, self.truth, every, self.placements, self.truth.start())
        builder = TurnTasks(self.inventory, self.providers, self.placements, (), ())
        done = install_ahead(self.preparation, transitions, builder, jobs)
        ready = lay_ahead(self.preparation, jobs)
        left = {id: job for id, job in every.items() if id not in done}
        base = transitions.world(done)
        opened = {id: _without(job, done) for id, job in left.items()}
        transitions = Transitions(self.inventory, self.truth, opened, self.placements, base)
        laid = frozenset(every[id].subjects[0] for id in ready)
        return Construction(
            self.inventory,
            transitions,
            self.providers,
            dict(self.placements),
            opened,
            laid,
            self.preparation.roster,
            ready,
        )

    def _search(self, construction: Construction, what: str) -> Draft:
        def search() -> Draft:
            draft, made = drafted(construction, self._windows(construction), self._asked, self.options.seed)
            self.effort_done[what] = self.effort_done.get(what, 0.0) + made
            return draft

        return united(construction, search(), self.options.effort, search)

    def _windows(self, construction: Construction) -> WindowSearch:
        return WindowSearch(
            construction,
            windows(self.inventory),
            self.options.effort,
            self._asked,
            lambda drafts: self.progress("windows", drafts, None),
        )

    def _polish(self, construction: Construction, draft: Draft) -> list[TimedTurn] | Refusal:
        polish = Polish(construction, self.preparation.roster, self.options.effort, self.options.seed)
        timed: list[TimedTurn] = []
        for n, turn in enumerate(draft.turns, 1):
            self.progress("turns", n, len(draft.turns))
            if self._asked():
                polish.effort = self.options.effort / HURRY
            earliest = max([turn.block.start, *(t.end for t in timed)])
            found = polish.turn(turn, earliest)
            if found is None:
                self.unmanned = draft
                return Refusal(
                    RefusalKind.NOT_FOUND, (Reason("no_people_for_turn", turn.jobs, {"window": turn.window.id}),)
                )
            timed.append(found)
        self.effort_done["turns"] = round(sum(t.effort for t in timed), 6)
        return timed

    def _plan(self, construction: Construction, timed: Sequence[TimedTurn]) -> Plan | Refusal:
        safeguards = Safeguards(self.preparation, timed)
        for turn in timed:
            safeguards.before(turn)
            safeguards.after(turn)
        if safeguards.missing:
            return Refusal(RefusalKind.NOT_FOUND, tuple(safeguards.missing))
        preparation = number("P", self.preparation.steps)
        found = nights(timed)
        steps = [*preparation, *(step for night in found for step in night.steps)]
        transitions = construction.transitions
        replayed, base = course(transitions, self.truth, steps), transitions.base.copy()
        assembly = Assembly(
            self.inventory, self.truth, base, dict(replayed.unavailable), lambda t: quarter_of(transitions, t.draft)
        )
        waves = tuple(assembly.wave(night) for night in found)
        return Plan(
            inventory=self.inventory,
            inventory_hash=canonical.digest(self.inventory),
            making=Making(
                f"planner {planner.__version__}",
                solver_name(),
                self.options.seed,
                self.options.effort,
                self.cut_short,
                self.effort_done,
            ),
            preparation=preparation,
            waves=waves,
            outages=declare(self.inventory, replayed.unavailable),
            placements=dict(self.placements),
            objective=terms(self.inventory, replayed, len(waves), steps),
            decisions=tuple(decisions(self.inventory)),
        )

    def _refuse(self, construction: Construction, draft: Draft) -> Refusal:
        kind = RefusalKind.NO_PATH if self.hopeless else RefusalKind.NOT_FOUND
        return Refusal(kind, (*Obstacles(construction).reasons(draft), *in_the_way(construction, draft)))


def _without(job: Job, done: frozenset[str]) -> Job:
    return replace(job, after=job.after - done)
