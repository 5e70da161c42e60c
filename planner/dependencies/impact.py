"""What dies if something is off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.dependencies.scene import Scene
from planner.dependencies.truth import Round, Truth
from planner.model.need import NeedKind


@dataclass(frozen=True, slots=True)
class Effect:
    """One subject that suffers, and the chain of ids from what is off to it."""

    subject: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What follows when ``off`` is off, beyond what did not work before; each subject stands in the worst class only.

    ``stopped`` has to be stopped cleanly first (hard needs). ``unavailable`` does not work but need not be stopped
    (live needs). ``degraded`` works less well (soft). ``hindered`` works, but could not be started or misses its batch.
    """

    off: tuple[str, ...]
    stopped: tuple[Effect, ...]
    unavailable: tuple[Effect, ...]
    degraded: tuple[Effect, ...]
    hindered: tuple[Effect, ...]

    @property
    def dead(self) -> tuple[str, ...]:
        """The ids of all that no longer works, what is off itself aside."""
        return tuple(effect.subject for effect in (*self.stopped, *self.unavailable))


MILDER = (NeedKind.SOFT, NeedKind.START, NeedKind.BATCH)
"""Kinds of needs without which a subject still works."""


def impact(scene: Scene, off: Iterable[str]) -> Impact:
    """Return what dies if the subjects ``off`` are off in the scene, nearest first.

    Raises
    ------
    KeyError
        If one of them is neither an asset nor a system.
    """
    return Impacts(scene).of(off)


class Impacts:
    """Many questions about one scene; what does not work anyway is found once."""

    def __init__(self, scene: Scene) -> None:
        self._truth = Truth(scene)
        self._milder = [r for kind in MILDER for r in self._truth.requirements if r.kind is kind]
        self._broken_before = self._truth.unavailable(())
        self._stopped_before = self._truth.stopped(())
        self._lame_before = self._lame(frozenset(self._broken_before))

    def of(self, off: Iterable[str]) -> Impact:
        """Return what dies if the subjects ``off`` are off; see `impact`."""
        ids = tuple(dict.fromkeys(off))
        for id in ids:
            self._truth.scene.inventory.subject(id)
        hard, dead = self._truth.stopped(ids), self._truth.unavailable(ids)
        first = [id for id in hard if id not in ids and id not in self._stopped_before]
        known = {*ids, *first, *self._broken_before}
        then = [id for id in dead if id not in known]
        lame = {id: kinds for id, kinds in self._lame(frozenset(dead)).items() if id not in dead}
        return Impact(
            ids,
            tuple(Effect(id, _chain(hard, id)) for id in first),
            tuple(Effect(id, _chain(dead, id)) for id in then),
            self._newly(lame, {NeedKind.SOFT}, dead),
            self._newly(lame, {NeedKind.START, NeedKind.BATCH}, dead),
        )

    def dead(self, off: Iterable[str]) -> frozenset[str]:
        """Return the ids of all that no longer works, without the chains."""
        ids = tuple(off)
        return frozenset(self._truth.unavailable(ids).keys() - self._broken_before.keys() - set(ids))

    def _lame(self, dead: frozenset[str]) -> dict[str, dict[NeedKind, str]]:
        """For each subject the kinds of its failing needs beyond hard and live, with who is to blame."""
        judge = Round(self._truth, dead)
        lame: dict[str, dict[NeedKind, str]] = {}
        for requirement in self._milder:
            subject, kinds = requirement.dependent, frozenset({requirement.kind})
            if any(judge.failing(subject, kinds)):
                lame.setdefault(subject, {})[requirement.kind] = judge.blame(subject, kinds)
        return lame

    def _newly(
        self, lame: dict[str, dict[NeedKind, str]], kinds: set[NeedKind], dead: Mapping[str, str]
    ) -> tuple[Effect, ...]:
        found = {
            subject: next(iter(blamed[kind] for kind in blamed if kind in kinds))
            for subject, blamed in lame.items()
            if (kinds & blamed.keys()) - self._lame_before.get(subject, {}).keys()
        }
        return tuple(Effect(id, _chain({**dead, id: blamed}, id)) for id, blamed in found.items())


def _chain(blame: Mapping[str, str], subject: str) -> tuple[str, ...]:
    """From what is off to the subject, by who is to blame for whom."""
    chain = [subject]
    while (cause := blame.get(chain[-1], "")) and cause not in chain:
        chain.append(cause)
    return tuple(reversed(chain))
