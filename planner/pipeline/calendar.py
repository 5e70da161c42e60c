"""The windows of an inventory, and why some are not usable."""

from dataclasses import dataclass
from difflib import get_close_matches

from planner.calendar import Judgement, judge
from planner.dependencies import at_start, impact
from planner.errors.failure import Failure
from planner.model.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Windows:
    """Every window of the patterns in the horizon, for one subject or (None) for what binds everyone.

    ``affected`` are the systems that do not work while the subject is off: their blackouts bind it too.
    """

    subject: str | None
    affected: tuple[str, ...]
    judgements: tuple[Judgement, ...]

    @property
    def usable(self) -> tuple[Judgement, ...]:
        """The windows of which at least a part is usable."""
        return tuple(judgement for judgement in self.judgements if judgement.usable)


def windows_for(inventory: Inventory, subject: str | None = None) -> Windows:
    """Return the windows for an asset, a system, a link or everyone.

    Raises
    ------
    Failure
        If there is no such subject; it names the nearest one.
    """
    known = (*inventory.assets, *inventory.systems, *inventory.links)
    if subject is not None and subject not in known:
        near = get_close_matches(subject, known, n=1)
        cure = f"did you mean {near[0]!r}?" if near else "name an asset, a system or a link"
        remedy = f"もしかして {near[0]!r} ?" if near else "資産、システム、リンクのどれかを指定してください"
        raise Failure(
            f"there is no subject {subject!r} in the inventory",
            cure=cure,
            japanese=(f"インベントリに {subject!r} はありません", remedy),
        )
    affected = _affected(inventory, subject)
    return Windows(subject, affected, judge(inventory, subject, affected))


def _affected(inventory: Inventory, subject: str | None) -> tuple[str, ...]:
    """The systems that die with the subject; a link is replaced before it is closed, so it takes none with it."""
    if subject is None or subject in inventory.links:
        return ()
    dead = impact(at_start(inventory), [subject]).dead
    return tuple(id for id in dead if id in inventory.systems)
