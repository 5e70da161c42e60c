"""When people have been told that systems are not available."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from planner.plan.plan import Plan
from planner.safety.affected import Affected
from planner.safety.replay import Replay, Times
from planner.units.span import Span, Spans


class Told:
    """The declared outages of a plan, per system, and what of a fault they do not excuse."""

    def __init__(self, plan: Plan, replay: Replay) -> None:
        self._replay = replay
        spans: dict[str, list[Span]] = defaultdict(list)
        for outage in plan.outages:
            spans[outage.system].append(outage.span)
        self.declared: Mapping[str, Spans] = Times({id: Spans.of(own) for id, own in spans.items()})

    @property
    def affected(self) -> Affected:
        """The systems that need each subject, directly or through others."""
        return self._replay.world.affected

    def harm(self, id: str, fault: Spans) -> Spans:
        """When a fault coincides with a system being unavailable outside its declared outages."""
        out = self._replay.unavailable
        return _joined(fault.intersection(out[s]).minus(self.declared[s]) for s in self.affected.of(id))

    def risk(self, id: str, fault: Spans) -> Spans:
        """When a fault concerns a system outside its declared outages, unavailable or not."""
        return _joined(fault.minus(self.declared[s]) for s in self.affected.of(id))


def _joined(parts: Iterable[Spans]) -> Spans:
    return Spans.of(span for part in parts for span in part)
