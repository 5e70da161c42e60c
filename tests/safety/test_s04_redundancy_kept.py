from planner.model.asset import AssetKind, Cluster
from planner.safety.context import Context
from planner.safety.rules.s04_redundancy_kept import RULE
from tests.safety.estates import (
    announced,
    asset,
    carried,
    estate,
    findings,
    live,
    moved,
    outage,
    plan,
    segment,
    sentences,
    steps,
    system,
    vm,
)

SWITCH = AssetKind.SWITCH


def test_one_member_after_the_other_keeps_a_redundant_pair() -> None:
    inventory = estate(carried("a"), carried("b"), system("s", "1 of a, b"))

    assert findings(RULE, plan(inventory, steps(*moved("a", 100), *moved("b", 160)))) == []


def test_both_members_in_one_interval_are_found_with_who_is_missing() -> None:
    inventory = estate(carried("a"), carried("b"), system("s", "1 of a, b"))
    both = plan(inventory, steps(*moved("a", 100), *moved("b", 140)))

    assert findings(RULE, both) == [("s04.too_few", ("s", "a", "b"), (140, 160))]
    assert sentences(RULE, both) == ["s needs 1 members and has 0; missing: a, b"]


def test_dependents_in_a_declared_outage_do_not_count() -> None:
    inventory = estate(carried("a"), carried("b"), system("s", "1 of a, b"))

    assert findings(RULE, announced(inventory, steps(*moved("a", 100), *moved("b", 140)))) == []


def test_a_quorum_of_three_keeps_two_up_at_every_instant() -> None:
    inventory = estate(carried("a"), carried("b"), carried("c"), system("q", "2 of a, b, c"))

    assert findings(RULE, plan(inventory, steps(*moved("a", 0), *moved("b", 60), *moved("c", 120)))) == []
    overlapping = plan(inventory, steps(*moved("a", 0), *moved("b", 59)))
    assert findings(RULE, overlapping) == [("s04.too_few", ("q", "a", "b"), (59, 60))]


def test_a_spare_that_has_to_be_kept_is_missed() -> None:
    inventory = estate(carried("a"), asset("b"), system("s", "1 keep 2 of a, b"))

    assert findings(RULE, plan(inventory, steps(*moved("a", 100)))) == [("s04.spare_missing", ("s", "a"), (100, 160))]


def test_both_core_switches_at_once_leave_those_without_that_live_on_them() -> None:
    core1, core2 = carried("core1", SWITCH), carried("core2", SWITCH)
    inventory = estate(core1, core2, asset("a", segments=("x",)), segment("x"), system("s", "a"))
    both = plan(inventory, steps(*moved("core1", 0), *moved("core2", 30)), [outage("s", 60, 10_000)])

    assert findings(RULE, both) == [("s04.too_few", ("a", "core1", "core2"), (30, 60))]


def test_a_switch_that_leaves_last_is_missed_by_nobody() -> None:
    core1, core2 = carried("core1", SWITCH), carried("core2", SWITCH)
    inventory = estate(core1, core2, carried("a", segments=("x",)), segment("x"), system("s", "a"))
    done = steps(*moved("core2", 0), *moved("a", 100), *moved("core1", 200))

    assert findings(RULE, announced(inventory, done)) == []


def test_members_that_are_up_but_not_reached_do_not_count() -> None:
    inventory = estate(asset("a"), asset("ad1"), carried("ad2"), system("s", "a", needs=(live("2 of ad1, ad2"),)))

    done = plan(inventory, steps(*moved("ad2", 100)))

    assert findings(RULE, done) == [("s04.too_few", ("s", "ad2"), (100, 10_000))]


def test_two_domain_controllers_of_which_one_lives_on_the_storage_that_moves() -> None:
    host, san = asset("h", AssetKind.HYPERVISOR), asset("san", AssetKind.STORAGE)
    cluster = Cluster("c", "c", ("h",), "san")
    inventory = estate(host, san, cluster, carried("ad1"), vm("ad2", "h"), system("s", "1 of ad1, ad2"))
    done = steps("0 10 stop ad2", "10 20 stop h", "20 30 stop san", *moved("ad1", 25))

    assert findings(RULE, plan(inventory, done)) == [("s04.too_few", ("s", "ad1", "ad2"), (25, 85))]


def test_a_cluster_without_enough_memory_is_found() -> None:
    hosts = [carried(f"h{n}", AssetKind.HYPERVISOR, memory_gb=64) for n in (1, 2, 3)]
    cluster = Cluster("c", "c", ("h1", "h2", "h3"), live_migration=True, across=True)

    def found(memory: int) -> list[str]:
        inventory = estate(*hosts, cluster, vm("v", "h1", memory_gb=memory), vm("w", "h2", memory_gb=memory))
        return sentences(RULE, plan(inventory, steps("0 5 migrate v -> h3", *moved("h1", 5))))

    assert found(64) == []
    assert "cluster c lacks memory: its VMs ask for 130 GB, the hosts that are up have 128 GB" in found(65)


def test_memory_that_is_not_known_is_reported_and_not_counted_as_zero() -> None:
    cluster = Cluster("c", "c", ("h",), live_migration=True)
    inventory = estate(asset("h", AssetKind.HYPERVISOR, memory_gb=64), cluster, vm("v", "h"))

    assert sentences(RULE, plan(inventory)) == ["the memory of v is not known"]
    assert findings(RULE, plan(inventory)) == []


def test_vms_that_are_declared_apart_do_not_share_a_host() -> None:
    hosts = [asset(f"h{n}", AssetKind.HYPERVISOR) for n in (1, 2)]
    inventory = estate(*hosts, vm("v", "h1", apart_from=("w",)), vm("w", "h2"))

    assert findings(RULE, plan(inventory, steps("0 5 migrate v -> h2"))) == [("s04.together", ("v", "w"), (5, 10_000))]


def test_vms_that_share_a_host_are_told_with_the_host_that_is_the_cause() -> None:
    hosts = [asset(f"h{n}", AssetKind.HYPERVISOR) for n in (1, 2)]
    inventory = estate(*hosts, vm("v", "h1", apart_from=("w",)), vm("w", "h2"))
    of = plan(inventory, steps("0 5 migrate v -> h2"))

    (finding,) = RULE.check(Context.of(inventory, of)).findings
    assert finding.values == {"one": "v", "other": "w", "host": "h2"}
    assert (finding.cause, finding.facts) == (("h2",), ("assets.v.apart_from",))
