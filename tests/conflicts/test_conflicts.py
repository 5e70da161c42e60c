"""A refusal proves itself: its conflict is true and minimal, and what it says would help does."""

from pathlib import Path

import pytest

from planner.conflicts.candidate import Candidate, lifted, relieved
from planner.conflicts.examination import Examination
from planner.conflicts.gather import candidates
from planner.conflicts.refuting import refuse
from planner.model.asset import Backup, Cluster, Demand, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.people import Team
from planner.pipeline.plan import make
from planner.plan.refusal import Proof, Reason, Refusal, RefusalKind
from planner.plan.wording import word_fact
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import never, schedule
from planner.sources import Loaded, load
from planner.units.duration import Duration
from planner.units.progress import silent
from tests.cli.small import SMALL, written
from tests.conflicts.infeasible import KINDS, infeasible
from tests.scheduling.estate import box, estate, vm
from tests.scheduling.exactness.tiny import tiny

QUICK = Options(0.1)
EVERYDAY = (1, 2, 3, 4, 7, 8, 10, 11, 12, 13, 14, 16, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28)
LONG = range(20, 240)
SMALL_WITHOUT_A_WAY = 13


def examined(inventory: Inventory) -> Examination:
    answer = make(inventory, QUICK, silent, never)
    assert isinstance(answer, Refusal)
    examination = Examination(inventory, answer, QUICK, silent, never)
    examination.run()
    return examination


def without(inventory: Inventory, candidates: tuple[Candidate, ...], *, going: bool) -> Inventory:
    """The facts lifted; what may be moved or not stays where it is, or is ``going``."""
    return lifted(inventory, (c for c in candidates if not (c.either and going)))


def is_refused(inventory: Inventory, candidates: tuple[Candidate, ...], proof: Proof) -> bool:
    """Whether no plan can be where these facts do not bind, whether or not what they move is moved."""
    return all(refuse(without(inventory, candidates, going=going), proof, never) for going in (False, True))


def holds(seed: int, folder: Path) -> Examination:
    """Everything that is claimed about the inventory of this number, solved again."""
    _, text, expected = infeasible(seed)
    loaded = load(written(folder, text))
    found = examined(loaded.inventory)

    assert found.refusal.kind is RefusalKind.IMPOSSIBLE
    assert [frozenset((f.key, f.path) for f in conflict.facts) for conflict in found.refusal.conflicts] == [expected]
    is_true_and_minimal(found)
    are_in_words_with_places(found, loaded)
    make_plans(found)
    return found


def is_true_and_minimal(found: Examination) -> None:
    """Alone it leaves no plan; without any one of its facts that is no longer so."""
    for clash in found.clashes:
        others = tuple(c for c in found.universe if c not in clash.candidates)
        assert is_refused(found.inventory, others, clash.told.proof)
        for candidate in clash.candidates:
            assert not is_refused(found.inventory, (*others, candidate), clash.told.proof), candidate.fact


def are_in_words_with_places(found: Examination, loaded: Loaded) -> None:
    from planner.pipeline.places import place_of

    told = [fact for conflict in found.refusal.conflicts for fact in conflict.facts]
    told += [change for relaxation in found.refusal.relaxations for change in relaxation.changes]
    for fact in told:
        assert word_fact(fact, "ja") != word_fact(fact, "en")
        assert place_of(loaded.provenance, fact.path) is not None, fact.path


def make_plans(found: Examination) -> None:
    """Each relaxation touches the conflict and has a plan that the verifier accepts; no step of it may be left out."""
    for relaxed in found.relaxed:
        inventory = relieved(found.inventory, relaxed.rungs)
        assert relaxed.plan.inventory == inventory
        assert verify(inventory, relaxed.plan).safe
        for rung in relaxed.rungs if len(relaxed.rungs) > 1 else ():
            fewer = relieved(found.inventory, [other for other in relaxed.rungs if other is not rung])
            assert isinstance(schedule(fewer, QUICK), Refusal)


@pytest.mark.parametrize("seed", EVERYDAY)
def test_the_conflict_of_an_infeasible_inventory_is_true_and_minimal_and_each_relaxation_makes_a_plan(
    seed: int, tmp_path: Path
) -> None:
    assert holds(seed, tmp_path).relaxed


@pytest.mark.long
@pytest.mark.parametrize("first", range(LONG.start, LONG.stop, len(KINDS)))
def test_the_conflicts_of_200_infeasible_inventories_are_true_and_minimal(first: int, tmp_path: Path) -> None:
    seeds = range(first, min(first + len(KINDS), LONG.stop))
    relaxed = [bool(holds(seed, tmp_path / str(seed)).relaxed) for seed in seeds]
    assert sum(relaxed) >= 0.9 * len(relaxed)


def proves_itself(seed: int) -> None:
    """The same of a small problem, if all of its plans were gone through and none keeps the rules."""
    inventory = tiny(seed)
    answer = schedule(inventory, Options())
    if not isinstance(answer, Refusal) or answer.kind is not RefusalKind.NO_PATH:
        return
    found = Examination(inventory, answer, QUICK, silent, never)
    found.run()
    assert found.refusal.conflicts or found.refusal.relaxations
    is_true_and_minimal(found)
    make_plans(found)


