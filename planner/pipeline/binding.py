"""What binds one subject of a plan: its facts as they are written, needs both ways, dates, blackouts, people."""

from collections.abc import Iterable, Iterator, Mapping

from planner.calendar import rooms_by_stage, tags_of
from planner.dependencies import Requirement
from planner.model.inventory import Inventory
from planner.model.need import NeedKind
from planner.pipeline.explanation import Fact
from planner.pipeline.waiting import Waiting
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.sources import Loaded

RULES: Mapping[str, str] = {
    **dict.fromkeys(("at", "to", "retire", "renumber", "not_before", "last_day", "leaves", "replaces"), "S21"),
    **dict.fromkeys(("host", "cluster", "chassis", "apart_from"), "S05"),
    **dict.fromkeys(("budget", "longest", "longest_elapsed", "hours"), "S02"),
    **dict.fromkeys(("segments", "carries", "gateway"), "S09"),
    **dict.fromkeys(("tier", "legs"), "S08"),
    **dict.fromkeys(("references", "old_ttl"), "S10"),
    **dict.fromkeys(("stateful", "backup"), "S11"),
    **dict.fromkeys(("fragile", "media", "u", "kg"), "S16"),
    **dict.fromkeys(("va", "supplies"), "S17"),
    **dict.fromkeys(("handled_by", "application", "appointments", "lead_days", "dual_lay", "ends"), "S18"),
    **dict.fromkeys(("criticality", "backs_up", "watches"), "S19"),
    **dict.fromkeys(("accept_hours", "fallback"), "S20"),
    "runs_on": "S01",
    "vendor": "S15",
    "together": "S21",
    "irreversible": "S14",
    "accept_is_check_point": "S13",
    "blackouts": "S12",
}
"""Keys of a record that bind it, and the rule by which they do; ``needs`` are told one by one."""

BY_KIND = {
    NeedKind.HARD: "S03",
    NeedKind.LIVE: "S06",
    NeedKind.START: "S20",
    NeedKind.SOFT: "S02",
    NeedKind.BATCH: "S02",
}
"""The rule by which each kind of need binds first."""

CHOICE = {"ja": "({of}) のうち {count}", "en": "{count} of ({of})"}
"""How a need that leaves a choice is shown."""


def binding(loaded: Loaded, waiting: Waiting, space: str, subject: str, affected: tuple[str, ...]) -> Iterator[Fact]:
    """Yield every fact that binds the subject, in the order of the chapters that they belong to."""
    yield from _written(loaded, f"{space}.{subject}")
    yield from (_need("needs", need) for need in waiting.needs_of(subject))
    yield from (_need("needed_by", need) for need in waiting.dependents_of(subject))
    yield from _blackouts(loaded.inventory, subject, affected)
    yield from _rooms(loaded.inventory, subject)
    yield from _people(loaded, f"{space}.{subject}", waiting.about(subject))
    yield from _turning_back(waiting.plan, waiting.about(subject))


def _written(loaded: Loaded, record: str) -> Iterator[Fact]:
    """Each key that binds, with its value as it is written or inherited."""
    begin = f"{record}."
    for path, origin in loaded.provenance.items():
        key, _, rest = path.removeprefix(begin).partition(".")
        if path.startswith(begin) and key in RULES:
            name = f"{key}.{rest}" if rest else key
            yield Fact("written", {"key": name, "value": origin.text, "layer": origin.layer}, path, RULES[key])


def _need(key: str, need: Requirement) -> Fact:
    values = {
        "dependent": need.dependent,
        "kind": need.kind.value,
        "origin": need.origin.value,
        "same_room": "yes" if need.same_room else "",
    }
    shown = {"tree": _tree(need.tree, CHOICE["en"]), "tree_ja": _tree(need.tree, CHOICE["ja"])}
    return Fact(key, {**values, **shown}, need.fact, BY_KIND[need.kind])


