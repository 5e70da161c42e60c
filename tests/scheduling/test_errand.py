"""What every plan has to do, and when at the earliest: only what binds in each plan binds here."""

from planner.model.asset import Asset, AssetKind, Cluster, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import Leaf
from planner.model.place import Position, Room, RoomKind
from planner.model.timetable import Timetable, WindowPattern, WindowShape
from planner.scheduling.errand import Errand, certain_tags, errands
from planner.units.duration import Duration
from tests.scheduling.estate import box, estate, service, vm

K = StepKind
DAY = 24 * 60
DAILY = Timetable(windows=(WindowPattern("w", "w", WindowShape.DAILY, 0, 120),))
WORKS = {K.UNMOUNT: Work(Duration.fixed(60)), K.CARRY: Work(Duration.fixed(90)), K.MOUNT: Work(Duration.fixed(60))}


def tags(assets: list[Asset], of: str, runs_on: str, **facts: object) -> frozenset[str]:
    inventory = estate(assets, [service("s", Leaf(runs_on), blackouts=frozenset({"tax"}))], **facts)
    return certain_tags(inventory, inventory.assets[of])


def test_the_blackouts_of_an_asset_and_of_what_runs_on_it_by_name_bind_in_every_plan() -> None:
    carried = box("a", to="new", blackouts=frozenset({"vote"}))
    assert tags([carried], "a", "a") == {"vote", "tax"}
    assert tags([carried, box("b")], "a", "b") == {"vote"}


def test_a_vm_may_have_left_its_host_so_what_runs_on_it_does_not_bind_the_host() -> None:
    assert tags([box("h", kind=AssetKind.HYPERVISOR), vm("v", "h")], "h", "v") == frozenset()


def test_the_disks_of_the_vms_of_a_cluster_stay_on_its_storage() -> None:
    hosts = [box("h", kind=AssetKind.HYPERVISOR), box("san", kind=AssetKind.STORAGE)]
    cluster = Cluster("c", "c", ("h",), storage="san", live_migration=True)
    assert tags([*hosts, vm("v", "h", cluster="c")], "san", "v", clusters={"c": cluster}) == {"tax"}


def test_a_role_may_have_gone_to_another_asset() -> None:
    assert tags([box("a", method=Method.RETIRE), box("b", replaces="a", to="new")], "a", "a") == frozenset()


def test_a_system_that_leaves_runs_on_nothing_in_the_end() -> None:
    inventory = estate([box("a")], [service("s", Leaf("a"), blackouts=frozenset({"tax"}), leaves=DAY)])
    assert certain_tags(inventory, inventory.assets["a"]) == frozenset()


def only(inventory: Inventory) -> Errand:
    (found,) = errands(inventory)
    return found


def test_steps_follow_one_another_each_in_one_window() -> None:
    assert only(estate([box("a", to="new", works=WORKS)], timetable=DAILY)).earliest == 2 * DAY + 60


def test_the_room_that_something_comes_to_binds_the_carrying_alone() -> None:
    rooms = {
        "old": Room("old", "old", RoomKind.SERVER_ROOM),
        "new": Room("new", "new", RoomKind.SERVER_ROOM, opens=5 * DAY),
    }
    errand = only(estate([box("a", to="new", works=WORKS)], timetable=DAILY, rooms=rooms))

    assert errand.steps[0].finished(0) == 60
    assert errand.earliest == 6 * DAY + 60
    assert errand.key.kind is K.CARRY


def test_the_dates_of_a_stage_bind_all_of_its_steps() -> None:
    stages = (Stage(Position("new"), 3 * DAY, None),)
    assert only(estate([box("a", to="new", works=WORKS, stages=stages)], timetable=DAILY)).earliest == 5 * DAY + 60


def test_what_may_stay_and_what_does_not_fit_is_no_errand_with_an_end() -> None:
    assert list(errands(estate([box("a", to="new", works=WORKS, leaves=9 * DAY)], timetable=DAILY))) == []
    long = {K.CARRY: Work(Duration.fixed(500))}
    errand = only(estate([box("a", to="new", works=long)], timetable=DAILY))
    assert (errand.earliest, errand.windows(estate(timetable=DAILY))) == (None, frozenset())
