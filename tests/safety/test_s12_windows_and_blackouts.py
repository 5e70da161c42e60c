"""S12: what stops, moves or disconnects lies in a window and outside its blackouts; preparation minds freezes only."""

from dataclasses import replace
from datetime import date
from typing import Any

from planner.model.asset import AssetKind, Cluster
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.place import Room, RoomKind
from planner.model.timetable import Blackout, Phase, PowerCut, Timetable, WindowPattern, WindowShape
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.context import Context
from planner.safety.rules.s12_windows_and_blackouts import RULE
from planner.units.clock import Clock
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, live, plan, system, vm

CLOCK = Clock("Asia/Tokyo")
WEEKEND = WindowPattern("weekend", "週末", WindowShape.CLOSED_RUN, 8 * 60, 20 * 60, run_days=2)


def at(text: str) -> int:
    """``"9 23:00"``: a minute of January 2027."""
    day, clock = text.split()
    hours, minutes = clock.split(":")
    return CLOCK.minute(date(2027, 1, int(day)), int(hours) * 60 + int(minutes))


def town(*things: Any, **timetable: Any) -> Inventory:
    project = Project("tiny", "tiny", date(2026, 8, 31), Span(at("1 00:00"), at("31 00:00")))
    return replace(estate(*things), project=project, timetable=Timetable(windows=(WEEKEND,), **timetable))


def step(kind: str, begin: str, minutes: int, *ids: str, **more: Any) -> Step:
    return Step(f"{'-'.join(ids)}/{kind}", StepKind(kind), ids, at(begin), at(begin) + minutes, **more)


def made(inventory: Inventory, *done: Step, preparation: tuple[Step, ...] = (), **more: Any) -> Plan:
    facts = {"window_id": "weekend/2027-01-09", "window": Span(at("9 08:00"), at("10 20:00")), **more}
    wave = Wave("w1", turns=(), steps=done, **facts)
    return replace(plan(inventory), preparation=preparation, waves=(wave,))


def found(inventory: Inventory, *done: Step, **more: Any) -> list[Finding]:
    return list(RULE.check(Context.of(inventory, made(inventory, *done, **more))).findings)


def keys(inventory: Inventory, *done: Step, **more: Any) -> list[str]:
    return [finding.key for finding in found(inventory, *done, **more)]


def restart(id: str = "a") -> tuple[Step, ...]:
    return step("stop", "9 09:00", 10, id), step("start", "9 09:10", 10, id), step("check", "9 09:20", 10, id)


def month_end(first: int, last: int, tag: str = "month_end", **more: Any) -> Blackout:
    return Blackout(tag, "月末処理", extra=(Span(at(f"{first} 00:00"), at(f"{last} 00:00")),), **more)


def test_work_inside_a_window_and_outside_blackouts_is_no_finding() -> None:
    assert keys(town(asset("a")), *restart()) == []


def test_a_step_that_is_shifted_out_of_its_window_is_named_with_asset_and_instant() -> None:
    (finding,) = found(town(asset("a")), *restart(), step("stop", "10 19:55", 10, "a"))
    assert (finding.rule, finding.key, finding.subjects) == ("S12", "s12.outside_window", ("a",))
    assert finding.span == Span(at("10 19:55"), at("10 20:05"))


def test_a_wave_names_a_window_of_the_calendar_and_is_no_wider() -> None:
    assert keys(town(asset("a")), *restart(), window_id="weekend/2027-01-10") == ["s12.no_window"]
    assert keys(town(asset("a")), *restart(), window=Span(at("9 07:00"), at("10 20:00"))) == ["s12.window_wider"]
    assert keys(town(asset("a")), *restart(), window=Span(at("9 09:00"), at("9 12:00"))) == []


def test_a_blackout_for_everyone_leaves_no_window_in_it() -> None:
    election = month_end(9, 11, "election", everyone=True)
    assert keys(town(asset("a"), blackouts=(election,)), *restart()) == ["s12.no_window"]


def test_a_part_that_a_blackout_cuts_off_is_named_by_its_number() -> None:
    noon = Blackout("alarm", "訓練", extra=(Span(at("9 12:00"), at("9 13:00")),), everyone=True)
    inventory = town(asset("a"), blackouts=(noon,))
    late = tuple(replace(s, start=s.start + 300, end=s.end + 300) for s in restart())
    part = Span(at("9 13:00"), at("10 20:00"))
    assert keys(inventory, *late, window=part, window_id="weekend/2027-01-09/2") == []
    assert keys(inventory, *late, window=part, window_id="weekend/2027-01-09/1") == ["s12.window_wider"]
    assert keys(inventory, *late, window=part, window_id="weekend/2027-01-09/3") == ["s12.no_window"]
    assert keys(inventory, *restart(), window=Span(at("9 08:00"), at("10 20:00"))) == ["s12.window_wider"]


def test_the_blackout_of_an_asset_binds_its_own_steps_alone() -> None:
    tagged = asset("a", blackouts=frozenset({"month_end"}))
    inventory = town(tagged, asset("b"), blackouts=(month_end(9, 10),))
    first, *_ = found(inventory, *restart())
    assert (first.key, first.subjects, first.values["why"]) == ("s12.blackout", ("a",), "月末処理")
    assert keys(inventory, *restart("b")) == []


