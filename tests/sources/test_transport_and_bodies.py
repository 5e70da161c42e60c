"""What the loader makes of routes, media, warming up, bodies and applications."""

from collections.abc import Callable
from datetime import date

from planner.model.asset import Asset, Demand, Media
from planner.model.chain import HANDS_ON, StepKind
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.sources import Loaded

Read = Callable[[str], Loaded]

BODY = "teams: [{id: pref, people: 2}]\n"


def server(read: Read, keys: str, more: str = "") -> Asset:
    return read(f"servers: [{{id: a, at: R1/1, to: new, {keys}}}]\n{more}").inventory.assets["a"]


def test_conveyances_and_routes_are_read(read: Read) -> None:
    inventory = read(
        "conveyances:\n"
        "  - {id: ev, kind: elevator, max_kg: 750, door_cm: [90, 210], at_once: 2}\n"
        "  - {id: van, kind: vehicle, max_kg: unknown}\n"
        "routes: [{between: [old, new], by: [ev, van], minutes: 20m, doors: [west, north]}]\n"
    ).inventory
    assert list(inventory.conveyances.values()) == [
        Conveyance("ev", "ev", ConveyanceKind.ELEVATOR, 750.0, (90.0, 210.0), 2),
        Conveyance("van", "van", ConveyanceKind.VEHICLE),
    ]
    assert inventory.routes == (Route(("old", "new"), ("ev", "van"), 20, ("west", "north")),)


def test_what_mounting_leaves_of_warming_up_is_a_step_of_its_own(read: Read) -> None:
    def warmed(steps: str) -> tuple[int | None, int | None]:
        asset = server(read, f"steps: {{{steps}}}")
        work = asset.works.get(StepKind.WARM_UP)
        return asset.warm_up, work.duration.likely if work else None

    assert warmed("mount: 20m, warm_up: 90m") == (90, 70)
    assert warmed("mount: 30m, warm_up: 30m") == (30, None)
    assert warmed("mount: 45m, warm_up: 30m") == (30, None)


def test_the_shipped_defaults_are_covered_by_mounting(read: Read) -> None:
    asset = server(read, "u: 1")
    assert (asset.warm_up, StepKind.WARM_UP in asset.works) == (30, False)


def test_a_body_that_handles_an_asset_sends_somebody_to_every_step_that_touches_it(read: Read) -> None:
    works = server(read, "handled_by: pref, crew: {check: [ict, 'pref*2']}", BODY).works
    assert works[StepKind.STOP].crew == (Demand("ict"), Demand("pref"))
    assert works[StepKind.CHECK].crew == (Demand("ict"), Demand("pref", 2))
    assert works[StepKind.BACK_UP].crew == ()
    assert {kind for kind, work in works.items() if any(d.team == "pref" for d in work.crew)} <= HANDS_ON


def test_an_application_has_the_days_on_which_it_was_filed_and_accepted(read: Read) -> None:
    text = "{filed: 2026-05-01, accepted: 2026-08-20, from: 2026-12-01, last_day: 2026-12-28}"
    loaded = read(f"servers: [{{id: a, at: R1/1, application: {text}}}]\n").inventory
    application, clock = loaded.assets["a"].application, loaded.clock
    assert application is not None
    days = (application.filed, application.accepted, application.since, application.until)
    assert [clock.day(instant) for instant in days if instant is not None] == [
        date(2026, 5, 1),
        date(2026, 8, 20),
        date(2026, 12, 1),
        date(2026, 12, 29),
    ]


def test_media_may_say_that_nobody_knows_whether_they_are_sealed(read: Read) -> None:
    assert server(read, "media: {sealed: true, serials: [S1, S2]}").media == Media(True, ("S1", "S2"))
    assert server(read, "media: {sealed: unknown}").media == Media(None, ())
    assert server(read, "u: 1").media is None


def test_a_storage_holds_data_unless_it_says_otherwise(read: Read) -> None:
    assets = read("storage: [{id: s, at: R1/1}, {id: t, at: R1/5, stateful: false}]\n").inventory.assets
    assert [assets[id].stateful for id in "st"] == [True, False]
    backup = assets["s"].backup
    assert backup is not None
    assert (backup.max_age, backup.work.duration.likely, backup.copies) == (24 * 60, 360, ())


def test_a_backup_is_read_back_in_the_time_that_it_or_its_asset_says(read: Read) -> None:
    def verify(keys: str) -> int | None:
        backup = server(read, keys).backup
        return backup.verify.duration.likely if backup and backup.verify else None

    assert verify("backup: {max_age: 1d}") == 60
    assert verify("backup: {max_age: 1d}, steps: {verify: 2h}") == 120
    assert verify("backup: {max_age: 1d, steps: {verify: 3h}}, steps: {verify: 2h}") == 180


def test_copies_lie_in_rooms_or_on_assets(read: Read) -> None:
    text = "rooms: [{id: vault, kind: vault}]\nservers: [{id: b, at: R1/9}]\n"
    loaded = read(text + "storage: [{id: s, at: R1/1, backup: {max_age: 1d, copies: [vault, b]}}]\n").inventory
    backup = loaded.assets["s"].backup
    assert backup is not None
    assert backup.copies == ("vault", "b")


def test_the_policy_says_how_old_a_restore_test_may_be(read: Read) -> None:
    assert read("servers: [{id: a, at: R1/1}]\n").inventory.policy.restore_test_days == 90
    text = "servers: [{id: a, at: R1/1}]\npolicy: {restore_test_days: 30}\n"
    assert read(text).inventory.policy.restore_test_days == 30