def _tree(tree: object, choice: str) -> str:
    """A need's tree in one line: ``db & 1 of (ad1, ad2)``."""
    parts = [_tree(part, choice) for part in getattr(tree, "parts", ())]
    count = getattr(tree, "count", None)
    if count is not None:
        return choice.format(count=count, of=", ".join(parts))
    return " & ".join(parts) if parts else str(getattr(tree, "id", ""))


def _blackouts(inventory: Inventory, subject: str, affected: tuple[str, ...]) -> Iterator[Fact]:
    """Those for everyone, its own, and those of the systems that it takes along."""
    tags = tags_of(inventory, subject, affected)
    for blackout in inventory.timetable.blackouts:
        if blackout.everyone or blackout.tag in tags:
            values = {"tag": blackout.tag, "why": blackout.why}
            for span in blackout.extra:
                when = {"start": inventory.clock.iso(span.start), "end": inventory.clock.iso(span.end)}
                yield Fact("blackout_span", {**values, **when}, "calendar.blackouts", "S12")
            if blackout.days or not blackout.extra:
                yield Fact("blackout", values, "calendar.blackouts", "S12")


def _rooms(inventory: Inventory, subject: str) -> Iterator[Fact]:
    """The dates of the rooms that it leaves and enters."""
    clock = inventory.clock
    for id in dict.fromkeys(room for rooms, _ in rooms_by_stage(inventory, subject) for room in rooms):
        room = inventory.rooms[id]
        for key, minute, rule in (("opens", room.opens, "S17"), ("closes", room.closes, "S17")):
            if minute is not None:
                path = f"rooms.{id}.{'opens' if key == 'opens' else 'last_day'}"
                yield Fact(f"room_{key}", {"room": id, "at": clock.iso(minute)}, path, rule)
        if room.ready is not None:
            yield Fact("room_ready", {"room": id, "at": clock.iso(room.ready)}, f"rooms.{id}.ready", "S17")
        yield from _interruptions(inventory, id)


def _interruptions(inventory: Inventory, room: str) -> Iterator[Fact]:
    clock = inventory.clock
    for phase in inventory.timetable.phases:
        if room in phase.rooms:
            when = {"start": clock.iso(phase.span.start), "end": clock.iso(phase.span.end)}
            yield Fact("phase", {"room": room, "why": phase.name, **when}, "calendar.phases", "S12")
    for cut in inventory.timetable.power_cuts:
        if cut.room == room:
            when = {"start": clock.iso(cut.span.start), "end": clock.iso(cut.span.end)}
            yield Fact("power_cut", {"room": room, "why": cut.why, **when}, "calendar.power_cuts", "S17")


def _people(loaded: Loaded, record: str, steps: Iterable[Step]) -> Iterator[Fact]:
    """Who is asked for by each kind of step that the plan has, and who does it."""
    done: dict[str, list[str]] = {}
    for step in steps:
        named = (*step.people, *((step.witness,) if step.witness else ()))
        done.setdefault(step.kind.value, []).extend(named)
    for kind, people in done.items():
        path = f"{record}.crew.{kind}"
        asked = loaded.provenance.get(path)
        values = {"kind": kind, "asked": asked.text if asked else "-", "people": ", ".join(dict.fromkeys(people))}
        if people:
            yield Fact("crew", values, path, "S15")
        elif asked:
            yield Fact("nobody", values, path, "S15")


def _turning_back(plan: Plan, steps: Iterable[Step]) -> Iterator[Fact]:
    """The check points that come after its steps, and the gates before them."""
    clock, own = plan.inventory.clock, {step.id for step in steps}
    for wave in plan.waves:
        for point in wave.check_points:
            if own & set(point.after) and point.deadline is not None:
                when = {"planned": clock.iso(point.planned), "deadline": clock.iso(point.deadline)}
                yield Fact("check_point", {"id": point.id, "bound": point.bound_by or "", **when}, "policy", "S13")
        for gate in wave.gates:
            if gate.before in own:
                people = {"decider": gate.decider, "deputy": gate.deputy}
                values = {"id": gate.id, "at": clock.iso(gate.at), "step": gate.before, **people}
                yield Fact("gate", values, "policy.decider", "S14")
