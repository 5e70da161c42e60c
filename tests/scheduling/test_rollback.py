"""The witness of S13: undoing what is under way, in the order of S03, with the people on duty."""

from collections.abc import Sequence

from planner.model.asset import Asset, AssetKind, Cluster, Demand, Reference, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import Leaf, Need, NeedKind
from planner.model.network import Segment
from planner.model.people import Person, Team
from planner.model.place import Position
from planner.plan.step import RollbackStep, Step
from planner.scheduling.effects import Effects, sequels
from planner.scheduling.rollback import witness
from planner.scheduling.truth import Truth
from planner.scheduling.world import World
from planner.units.duration import Duration
from tests.scheduling.estate import box, estate, hard, leaf_tree, live, service, vm
from tests.scheduling.test_outages import CARRY, chain

K = StepKind


def advance(inventory: Inventory, world: World, steps: Sequence[Step], at: int) -> World:
    """The world at ``at``, ends before starts; a step that would start then has not."""
    effects, later, world = Effects(inventory), sequels(steps), world.copy()
    events = [(s.end, 0, s) for s in steps if s.end <= at] + [(s.start, 1, s) for s in steps if s.start < at]
    for _, begins, step in sorted(events, key=lambda e: (e[0], e[1], e[2].id)):
        effects.begin(world, step) if begins else effects.end(world, step, later)
    return world


def undo(inventory: Inventory, steps: Sequence[Step], at: int, **people: tuple[str, ...]) -> tuple[RollbackStep, ...]:
    """The witness at ``at``, replayed: it ends as it began, and each check has what it needs throughout."""
    truth = Truth(inventory)
    before, world = truth.start(), advance(inventory, truth.start(), steps, at)
    ended, begun = [s for s in steps if s.end <= at], [s for s in steps if s.start < at < s.end]
    found = witness(inventory, truth, before, world, ended, begun, people)
    replay_back(inventory, truth, world, found, at)
    assert world.key() == before.key()
    return found


def replay_back(inventory: Inventory, truth: Truth, world: World, steps: Sequence[RollbackStep], at: int) -> None:
    effects = Effects(inventory)
    events = [(s.offset + s.minutes, 0, n) for n, s in enumerate(steps)] + [
        (s.offset, 1, n) for n, s in enumerate(steps)
    ]
    for instant, begins, n in sorted(events):
        effects.begin(world, steps[n]) if begins else effects.end(world, steps[n])
        if [e for e in events if e[0] == instant and e > (instant, begins, n)]:
            continue
        for step in steps:
            if step.offset <= instant < step.offset + step.minutes and step.kind in (K.CHECK, K.ACCEPT):
                as_one = step.assets if len(step.assets) > 1 else ()
                assert all(truth.ready(world, id, at, assuming=as_one) for id in step.assets), (instant, step)


def timed(steps: Sequence[RollbackStep]) -> list[tuple[str, str, int, int]]:
    return [(step.kind.value, step.assets[0], step.offset, step.offset + step.minutes) for step in steps]


def length(steps: Sequence[RollbackStep]) -> int:
    return max(step.offset + step.minutes for step in steps)


def single() -> tuple[Inventory, list[Step]]:
    inventory = estate([box("a", to="new")], [service("s", Leaf("a"))])
    return inventory, [
        *chain("s", 0, (K.STOP, 5)),
        *chain("a", 5, *CARRY),
        *chain("s", 85, (K.START, 5), (K.ACCEPT, 10)),
    ]


def test_nothing_done_leaves_nothing_to_undo() -> None:
    inventory, steps = single()
    assert undo(inventory, steps, 0) == ()


def test_before_the_first_disconnection_what_was_stopped_is_started() -> None:
    inventory, steps = single()
    assert timed(undo(inventory, steps, 15)) == [
        ("start", "a", 0, 10),
        ("check", "a", 10, 20),
        ("start", "s", 20, 25),
        ("accept", "s", 25, 35),
    ]


def test_an_asset_on_its_way_is_carried_back() -> None:
    inventory, steps = single()
    kinds = [step.kind for step in undo(inventory, steps, 40)]
    assert kinds == [K.CARRY, K.MOUNT, K.START, K.CHECK, K.START, K.ACCEPT]


def test_after_its_check_the_whole_chain_is_undone() -> None:
    inventory, steps = single()
    found = undo(inventory, steps, 85)
    assert [step.kind for step in found if step.assets == ("a",)] == [kind for kind, _ in CARRY]
    assert length(found) == 80 + 15


def test_a_service_that_was_accepted_already_is_stopped_again_first() -> None:
    inventory, steps = single()
    found = undo(inventory, steps, 100)
    assert timed(found)[0] == ("stop", "s", 0, 5)
    assert length(found) == 5 + 80 + 15


def test_a_rollback_override_gives_the_length() -> None:
    carried = box("a", to="new", rollback={K.CARRY: Work(Duration.fixed(90))})
    steps = chain("a", 0, *CARRY)
    assert length(undo(estate([carried]), steps, 80)) == 80 - 30 + 90