def test_the_blackout_of_a_system_binds_what_it_runs_on_through_vm_host_and_storage() -> None:
    tagged = system("jumin", "v", blackouts=frozenset({"month_end"}))
    cluster = Cluster("c", "c", ("h",), storage="san")
    things = (asset("san", AssetKind.STORAGE), asset("h", AssetKind.HYPERVISOR), vm("v", "h", cluster="c"))
    inventory = town(*things, tagged, cluster, blackouts=(month_end(9, 10),))
    findings = found(inventory, step("unmount", "9 09:00", 10, "san"))
    assert ("san", "jumin") in [f.subjects for f in findings if f.key == "s12.blackout"]


def test_a_vm_that_has_migrated_away_does_not_bind_its_old_host() -> None:
    tagged = system("jumin", "v", blackouts=frozenset({"month_end"}))
    hosts = (asset("h1", AssetKind.HYPERVISOR), asset("h2", AssetKind.HYPERVISOR))
    inventory = town(
        *hosts, vm("v", "h1", cluster="c"), tagged, Cluster("c", "c", ("h1", "h2")), blackouts=(month_end(10, 11),)
    )
    away = step("migrate", "9 09:00", 5, "v", hosts={"v": "h2"})
    work = step("stop", "10 09:00", 10, "h1"), step("start", "10 09:10", 10, "h1"), step("check", "10 09:20", 10, "h1")
    assert keys(inventory, away, *work) == []
    assert "s12.blackout" in keys(inventory, *work)


def test_no_system_becomes_unavailable_in_its_blackout_through_what_it_only_needs() -> None:
    tagged = system("gw", "a", needs=(live("ad"),), blackouts=frozenset({"month_end"}))
    inventory = town(asset("a"), asset("x"), system("ad", "x"), tagged, blackouts=(month_end(9, 10),))
    findings = found(inventory, step("stop", "9 09:00", 10, "ad"), step("start", "9 09:20", 10, "ad"))
    (finding,) = findings
    assert (finding.key, finding.subjects) == ("s12.unavailable_in_blackout", ("gw",))
    assert finding.span == Span(at("9 09:00"), at("9 09:30"))


def test_preparation_lies_outside_windows_and_minds_freezes_only() -> None:
    tagged = asset("a", blackouts=frozenset({"lines"}))
    back_up = step("back_up", "7 10:00", 60, "a")
    open_day = town(tagged, blackouts=(month_end(7, 8, "lines"),))
    assert keys(open_day, preparation=(back_up,)) == []
    frozen = town(tagged, blackouts=(month_end(7, 8, "lines", freeze=True),))
    assert keys(frozen, preparation=(back_up,)) == ["s12.freeze"]
    everyone = town(asset("a"), blackouts=(month_end(7, 8, "all", freeze=True, everyone=True),))
    assert keys(everyone, preparation=(back_up,)) == ["s12.freeze"]


def test_a_freeze_of_a_system_binds_the_preparation_of_what_it_runs_on() -> None:
    back_up, frozen = step("back_up", "7 10:00", 60, "v"), frozenset({"lines"})
    on_host = (asset("h", kind=AssetKind.HYPERVISOR), vm("v", "h"), system("gw", "v", blackouts=frozen))
    assert keys(town(*on_host, blackouts=(month_end(7, 8, "lines"),)), preparation=(back_up,)) == []
    (finding,) = found(town(*on_host, blackouts=(month_end(7, 8, "lines", freeze=True),)), preparation=(back_up,))
    assert (finding.key, finding.subjects) == ("s12.freeze", ("v", "gw"))
    everyone = town(*on_host, blackouts=(month_end(7, 8, "all", freeze=True, everyone=True),))
    assert [f.subjects for f in found(everyone, preparation=(back_up,))] == [("v",)]


def test_a_step_that_is_not_preparatory_has_its_place_in_a_wave() -> None:
    assert keys(town(asset("a")), preparation=(step("stop", "7 10:00", 10, "a"),)) == ["s12.not_preparatory"]


def test_racking_new_equipment_is_preparation_until_its_switch_over() -> None:
    new = asset("n", room=None, method=Method.INSTALL, replaces="a")
    inventory = town(asset("a"), new)
    racking = tuple(step(kind, f"7 {10 + i}:00", 60, "n") for i, kind in enumerate(("mount", "start", "check")))
    assert keys(inventory, preparation=racking) == []
    assert keys(inventory, preparation=(step("switch_over", "7 13:00", 10, "n"),)) == ["s12.not_preparatory"]


def test_the_rooms_of_a_step_are_usable_throughout() -> None:
    late = Room("new", "new", RoomKind.SERVER_ROOM, opens=at("9 12:00"))
    carry = step("carry", "9 11:55", 10, "a", to={"a": asset("x", room="new").at})
    assert keys(town(carried("a"), late), carry) == ["s12.room_closed"]
    assert keys(town(carried("a"), late), replace(carry, start=at("9 12:00"), end=at("9 12:10"))) == []
    cut = PowerCut("old", Span(at("9 09:00"), at("9 09:05")), "点検")
    assert keys(town(asset("a"), power_cuts=(cut,)), step("stop", "9 09:00", 10, "a")) == ["s12.room_closed"]
    phase = Phase("stage", "工事", ("old",), Span(at("9 00:00"), at("10 00:00")))
    assert keys(town(asset("a"), phases=(phase,)), step("stop", "9 09:00", 10, "a")) == ["s12.room_closed"]
