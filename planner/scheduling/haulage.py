"""What carries things between two rooms, for as many trips at once as it serves (S16)."""

from planner.model.inventory import Inventory


def conveyances(inventory: Inventory, here: str | None, there: str | None) -> tuple[str, ...]:
    """The vehicles and elevators on the route between two rooms; none inside a room or where no route is known."""
    if here is None or there is None or here == there:
        return ()
    routes = (route for route in inventory.routes if set(route.between) == {here, there})
    return next((route.by for route in routes), ())


def at_once(inventory: Inventory) -> dict[tuple[str, str | None], int]:
    """How many trips each serves, in the form of a team's people on duty."""
    return {(id, None): conveyance.at_once for id, conveyance in inventory.conveyances.items()}
