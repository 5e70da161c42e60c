"""What is wrong with the target state itself, by the verifier's own rules, in every plan.

A plan leaves every asset up in its target room and every system accepted (S21), so where nothing else is open the state
after it is known, and the verifier judges it as it judges the state before any plan. Only what no announced outage can
excuse is counted: segments, gateways, loads, delays and tiers. A system that is not available then is out whenever it
is not after the last window, and that counts where its budget does not hold so many minutes of service (S02).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from planner.calendar import hours, windows
from planner.conflicts.change import with_horizon
from planner.model.asset import Asset
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.network import Link
from planner.model.place import Position
from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.plan.refusal import Reason
from planner.safety.verify import start_state
from planner.scheduling.binding import binds, is_error
from planner.units.span import Minute, Span

CERTAIN = frozenset({"s09.stretched", "s09.two_gateways", "s07.overload", "s07.latency"})
"""Findings that hold whatever is announced."""
CERTAIN_RULES = frozenset({"S08"})
"""Likewise, where no VM may be on one host or another."""
LOST = frozenset({"s01.undeclared"})
"""A system that is not available."""
OPEN = frozenset({Method.RETIRE, Method.RELAY})
"""Methods after which it is not certain what stands where, or what serves whom."""

Identity = tuple[str, str, tuple[str, ...]]


def wrong_target(inventory: Inventory) -> tuple[Reason, ...]:
    """Return what is wrong with the target state in every plan; empty where nothing is, or where it is not certain."""
    if not _is_certain(inventory):
        return ()
    before = {_identity(finding) for finding in start_state(inventory).findings}
    last = inventory.project.horizon.end - 1
    without, beside = (_there(inventory, last, bridged=bridged) for bridged in (False, True))
    always = {_identity(f) for f in beside} if beside is not None else None
    found = (f for f in without or () if _identity(f) not in before and (always is None or _identity(f) in always))
    return tuple(reason for finding in found for reason in _reason(inventory, finding))


def _is_certain(inventory: Inventory) -> bool:
    """Whether the place of everything in the end follows from the inventory alone."""
    assets, systems = inventory.assets.values(), inventory.systems.values()
    open_ends = any(a.method in OPEN or a.leaves is not None or a.replaces for a in assets)
    leaving = any(system.leaves is not None for system in systems)
    excused = not is_error(inventory, "S21") or any(waiver.rule == "S21" for waiver in inventory.policy.waivers)
    return (
        not excused
        and not open_ends
        and not leaving
        and all(_stay_together(inventory, id) for id in inventory.clusters)
    )


def _stay_together(inventory: Inventory, cluster: str) -> bool:
    """Whether the hosts of a cluster end in one room: then so do its VMs."""
    ends = (_end(inventory.assets[id]) for id in inventory.clusters[cluster].hosts)
    return len({at.room if at else None for at in ends}) <= 1


def _end(asset: Asset) -> Position | None:
    return asset.stages[-1].position if asset.stages else asset.at


def _there(inventory: Inventory, at: Minute, *, bridged: bool) -> list[Finding] | None:
    """What the verifier finds at an instant at which all is done, with every bridge open that may be or without all.

    None with bridges where there are none: then one answer is enough.
    """
    links = {id: _lasting(link) if bridged else link for id, link in inventory.links.items()}
    if bridged and not any(link.bridge for link in inventory.links.values()):
        return None
    assets = {id: _arrived(asset) for id, asset in inventory.assets.items()}
    there = replace(inventory, assets=assets, links=links)
    verdict = start_state(with_horizon(there, Span(at, at + 1)))
    return [finding for finding in verdict.findings if _counts(inventory, finding)]


def _is_out(inventory: Inventory, system: str, at: Minute) -> bool:
    """Whether a system is not available at an instant at which all is done, with bridges or without."""
    answers = (_there(inventory, at, bridged=bridged) for bridged in (False, True))
    return all(any(f.key in LOST and f.subjects[0] == system for f in found) for found in answers if found is not None)


def _stretches(inventory: Inventory, rest: Span) -> Iterator[Span]:
    """The parts of a span in which nothing is done, without an instant at which a need or a link begins or ends."""
    needs = [need for id in (*inventory.assets, *inventory.systems) for need in inventory.subject(id).needs]
    dates = {at for need in needs for at in (need.since, need.until)}
    dates |= {at for link in inventory.links.values() for at in (link.since, link.until)}
    edges = [rest.start, *sorted(at for at in dates if at is not None and rest.start < at < rest.end), rest.end]
    yield from (Span(start, end) for start, end in pairwise(edges))


def _lasting(link: Link) -> Link:
    return replace(link, bridge=False)


def _arrived(asset: Asset) -> Asset:
    if not asset.stages:
        return asset
    return replace(asset, at=asset.stages[-1].position, stages=(), method=Method.STAY)


def _counts(inventory: Inventory, finding: Finding) -> bool:
    certain = finding.key in CERTAIN | LOST or (finding.rule in CERTAIN_RULES and not inventory.clusters)
    return certain and not finding.unknown and finding.waived is None and finding.severity is Severity.ERROR


def _identity(finding: Finding) -> Identity:
    return finding.rule, finding.key, finding.subjects


def _reason(inventory: Inventory, finding: Finding) -> Iterator[Reason]:
    values = {**finding.values, "inner": finding.key, "rule": finding.rule}
    subjects = tuple(dict.fromkeys((*finding.subjects, *finding.cause)))
    if finding.key not in LOST:
        yield Reason("fact_target", subjects, values, finding.facts)
        return
    system = inventory.systems[finding.subjects[0]]
    over = max((window.span.end for window in windows(inventory)), default=inventory.project.horizon.start)
    end = inventory.project.horizon.end
    out = (
        part
        for part in (_stretches(inventory, Span(over, end)) if over < end else ())
        if _is_out(inventory, system.id, part.start)
    )
    lost = sum(hours(inventory.timetable, inventory.clock, system.hours, part).minutes for part in out)
    if lost > system.budget and binds(inventory, "S02", system.id):
        told = {"system": system.id, "cause": finding.cause[-1] if finding.cause else "-", "minutes": str(lost)}
        yield Reason("fact_target_out", subjects, told, finding.facts)
