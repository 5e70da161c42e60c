"""Media with personal data travel sealed, with two escorts and a log, and are signed for at both doors (S16)."""

from collections.abc import Iterator

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.safety import complaint, duty
from planner.safety.trips import Trip

ESCORTS = 2
DOORS = 2


def media_faults(inventory: Inventory, trip: Trip) -> Iterator[Finding]:
    """Judge the seal, the log, the escorts and the doors of each asset on the trip that holds personal data."""
    for asset in trip.assets:
        if asset.media is not None:
            yield from _kept(trip, asset)
            yield from _escorted(inventory, trip, asset)
            yield from _signed(inventory, trip, asset)


def _kept(trip: Trip, asset: Asset) -> Iterator[Finding]:
    facts = (f"assets.{asset.id}.media",)
    if asset.media is not None and asset.media.sealed is not True:
        key = "s16.not_sealed" if asset.media.sealed is False else "s16.seal_unknown"
        found = complaint.of_step(key, (asset.id,), trip.carry, facts=facts)
        yield found if asset.media.sealed is False else complaint.unknown(found)
    if asset.media is not None and not asset.media.serials and asset.serial is None:
        yield complaint.unknown(complaint.of_step("s16.serials_unknown", (asset.id,), trip.carry, facts=facts))


def _escorted(inventory: Inventory, trip: Trip, asset: Asset) -> Iterator[Finding]:
    """Two people of own teams, or of teams that escort, are on the step."""
    known = duty.roster(inventory)
    teams = [known[id][0] for id in duty.booked(trip.carry) if id in known]
    escorts = sum(team.own or team.escorts for team in teams)
    if escorts < ESCORTS:
        facts = (f"assets.{asset.id}.media", f"assets.{asset.id}.works.{trip.carry.kind}")
        values = {"found": str(escorts), "limit": str(ESCORTS)}
        yield complaint.of_step("s16.escorts", (asset.id,), trip.carry, values, facts)


def _signed(inventory: Inventory, trip: Trip, asset: Asset) -> Iterator[Finding]:
    route = trip.route(inventory)
    if route is not None and len(set(route.doors)) < DOORS:
        facts, values = (f"routes.{trip.number}",), {"from": trip.rooms[0], "to": trip.rooms[1]}
        found = complaint.of_step("s16.doors_unknown", (asset.id, *trip.rooms), trip.carry, values, facts)
        yield complaint.unknown(found)
