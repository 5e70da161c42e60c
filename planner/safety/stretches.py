"""Judging every moment without judging it again: what no change concerns stays as it was judged before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from planner.safety.moment import Moment
from planner.safety.replay import Replay
from planner.units.span import Minute, Span

T = TypeVar("T")


def stretches(
    replay: Replay,
    ids: Iterable[str],
    judge: Callable[[Moment, str], T],
    concerns: Mapping[str, Iterable[str]] | None = None,
    *,
    deep: bool = False,
) -> Iterator[tuple[str, Span, T]]:
    """The judgement of each id over the whole span, as maximal stretches in which it is the same.

    ``judge`` is asked again only where one of the subjects that ``concerns`` lists for the id (the id itself if it is
    not listed) changed or has a provider that changed; with ``deep`` also where only a cause further away may have.
    Stretches of one id come in order of time.
    """
    asked = tuple(ids)
    watching = _watching(asked, concerns or {})
    known: dict[str, tuple[Minute, T]] = {}
    for moment in replay.moments:
        changed = moment.changed if deep else moment.felt
        for id in asked if changed is None else _due(changed, watching):
            found = judge(moment, id)
            if id in known and known[id][1] != found:
                yield id, Span(known[id][0], moment.minute), known[id][1]
                known[id] = (moment.minute, found)
            known.setdefault(id, (moment.minute, found))
    for id, (start, found) in known.items():
        yield id, Span(start, replay.span.end), found


def _watching(ids: Iterable[str], concerns: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """For each subject the ids whose judgement depends on it."""
    watching: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for subject in concerns.get(id, (id,)):
            watching[subject].append(id)
    return watching


def _due(changed: Iterable[str], watching: Mapping[str, list[str]]) -> Iterable[str]:
    return dict.fromkeys(id for subject in changed for id in watching.get(subject, ()))
