"""Which sequences of steps an asset may have, and how far a given one follows them.

A sequence is a row of blocks: work that must come exactly once, and work that may come any number of times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planner.model.asset import Asset
from planner.model.chain import CHAINS, RESTART, SYSTEM_RESTART, Method, StepKind
from planner.model.system import System

K = StepKind
Kinds = tuple[StepKind, ...]
BESIDE = frozenset({K.UPDATE, K.BACK_UP, K.VERIFY, K.LOWER_TTL, K.CONFIRM})
"""Kinds that belong to no chain: they change no state of their subject."""


@dataclass(frozen=True, slots=True)
class Block:
    """One of ``choices``, exactly once, or any of them as often as wanted (``free``)."""

    choices: tuple[Kinds, ...]
    free: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """How far a sequence follows its blocks: ``parts`` are the indices [first, last) of what came exactly once.

    ``reached`` counts the steps before the first one that does not follow; ``complete`` says that none is missing.
    """

    complete: bool
    reached: int
    parts: tuple[tuple[int, int], ...] = ()


def match(found: Sequence[StepKind], blocks: Sequence[Block]) -> Match:
    """Compare the kinds of an asset's steps, in order of time, with the blocks that it should have."""
    return _matched(tuple(found), tuple(blocks))


@lru_cache(maxsize=1024)
def _matched(found: Kinds, blocks: tuple[Block, ...]) -> Match:
    """The same; most assets of an office have the same blocks and the same kinds of steps."""
    furthest = [0]
    parts = _match(found, 0, blocks, furthest)
    return Match(parts is not None, furthest[0], tuple(parts or ()))


def _match(found: Kinds, at: int, blocks: tuple[Block, ...], furthest: list[int]) -> list[tuple[int, int]] | None:
    if not blocks:
        return [] if at == len(found) else None
    block, rest = blocks[0], blocks[1:]
    for choice in block.choices:
        same = _common(found[at:], choice)
        furthest[0] = max(furthest[0], at + same)
        if same < len(choice) or not choice:
            continue
        after = _match(found, at + same, blocks if block.free else rest, furthest)
        if after is not None:
            return after if block.free else [(at, at + same), *after]
    if block.free or () in block.choices:
        return _match(found, at, rest, furthest)
    return None


def _common(found: Kinds, choice: Kinds) -> int:
    for n, (a, b) in enumerate(zip(found, choice, strict=False)):
        if a is not b:
            return n
    return min(len(found), len(choice))


def of_asset(asset: Asset) -> tuple[Block, ...]:
    """The blocks of an asset: one chain a stage, and restarts and migrations between them as often as needed."""
    free = _free(asset)
    chains = _chains(asset)
    if asset.leaves is not None and chains:  # it may stay until it leaves for the cloud (domain.md)
        chains = [Block((*block.choices, ())) for block in chains]
    if asset.method is Method.INSTALL and chains:
        return (chains[0], *(b for c in chains[1:] for b in (free, c)), free)
    if asset.method is Method.RETIRE:
        return (free, *chains)
    return (free, *(b for c in chains for b in (c, free)))


def of_system(system: System) -> tuple[Block, ...]:
    """A system only restarts."""
    restart = tuple(kind for kind in SYSTEM_RESTART if takes_time(system, kind))
    return (Block((restart,) if restart else (), free=True),)


def _free(asset: Asset) -> Block:
    restart = tuple(kind for kind in RESTART if takes_time(asset, kind))
    migrate = ((K.MIGRATE,),) if asset.cluster is not None or asset.host is not None else ()
    return Block((*((restart,) if restart else ()), *migrate), free=True)


def _chains(asset: Asset) -> list[Block]:
    if asset.method in (Method.STAY, Method.FOLLOW):
        return [_renumbered(asset)] if asset.new_address is not None else []
    if asset.method is Method.RENUMBER:
        return [_renumbered(asset)]
    chain = _timed(asset, CHAINS[asset.method])
    blocks = [Block((chain,))] * max(1, len(asset.stages))
    if asset.method is Method.INSTALL:
        carried = _timed(asset, CHAINS[Method.CARRY])
        switched = _timed(asset, (K.SWITCH_OVER,)) if asset.replaces else ()
        later = [Block((carried,))] * (len(asset.stages) - 1)
        blocks = [Block((chain,)), *([Block((switched,))] if switched else []), *later]
    if asset.method is Method.CARRY and asset.new_address is not None and takes_time(asset, K.RENUMBER):
        kinds = (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.WARM_UP, K.START, K.RENUMBER, K.CHECK)
        blocks[-1] = Block((_timed(asset, kinds),))
    return [block for block in blocks if block.choices[0]]


def _renumbered(asset: Asset) -> Block:
    """A renumbering by itself, or inside a restart that is needed anyway."""
    return Block((_timed(asset, (K.RENUMBER, K.CHECK)), _timed(asset, (K.STOP, K.START, K.RENUMBER, K.CHECK))))


def _timed(asset: Asset, kinds: Kinds) -> Kinds:
    """A step whose work takes no time is not written."""
    return tuple(kind for kind in kinds if takes_time(asset, kind))


def takes_time(subject: Asset | System, kind: StepKind) -> bool:
    """Whether the inventory gives this kind of work a duration."""
    work = subject.works.get(kind)
    return work is not None and work.duration.likely > 0
