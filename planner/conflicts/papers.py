"""What stands on paper: applications, backups and their tests, lengths and criteria that nobody wrote."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from planner.conflicts.candidate import Candidate, Cost, Relief, Rung, relief
from planner.conflicts.change import lasting, of_asset, of_policy, staying, with_work
from planner.model.asset import Application, Asset, Backup, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Room, RoomKind
from planner.plan.refusal import Fact, Reason
from planner.units.clock import DAY
from planner.units.duration import Duration

FOREVER = 36_500
"""Days that are never over."""
USUAL = 30
"""Minutes of work of which nobody said how long it takes."""
VAULT = "vault"


def stays(asset: Asset) -> Relief:
    """Leaving the asset as it is: always possible to say, and the last that is wanted."""
    return relief(Fact("relax_stays", f"assets.{asset.id}.to", {"asset": asset.id}), Cost.STAY, staying(asset.id))


def application(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """What was applied for and is not accepted."""
    asset, today = inventory.assets[reason.subjects[0]], inventory.project.as_of
    path, values = f"assets.{asset.id}.application", {"asset": asset.id, "day": today.isoformat()}
    accepted = inventory.clock.minute(today)
    told = Fact("relax_accepted", path, values)
    sooner = relief(
        told,
        Cost.PAPER,
        of_asset(
            asset.id, lambda a: replace(a, application=replace(a.application or Application(), accepted=accepted))
        ),
    )
    lift = of_asset(asset.id, lambda a: replace(a, application=None))
    yield Candidate(Fact("has_application", path, values), lift, (sooner, stays(asset)))


def no_backup(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Data without a backup."""
    asset = inventory.assets[reason.subjects[0]]
    path, values = f"assets.{asset.id}.stateful", {"asset": asset.id}
    hour = Work(Duration.fixed(60))
    fresh = Backup(hour, DAY, inventory.clock.minute(inventory.project.as_of), (VAULT,), hour)

    def saved(found: Inventory) -> Inventory:
        found = of_asset(asset.id, lambda a: replace(a, backup=fresh))(found)
        return _with_vault(found)

    told = Fact("relax_backup", f"assets.{asset.id}", {"asset": asset.id, "day": inventory.project.as_of.isoformat()})
    lift = of_asset(asset.id, lambda a: replace(a, stateful=False))
    yield Candidate(Fact("has_data", path, values), lift, (relief(told, Cost.PAPER, saved), stays(asset)))


def _with_vault(inventory: Inventory) -> Inventory:
    if VAULT in inventory.rooms:
        return inventory
    return replace(inventory, rooms={**inventory.rooms, VAULT: Room(VAULT, VAULT, RoomKind.VAULT)})


def slow_backup(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A backup that is too old before it has been read back."""
    asset = inventory.assets[reason.subjects[0]]
    backup = asset.backup
    if backup is None or backup.verify is None:
        return
    yield from longer_backup(asset)
    read = backup.verify.duration.likely
    yield Candidate(
        Fact("has_slow_reading", f"assets.{asset.id}.steps.verify", {"asset": asset.id, "minutes": str(read)}),
        of_asset(asset.id, lambda a: _with_backup(a, verify=None)),
    )


def longer_backup(asset: Asset) -> Iterator[Candidate]:
    """How long a backup of the asset counts; longer by a day, or by three."""
    backup = asset.backup
    if backup is None:
        return
    read = backup.verify.duration.likely if backup.verify is not None else 0
    path = f"assets.{asset.id}.backup.max_age"
    rungs = tuple(
        Rung(
            Fact("relax_max_age", path, {"asset": asset.id, "minutes": str(limit)}),
            Cost.PAPER + step,
            of_asset(asset.id, _of_age(limit)),
        )
        for step, limit in enumerate((read + DAY, read + 3 * DAY))
        if limit > backup.max_age
    )
    yield Candidate(
        Fact("has_max_age", path, {"asset": asset.id, "minutes": str(backup.max_age)}),
        of_asset(asset.id, _of_age(FOREVER * DAY)),
        (*([Relief(rungs)] if rungs else []), stays(asset)),
    )


def _of_age(minutes: int) -> Callable[[Asset], Asset]:
    return lambda asset: _with_backup(asset, max_age=minutes)


def _with_backup(asset: Asset, **facts: object) -> Asset:
    backup = asset.backup
    return asset if backup is None else replace(asset, backup=replace(backup, **facts))  # type: ignore[arg-type]


def restore_test(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A test of the restore that is over, or comes too late, whenever the data may move."""
    asset, clock, days = inventory.assets[reason.subjects[0]], inventory.clock, inventory.policy.restore_test_days
    path = f"assets.{asset.id}.backup.restore_tested"
    day = max(inventory.project.as_of, date.fromisoformat(reason.values["first"]) - timedelta(days=7))
    again = relief(
        Fact("relax_restore_test", path, {"asset": asset.id, "day": day.isoformat()}),
        Cost.PAPER,
        of_asset(asset.id, lambda a: _with_backup(a, restore_tested=clock.minute(day))),
    )
    yield Candidate(
        Fact("has_restore_test", path, {"asset": asset.id, "day": reason.values["tested"]}),
        of_asset(asset.id, lambda a: _with_backup(a, restore_tested=None)),
        (again, stays(asset)),
    )
    yield Candidate(
        Fact("has_restore_test_days", "policy.restore_test_days", {"days": str(days)}),
        of_policy(lambda policy: replace(policy, restore_test_days=FOREVER)),
    )


def copies(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Copies beside what they are copies of."""
    asset = inventory.assets[reason.subjects[0]]
    path = f"assets.{asset.id}.backup.copies"

    def elsewhere(found: Inventory) -> Inventory:
        added = of_asset(asset.id, lambda a: _with_backup(a, copies=(*_copies(a), VAULT)))
        return _with_vault(added(found))

    values = {"asset": asset.id, "places": reason.values["copies"], "room": reason.values["room"]}
    told = Fact("relax_copies", path, {"asset": asset.id, "room": reason.values["room"]})
    lift = of_asset(asset.id, lambda a: _with_backup(a, copies=()))
    yield Candidate(Fact("has_copies", path, values), lift, (relief(told, Cost.PAPER, elsewhere), stays(asset)))


def _copies(asset: Asset) -> tuple[str, ...]:
    return asset.backup.copies if asset.backup else ()


def no_length(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A step that has to be written and takes no time."""
    asset, kind = inventory.assets[reason.subjects[0]], StepKind(reason.values["kind"])
    path, values = f"assets.{asset.id}.steps.{kind}", {"asset": asset.id, "kind": kind.value, "minutes": str(USUAL)}
    lift = of_asset(asset.id, lambda a: with_work(a, kind, lasting(a.works.get(kind, Work(Duration.fixed(0))), USUAL)))
    step = relief(Fact("relax_length", path, values), Cost.PAPER, lift)
    yield Candidate(Fact("has_no_length", path, values), lift, (step, stays(asset)))


def criteria(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Nothing says by what it is decided to begin what cannot be undone."""
    asset = inventory.assets[reason.subjects[0]]
    lift = of_policy(lambda policy: replace(policy, criteria=("-",)))
    step = relief(Fact("relax_criteria", "policy.criteria"), Cost.PAPER, lift)
    yield Candidate(Fact("has_no_criteria", "policy.criteria", {"asset": asset.id}), lift, (step, stays(asset)))
