"""What is done with a piece of a department, layer by layer, and what undoes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.units.span import Minute
from tests.benchmarks.department import SWITCHING, Piece

K = StepKind
INVERSE = {
    K.MOUNT: (K.UNMOUNT,),
    K.CARRY: (K.CARRY,),
    K.UNMOUNT: (K.MOUNT,),
    K.START: (K.STOP,),
    K.SWITCH_OVER: (K.SWITCH_OVER,),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One step, by its kind, for so many minutes from ``start``."""

    kind: StepKind
    ids: tuple[str, ...]
    people: tuple[str, ...]
    minutes: int
    start: Minute = 0

    @property
    def end(self) -> Minute:
        return self.start + self.minutes


@dataclass(frozen=True, slots=True)
class Hands:
    """Who works on a piece: a crew of movers for each box, people of the office for a storage, an engineer."""

    movers: tuple[tuple[str, ...], ...]
    own: tuple[str, ...]
    engineer: tuple[str, ...]


def acts(piece: Piece, hands: Hands, start: Minute) -> list[Act]:
    """The steps of a piece that is begun at ``start``; those that begin together are a layer."""
    found: list[Act] = []
    now = start
    for layer in _layers(piece, hands):
        found += [Act(kind, ids, people, minutes, now) for kind, ids, people, minutes in layer]
        now += max(act[3] for act in layer)
    return found


def undoing(done: Sequence[Act], at: Minute) -> list[Act]:
    """What takes back what has begun before ``at``, from 0 on."""
    found: list[Act] = []
    now = 0
    for start in sorted({act.start for act in done if act.start < at}, reverse=True):
        layer = [act for act in done if act.start == start]
        for kinds in _inverse(layer):
            found += [Act(kind, act.ids, act.people, act.minutes, now) for act, kind in zip(layer, kinds, strict=True)]
            now += max(act.minutes for act in layer)
    return found


def _inverse(layer: Sequence[Act]) -> list[list[StepKind]]:
    """One after the other, for each act of a layer; the acts of a layer are of one kind."""
    kind = layer[0].kind
    if kind is not K.STOP:
        return [[inverse] * len(layer) for inverse in INVERSE.get(kind, ())]
    last = K.ACCEPT if layer[0].ids[0].partition("-")[2].startswith(("app", "vms", "twins")) else K.CHECK
    return [[K.START] * len(layer), [last] * len(layer)]


Row = tuple[StepKind, tuple[str, ...], tuple[str, ...], int]


def _layers(piece: Piece, hands: Hands) -> list[list[Row]]:
    if piece.line is not None:
        return [[(K.SWITCH_OVER, (piece.line,), hands.engineer, SWITCHING)]]
    boxes = list(zip(piece.boxes, hands.movers, strict=True))
    store = [(piece.storage, hands.own)] if piece.storage else []
    over = [[_row(kind, box) for box in (*store, *boxes)] for kind in (K.UNMOUNT, K.CARRY, K.MOUNT)]
    over[1] = [(kind, ids, people, piece.carry) for kind, ids, people, _ in over[1]]
    levels = [[(box[0], box[1])] if box[0] else [] for box in store]
    rows = [*levels, boxes]
    soft: list[tuple[tuple[str, ...], StepKind]] = [(piece.guests, K.CHECK), (piece.systems, K.ACCEPT)]
    down = [[(K.STOP, ids, hands.engineer, 5)] for ids, _ in reversed(soft) if ids]
    up = [[(kind, ids, hands.engineer, 5)] for ids, last in soft if ids for kind in (K.START, last)]
    stops = [[_row(K.STOP, box) for box in row] for row in reversed(rows)]
    starts = [[_row(kind, box) for box in row] for row in rows for kind in (K.START, K.CHECK)]
    return [*down, *stops, *over, *starts, *up]


def _row(kind: StepKind, box: tuple[str, tuple[str, ...]]) -> Row:
    return kind, (box[0],), box[1], 5
