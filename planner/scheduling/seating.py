"""Which host takes which VM: memory, VMs that may not share a host, and as little new shared fate as possible."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TRIES = 20_000
"""How many places are tried before the search is given up."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A VM of ``gb`` that may go to the hosts of ``choices``, the first group rather than the second.

    It must not share a host with those in ``shuns`` and should not with its ``siblings``, which stand in for it.
    """

    id: str
    gb: int
    choices: tuple[tuple[str, ...], ...]
    shuns: frozenset[str]
    siblings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seat:
    """What a host has left: ``gb`` of memory, next to the VMs ``guests``."""

    gb: int
    guests: frozenset[str]


def seat(guests: Sequence[Guest], seats: Mapping[str, Seat]) -> dict[str, str] | None:
    """A host for every guest, the largest first; None if there is no way, or none was found in `TRIES`."""
    search = _Search(dict(seats))
    ordered = sorted(guests, key=lambda guest: (-guest.gb, guest.id))
    return {guest.id: search.chosen[guest.id] for guest in guests} if search.place(ordered) else None


@dataclass(slots=True)
class _Search:
    seats: dict[str, Seat]
    chosen: dict[str, str] = field(default_factory=dict)
    tried: int = 0

    def place(self, left: Sequence[Guest]) -> bool:
        """Depth first over an explicit stack of the hosts that are still to be tried, a level for each guest."""
        levels: list[tuple[Iterator[str], Seat | None]] = []
        while len(levels) < len(left):
            levels.append((iter(self._hosts(left[len(levels)])), None))
            while levels and not self._next(left[len(levels) - 1], levels):
                levels.pop()
            if not levels or self.tried > TRIES:
                return False
        return True

    def _next(self, guest: Guest, levels: list[tuple[Iterator[str], Seat | None]]) -> bool:
        """Move the guest of the last level to its next host; False when there is none."""
        hosts, before = levels[-1]
        if before is not None:
            self.seats[self.chosen.pop(guest.id)] = before
        host = next(hosts, None)
        if host is None:
            return False
        self.tried += 1
        seat = self.seats[host]
        levels[-1] = (hosts, seat)
        self.seats[host] = Seat(seat.gb - guest.gb, seat.guests | {guest.id})
        self.chosen[guest.id] = host
        return True

    def _hosts(self, guest: Guest) -> list[str]:
        """The hosts that can take the guest now, the best first."""
        ranked = []
        for far, hosts in enumerate(guest.choices):
            for host in hosts:
                seat = self.seats[host]
                if seat.gb >= guest.gb and guest.shuns.isdisjoint(seat.guests):
                    ranked.append((len(guest.siblings & seat.guests), far, -seat.gb, host))
        return [host for *_, host in sorted(ranked)]