def test_hosts_vms_and_the_array_go_back_in_the_order_of_their_hard_needs() -> None:
    cluster = Cluster("c", "c", ("h",), "array")
    assets = [
        box("array", to="new", kind=AssetKind.STORAGE),
        box("h", to="new", kind=AssetKind.HYPERVISOR, cluster="c"),
        vm("v", "h", cluster="c"),
        vm("w", "h", cluster="c"),
    ]
    inventory = estate(assets, [service("s", leaf_tree("v", "w"))], clusters={"c": cluster})
    restarts = [(K.STOP, 0, 5), (K.START, 245, 250), (K.CHECK, 250, 255)]
    both = [Step(f"vw-{kind}", kind, ("v", "w"), start, end) for kind, start, end in restarts]
    steps = [*both, *chain("h", 5, *CARRY[:4]), *chain("array", 85, *CARRY), *chain("h", 165, *CARRY[4:])]
    found = undo(inventory, steps, 260)
    first = {(step.kind, step.assets): step.offset for step in found}
    assert first[K.STOP, ("v", "w")] < first[K.STOP, ("h",)] < first[K.STOP, ("array",)]
    assert first[K.START, ("array",)] < first[K.START, ("h",)] < first[K.START, ("v", "w")]


def test_a_hard_cycle_goes_back_in_its_declared_order() -> None:
    assets = [box("k", to="new", needs=(hard("j"),)), box("j", to="new", needs=(hard("k"),))]
    inventory = estate(assets)
    truth = Truth(inventory)
    steps = [*chain("j", 0, *CARRY[:4]), *chain("k", 10, *CARRY[:4])]
    world = advance(inventory, truth.start(), steps, 80)
    found = witness(inventory, truth, truth.start(), world, steps, [], {})
    at = {(step.kind, step.assets[0]): step.offset for step in found}
    assert at[K.START, "k"] + 10 <= at[K.START, "j"]


def test_a_server_is_checked_after_its_switch() -> None:
    segments = {"lan": Segment("lan", "lan", "t")}
    assets: list[Asset] = [
        box("sw", to="new", kind=AssetKind.SWITCH),
        box("a", to="new", segments=("lan",)),
        box("b", to="new", needs=(live("a"),)),
    ]
    steps = [*chain("sw", 0, *CARRY), *chain("a", 20, *CARRY), *chain("b", 30, *CARRY)]
    found = undo(estate(assets, segments=segments), steps, 110)
    at = {(step.kind, step.assets[0]): step.offset for step in found}
    assert at[K.CHECK, "sw"] + 10 <= at[K.CHECK, "a"]
    assert at[K.CHECK, "a"] + 10 <= at[K.CHECK, "b"]


def test_a_check_waits_for_a_switch_behind_something_that_is_not_undone() -> None:
    segments = {"lan": Segment("lan", "lan", "t")}
    assets = [
        box("a", to="new", needs=(live("mid"),)),
        box("mid", segments=("lan",)),
        box("sw", to="old", kind=AssetKind.SWITCH),
    ]
    steps = [*chain("a", 0, *CARRY[:2]), *chain("sw", 0, *CARRY, to="old")]
    found = undo(estate(assets, segments=segments), steps, 80)
    at = {(step.kind, step.assets[0]): step.offset for step in found}
    assert at[K.CHECK, "sw"] + 10 <= at[K.CHECK, "a"]


def test_a_migrated_vm_goes_back_to_its_host_after_that_is_checked() -> None:
    cluster = Cluster("c", "c", ("h", "g"), live_migration=True)
    works = {**dict(vm("v", "h").works), K.MIGRATE: Work(Duration.fixed(4))}
    assets = [
        box("h", to="new", cluster="c"),
        box("g", cluster="c"),
        Asset("v", "v", AssetKind.VM, Method.FOLLOW, host="h", cluster="c", works=works),
    ]
    steps = [Step("m", K.MIGRATE, ("v",), 0, 4, hosts={"v": "g"}), *chain("h", 4, *CARRY)]
    found = undo(estate(assets, clusters={"c": cluster}), steps, 84)
    assert timed(found)[-1] == ("migrate", "v", 80, 84)
    assert found[-1].hosts == {"v": "h"}


def test_a_role_goes_back_by_the_same_kind_again_and_the_new_box_leaves() -> None:
    installed = box(
        "b",
        at=None,
        to="old",
        method=Method.INSTALL,
        replaces="a",
        works={**box("b").works, K.SWITCH_OVER: Work(Duration.fixed(7))},
    )
    inventory = estate([box("a"), installed])
    steps = chain("b", 0, (K.MOUNT, 10), (K.START, 10), (K.CHECK, 10), (K.SWITCH_OVER, 7), to="old")
    assert [step.kind for step in undo(inventory, steps, 37)] == [K.SWITCH_OVER, K.STOP, K.UNMOUNT]


