"""Random small inventories as people write them: two rooms, a few servers, maybe a cluster, a segment, a fibre."""

from random import Random

HEAD = """\
version: 1
project: {id: t, name: t, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room, opens: 2026-10-05}]
racks: [{id: O1, room: old}, {id: N1, room: new}]
tiers: [{id: A, name: A}]
policy: {decider: ict/1, deputy: ict/2, criteria: [nothing is on fire],
  severity: {S05: {as: warning, reason: the new room has one rack}}}
"""
CLUSTER = """\
storage: [{{id: san, name: san, at: O1/30, u: 2, to: N1/30}}]
clusters: [{{id: c, name: c, hosts: [h1, h2], storage: san, live_migration: {live}, across: {across}}}]
vms: [{{id: v1, cluster: c, host: h1, memory_gb: 16}}, {{id: v2, cluster: c, host: h2, memory_gb: 16}}]
"""
HOSTS = """\
  - {id: h1, kind: hypervisor, at: O1/34, u: 1, to: N1/34, memory_gb: 64}
  - {id: h2, kind: hypervisor, at: O1/36, u: 1, to: N1/36, memory_gb: 64}
"""
SEGMENT = "segments: [{{id: seg, tier: A, vlan: 10, prefix: 10.0.0.0/24, stretch: {stretch}{gateway}}}]\n"
NETWORK = """\
  - {id: swn, kind: switch, at: N1/42, u: 1}
  - {id: fw, kind: firewall, at: O1/38, u: 1, to: new, segments: [seg]}
"""
CALENDAR = """\
calendar:
  hours: {{office: weekdays 08:30-17:15, daily: every day 06:30-23:00}}
  windows: [{{id: sat, days: saturday, start: "08:00", end: "20:00"}}{more}]
  blackouts: [{{tag: me, why: month end, days: [last 2 opening days]}}]
"""
MORE_WINDOWS = (
    "",
    ', {id: night, days: weekdays, start: "22:00", end: "29:00"}',
    ', {id: we, closed_run: 2d, start: "08:00", end: "20:00"}',
)
MOVERS = ", {id: mv, name: movers, people: 3, movers: true, notice_days: 20}"


def small_estate(seed: int) -> str:
    """One inventory, the same for the same seed."""
    return _Draw(Random(seed)).written()


class _Draw:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.servers = [f"s{n}" for n in range(random.randint(1, 5))]
        self.clustered = random.random() < 0.4
        self.segmented = random.random() < 0.5
        self.members = [*self.servers, *(("v1", "v2") if self.clustered else ())]

    def written(self) -> str:
        parts = (self._links(), self._servers(), self._cluster(), self._systems(), self._network(), self._people())
        return HEAD + "".join(parts) + CALENDAR.format(more=self.random.choice(MORE_WINDOWS))

    def _links(self) -> str:
        gbps = self.random.choice((1, 10))
        return f"links: [{{id: fibre, between: [old, new], gbps: {gbps}}}]\n" if self._happens(0.8) else ""

    def _servers(self) -> str:
        lines = [self._server(n, id) for n, id in enumerate(self.servers)]
        return "servers:\n" + (HOSTS if self.clustered else "") + "".join(lines)

    def _server(self, n: int, id: str) -> str:
        target = self.random.choice((f", to: N1/{10 + 2 * n}", ", to: new")) if self._happens(0.9) else ""
        segment = ", segments: [seg]" if self.segmented and self._happens(0.7 if target else 0.1) else ""
        needs = f", needs: [{self.random.choice(self.servers[:n])}]" if n and self._happens(0.4) else ""
        units = self.random.choice((1, 2))
        return f"  - {{id: {id}, name: {id}, at: O1/{10 + 2 * n}, u: {units}{segment}{target}{needs}}}\n"

    def _cluster(self) -> str:
        live, across = self.random.choice(("true", "false")), self.random.choice(("true", "false"))
        return CLUSTER.format(live=live, across=across) if self.clustered else ""

    def _systems(self) -> str:
        pair = self.random.sample(self.members, 2) if len(self.members) > 1 and self._happens(0.5) else ()
        group = f"groups: [{{id: g, at_least: 1, of: [{', '.join(pair)}]}}]\n" if pair else ""
        chosen = [self.random.choice((*self.members, *(("g",) if pair else ()))) for _ in range(self._several())]
        lines = [self._system(f"y{n}", on) for n, on in enumerate(chosen)]
        spare = [id for id in self.members if id not in chosen and "g" not in chosen]
        lines += [self._office_system(f"z{id}", id) for id in spare]
        return group + "systems:\n" + "".join(lines)

    def _system(self, id: str, on: str) -> str:
        hours, budget = self.random.choice(("office", "daily")), self.random.choice(("0m", "2h", "10h"))
        rest = self.random.choice(("", ", blackouts: [me]")) + self.random.choice(("", ", longest: 4h"))
        facts = f"criticality: {self.random.choice('SABC')}, hours: {hours}, runs_on: {on}, budget: {budget}{rest}"
        return f"  - {{id: {id}, name: {id}, {facts}}}\n"

    def _office_system(self, id: str, on: str) -> str:
        criticality = self.random.choice("SABC")
        facts = f"criticality: {criticality}, hours: office, runs_on: {on}, budget: 10h"
        return f"  - {{id: {id}, name: {id}, {facts}}}\n"

    def _network(self) -> str:
        if not self.segmented:
            return ""
        stretch, gateway = self.random.choice(("true", "false")), self.random.choice((", gateway: [fw]", ""))
        switches = [f"  - {{id: sw{n}, kind: switch, at: O1/{40 - n}, u: 1, to: new}}\n" for n in range(self._pair())]
        return SEGMENT.format(stretch=stretch, gateway=gateway) + "network:\n" + "".join(switches) + NETWORK

    def _people(self) -> str:
        movers = MOVERS if self._happens(0.5) else ""
        return f"teams: [{{id: ict, name: ict, own: true, people: {self.random.randint(2, 5)}}}{movers}]\n"

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _several(self) -> int:
        return self.random.randint(1, 3)

    def _pair(self) -> int:
        return self.random.choice((1, 2))
