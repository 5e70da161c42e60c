"""What is asked of subjects at every moment of a record, and of whom it has to be asked again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from planner.safety.judged_strip import JudgedStrip
from planner.safety.moment import Moment
from planner.safety.record import Record
from planner.safety.strip import Bits

T = TypeVar("T")
Judge = Callable[[Moment, str], T]
Screen = Callable[[JudgedStrip, str], Bits]
"""The moments of a strip at which an answer about a subject may not be false; one too many costs time, no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Question(Generic[T]):
    """What is asked of each of some subjects at every moment; the answer is false where there is nothing to say.

    ``ids`` are whom it is asked of, with their places in the order of the file. It is asked again only where one of the
    subjects that it watches for the id (the id itself, if ``watching`` is None) changed or has a provider that changed;
    with ``deep`` also where only a cause further away may have, with ``own`` only where the state of such a subject
    itself changed. ``judging`` gives the judge for a record, which may keep what it knows from one moment to the next.
    ``screen`` names the moments at which the answer may not be false: at the others nobody has to ask. ``near``: the
    answer depends on the subject and what it needs or runs on itself, and on nothing beyond that (`alike`).
    """

    name: str
    ids: Mapping[str, int]
    judging: Callable[[Record], Judge[T]]
    watching: Mapping[str, Sequence[str]] | None = None
    deep: bool = False
    own: bool = False
    screen: Screen | None = None
    near: bool = False

    def due(self, moment: Moment) -> Iterable[str]:
        """Of whom it has to be asked at a moment."""
        changed = moment.moved if self.own else moment.changed if self.deep else moment.felt
        if changed is None:
            return self.ids
        return self.watched_by(sorted(changed))

    def watched_by(self, subjects: Iterable[str]) -> Iterable[str]:
        """Whom these subjects concern."""
        if self.watching is None:
            return [id for id in subjects if id in self.ids]
        return dict.fromkeys(id for subject in subjects for id in self.watching.get(subject, ()))


def asked(
    name: str,
    ids: Iterable[str],
    judge: Judge[T],
    concerns: Mapping[str, Iterable[str]] | None = None,
    *,
    deep: bool = False,
    own: bool = False,
    screen: Screen | None = None,
) -> Question[T]:
    """A question that is judged by the moment alone; ``concerns`` lists for each id whom it watches, if not itself."""
    known = numbered(ids)
    watching = None if concerns is None else _watching(known, concerns)
    return Question(name, known, lambda _: judge, watching, deep, own, screen)


def numbered(ids: Iterable[str]) -> Mapping[str, int]:
    """Each id once, with its place in the order given."""
    return {id: number for number, id in enumerate(dict.fromkeys(ids))}


def _watching(ids: Iterable[str], concerns: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """For each subject the ids whose judgement depends on it."""
    watching: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for subject in concerns.get(id, (id,)):
            watching[subject].append(id)
    return watching
