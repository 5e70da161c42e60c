from planner.rendering.movement import movements, wave_names
from tests.rendering.estate import AssetKind, Method, StepKind, box, carry, estate, plan_of, service, step


def test_what_is_carried_moves_in_its_wave_and_its_system_with_it():
    inventory = estate(box("a"), box("b"), service("s", "a", "b"), service("t", "b"))

    plan = plan_of(inventory, (carry("a"),), (carry("b", day=1),))

    assert movements(plan) == {"a": (1,), "b": (2,), "s": (1, 2), "t": (2,)}


def test_guests_and_blades_move_with_what_carries_them():
    vm = box("vm", kind=AssetKind.VM, at=None, method=Method.FOLLOW, host="hv")
    blade = box("blade", kind=AssetKind.BLADE, at=None, method=Method.FOLLOW, chassis="ch")
    inventory = estate(box("hv", kind=AssetKind.HYPERVISOR), vm, box("ch", kind=AssetKind.CHASSIS), blade)

    assert movements(plan_of(inventory, (carry("hv"),), (carry("ch", day=1),))) == {
        "hv": (1,), "vm": (1,), "ch": (2,), "blade": (2,),
    }  # fmt: skip


def test_a_guest_moves_with_the_host_that_it_is_on_and_a_migration_inside_a_room_is_no_move():
    vm = box("vm", kind=AssetKind.VM, at=None, method=Method.FOLLOW, host="hv1")
    hosts = [box(f"hv{number}", kind=AssetKind.HYPERVISOR) for number in (1, 2)]
    away = step(StepKind.MIGRATE, "vm", hosts={"vm": "hv2"})

    found = movements(plan_of(estate(*hosts, vm), (away, carry("hv1")), (carry("hv2", day=1),)))

    assert found == {"hv1": (1,), "hv2": (2,), "vm": (2,)}


def test_a_migration_into_another_room_is_a_move():
    vm = box("vm", kind=AssetKind.VM, at=None, method=Method.FOLLOW, host="hv1")
    hosts = [box(f"hv{number}", kind=AssetKind.HYPERVISOR) for number in (1, 2)]
    over = step(StepKind.MIGRATE, "vm", day=1, hosts={"vm": "hv2"})

    assert movements(plan_of(estate(*hosts, vm), (carry("hv2"),), (over,)))["vm"] == (2,)


def test_a_restart_is_no_move():
    plan = plan_of(estate(box("a")), (step(StepKind.STOP, "a"), step(StepKind.START, "a")))

    assert movements(plan) == {}


def test_waves_are_named_by_number_and_day():
    plan = plan_of(estate(box("a")), (carry("a"),), (carry("a", day=1),))

    assert wave_names(plan, "ja") == ("第1波 1/15(金)", "第2波 1/16(土)")
    assert wave_names(plan, "en") == ("wave 1, 1/15(Fri)", "wave 2, 1/16(Sat)")
