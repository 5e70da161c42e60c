"""Each mutation of a valid plan proves its own violation; the verifier finds it by that rule's id, or lets it pass."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.model.network import Separation, SeparationBy
from planner.model.system import Criticality
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.safety.verify import verify
from planner.units.span import Span
from tests.safety import komachi
from tests.safety.komachi import minute

OURS = {"S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S19", "S20", "S22", "S23"}
Mutation = Callable[[Plan], Plan]


def broken(plan: Plan) -> dict[str, set[str]]:
    """The subjects of the failures, by rule, of the rules on states."""
    found: dict[str, set[str]] = {}
    for failure in verify(plan.inventory, plan).failures:
        if failure.rule in OURS:
            found.setdefault(failure.rule, set()).update(failure.subjects)
    return found


def steps(plan: Plan, kind: str, *assets: str) -> list[Step]:
    return [s for s in plan.steps() if s.kind.value == kind and set(assets) & set(s.assets)]


def changed(plan: Plan, change: Callable[[Step], Step | None]) -> Plan:
    def rest(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(new for step in steps if (new := change(step)) is not None)

    return replace(plan, waves=tuple(replace(wave, steps=rest(wave.steps)) for wave in plan.waves))


def shifted(kind: str, asset: str, by: int) -> Mutation:
    """The step of this kind that concerns the asset begins and ends later (by < 0: earlier)."""

    def change(step: Step) -> Step:
        hit = step.kind.value == kind and asset in step.assets
        return replace(step, start=step.start + by, end=step.end + by) if hit else step

    return lambda plan: changed(plan, change)


def removed(kind: str, asset: str) -> Mutation:
    """The asset takes no part in the step of this kind."""

    def change(step: Step) -> Step | None:
        left = tuple(id for id in step.assets if step.kind.value != kind or id != asset)
        return replace(step, assets=left) if left else None

    return lambda plan: changed(plan, change)


def whole_move(asset: str, by: int) -> Mutation:
    """All steps of one asset are shifted together."""

    def change(step: Step) -> Step:
        return replace(step, start=step.start + by, end=step.end + by) if step.assets == (asset,) else step

    return lambda plan: changed(plan, change)


def swapped(one: tuple[str, str], other: tuple[str, str]) -> Mutation:
    """Two steps change their places in time."""

    def mutate(plan: Plan) -> Plan:
        (a,), (b,) = steps(plan, *one), steps(plan, *other)
        times = {a.id: b.span, b.id: a.span}
        return changed(plan, lambda s: replace(s, start=times[s.id].start, end=times[s.id].end) if s.id in times else s)

    return mutate


def outage(system: str, begin: int, end: int) -> Mutation:
    """The first declared outage of a system is another interval."""

    def mutate(plan: Plan) -> Plan:
        first = next(o for o in plan.outages if o.system == system)
        told = (replace(o, span=Span(begin, end)) if o is first else o for o in plan.outages)
        return replace(plan, outages=tuple(told))

    return mutate


def undeclared(system: str) -> Mutation:
    return lambda plan: replace(plan, outages=tuple(o for o in plan.outages if o.system != system))


def in_inventory(**changes: Callable[[Plan], Any]) -> Mutation:
    def mutate(plan: Plan) -> Plan:
        new: dict[str, Any] = {key: make(plan) for key, make in changes.items()}
        return replace(plan, inventory=replace(plan.inventory, **new))

    return mutate


def both(one: Mutation, other: Mutation) -> Mutation:
    return lambda plan: other(one(plan))


def late_uplink(plan: Plan) -> object:
    links = plan.inventory.links
    return {**links, "ul-w3-new": replace(links["ul-w3-new"], since=minute(10, "00:00"))}


def narrow_bridge(plan: Plan) -> object:
    links = plan.inventory.links
    return {**links, "br1": replace(links["br1"], mbps=8_000)}


def rigid_segment(plan: Plan) -> object:
    segments = plan.inventory.segments
    return {**segments, "a10": replace(segments["a10"], stretch=False)}


def no_minute_to_spare(plan: Plan) -> object:
    systems = plan.inventory.systems
    return {**systems, "gw": replace(systems["gw"], hours=None, budget=229)}


def migrated(vm: str, host: str) -> Mutation:
    """Every migration of a VM ends on this host."""

    def change(step: Step) -> Step:
        return replace(step, hosts={vm: host}) if step.kind.value == "migrate" and vm in step.assets else step

    return lambda plan: changed(plan, change)


def undeclared_door(plan: Plan) -> object:
    (permission,) = plan.inventory.permissions
    return (replace(permission, through=("hv1", "hv2", "san1")),)


def physical(plan: Plan) -> object:
    return (Separation(("A", "B"), SeparationBy.PHYSICAL),)


def by_vlans(plan: Plan) -> object:
    links = plan.inventory.links
    return {**links, "br1": replace(links["br1"], separated=SeparationBy.LOGICAL)}


def a_floor_that_is_closed(plan: Plan) -> object:
    rooms = plan.inventory.rooms
    return {**rooms, "w3": replace(rooms["w3"], closes=minute(17, "00:00"))}


def watched(plan: Plan) -> object:
    assets = plan.inventory.assets
    return {**assets, "hv3": replace(assets["hv3"], watches=("old",))}


def kept_on_a_host(plan: Plan) -> object:
    assets = plan.inventory.assets
    return {**assets, "hv3": replace(assets["hv3"], backs_up=("san1",))}


def one_critical(plan: Plan) -> object:
    return replace(plan.inventory.policy, critical_per_wave=0)


def jumin_is_critical(plan: Plan) -> object:
    systems = plan.inventory.systems
    return {**systems, "jumin": replace(systems["jumin"], criticality=Criticality.S)}


NO_DETOUR = in_inventory(links=late_uplink)
EARLY = minute(9, "20:00") - minute(10, "12:45")
NIGHT, MORNING = minute(9, "23:00"), minute(10, "03:00")
BREAKS: dict[str, tuple[Mutation, str, str]] = {
    "swap two stops": (swapped(("stop", "san1"), ("stop", "hv3")), "S03", "san1"),
    "start a host before its storage is checked": (shifted("start", "hv1", -1), "S03", "san1"),
    "stop the storage before its hosts are down": (shifted("stop", "san1", -1), "S03", "hv1"),
    "leave out the stop of a system": (removed("stop", "jumin"), "S03", "jumin"),
    "leave out the stop of a box": (removed("stop", "core2"), "S03", "core2"),
    "put both members of a pair into one interval": (whole_move("core1", -28 * 60), "S04", "core1"),
    "move a member before the other one is back": (whole_move("core1", -27 * 60), "S04", "core1"),
    "test the bridge after the first crossing": (both(NO_DETOUR, shifted("test", "br1", 33)), "S06", "jap2"),
    "close the bridge early": (both(NO_DETOUR, shifted("close", "br1", EARLY)), "S06", "hv1"),
    "close the bridge early, so that its load goes by the floor": (shifted("close", "br1", EARLY), "S07", "ul-w3-new"),
    "take a narrower bridge": (in_inventory(links=narrow_bridge), "S07", "br1"),
    "stretch a segment that may not be": (in_inventory(segments=rigid_segment), "S09", "a10"),
    "let both members of a pair end on one host": (migrated("jap1", "hv1"), "S05", "hv1"),
    "take the permission of a host away": (in_inventory(permissions=undeclared_door), "S22", "hv3"),
    "keep tiers apart on the bridge by VLANs alone": (in_inventory(separations=physical, links=by_vlans), "S08", "br1"),
    "keep the backup on a host that moves with the storage": (in_inventory(assets=kept_on_a_host), "S19", "hv3"),
    "move the monitoring with what it watches": (in_inventory(assets=watched), "S19", "hv3"),
    "touch more critical systems than allowed": (
        in_inventory(policy=one_critical, systems=jumin_is_critical),
        "S19",
        "jumin",
    ),
    "close a floor the day after it is left": (in_inventory(rooms=a_floor_that_is_closed), "S23", "w3"),
    "leave out a declared outage": (undeclared("gw"), "S01", "gw"),
    "declare an outage that ends too early": (outage("jumin", NIGHT, MORNING - 1), "S01", "jumin"),
    "declare a needlessly long outage": (outage("jumin", NIGHT - 16, MORNING), "S01", "jumin"),
    "make the budget a minute too small": (in_inventory(systems=no_minute_to_spare), "S02", "gw"),
    "accept before what it lives on is accepted": (shifted("accept", "jumin", -1), "S20", "jumin"),
    "check a box before its needs hold": (shifted("check", "jap1", -6), "S20", "jap1"),
    "leave out a check": (removed("check", "fw1"), "S20", "fw1"),
}  # fmt: skip
HARMLESS: dict[str, Mutation] = {
    "nothing": lambda plan: plan,
    "move the last switch an hour later": whole_move("core1", 60),
    "let the second host be the last one": migrated("jap1", "hv3"),
    "close the bridge an hour earlier": shifted("close", "br1", -60),
    "declare an outage longer by the rounding": outage("jumin", NIGHT - 15, MORNING + 15),
}


def test_the_plan_is_valid_before_it_is_mutated() -> None:
    assert broken(komachi.plan()) == {}


@pytest.mark.parametrize("name", BREAKS)
def test_a_mutation_that_breaks_a_rule_is_found_with_that_rules_id_and_its_subject(name: str) -> None:
    mutate, rule, subject = BREAKS[name]

    found = broken(mutate(komachi.plan()))

    assert subject in found.get(rule, set()), found


@pytest.mark.parametrize("name", HARMLESS)
def test_a_mutation_that_breaks_nothing_passes(name: str) -> None:
    assert broken(HARMLESS[name](komachi.plan())) == {}
