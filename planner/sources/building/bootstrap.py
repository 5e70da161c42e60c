"""The declared bootstrap order: who starts first where start needs go round in a circle (S03)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from planner.model.asset import Asset
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.system import System

Subject = TypeVar("Subject", Asset, System)


def booted(subject: Subject, order: Sequence[str]) -> Subject:
    """Return the subject without start needs of what comes after it in the order; it starts without these."""
    if subject.id not in order:
        return subject
    later = frozenset(order[order.index(subject.id) + 1 :])
    return replace(subject, needs=tuple(_left(subject.needs, later)))


def _left(needs: Iterable[Need], later: frozenset[str]) -> Iterable[Need]:
    for need in needs:
        tree = _without(need.tree, later) if need.kind is NeedKind.START else need.tree
        if tree is not None:
            yield replace(need, tree=tree)


def _without(tree: Tree, later: frozenset[str]) -> Tree | None:
    """Return what is left of a tree in which the leaves of ``later`` count as there; None if nothing is."""
    match tree:
        case Leaf(id):
            return None if id in later else tree
        case AllOf(parts):
            left = tuple(part for part in (_without(part, later) for part in parts) if part is not None)
            return AllOf(left) if left else None
        case AtLeast(count, parts):
            left = tuple(part for part in (_without(part, later) for part in parts) if part is not None)
            there = len(parts) - len(left)
            if there >= count:
                return None
            return replace(tree, count=count - there, parts=left, keep=max(count, tree.keep) - there)
