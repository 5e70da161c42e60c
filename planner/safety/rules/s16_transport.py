"""S16 transport: trips fit their vehicles, elevators and routes; partners and personal data travel safely."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Tree, leaves
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.context import Context
from planner.safety.journey import Journey, held_in, journeys
from planner.safety.media import media_faults
from planner.safety.rule import Outcome, Rule
from planner.safety.trips import Trip, crowding_faults, load_faults, trips
from planner.safety.world import World

K = StepKind
Group = tuple[str, tuple[str, ...]]
"""Where a group is declared, and its members."""

SENTENCE = (
    "Movers, vehicles, elevators, route: size, weight, capacity, trips, time; fragile members of one redundancy group "
    "are not on one trip; warm-up before power-on. Media with personal data travel sealed, with two escorts, logged "
    "serial numbers and signatures at both doors."
)


def check(context: Context) -> Outcome:
    """Judge every trip, and every power-on after one."""
    inventory = context.inventory
    going = tuple(journeys(context.replay))
    found = trips(context.replay, going)
    groups = context.replay.world.once(_redundancies)
    faults = [
        *(fault for trip in found for fault in load_faults(inventory, trip)),
        *crowding_faults(inventory, found),
        *(fault for trip in found for fault in _together(context, trip, groups)),
        *(fault for journey in going for fault in _warm_up(context, journey)),
        *(fault for trip in found for fault in media_faults(inventory, trip)),
    ]
    return Outcome(tuple(_once(faults)), 4 * len(found) + len(going))


def _once(faults: list[Finding]) -> Iterator[Finding]:
    """An unknown value is reported once, with the first trip that needs it."""
    told: set[object] = set()
    for fault in faults:
        identity = (fault.key, fault.subjects, fault.values.get("what"))
        if not fault.unknown or identity not in told:
            yield fault
        told.add(identity)


def _redundancies(world: World) -> tuple[Group, ...]:
    return tuple(redundancies(world.inventory))


def redundancies(inventory: Inventory) -> Iterator[Group]:
    """Every group of which some members may be missing: in needs, in what systems run on, and gateways."""
    for home, table in (("assets", inventory.assets), ("systems", inventory.systems)):
        for id, subject in table.items():
            for number, need in enumerate(subject.needs):
                yield from _redundant(need.tree, f"{home}.{id}.needs.{number}")
    for id, system in inventory.systems.items():
        yield from _redundant(system.runs_on, f"systems.{id}.runs_on")
    for id, segment in inventory.segments.items():
        if len(segment.gateway) > 1:
            yield f"segments.{id}.gateway", segment.gateway


def _redundant(tree: Tree | None, fact: str) -> Iterator[Group]:
    match tree:
        case AtLeast(count, parts):
            if count < len(parts):
                yield fact, tuple(dict.fromkeys(leaves(tree)))
            for part in parts:
                yield from _redundant(part, fact)
        case AllOf(parts):
            for part in parts:
                yield from _redundant(part, fact)
        case Leaf() | None:
            return


def _together(context: Context, trip: Trip, groups: tuple[Group, ...]) -> Iterator[Finding]:
    """No two fragile assets on one trip that are, or hold, members of one group, in a role taken over too."""
    fragile = [asset.id for asset in trip.assets if asset.fragile]
    if len(fragile) < 2:
        return
    moment = context.replay.at(trip.carry.start)
    held: Mapping[str, frozenset[str]] = {id: frozenset(held_in(moment, id)) for id in fragile}
    for one, other in combinations(fragile, 2):
        for fact, members in groups:
            serving = {moment.serves(member) or member for member in members}
            if serving & held[one] and serving & held[other]:
                facts = (fact, f"assets.{one}.fragile", f"assets.{other}.fragile")
                values = {"one": one, "other": other, "group": ", ".join(members)}
                yield complaint.of_step("s16.one_trip", (one, other), trip.carry, values, facts)
                break


def _warm_up(context: Context, journey: Journey) -> Iterator[Finding]:
    """``end of CARRY + warm_up <= start of the START that follows``."""
    asset = context.inventory.assets[journey.asset]
    own = (s for s in context.replay.of_subject[asset.id] if s.start > journey.carry.start)
    following = next((step for step in own if step.kind in (K.START, K.CARRY)), None)
    if following is None or following.kind is not K.START:
        return
    facts = (f"assets.{asset.id}.steps.warm_up",)
    if asset.warm_up is None:
        yield complaint.unknown(complaint.of_step("s16.warm_up_unknown", (asset.id,), following, facts=facts))
    elif following.start - journey.carry.end < asset.warm_up:
        values = {"found": str(following.start - journey.carry.end), "limit": str(asset.warm_up)}
        span = complaint.stretch(min(journey.carry.end, following.start), following.end)
        ids = (journey.carry.id, following.id)
        yield complaint.of_span("s16.warm_up", (asset.id,), span, ids, values, facts)


RULE = Rule("S16", SENTENCE, check)
