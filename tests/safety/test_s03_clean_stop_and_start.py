from planner.model.asset import AssetKind, Cluster
from planner.model.place import Circuit, Position, Rack
from planner.safety.hard_groups import hard_groups
from planner.safety.rules.s03_clean_stop_and_start import RULE
from planner.safety.world import World
from tests.safety.estates import (
    announced,
    asset,
    carried,
    estate,
    findings,
    hard,
    live,
    moved,
    plan,
    sentences,
    steps,
    system,
    vm,
    works,
)

HOSTS = [carried(f"h{n}", AssetKind.HYPERVISOR) for n in (1, 2)]
CLUSTER = Cluster("c", "c", ("h1", "h2"), "san")
SAN = carried("san", AssetKind.STORAGE)


def test_vms_hosts_and_storage_stop_in_that_order_and_start_in_reverse() -> None:
    inventory = estate(*HOSTS, SAN, CLUSTER, vm("v", "h1"))
    done = steps(
        "0 5 stop v", "5 10 stop h1 h2", *moved("san", 10),
        "10 20 carry h1 h2", "70 75 start h1 h2", "75 80 check h1 h2", "80 85 start v", "85 90 check v",
    )  # fmt: skip

    assert findings(RULE, plan(inventory, done)) == []


def test_a_dependent_that_is_not_stopped_first_is_found() -> None:
    inventory = estate(carried("db"), asset("app", needs=(hard("db"),)))
    lazy = plan(inventory, steps(*moved("db", 100)))

    assert findings(RULE, lazy) == [("s03.not_stopped", ("app", "db"), (100, 160))]
    assert sentences(RULE, lazy) == ["app is still running while db, which it hard-needs, is stopping"]


def test_a_stop_ends_before_the_assets_stop_begins() -> None:
    inventory = estate(carried("db"), asset("app", needs=(hard("db"),)))
    late = steps("95 105 stop app", *moved("db", 100), "160 170 start app", "170 180 check app")

    assert findings(RULE, plan(inventory, late)) == [("s03.stops_too_late", ("app", "db"), (100, 105))]


def test_a_start_begins_after_the_assets_check_has_passed() -> None:
    inventory = estate(carried("db"), asset("app", needs=(hard("db"),)))
    early = steps("90 100 stop app", *moved("db", 100), "155 165 start app", "165 175 check app")

    assert findings(RULE, plan(inventory, early)) == [("s03.starts_too_early", ("app", "db"), (155, 160))]


def test_a_system_is_stopped_before_the_members_without_which_it_does_not_run() -> None:
    inventory = estate(carried("a"), carried("b"), system("s", "1 of a, b"))

    one_after_the_other = steps(*moved("a", 100), *moved("b", 200))
    both = steps(*moved("a", 100), *moved("b", 120))
    assert findings(RULE, announced(inventory, one_after_the_other)) == []
    assert findings(RULE, announced(inventory, both)) == [("s03.not_stopped", ("s", "a", "b"), (120, 160))]


def test_what_only_lives_on_a_switch_need_not_be_stopped() -> None:
    inventory = estate(carried("core", AssetKind.SWITCH), asset("a", needs=(live("core"),)), system("s", "a"))

    assert findings(RULE, announced(inventory, steps(*moved("core", 100)))) == []


def test_hosts_that_are_left_without_their_storage_in_the_room_are_found() -> None:
    inventory = estate(*HOSTS, SAN, CLUSTER)
    apart = steps("0 10 stop h1 h2", *moved("san", 10), "70 80 start h1 h2")

    assert findings(RULE, plan(inventory, apart)) == [
        ("s03.starts_too_early", ("h1", "san"), (70, 80)),
        ("s03.starts_too_early", ("h2", "san"), (70, 80)),
        ("s03.not_stopped", ("h1", "san"), (80, 10_000)),
        ("s03.not_stopped", ("h2", "san"), (80, 10_000)),
    ]


def test_old_power_may_stop_only_after_its_last_load_has_left_or_stopped() -> None:
    ups = asset("ups", AssetKind.UPS)
    loaded = carried("a", at=Position("old", "r", 1))
    power = {
        "racks": {"r": Rack("r", "r", "old", feeds=("c",))},
        "circuits": {"c": Circuit("c", "old", 100, 20, ups="ups")},
    }
    inventory = estate(ups, loaded, **power)

    def found(stop: int) -> list[str]:
        return [
            key for key, *_ in findings(RULE, plan(inventory, steps(*moved("a", 100), f"{stop} {stop + 10} stop ups")))
        ]

    assert found(110) == []
    assert found(105) == ["s03.stops_too_late"]


def test_koseki_and_jumin_hard_in_both_directions_are_one_group_with_one_order_and_one_acceptance() -> None:
    koseki = system("koseki", "a", needs=(hard("jumin"),))
    jumin = system("jumin", "a", needs=(hard("koseki"),))
    inventory = estate(carried("a"), koseki, jumin)

    def found(*lines: str) -> list[str]:
        return [key for key, *_ in findings(RULE, announced(inventory, steps(*lines, *moved("a", 100))))]

    stops = ("80 90 stop jumin", "90 100 stop koseki")
    together = "180 190 accept koseki jumin"
    starts = ("160 170 start koseki", "170 180 start jumin", together)
    assert found(*stops, *starts) == []
    assert found("80 90 stop koseki", "90 100 stop jumin", *starts) == ["s03.group_order"]
    assert found(*stops, "160 170 start jumin", "170 180 start koseki", "180 190 accept koseki jumin") == [
        "s03.group_order"
    ]


def test_a_circle_of_hard_needs_goes_by_way_of_what_a_system_runs_on() -> None:
    servers = asset("a", needs=(hard("t"),)), asset("b", needs=(hard("s"),)), asset("c", needs=(hard("t"),))
    groups = hard_groups(World(estate(*servers, system("s", "a"), system("t", "b"))))

    assert groups == dict.fromkeys(("a", "b", "s", "t"), ("a", "b", "s", "t"))


def test_a_group_of_which_only_one_is_down_is_found() -> None:
    koseki = system("koseki", "a", needs=(hard("jumin"),))
    jumin = system("jumin", "a", needs=(hard("koseki"),))
    inventory = estate(asset("a"), koseki, jumin)
    done = steps("0 10 stop jumin", "50 60 start jumin")

    assert findings(RULE, announced(inventory, done)) == [("s03.group_apart", ("koseki", "jumin"), (10, 50))]


def test_an_asset_that_is_carried_without_having_been_stopped_is_found() -> None:
    def found(stop: int) -> list[str]:
        inventory = estate(carried("a", works=works(stop=stop)))
        return sentences(RULE, plan(inventory, steps(*moved("a", 100)[1:])))

    assert found(stop=10) == ["a is up when its unmount begins; it has not been stopped"]
    assert found(stop=0) == []


def test_a_migrating_vm_needs_both_hosts() -> None:
    inventory = estate(*HOSTS, vm("v", "h1"))

    assert findings(RULE, plan(inventory, steps("0 10 stop h2", "10 20 migrate v -> h2", "30 40 start h2")))[0] == (
        "s03.not_stopped",
        ("v", "h2"),
        (10, 40),
    )
