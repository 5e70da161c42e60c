"""Why an outage is as long as it is: the chain of steps that fills it, and the facts that would shorten it."""

from collections.abc import Iterator
from itertools import combinations

from planner.model.asset import Cluster
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.pipeline.explanation import Fact, Link, Story
from planner.pipeline.own_stop import stopped_for
from planner.pipeline.retiming import Retiming
from planner.pipeline.waiting import Waiting, choices
from planner.plan.plan import Outage
from planner.plan.step import Step
from planner.safety.cause import first_cause
from planner.safety.replay import Replay
from planner.units.span import Minute, Span

K = StepKind
MOST = 3
"""Assets that are named as worth a spare."""
WIDEST = 12
"""Assets of which every two are tried together."""


class Stories:
    """Tells the outages of one plan."""

    def __init__(self, waiting: Waiting, replay: Replay) -> None:
        self._waiting = waiting
        self._replay = replay
        self._inventory: Inventory = waiting.inventory

    def of(self, outage: Outage, subject: str) -> Story:
        """The story of one declared outage, as far as it is the subject's."""
        computed = self._replay.unavailable[outage.system].within(outage.span).parts
        begun = self._begun(outage.system, computed[0].start if computed else outage.span.start)
        chain = tuple(self._chain(outage.system, computed[-1])) if computed else ()
        if not chain:
            return Story(outage, computed, begun, (), (), 0)
        timing = Retiming(self._waiting, computed[-1], chain[-1].step)
        shorter = tuple(self._shorter(outage, chain, timing))
        return Story(outage, computed, begun, chain, shorter, timing.without(subject))

    def _begun(self, system: str, minute: Minute) -> Fact:
        """The first cause; where that is a stop for the work on something else, that work."""
        first = first_cause(self._replay.at(minute), system)
        path = first.facts[-1] if first.facts else f"systems.{system}"
        begins = Fact("begins", {"chain": " -> ".join(first.ids), "why": first.why.value}, path, "S01")
        return stopped_for(self._waiting, first, minute) or begins

    def _chain(self, system: str, span: Span) -> Iterator[Link]:
        """From the step with which the system is back, always to the wait that ended last, until the outage begins."""
        step, links = self._last(system, span), list[Link]()
        while step is not None:
            waits = [w for w in self._waiting.before(step) if w.after is None or w.after.end > span.start]
            latest = waits[0] if waits and step.start > span.start else None
            links.append(Link(step, latest.slack if latest else 0, latest.fact if latest else None))
            step = latest.after if latest else None
        return reversed(links)

    def _last(self, system: str, span: Span) -> Step | None:
        """The step that ends with the outage: of the system itself, or of what took it down."""
        chain = first_cause(self._replay.at(span.end - 1), system)
        concerned = (system, *reversed(chain.ids))
        ending = [step for step in self._waiting.steps if step.end == span.end]
        for id in concerned:
            for step in ending:
                if id in step.assets:
                    return step
        return ending[0] if ending else None

    def _shorter(self, outage: Outage, chain: tuple[Link, ...], timing: Retiming) -> Iterator[Fact]:
        yield from self._before(outage.system, chain, timing.span)
        yield from self._longest(chain, timing)
        yield from self._spares(chain, timing)
        yield from self._idle(chain)
        yield from self._no_choice(outage, chain)
        yield from self._one_room(outage)
        yield from self._not_live(outage)
        yield from self._lines(chain)

    def _before(self, system: str, chain: tuple[Link, ...], span: Span) -> Iterator[Fact]:
        """The minutes before the chain, in which the system is out by something else."""
        minutes = chain[0].step.start - span.start
        if minutes > 0:
            cause = first_cause(self._replay.at(span.start), system)
            values = {"minutes": str(minutes), "chain": " -> ".join(cause.ids)}
            yield Fact("out_before", values, cause.facts[-1] if cause.facts else f"systems.{system}", "S01")

    def _longest(self, chain: tuple[Link, ...], timing: Retiming) -> Iterator[Fact]:
        """The longest step, and the minutes gained if it takes none: nothing where others beside it take as long."""
        step = max((link.step for link in chain), key=lambda s: s.end - s.start)
        subject, gain = step.assets[0], timing.gain(lambda other: other.id == step.id)
        space = "systems" if subject in self._inventory.systems else "assets"
        told = {"step": step.id, "kind": step.kind.value, "id": subject, "gain": str(gain)}
        values = {**told, "minutes": str(step.end - step.start)}
        path = f"{space}.{subject}.steps.{step.kind.value}"
        yield Fact("longest_step" if gain else "longest_beside", values, path, "S02")

    def _spares(self, chain: tuple[Link, ...], timing: Retiming) -> Iterator[Fact]:
        """The assets without whose own steps the outage would end earlier, those first that give most."""
        replaced = {asset.replaces for asset in self._inventory.assets.values()}
        ids = dict.fromkeys(id for link in chain for id in link.step.assets if id in self._inventory.assets)
        gains = {id: timing.without(id) for id in ids}
        worth = sorted((id for id in ids if gains[id] > 0 and id not in replaced), key=lambda id: -gains[id])
        for id in worth[:MOST]:
            yield Fact("no_spare", {"id": id, "gain": str(gains[id])}, f"assets.{id}", "S02")
        if ids and not any(gains.values()):
            yield Fact("no_single", {"ids": ", ".join(ids)}, rule="S02")
            yield from self._pair(timing)

    def _pair(self, timing: Retiming) -> Iterator[Fact]:
        """The two assets without whose own steps the outage would end earliest, where none does so alone."""
        ids = [id for id in timing.critical() if id in self._inventory.assets][:WIDEST]
        gains = {pair: timing.without(*pair) for pair in combinations(ids, 2)}
        best = max(gains, key=lambda pair: gains[pair], default=None)
        if best is not None and gains[best] > 0:
            values = {"one": best[0], "other": best[1], "gain": str(gains[best])}
            yield Fact("pair", values, f"assets.{best[0]}", "S02")

    def _idle(self, chain: tuple[Link, ...]) -> Iterator[Fact]:
        """Minutes in which nothing on the chain happens."""
        for link in chain:
            if link.waits:
                values = {"step": link.step.id, "minutes": str(link.waits)}
                yield Fact("idle", values, link.fact.path if link.fact else "", link.fact.rule if link.fact else "")
            if link.fact is not None and link.fact.key == "accept_opens":
                yield Fact("accept_at_opening", dict(link.fact.values), link.fact.path, "S20")

    def _no_choice(self, outage: Outage, chain: tuple[Link, ...]) -> Iterator[Fact]:
        """Needs of the system that name what is on the chain without a choice."""
        moved = {id for link in chain for id in link.step.assets}
        for need in self._waiting.needs_of(outage.system):
            chosen = {id for tree in choices(need.tree) for id in leaves(tree)}
            for id in leaves(need.tree):
                if id in moved and id not in chosen and id in self._inventory.assets:
                    yield Fact("no_choice", {"system": outage.system, "id": id}, need.fact, "S04")

    def _one_room(self, outage: Outage) -> Iterator[Fact]:
        """Redundant groups of which too few were up, with all members in one room when the outage began."""
        moment = self._replay.at(outage.span.start)
        for need in self._waiting.needs_of(outage.system):
            for tree in choices(need.tree):
                members = [id for id in leaves(tree) if id in self._inventory.assets]
                rooms = {moment.room(id) for id in members}
                if len(members) > 1 and len(rooms) == 1 and self._fell(tree.count, members, outage.span):
                    values = {"count": str(tree.count), "of": ", ".join(members), "room": str(next(iter(rooms)))}
                    yield Fact("one_room", values, need.fact, "S04")

    def _fell(self, count: int, members: list[str], span: Span) -> bool:
        """Whether fewer than needed were up at some moment."""
        moments = self._replay.between(span)
        return any(sum(moment.fine(id) for id in members) < count for moment in moments)

    def _not_live(self, outage: Outage) -> Iterator[Fact]:
        """VMs that the system needs and that stop in its outage although their cluster has other hosts."""
        stops = (s for s in self._waiting.steps if s.kind is K.STOP and s.span.overlaps(outage.span))
        stopped = {id for step in stops for id in step.assets}
        found: dict[str, list[str]] = {}
        for need in self._waiting.needs_of(outage.system):
            for asset in (self._inventory.assets.get(id) for id in leaves(need.tree)):
                if asset is not None and asset.cluster is not None and asset.id in stopped:
                    found.setdefault(asset.cluster, []).append(asset.id)
        for id, vms in found.items():
            yield from self._of_cluster(self._inventory.clusters[id], ", ".join(dict.fromkeys(vms)), stopped)

    def _of_cluster(self, cluster: Cluster, vms: str, stopped: set[str]) -> Iterator[Fact]:
        path, values = f"clusters.{cluster.id}", {"vms": vms, "cluster": cluster.id}
        if len(cluster.hosts) > 1 and not cluster.live_migration:
            yield Fact("live_migration_off", values, f"{path}.live_migration", "S06")
        elif len(cluster.hosts) > 1 and not cluster.across:
            yield Fact("not_across", values, f"{path}.across", "S06")
        elif cluster.storage in stopped:
            yield Fact("storage_moves", {**values, "storage": str(cluster.storage)}, f"{path}.storage", "S03")

    def _lines(self, chain: tuple[Link, ...]) -> Iterator[Fact]:
        """A line on the chain that is not laid twice."""
        for id in dict.fromkeys(id for link in chain for id in link.step.assets):
            asset = self._inventory.assets.get(id)
            if asset is not None and asset.ends and not asset.dual_lay:
                yield Fact("no_dual_lay", {"id": id}, f"assets.{id}.dual_lay", "S18")