def test_where_all_plans_were_gone_through_the_conflict_is_true_and_minimal() -> None:
    proves_itself(SMALL_WITHOUT_A_WAY)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_where_all_plans_of_many_small_problems_were_gone_through_the_conflicts_are_true_and_minimal(seed: int) -> None:
    proves_itself(seed)


@pytest.mark.parametrize("asked", [0, 3, 9, 12])
def test_a_search_that_is_stopped_keeps_what_it_has_proved_and_says_so(asked: int, tmp_path: Path) -> None:
    inventory = load(written(tmp_path, infeasible(2)[1])).inventory
    answer = schedule(inventory, QUICK)
    assert isinstance(answer, Refusal)
    left = iter(range(asked))
    found = Examination(inventory, answer, QUICK, silent, lambda: next(left, None) is None)
    found.run()

    assert found.refusal.cut_short
    assert found.refusal.reasons == answer.reasons
    is_true_and_minimal(found)
    make_plans(found)


def test_a_search_is_the_same_each_time(tmp_path: Path) -> None:
    inventory = load(written(tmp_path, infeasible(14)[1])).inventory
    assert examined(inventory).refusal == examined(inventory).refusal


def test_the_infeasible_inventories_are_of_many_kinds() -> None:
    assert len({infeasible(seed)[0] for seed in LONG}) == len(KINDS) >= 20


def test_a_pin_that_no_plan_was_found_for_is_offered_to_be_given_up(tmp_path: Path) -> None:
    inventory = load(written(tmp_path / "pinned", f"{SMALL}pins: [{{subject: db1, on: 2026-11-07}}]\n")).inventory
    (found,) = candidates(inventory, [Reason("pin_not_held", ("db1",), {"pin": ""}, ("pins.0",))])

    (rung,) = found.reliefs[0].rungs
    assert (rung.told.key, rung.told.path) == ("relax_pin", "pins.0")
    assert rung.change(inventory).pins == ()


def test_fewer_people_for_the_work_leave_it_with_the_body_that_handles_it(tmp_path: Path) -> None:
    text = SMALL.replace("to: N1/10", "to: N1/10, handled_by: maker, crew: {carry: maker*3}").replace(
        "people: 4}]", "people: 4}, {id: maker, name: maker, people: 2}]"
    )
    inventory = load(written(tmp_path / "handled", text)).inventory
    answer = schedule(inventory, QUICK)
    assert isinstance(answer, Refusal)
    ways = [way for candidate in candidates(inventory, answer.reasons) for way in candidate.reliefs]
    (fewer,) = [way.rungs[0] for way in ways if way.rungs[0].told.key == "relax_crew"]

    assert fewer.told.values["count"] == "2"
    changed = fewer.change(inventory).assets["ad1"]
    assert changed.handled_by == "maker"
    assert [demand.count for demand in changed.works[StepKind.CARRY].crew if demand.team == "maker"] == [2]


def offered(inventory: Inventory, reason: Reason) -> dict[str, list[str]]:
    """The facts that a reason may come from, each with the steps by which it could be given way to."""
    return {
        candidate.fact.key: [rung.told.key for way in candidate.reliefs for rung in way.rungs]
        for candidate in candidates(inventory, [reason])
    }


def test_a_host_that_is_not_emptied_may_come_from_who_is_to_be_apart_and_from_memory() -> None:
    vms = (vm("v1", "h1", cluster="cl", apart_from=("v2",), memory_gb=8), vm("v2", "h2", cluster="cl", memory_gb=8))
    hosts = (box("h1", to="new", cluster="cl", memory_gb=16), box("h2", to="new", cluster="cl", memory_gb=16))
    town = estate([*hosts, *vms], clusters={"cl": Cluster("cl", "cl", ("h1", "h2"))})
    found = candidates(town, [Reason("host_not_emptied", ("h1",), {"guests": "v1"})])
    by_key = {candidate.fact.key: candidate for candidate in reversed(found)}

    assert by_key["has_apart"].lift(town).assets["v1"].apart_from == ()
    memory = [rung.change(town).assets["h1"].memory_gb for rung in by_key["has_memory"].reliefs[0].rungs]
    assert memory == [32, 64]
    assert offered(town, Reason("host_not_emptied", ("h1",), {"guests": "v1"}))["has_apart"] == ["relax_apart"]


@pytest.mark.parametrize("key", ["preparation_without_people", "preparation_without_hours"])
def test_a_backup_without_its_time_may_come_from_how_long_it_counts_and_from_who_takes_it(key: str) -> None:
    backup = Backup(Work(Duration.fixed(60), (Demand("ict"),)), 120, 0, ("vault",), Work(Duration.fixed(30)))
    town = estate([box("db", to="new", stateful=True, backup=backup)], teams={"ict": Team("ict", "ict", ())})
    told = offered(town, Reason(key, ("db",), {"kind": "back_up", "teams": "ict", "asset": "db"}))

    assert told["has_max_age"] == ["relax_max_age", "relax_max_age", "relax_stays"]
    assert told["has_people"] == ["relax_people"] * 3
    assert told["has_move"] == ["relax_stays"]