class TestPeople:
    def inventory(self, people: int) -> Inventory:
        works = {kind: Work(Duration.fixed(10), (Demand("t", 1),), Demand("t", 1)) for kind, _ in CARRY}
        team = Team("t", "t", tuple(Person(f"t/{n}", f"t/{n}") for n in range(people)))
        return estate([box(id, to="new", works=works) for id in ("a", "b")], teams={"t": team})

    def steps(self) -> list[Step]:
        return [*chain("a", 0, *((kind, 10) for kind, _ in CARRY)), *chain("b", 0, *((kind, 10) for kind, _ in CARRY))]

    def test_two_chains_run_beside_each_other_while_there_are_people(self) -> None:
        assert length(undo(self.inventory(4), self.steps(), 60, t=tuple(f"t/{n}" for n in range(4)))) == 60

    def test_nobody_does_two_things_at_once(self) -> None:
        found = undo(self.inventory(4), self.steps(), 60, t=("t/0", "t/1", "t/2"))
        assert length(found) == 120
        busy = [(p, s.offset) for s in found for p in (*s.people, *((s.witness,) if s.witness else ()))]
        assert len(busy) == len(set(busy))
        assert {p for p, _ in busy} <= {"t/0", "t/1", "t/2"}
        assert all(len(s.people) == 1 and s.witness for s in found)


def renumbered(update: int) -> tuple[Inventory, list[Step]]:
    """A box gets a new address, a script in another one is told of it after ``update`` minutes."""
    script = Reference("h", "notice", Work(Duration.fixed(update), (Demand("t"),)))
    works = {K.RENUMBER: Work(Duration.fixed(15)), K.CHECK: Work(Duration.fixed(20))}
    moving = Asset("g", "g", AssetKind.SERVER, Method.RENUMBER, works=works, references=(script,), at=Position("old"))
    team = Team("t", "t", (Person("t/1", "t/1"),))
    inventory = estate([moving, box("h", needs=(live("g"),))], [service("s", Leaf("h"))], teams={"t": team})
    told = Step("g/update", K.UPDATE, ("g",), 15, 15 + update, ("t/1",), holder="h")
    return inventory, [*chain("g", 0, (K.RENUMBER, 15), (K.CHECK, 20)), told]


def test_who_was_told_the_new_address_is_told_the_old_one_again_after_the_renumbering_back() -> None:
    found = undo(*renumbered(update=10), 35, t=("t/1",))
    assert [(step.kind, step.holder, step.offset, step.minutes, step.people) for step in found] == [
        (K.RENUMBER, None, 0, 15, ()),
        (K.CHECK, None, 15, 20, ()),
        (K.UPDATE, "h", 15, 10, ("t/1",)),
    ]


def test_who_was_not_told_the_new_address_yet_is_not_told_the_old_one() -> None:
    found = undo(*renumbered(update=30), 35, t=("t/1",))
    assert [step.kind for step in found] == [K.RENUMBER, K.CHECK]


def test_a_service_that_knows_an_address_is_accepted_on_the_way_back_after_it_was_told_the_old_one() -> None:
    inventory, steps = renumbered(update=20)
    stops = [*chain("s", 0, (K.STOP, 5)), *chain("h", 5, (K.STOP, 10))]
    later = [*chain("h", 60, (K.START, 5), (K.CHECK, 5)), *chain("s", 70, (K.START, 5), (K.ACCEPT, 10))]
    found = undo(inventory, [*steps, *stops, *later], 35, t=("t/1",))
    ends = {(step.kind, step.assets[0]): step.offset + step.minutes for step in found}
    begins = {(step.kind, step.assets[0]): step.offset for step in found}
    assert begins[K.ACCEPT, "s"] >= ends[K.CHECK, "h"] >= ends[K.UPDATE, "g"] == 35


def test_services_that_go_back_in_one_step_have_the_people_of_each_of_them() -> None:
    def asked(team: str) -> dict[StepKind, Work]:
        return {kind: Work(Duration.fixed(5), (Demand(team),)) for kind in (K.STOP, K.START, K.ACCEPT)}

    teams = {id: Team(id, id, (Person(f"{id}/1", f"{id}/1"),)) for id in ("t", "u")}
    services = [
        service("s", Leaf("a"), Need(NeedKind.HARD, Leaf("z")), works=asked("t")),
        service("z", Leaf("a"), Need(NeedKind.HARD, Leaf("s")), works=asked("u")),
    ]
    inventory = estate([box("a", to="new")], services, teams=teams)
    both = Step("stop", K.STOP, ("z", "s"), 0, 5)
    later = [*chain("s", 90, (K.START, 5)), *chain("z", 95, (K.START, 5)), Step("yes", K.ACCEPT, ("s", "z"), 100, 105)]
    found = undo(inventory, [both, *chain("a", 5, *CARRY), *later], 85, t=("t/1",), u=("u/1",))
    (accepted,) = [step for step in found if step.kind is K.ACCEPT]
    assert (set(accepted.assets), set(accepted.people)) == ({"s", "z"}, {"t/1", "u/1"})
