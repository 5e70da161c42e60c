"""States of a plan at single instants: what is left if nothing more is done then, for the minute that follows (S13)."""

from collections.abc import Iterable

from planner.safety.replay import Replay, Turn
from planner.units.span import Minute, Span


class Stills:
    """The replays of such states; each is a branch of the plan's own replay, and made once."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._known: dict[Minute, Replay] = {}
        self._expected: tuple[Minute, ...] = ()
        self._made: list[Replay] = []

    def at(self, minute: Minute) -> Replay:
        """The state after the ends and before the starts of an instant."""
        if minute not in self._known:
            self.with_others((minute, *self._expected), ())
        return self._known[minute]

    def expect(self, minutes: Iterable[Minute]) -> None:
        """If the state at one of these instants is asked for, make those at all of them together."""
        self._expected = tuple(minutes)

    def with_others(self, minutes: Iterable[Minute], others: Iterable[Turn]) -> list[Replay]:
        """Make the states at these instants and some other branches together; the other ones are returned."""
        new, rest = [m for m in dict.fromkeys(minutes) if m not in self._known], list(others)
        made = self._replay.branches([*map(self._turn, new), *rest])
        self._known.update(zip(new, made, strict=False))
        self._made += made
        return made[len(new) :]

    def forget(self) -> None:
        """Drop them all, and whatever has been made with them; they are made again if they are asked for again."""
        for made in self._made:
            made.release()
        self._known.clear()
        self._made.clear()
        self._expected = ()

    def _turn(self, minute: Minute) -> Turn:
        return Turn(self._replay.inventory, minute, (), Span(minute, minute + 1))
