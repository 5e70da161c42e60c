"""Which pieces of an office go in which turn of which wave, so that every wave is as full as it may be."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

from tests.benchmarks.campus import NIGHT
from tests.benchmarks.department import Department, Piece

GRID = 5
LENGTH = NIGHT[1] - NIGHT[0]
FILLED = (620, 640)
"""How many minutes of a window the turns of a wave take; after 640 there is no time to turn back the last one."""
LAST = 20
"""How long carrying takes at the most in the last turn of a wave."""
SIZE = 50
"""Assets of a department, about; fewer are not an office."""
PartialTurn = list[Piece]


@dataclass(frozen=True, slots=True)
class Planting:
    """``waves`` hold turns, turns hold pieces; ``crews`` pairs of movers work at a time."""

    departments: tuple[Department, ...]
    waves: tuple[tuple[tuple[Piece, ...], ...], ...]
    crews: int


def crews_for(assets: int) -> int:
    """How many crews of movers an office of so many assets has."""
    return max(1, round(0.12 * assets**0.5))


def plant(assets: int, seed: int) -> Planting:
    """The same for the same size and seed; carrying times are stretched until each wave is full.

    Raises
    ------
    ValueError
        If the office is too small for one department.
    """
    if assets < SIZE:
        raise ValueError(f"an office has at least {SIZE} assets: {assets}")
    crews, random = crews_for(assets), Random(f"{seed}/{assets}")
    count = max(1, round((assets - 1) / SIZE))
    sizes = [(assets - 1) // count + (n < (assets - 1) % count) for n in range(count)]
    departments = tuple(
        Department(n, size, crews > 1, min(2, crews), Random(f"{seed}/{n}")) for n, size in enumerate(sizes)
    )
    turns = list(_turns([piece for each in departments for piece in each.pieces], crews))
    waves = tuple(tuple(tuple(turn) for turn in wave) for wave in _waves(turns, random))
    return Planting(departments, waves, crews)


def _turns(pieces: Sequence[Piece], crews: int) -> Iterator[PartialTurn]:
    """In order; what does not fit into the turn that is open waits for the next one."""
    waiting = list(pieces)
    while waiting:
        turn: PartialTurn = []
        for piece in waiting[: 4 * crews + 4]:
            if _fits(turn, piece, crews):
                turn.append(piece)
        for piece in turn:
            waiting.remove(piece)
        yield turn


def _fits(turn: PartialTurn, piece: Piece, crews: int) -> bool:
    """There are crews, one storage and one line at a time, and the other half of no pair is on its way."""
    used = sum(len(other.boxes) for other in turn)
    one_of_a_kind = not any((o.storage and piece.storage) or (o.line and piece.line) for o in turn)
    halves = {_pair(id) for other in turn for id in other.boxes}
    return used + len(piece.boxes) <= crews and one_of_a_kind and halves.isdisjoint(map(_pair, piece.boxes))


def _pair(id: str) -> str:
    """One name for both halves of a pair."""
    unit, _, name = id.partition("-")
    if name.startswith("fw"):
        return f"{unit}-fw"
    return f"{unit}-w{name[2:]}" if name.startswith("w") else id


def _waves(turns: Sequence[PartialTurn], random: Random) -> Iterator[list[PartialTurn]]:
    """Neighbouring turns, in as many waves as they fill, the longest turn first, stretched or pressed to fill it."""
    lengths = [_length(turn) for turn in turns]
    count = max(1, round(2 * sum(lengths) / sum(FILLED)))
    so_far = [0, *accumulate(lengths)]
    ends = [bisect_left(so_far, sum(lengths) * n // count) for n in range(count + 1)]
    for begin, end in pairwise(ends):
        wave = sorted(turns[begin:end], key=_length, reverse=True)
        _fill(wave, random.randrange(FILLED[0], FILLED[1] + 1, GRID), random)
        yield wave


def _length(turn: PartialTurn) -> int:
    return max(piece.minutes for piece in turn)


def _fill(wave: list[PartialTurn], goal: int, random: Random) -> None:
    """Let carrying take as long as it has to for the turns to come to ``goal`` minutes."""
    lengths = [_length(turn) for turn in wave]
    lengths[-1] = max(piece.minutes - piece.carry + LAST for piece in wave[-1] if piece.boxes)
    number = 0
    while sum(lengths) != goal:
        lengths[number % (len(wave) - 1)] += GRID if sum(lengths) < goal else -GRID
        number += 1
    for turn, length in zip(wave, lengths, strict=True):
        longest = max(turn, key=lambda piece: piece.minutes)
        for piece in (piece for piece in turn if piece.boxes):
            slack = 0 if piece is longest else random.choice((0, GRID))
            piece.carry = max(GRID, piece.carry + length - piece.minutes - slack)
